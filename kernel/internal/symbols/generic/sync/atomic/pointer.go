// Package atomic is the generic code of the standard package sync/atomic for interpreted types.
package atomic

// Pointer is an atomic pointer. The zero value is a nil pointer.
type Pointer[T any] struct {
	_ [0]*T
	v Value // empty or a *T
}

// Load is the pointer.
func (x *Pointer[T]) Load() *T {
	p, _ := x.v.Load().(*T)
	return p
}

// Store sets the pointer.
func (x *Pointer[T]) Store(val *T) { x.v.Store(val) }

// Swap sets the pointer and returns what it was.
func (x *Pointer[T]) Swap(new *T) (old *T) {
	p, _ := x.v.Swap(new).(*T)
	return p
}

// CompareAndSwap sets the pointer if it is old.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	if old == nil && x.v.Load() == nil && x.v.CompareAndSwap(nil, new) {
		return true
	}
	return x.v.Load() != nil && x.v.CompareAndSwap(old, new)
}
