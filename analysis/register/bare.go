package register

import (
	"math"
	"slices"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// reach is the radius in pixels of the neighbourhood whose mean bare takes off, and most the share of the samples that it
// leaves out at most.
const reach, most = 6, 0.4

// bare returns a plane less the mean around each pixel, without what stands out by more than 3.5 standard deviations of the
// rest and without its neighbours: trains, ships and clouds, which move while the ground stays. What is left out is NaN.
func bare(p raster.Plane) raster.Plane {
	out := raster.Plane{Width: p.Width, Height: p.Height, Pix: slices.Clone(p.Pix)}
	kept := slices.Clone(p.Pix) // NaN where left out
	valid := 0
	for _, v := range p.Pix {
		if v-v == 0 {
			valid++
		}
	}
	if valid == 0 {
		return out
	}
	every := max(1, valid/1024) // a sample of them tells the limit
	sizes, own := make([]float32, 0, valid/every+1), make([]float32, 0, valid/every+1)
	for range 3 {
		means := around(raster.Plane{Width: p.Width, Height: p.Height, Pix: kept}, reach)
		sizes, own = sizes[:0], own[:0]
		n := 0
		for i, v := range p.Pix {
			out.Pix[i] = v - means[i]
			if d := out.Pix[i]; d-d == 0 {
				if n++; n%every != 0 {
					continue
				}
				d = float32(math.Abs(float64(d)))
				sizes = append(sizes, d)
				if kept[i] == kept[i] {
					own = append(own, d)
				}
			}
		}
		if len(own) == 0 {
			return out
		}
		slices.Sort(own)
		slices.Sort(sizes)
		limit := max(3.5*1.4826*own[len(own)/2], sizes[min(len(sizes)-1, int(float64(len(sizes))*(1-most)))])
		for i, v := range p.Pix {
			kept[i] = v
			if d := out.Pix[i]; d > limit || d < -limit {
				kept[i] = float32(math.NaN())
			}
		}
	}
	w := p.Width
	for i := range out.Pix {
		c := i % w
		for _, j := range [4]int{i - w, i + w, i - 1, i + 1} {
			if j >= 0 && j < len(kept) && (j != i-1 || c > 0) && (j != i+1 || c < w-1) && kept[j] != kept[j] && p.Pix[j] == p.Pix[j] {
				out.Pix[i] = float32(math.NaN())
			}
		}
		if kept[i] != kept[i] {
			out.Pix[i] = float32(math.NaN())
		}
	}
	return out
}

// around returns the mean of the samples within a square around each pixel, NaN where there are none.
func around(p raster.Plane, radius int) []float32 {
	w, h := p.Width, p.Height
	sums, counts := make([]float64, w), make([]float64, w) // of the rows in reach, by column
	add := func(row int, sign float64) {
		if row < 0 || row >= h {
			return
		}
		for c, v := range p.Row(row) {
			if v-v == 0 {
				sums[c] += sign * float64(v)
				counts[c] += sign
			}
		}
	}
	for r := range radius {
		add(r, 1)
	}
	out := make([]float32, w*h)
	for r := range h {
		add(r+radius, 1)
		add(r-radius-1, -1)
		var s, n float64
		for c := range radius {
			if c < w {
				s, n = s+sums[c], n+counts[c]
			}
		}
		for c := range w {
			if k := c + radius; k < w {
				s, n = s+sums[k], n+counts[k]
			}
			if k := c - radius - 1; k >= 0 {
				s, n = s-sums[k], n-counts[k]
			}
			out[r*w+c] = float32(s / n)
			if n < 0.5 {
				out[r*w+c] = float32(math.NaN())
			}
		}
	}
	return out
}
