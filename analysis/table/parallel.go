package table

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// smallest number of rows worth a goroutine.
const grain = 1 << 15

// parts splits n rows into ranges, one a processor, each starting at a multiple of 64 so that bitmaps can be written
// without locks.
func parts(n int) [][2]int {
	k := runtime.GOMAXPROCS(0)
	if n < 2*grain || k == 1 {
		return [][2]int{{0, n}}
	}
	if most := n / grain; k > most {
		k = most
	}
	out := make([][2]int, 0, k)
	for i, lo := 0, 0; i < k; i++ {
		hi := (n * (i + 1) / k) &^ 63
		if i == k-1 {
			hi = n
		}
		if hi > lo {
			out = append(out, [2]int{lo, hi})
		}
		lo = hi
	}
	return out
}

// inParts calls f for every part of n rows, at the same time, and waits for all.
func inParts(n int, f func(part, lo, hi int)) int {
	ps := parts(n)
	if len(ps) == 1 {
		f(0, 0, n)
		return 1
	}
	var wg sync.WaitGroup
	for p, r := range ps {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(p, r[0], r[1])
		}()
	}
	wg.Wait()
	return len(ps)
}

// inTurn calls f for 0 to n-1, each processor taking the next one when it is done with its last.
func inTurn(n int, f func(k int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for k := range n {
			f(k)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := int(next.Add(1) - 1); k < n; k = int(next.Add(1) - 1) {
				f(k)
			}
		}()
	}
	wg.Wait()
}
