// Package box takes means over squares around pixels.
package box

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Mean returns the mean of the finite values at most half columns and rows from each pixel, NaN where there are none.
func Mean(p raster.Plane, half int) raster.Plane {
	b := &box{p: p, half: half, sums: make([]float64, p.Width), counts: make([]int, p.Width)}
	out := raster.NewPlane(p.Width, p.Height)
	for r := -half; r < half; r++ {
		b.add(r)
	}
	for r := range p.Height {
		b.add(r + half)
		if r > 0 {
			b.drop(r - half - 1)
		}
		b.slide(out.Row(r))
	}
	return out
}

// box runs down a plane with the sum and the number of the values in its rows, for every column.
type box struct {
	p      raster.Plane
	half   int
	sums   []float64
	counts []int
}

// swamps reports whether a number was so large that what it was added to and taken from again has lost its digits.
func swamps(gone, left float64) bool { return math.Abs(gone) > 1<<24*math.Abs(left) }

func (b *box) add(row int) {
	if row < 0 || row >= b.p.Height {
		return
	}
	for c, v := range b.p.Row(row) {
		if v-v == 0 {
			b.sums[c] += float64(v)
			b.counts[c]++
		}
	}
}

// drop takes the row above the box out of the sums.
func (b *box) drop(row int) {
	if row < 0 {
		return
	}
	for c, v := range b.p.Row(row) {
		if v-v != 0 {
			continue
		}
		b.sums[c] -= float64(v)
		b.counts[c]--
		if swamps(float64(v), b.sums[c]) {
			b.sums[c] = 0
			for r := row + 1; r <= min(row+2*b.half+1, b.p.Height-1); r++ {
				if u := b.p.Pix[r*b.p.Width+c]; u-u == 0 {
					b.sums[c] += float64(u)
				}
			}
		}
	}
}

// slide runs the box along a row.
func (b *box) slide(to []float32) {
	var sum float64
	n := 0
	for c := range min(b.half, len(to)) {
		sum, n = sum+b.sums[c], n+b.counts[c]
	}
	for c := range to {
		if c+b.half < len(to) {
			sum, n = sum+b.sums[c+b.half], n+b.counts[c+b.half]
		}
		if gone := c - b.half - 1; gone >= 0 {
			sum, n = sum-b.sums[gone], n-b.counts[gone]
			if swamps(b.sums[gone], sum) {
				sum = 0
				for _, v := range b.sums[gone+1 : min(c+b.half+1, len(to))] {
					sum += v
				}
			}
		}
		to[c] = float32(sum / float64(n))
		if n == 0 {
			to[c] = float32(math.NaN())
		}
	}
}
