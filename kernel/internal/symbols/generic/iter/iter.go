// Package iter is the generic code of the standard package of that name for interpreted types.
package iter

// Pull gives the values of seq one by one. The coroutine is the compiled one, over values in interfaces.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	boxed, end := Pull[any](func(yield func(any) bool) {
		seq(func(v V) bool { return yield(v) })
	})
	return func() (V, bool) {
		x, ok := boxed()
		v, _ := x.(V) // an interface that holds nothing stays so
		return v, ok
	}, end
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	boxed, end := Pull2[any, any](func(yield func(any, any) bool) {
		seq(func(k K, v V) bool { return yield(k, v) })
	})
	return func() (K, V, bool) {
		x, y, ok := boxed()
		k, _ := x.(K)
		v, _ := y.(V)
		return k, v, ok
	}, end
}
