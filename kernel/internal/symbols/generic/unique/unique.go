// Package unique is the generic code of the standard package of that name for interpreted types.
package unique

import "sync"

// Handle stands for a value; handles are equal exactly if their values are.
type Handle[T comparable] struct{ value *T }

// Value is a copy of the value.
func (h Handle[T]) Value() T { return *h.value }

var handles sync.Map // from a value to the pointer in its handle

// Make is the handle of a value.
func Make[T comparable](value T) Handle[T] {
	p, _ := handles.LoadOrStore(any(value), &value)
	return Handle[T]{p.(*T)}
}
