package register

import (
	"math"
	"slices"

	"github.com/sightline-osint/sightline/analysis/internal/box"
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
		means := box.Mean(raster.Plane{Width: p.Width, Height: p.Height, Pix: kept}, reach)
		sizes, own = sizes[:0], own[:0]
		n := 0
		for i, v := range p.Pix {
			out.Pix[i] = v - means.Pix[i]
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
