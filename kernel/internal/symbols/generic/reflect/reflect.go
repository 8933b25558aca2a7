// Package reflect is the generic code of the standard package of that name for interpreted types.
package reflect

// TypeFor is the type T.
func TypeFor[T any]() Type {
	var p *T
	return TypeOf(p).Elem()
}

// TypeAssert is v.Interface().(T).
func TypeAssert[T any](v Value) (T, bool) {
	x, ok := v.Interface().(T)
	return x, ok
}
