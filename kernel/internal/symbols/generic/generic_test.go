// Package generic compares the project's generic code with the compiled packages that it stands for.
package generic

import (
	stdcmp "cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"math/rand"
	"os"
	stdslices "slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	owncmp "github.com/sightline-osint/sightline/kernel/internal/symbols/generic/cmp"
	ownerrors "github.com/sightline-osint/sightline/kernel/internal/symbols/generic/errors"
	ownmaps "github.com/sightline-osint/sightline/kernel/internal/symbols/generic/maps"
	"github.com/sightline-osint/sightline/kernel/internal/symbols/generic/slices"
	ownsync "github.com/sightline-osint/sightline/kernel/internal/symbols/generic/sync"
	"github.com/sightline-osint/sightline/kernel/internal/symbols/generic/sync/atomic"
)

// outcome is what a call leaves: its result or its panic.
func outcome(f func() any) (v any) {
	defer func() {
		if r := recover(); r != nil {
			v = fmt.Sprint("panic: ", r)
		}
	}()
	return f()
}

func same(t *testing.T, what string, got, want func() any) {
	t.Helper()
	g, w := outcome(got), outcome(want)
	if d := cmp.Diff(w, g, cmpopts.EquateNaNs()); d != "" {
		t.Errorf("%s: (-compiled +own)\n%s", what, d)
	}
}

func ints(r *rand.Rand) []int {
	s := make([]int, r.Intn(9), 12)
	for i := range s {
		s[i] = r.Intn(4)
	}
	return s
}

// all is what is left of a slice with the elements behind its end.
func all(s []int) any { return [2][]int{s, s[:cap(s)]} }

func TestSlicesBehaveAsTheCompiledOnes(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	clone := func(s []int) []int { return append(make([]int, 0, cap(s)), s...) }
	for range 3000 {
		s, u := ints(r), ints(r)
		i, j, k := r.Intn(8), r.Intn(9), r.Intn(4)
		w := fmt.Sprint(s, u, i, j, k)
		odd := func(v int) bool { return v%2 == 1 }
		desc := func(a, b int) int { return stdcmp.Compare(b/2, a/2) }
		same(t, "Insert "+w, func() any { return slices.Insert(clone(s), i, u...) }, func() any { return stdslices.Insert(clone(s), i, u...) })
		same(t, "Delete "+w, func() any { return all(slices.Delete(clone(s), i, j)) }, func() any { return all(stdslices.Delete(clone(s), i, j)) })
		same(t, "DeleteFunc "+w, func() any { return all(slices.DeleteFunc(clone(s), odd)) }, func() any { return all(stdslices.DeleteFunc(clone(s), odd)) })
		same(t, "Replace "+w, func() any { return slices.Replace(clone(s), i, j, u...) }, func() any { return stdslices.Replace(clone(s), i, j, u...) })
		same(t, "Compact "+w, func() any { return all(slices.Compact(clone(s))) }, func() any { return all(stdslices.Compact(clone(s))) })
		same(t, "CompactFunc "+w, func() any { return slices.CompactFunc(clone(s), func(a, b int) bool { return a <= b }) }, func() any { return stdslices.CompactFunc(clone(s), func(a, b int) bool { return a <= b }) })
		same(t, "Compare "+w, func() any { return slices.Compare(s, u) }, func() any { return stdslices.Compare(s, u) })
		same(t, "Equal "+w, func() any { return slices.Equal(s, u) }, func() any { return stdslices.Equal(s, u) })
		same(t, "Index "+w, func() any { return slices.Index(s, k) }, func() any { return stdslices.Index(s, k) })
		same(t, "ContainsFunc "+w, func() any { return slices.ContainsFunc(s, odd) }, func() any { return stdslices.ContainsFunc(s, odd) })
		same(t, "Max "+w, func() any { return slices.Max(s) }, func() any { return stdslices.Max(s) })
		same(t, "Min "+w, func() any { return slices.Min(s) }, func() any { return stdslices.Min(s) })
		same(t, "MaxFunc "+w, func() any { return slices.MaxFunc(s, desc) }, func() any { return stdslices.MaxFunc(s, desc) })
		same(t, "MinFunc "+w, func() any { return slices.MinFunc(s, desc) }, func() any { return stdslices.MinFunc(s, desc) })
		same(t, "Repeat "+w, func() any { return slices.Repeat(s, k-1) }, func() any { return stdslices.Repeat(s, k-1) })
		same(t, "Concat "+w, func() any { return slices.Concat(s, u, s) }, func() any { return stdslices.Concat(s, u, s) })
		same(t, "Grow "+w, func() any { return slices.Grow(clone(s), k-1) }, func() any { return stdslices.Grow(clone(s), k-1) })
		same(t, "Chunk "+w, func() any { return slices.Collect(slices.Chunk(s, k)) }, func() any { return stdslices.Collect(stdslices.Chunk(s, k)) })
		same(t, "Sorted "+w, func() any { return slices.Sorted(slices.Values(s)) }, func() any { return stdslices.Sorted(stdslices.Values(s)) })
		sorted := stdslices.Sorted(stdslices.Values(s))
		same(t, "BinarySearch "+w, func() any { i, ok := slices.BinarySearch(sorted, k); return fmt.Sprint(i, ok) }, func() any { i, ok := stdslices.BinarySearch(sorted, k); return fmt.Sprint(i, ok) })
		same(t, "SortFunc "+w, func() any { s := clone(s); slices.SortFunc(s, desc); return s }, func() any { s := clone(s); stdslices.SortFunc(s, desc); return s })
		same(t, "SortStableFunc "+w, func() any { s := clone(s); slices.SortStableFunc(s, desc); return s }, func() any { s := clone(s); stdslices.SortStableFunc(s, desc); return s })
		same(t, "IsSorted "+w, func() any { return slices.IsSorted(s) }, func() any { return stdslices.IsSorted(s) })
		same(t, "Reverse "+w, func() any { s := clone(s); slices.Reverse(s); return s }, func() any { s := clone(s); stdslices.Reverse(s); return s })
		same(t, "Backward "+w, func() any { return ownmaps.Collect(slices.Backward(s)) }, func() any { return maps.Collect(stdslices.Backward(s)) })
	}
}

