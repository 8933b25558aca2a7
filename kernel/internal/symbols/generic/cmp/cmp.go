// Package cmp is the generic code of the standard package of that name for interpreted types.
package cmp

// Less reports whether x comes before y. NaN comes before every other number.
func Less[T Ordered](x, y T) bool {
	return x < y || x != x && y == y
}

// Compare is -1, 0 or +1 as x comes before y, is equal to it, or comes after it.
func Compare[T Ordered](x, y T) int {
	switch {
	case x == y || x != x && y != y:
		return 0
	case x < y || x != x:
		return -1
	}
	return +1
}

// Or is the first of the values that is not zero, or zero.
func Or[T comparable](values ...T) (found T) {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}
