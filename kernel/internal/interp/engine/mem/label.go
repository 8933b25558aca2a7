package mem

import (
	_ "runtime/pprof" // for its linkname
	_ "unsafe"
)

//go:linkname profLabel runtime/pprof.runtime_getProfLabel
func profLabel() Ptr

// Label is the goroutine's profiling label set. Goroutines inherit it from the one that starts them, which makes it the
// only mark of a goroutine that compiled code carries on.
func Label() Ptr { return profLabel() }
