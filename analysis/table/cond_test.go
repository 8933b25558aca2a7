package table

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// random makes a table of n rows in which values repeat and are missing now and then.
func random(r *rand.Rand, n int) *Table {
	k, q := make([]int64, n), make([]int64, n)
	f, w := make([]float64, n), make([]string, n)
	b := make([]bool, n)
	var gone []int
	for i := range k {
		k[i] = int64(r.IntN(12))
		q[i], f[i], w[i], b[i] = int64(i), float64(r.IntN(9))/2-2, fmt.Sprint("w", r.IntN(5)), r.IntN(2) == 0
		if r.IntN(7) == 0 {
			gone = append(gone, i)
		}
	}
	return New(Ints("k", "", k...).WithMissing(gone...), Ints("q", "", q...), Floats("f", "", f...).WithMissing(gone...),
		Texts("w", w...).WithMissing(gone...), Bools("b", b...).WithMissing(gone...))
}

// threeValued is a condition and what it answers for a row: 1 yes, -1 no, 0 neither.
type threeValued struct {
	cond Cond
	is   func(Row) int
}

func known(name string, f func(Row) bool) func(Row) int {
	return func(r Row) int {
		switch {
		case !r.Known(name):
			return 0
		case f(r):
			return 1
		}
		return -1
	}
}

func TestConditionsAgreeWithThreeValuedLogic(t *testing.T) {
	num := func(r Row) float64 { v, _ := r.Float("f"); return v }
	whole := func(r Row) int64 { v, _ := r.Int("k"); return v }
	base := []threeValued{
		{Above("f", 0.5), known("f", func(r Row) bool { return num(r) > 0.5 })},
		{Below("f", 0), known("f", func(r Row) bool { return num(r) < 0 })},
		{AtMost("f", math.Inf(1)), known("f", func(Row) bool { return true })},
		{Above("f", math.Inf(1)), known("f", func(Row) bool { return false })},
		{Between("f", -1, 1), known("f", func(r Row) bool { return num(r) >= -1 && num(r) <= 1 })},
		{AtLeast("k", 4.5), known("k", func(r Row) bool { return whole(r) >= 5 })},
		{In("k", 1, 7, 3.5), known("k", func(r Row) bool { return whole(r) == 1 || whole(r) == 7 })},
		{In("w", "w1", "w4", "nosuch"), known("w", func(r Row) bool { return r.Text("w") == "w1" || r.Text("w") == "w4" })},
		{Is("b", true), known("b", func(r Row) bool { b, _ := r.Bool("b"); return b })},
		{In("b", true, false), known("b", func(Row) bool { return true })},
		{Missing("b"), func(r Row) int { return map[bool]int{true: -1, false: 1}[r.Known("b")] }},
		{And(), func(Row) int { return 1 }},
		{Or(), func(Row) int { return -1 }},
	}
	r := rand.New(rand.NewPCG(8, 9))
	for range 100 {
		a, b, c := base[r.IntN(len(base))], base[r.IntN(len(base))], base[r.IntN(len(base))]
		cond := Or(And(a.cond, Not(b.cond)), And(c.cond, b.cond))
		is := func(row Row) int { return max(min(a.is(row), -b.is(row)), min(c.is(row), b.is(row))) }
		tab := random(r, r.IntN(3*testBlock))
		for _, side := range []threeValued{{cond, is}, {Not(cond), func(row Row) int { return -is(row) }}} {
			want := tab.Filter(func(row Row) bool { return side.is(row) == 1 })
			if got := tab.Where(side.cond); got.Err() != nil || got.String() != want.String() || got.Len() != want.Len() {
				t.Fatalf("%d rows: %v\n%s\n%s", tab.n, got.Err(), got, want)
			}
		}
	}
}
