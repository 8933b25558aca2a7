//go:build amd64 && !race

package machine

import "runtime"

// say tells which lock the thread uses, in a plain store: who wants to know calls settle first. The processor keeps the order of
// stores, so who sees that the thread is outside sees what it did inside.
func (u *mapUser) say(i uint32) { u.inside = i }

// settle returns when what other goroutines stored before the call is seen, and they will see what was stored before it. To read the
// statistics of memory the runtime stops them all, which empties each processor's buffer of stores.
func settle() {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
}
