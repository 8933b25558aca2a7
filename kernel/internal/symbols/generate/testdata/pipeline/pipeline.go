// Package pipeline is a package as users add them: generic functions over unexported helpers.
package pipeline

import (
	"cmp"
	"errors"
	"math/rand"
	"slices"
	"sync/atomic"
)

// Number is a constraint.
type Number interface{ ~int | ~float64 }

type small interface{ ~int8 }

// Pair is a generic type.
type Pair[A, B any] struct {
	First  A
	Second B
}

// Swap turns the pair round.
func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }

// ErrEmpty is compiled: cells and Max share it.
var ErrEmpty = errors.New("pipeline: empty")

const step = 2

func double[T Number](x T) T { return x * step }

func atLeast(n int) int { return max(n, 0) }

// Double doubles each of xs.
func Double[T Number](xs []T) []T { return Map(xs, double[T]) }

// Map is f of each of xs.
func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, atLeast(len(xs)))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

// Max is the largest of xs.
func Max[T cmp.Ordered](xs ...T) (best T, err error) {
	if len(xs) == 0 {
		return best, ErrEmpty
	}
	return slices.Max(xs), nil
}

var calls atomic.Int64

// Counted needs a variable of the package.
func Counted[T any](x T) T { calls.Add(1); return x }

// Any takes one of xs.
func Any[T any](xs []T) T { return xs[rand.Intn(len(xs))] }

// Tiny has a constraint that is not exported.
func Tiny[T small](x T) int { return int(x) }

// Calls is not generic.
func Calls() int64 { return calls.Load() }
