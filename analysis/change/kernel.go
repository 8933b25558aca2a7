package change

import (
	"fmt"
	"math"
	"runtime"
	"sync"
)

// magnitudeScalar is the scalar twin of magnitudeAVX2. Squares of differences of uint16 and sums of them are exact in
// float64, so that adding one rounds once, as the vectors do.
func magnitudeScalar(dst []float32, before, after [][]uint16, at, missing int) {
	for i := range dst {
		var sum float32
		gone := false
		for k := range before {
			a, b := int(before[k][at+i]), int(after[k][at+i])
			gone = gone || a == missing || b == missing
			d := float64(b - a)
			sum = float32(float64(sum) + d*d)
		}
		dst[i] = float32(math.Sqrt(float64(sum)))
		if gone {
			dst[i] = math.Float32frombits(0xffffffff)
		}
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

// piece is how many pixels are worked on at a time.
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
			pieces := (len(dst) + piece - 1) / piece
			for p := pieces * w / workers; p < pieces*(w+1)/workers; p++ {
				from, to := p*piece, min((p+1)*piece, len(dst))
				magnitudePiece(dst[from:to], before, after, from, missing, counts == nil)
				if counts != nil {
					tallies[w].add(dst[from:to])
				}
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
