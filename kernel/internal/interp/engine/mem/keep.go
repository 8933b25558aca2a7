package mem

import "runtime"

// Key tells objects apart without keeping them alive.
type Key uintptr

// KeyOf is the key of the object at p.
func KeyOf(p Ptr) Key { return Key(uintptr(p)) }

// Cleanup has f called some time after the object at p, which the collector allocated, is gone.
func Cleanup(p Ptr, f func()) {
	runtime.AddCleanup((*labelSet)(p), func(g func()) { g() }, f)
}

// labelSet is as large as the object that Label returns the address of, at least.
type labelSet struct{ list []struct{} }
