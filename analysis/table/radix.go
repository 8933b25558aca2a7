package table

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type keyed struct {
	key uint64
	row int32
}

// radix orders rows by keys[row], of which the lowest width bits count; rows with equal keys keep their order. One pass
// by the highest bits deals the rows into buckets, which are then sorted on all processors.
func radix(rows []int32, keys []uint64, width int) []int32 {
	n := len(rows)
	top := min(width, 11)
	shift := uint(width - top)
	buckets := 1 << top
	ps := parts(n)
	counts := make([][]int, len(ps))
	inParts(n, func(p, lo, hi int) {
		c := make([]int, buckets)
		for _, r := range rows[lo:hi] {
			c[keys[r]>>shift]++
		}
		counts[p] = c
	})
	starts := make([]int, buckets+1)
	at := 0
	for b := range buckets {
		starts[b] = at
		for p := range ps {
			c := counts[p][b]
			counts[p][b] = at
			at += c
		}
	}
	starts[buckets] = at
	dealt := make([]keyed, n)
	inParts(n, func(p, lo, hi int) {
		c := counts[p]
		for _, r := range rows[lo:hi] {
			k := keys[r]
			b := k >> shift
			dealt[c[b]] = keyed{k, r}
			c[b]++
		}
	})
	out := make([]int32, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var spare []keyed
			for {
				b := int(next.Add(1) - 1)
				if b >= buckets {
					return
				}
				part := dealt[starts[b]:starts[b+1]]
				if cap(spare) < len(part) {
					spare = make([]keyed, len(part))
				}
				part = lowBits(part, spare[:len(part)], int(shift))
				for i, k := range part {
					out[starts[b]+i] = k.row
				}
			}
		}()
	}
	wg.Wait()
	return out
}

// lowBits sorts by the lowest bits of the keys, eleven at a time; the result is in a or in b.
func lowBits(a, b []keyed, bits int) []keyed {
	if len(a) < 64 {
		for i := 1; i < len(a); i++ {
			for j := i; j > 0 && a[j].key < a[j-1].key; j-- {
				a[j], a[j-1] = a[j-1], a[j]
			}
		}
		return a
	}
	step := 8
	if len(a) > 1<<14 {
		step = 11
	}
	var count [1 << 11]int
	for shift := 0; shift < bits; shift += step {
		mask := uint64(1)<<min(step, bits-shift) - 1
		clear(count[:])
		for i := range a {
			count[a[i].key>>shift&mask]++
		}
		if count[a[0].key>>shift&mask] == len(a) {
			continue
		}
		at := 0
		for i := range count[:mask+1] {
			at, count[i] = at+count[i], at
		}
		for i := range a {
			d := a[i].key >> shift & mask
			b[count[d]] = a[i]
			count[d]++
		}
		a, b = b, a
	}
	return a
}
