package change

import (
	"fmt"
	"math"
	"runtime"
	"sync"
)

// The scalar twins of kernel_amd64.s. The conversions keep a compiler that may from fusing multiplication and addition,
// so that both give the same bits.

func addSquaresScalar(acc []float32, a, b []uint16) {
	a, b = a[:len(acc)], b[:len(acc)]
	for i := range acc {
		d := float32(int32(b[i]) - int32(a[i]))
		acc[i] += float32(d * d)
	}
}

func addSquaresMissingScalar(acc []float32, a, b []uint16, missing uint16) {
	a, b = a[:len(acc)], b[:len(acc)]
	for i := range acc {
		if a[i] == missing || b[i] == missing {
			acc[i] = math.Float32frombits(0xffffffff)
			continue
		}
		d := float32(int32(b[i]) - int32(a[i]))
		acc[i] += float32(d * d)
	}
}

func rootsScalar(dst, acc []float32) {
	dst = dst[:len(acc)]
	for i, v := range acc {
		dst[i] = float32(math.Sqrt(float64(v)))
	}
}

// largestScalar keeps, of each pair, the number that is larger as an integer: of sizes the larger one, and a size rather
// than a missing score with its sign set.
func largestScalar(most, v []float32) {
	v = v[:len(most)]
	for i, x := range v {
		if int32(math.Float32bits(x)) > int32(math.Float32bits(most[i])) {
			most[i] = x
		}
	}
}

// magnitudeHere does for one piece of a window what MagnitudeUint16 does for all.
func magnitudeHere(dst []float32, before, after [][]uint16, missing int) {
	clear(dst)
	for k := range before {
		if missing >= 0 {
			addSquaresMissing(dst, before[k], after[k], uint16(missing))
		} else {
			addSquares(dst, before[k], after[k])
		}
	}
	rootsHere(dst)
}

// piece is how many pixels are worked on at a time: their sums stay in the processor's first cache.
const piece = 4096

// MagnitudeUint16 fills dst with the length of the change vector of uint16 bands, on all processors: what Magnitude does
// with images as they are, for data already in memory. Where missing is 0 to 65535, a pixel of that value in any band at
// either date becomes NaN; -1 means that none is missing. Bands of different number or length give an error.
func MagnitudeUint16(dst []float32, before, after [][]uint16, missing int) error {
	return magnitude(dst, before, after, missing, nil)
}

// magnitude is MagnitudeUint16; where counts is not nil it also counts the results in it.
func magnitude(dst []float32, before, after [][]uint16, missing int, counts *tally) error {
	if len(before) == 0 || len(before) != len(after) || missing < -1 || missing > math.MaxUint16 {
		return fmt.Errorf("change: %d bands before, %d after, missing is %d", len(before), len(after), missing)
	}
	for k := range before {
		if len(before[k]) != len(dst) || len(after[k]) != len(dst) {
			return fmt.Errorf("change: band %d has %d samples before and %d after for %d scores", k+1, len(before[k]), len(after[k]), len(dst))
		}
	}
	workers := max(1, min(runtime.GOMAXPROCS(0), len(dst)/(4*piece)))
	tallies := make([]tally, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			acc := make([]float32, piece)
			pieces := (len(dst) + piece - 1) / piece
			for p := pieces * w / workers; p < pieces*(w+1)/workers; p++ {
				from, to := p*piece, min((p+1)*piece, len(dst))
				sums := acc[:to-from]
				clear(sums)
				for k := range before {
					if missing >= 0 {
						addSquaresMissing(sums, before[k][from:to], after[k][from:to], uint16(missing))
					} else {
						addSquares(sums, before[k][from:to], after[k][from:to])
					}
				}
				if counts == nil {
					roots(dst[from:to], sums)
					continue
				}
				rootsHere(sums)
				tallies[w].add(sums)
				copy(dst[from:to], sums)
			}
		})
	}
	group.Wait()
	if counts != nil {
		for i := range tallies {
			counts.merge(&tallies[i])
		}
	}
	return nil
}
