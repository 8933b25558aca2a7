package mem

import (
	"reflect"
	"runtime"
	_ "unsafe"
)

//go:linkname findObject runtime.findObject
func findObject(p, refBase, refOff uintptr) (base, span, index uintptr)

const (
	tiny       = 16  // objects below it that hold no pointers share blocks
	headerSize = 8   // of a block of more than maxBare bytes that holds pointers
	maxBare    = 512 // internal/runtime/gc.MinSizeForMallocHeader
)

// Begins reports that p, which points to an elem, is where runtime.SetFinalizer takes it (R11): at the beginning of its block. Where
// that cannot be known from elem alone, 8 bytes into a block of which elem is but a part, it says no.
func Begins(p Ptr, elem reflect.Type) bool {
	if elem.Size() == 0 || elem.Size() < tiny && !HasPointers(elem) {
		return true
	}
	base, _, _ := findObject(uintptr(p), 0, 0)
	at := uintptr(p)
	runtime.KeepAlive(p)
	switch {
	case base == 0 || at == base:
		return true
	case at-base == headerSize:
		return HasPointers(elem) && elem.Size()+headerSize > maxBare
	}
	return false
}
