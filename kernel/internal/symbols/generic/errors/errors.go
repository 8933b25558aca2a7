// Package errors is the generic code of the standard package of that name for interpreted types.
package errors

// AsType finds the first error of type E in the tree of err.
func AsType[E error](err error) (E, bool) {
	var found E
	if err == nil || !As(err, &found) {
		var zero E
		return zero, false
	}
	return found, true
}
