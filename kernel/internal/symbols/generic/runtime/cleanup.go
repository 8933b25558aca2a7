// Package runtime is the generic code of the standard package of that name for interpreted types.
package runtime

import "reflect"

// AddCleanup runs cleanup with arg some time after nothing refers to what ptr points to. The compiled one does it, for the object's
// first byte.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	if p, ok := any(arg).(*T); ok && p == ptr {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	call := func(int) { cleanup(arg) } // does not hold ptr
	return AddCleanup[byte, int]((*byte)(reflect.ValueOf(ptr).UnsafePointer()), call, 0)
}
