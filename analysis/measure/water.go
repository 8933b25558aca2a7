package measure

import (
	"errors"
	"math"
	"sort"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// sea is what is known of the water in an image.
type sea struct {
	water     raster.Mask // what is as dark and as even as water, and lies in patches large enough
	threshold raster.Plane
	level     []float64 // of the water, by squares
	across    int       // squares in a row
	median    float64
	spread    float64
}

var errNoWater = errors.New("measure: no water was found: nothing dark and even is large enough")

// block is the side in pixels of the squares in which the water's level is judged.
const block = 64

// findWater separates water, which is dark in the near infrared, from all else. Otsu's threshold begins; the water's own
// median and spread, judged again in every square of 64 pixels, decide.
func findWater(nir raster.Plane, contrast float64, least int) (*sea, error) {
	cut, err := change.Otsu(clipped(nir))
	if err != nil {
		return nil, errNoWater
	}
	s := &sea{}
	for range 12 {
		m, d := levelBelow(nir.Pix, cut)
		next := m + contrast*d
		s.median, s.spread = m, d
		if math.Abs(next-cut) < 1e-3*d {
			break
		}
		cut = next
	}
	if !(s.spread > 0) {
		return nil, errNoWater
	}
	s.threshold = raster.NewPlane(nir.Width, nir.Height)
	s.water = raster.NewMask(nir.Width, nir.Height)
	s.across = (nir.Width + block - 1) / block
	s.level = make([]float64, s.across*((nir.Height+block-1)/block))
	for r := 0; r < nir.Height; r += block {
		for c := 0; c < nir.Width; c += block {
			s.square(nir, raster.Window{Col: c, Row: r, Width: block, Height: block}.Intersect(raster.Window{Width: nir.Width, Height: nir.Height}), cut, contrast)
		}
	}
	patches := region.Find(s.water, region.Options{MinArea: least})
	if len(patches) == 0 {
		return nil, errNoWater
	}
	s.water = region.Mask(nir.Width, nir.Height, patches...)
	return s, nil
}

// square sets the threshold in one square: the water's own there if it has enough, the image's else.
func (s *sea) square(nir raster.Plane, w raster.Window, cut, contrast float64) {
	var dark []float64
	for r := range w.Height {
		for _, v := range nir.Row(w.Row + r)[w.Col : w.Col+w.Width] {
			if float64(v) < cut {
				dark = append(dark, float64(v))
			}
		}
	}
	here, level := cut, s.median
	if len(dark) >= block*block/8 {
		m := medianOf(dark)
		level = m
		for i := range dark {
			dark[i] = math.Abs(dark[i] - m)
		}
		d := math.Max(1.4826*medianOf(dark), s.spread/4)
		here = math.Min(m+contrast*d, cut+contrast*s.spread)
	}
	s.level[w.Row/block*s.across+w.Col/block] = level
	for r := range w.Height {
		for c := range w.Width {
			i := (w.Row+r)*nir.Width + w.Col + c
			s.threshold.Pix[i] = float32(here)
			if float64(nir.Pix[i]) < here {
				s.water.Bits[i] = 1
			}
		}
	}
}

// clipped returns the values that are there up to the 99th percentile, so that a few bright roofs do not set the range.
func clipped(p raster.Plane) []float32 {
	var v []float32
	for i := 0; i < len(p.Pix); i += max(1, len(p.Pix)/200000) {
		if x := p.Pix[i]; x-x == 0 {
			v = append(v, x)
		}
	}
	sort.Slice(v, func(i, j int) bool { return v[i] < v[j] })
	if len(v) == 0 {
		return nil
	}
	return v[:max(1, len(v)*99/100)]
}

// levelBelow returns median and robust standard deviation of the values below a cut, of at most 200,000.
func levelBelow(pix []float32, cut float64) (median, spread float64) {
	var v []float64
	for i := 0; i < len(pix); i += max(1, len(pix)/200000) {
		if x := float64(pix[i]); x < cut {
			v = append(v, x)
		}
	}
	median = medianOf(v)
	for i := range v {
		v[i] = math.Abs(v[i] - median)
	}
	return median, 1.4826 * medianOf(v)
}