func TestSortOrdersAsTheCompiledOne(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	type celsius float64
	for range 50 {
		a := make([]celsius, 300)
		for i := range a {
			a[i] = celsius(r.NormFloat64())
			if r.Intn(20) == 0 {
				a[i] = celsius(math.NaN())
			}
		}
		b := stdslices.Clone(a)
		slices.Sort(a)
		stdslices.Sort(b)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatal(a, b)
		}
	}
}

func TestMapsAndCmpBehaveAsTheCompiledOnes(t *testing.T) {
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	same(t, "Keys", func() any { return slices.Sorted(ownmaps.Keys(m)) }, func() any { return stdslices.Sorted(maps.Keys(m)) })
	same(t, "Values", func() any { return slices.Sorted(ownmaps.Values(m)) }, func() any { return stdslices.Sorted(maps.Values(m)) })
	same(t, "Clone", func() any { return ownmaps.Clone(m) }, func() any { return maps.Clone(m) })
	same(t, "Equal", func() any { return ownmaps.Equal(m, ownmaps.Collect(ownmaps.All(m))) }, func() any { return true })
	drop := func(k string, v int) bool { return v > 1 }
	same(t, "DeleteFunc", func() any { m := maps.Clone(m); ownmaps.DeleteFunc(m, drop); return m }, func() any { m := maps.Clone(m); maps.DeleteFunc(m, drop); return m })
	same(t, "Copy", func() any { d := map[string]int{"z": 0, "a": 9}; ownmaps.Copy(d, m); return d }, func() any { d := map[string]int{"z": 0, "a": 9}; maps.Copy(d, m); return d })
	values := []float64{math.NaN(), math.Inf(-1), -1, math.Copysign(0, -1), 0, 2, math.Inf(1)}
	for _, x := range values {
		for _, y := range values {
			same(t, fmt.Sprint("Compare ", x, y), func() any { return owncmp.Compare(x, y) }, func() any { return stdcmp.Compare(x, y) })
			same(t, fmt.Sprint("Less ", x, y), func() any { return owncmp.Less(x, y) }, func() any { return stdcmp.Less(x, y) })
		}
	}
	same(t, "Or", func() any { return owncmp.Or(0, 0, 3, 4) }, func() any { return stdcmp.Or(0, 0, 3, 4) })
}

func TestTheOthersBehaveAsTheCompiledOnes(t *testing.T) {
	_, err := os.Open("/does/not/exist")
	err = fmt.Errorf("wrapped: %w", err)
	if e, ok := ownerrors.AsType[*fs.PathError](err); !ok || e.Path != "/does/not/exist" {
		t.Error(e, ok)
	}
	if _, ok := ownerrors.AsType[*fs.PathError](errors.New("x")); ok {
		t.Error("found a path error in none")
	}
	calls := 0
	f := ownsync.OnceValue(func() int { calls++; return 7 })
	if f()+f() != 14 || calls != 1 {
		t.Error("OnceValue called its function", calls, "times")
	}
	var p atomic.Pointer[int]
	one, two := new(int), new(int)
	if p.Load() != nil || p.CompareAndSwap(one, two) || !p.CompareAndSwap(nil, one) || p.Load() != one || p.Swap(two) != one || p.CompareAndSwap(one, nil) {
		t.Error("atomic.Pointer")
	}
	p.Store(nil)
	if p.Load() != nil || p.CompareAndSwap(one, two) || !p.CompareAndSwap(nil, two) || p.Load() != two {
		t.Error("atomic.Pointer after nil")
	}
}
