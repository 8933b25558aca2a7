package register_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// clouds paints bright ragged patches of random size until a share of a plane is hidden.
func clouds(p raster.Plane, share, value float64, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 8))
	hidden := make([]bool, len(p.Pix))
	for n := 0; float64(n) < share*float64(len(p.Pix)); {
		x, y, radius := r.IntN(p.Width), r.IntN(p.Height), float64(p.Height/20+r.IntN(p.Height/8))
		var size, phase [7]float64
		for k := range size {
			size[k], phase[k] = 0.25*r.NormFloat64()/math.Sqrt(float64(k+1)), 6.3*r.Float64()
		}
		for i := range p.Pix {
			dx, dy := float64(i%p.Width-x), float64(i/p.Width-y)
			if hidden[i] || dx*dx+dy*dy > 9*radius*radius {
				continue
			}
			edge, at := 1.0, math.Atan2(dy, dx)
			for k := range size {
				edge += size[k] * math.Sin(float64(k+1)*at+phase[k])
			}
			if d := math.Hypot(dx, dy) / radius; d < edge {
				hidden[i] = true
				thick := math.Min(1, 3*(1-d/edge)) // thin at the edge
				p.Pix[i] += float32(thick * (value*(1+0.2*math.Sin(at+d)) - float64(p.Pix[i])))
				n++
			}
		}
	}
}

// stripe adds an error of its own to each column of both planes, as rows of detectors do.
func stripe(a, b raster.Plane, size float64, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 77))
	for c := range a.Width {
		e := float32(size * r.NormFloat64())
		for i := c; i < len(a.Pix); i += a.Width {
			a.Pix[i] += e
			b.Pix[i] += e
		}
	}
}

// every replaces each sample.
func every(p raster.Plane, to func(v float32, col, row int) float32) {
	for i, v := range p.Pix {
		p.Pix[i] = to(v, i%p.Width, i/p.Width)
	}
}

func TestShiftOfImagesOfOtherSeasonsAndSensors(t *testing.T) {
	nan := float32(math.NaN())
	for name, p := range places(t) {
		w, h := (p.Width-64)/4, (p.Height-64)/4
		sd := deviation(p)
		sorted := slices.Clone(p.Pix)
		slices.Sort(sorted)
		median := sorted[len(sorted)/2]
		season := func(v float32, _, _ int) float32 { // what is dark becomes brighter, what is bright brighter still
			if v < median {
				return v + 0.8*(median-v)
			}
			return 1.5*v - 0.5*median
		}
		hards := []struct {
			name   string
			within float64
			spoil  func(a, b raster.Plane, seed uint64)
		}{
			{"clouds over a fifth", 0.05, func(a, b raster.Plane, seed uint64) { clouds(a, 0.1, 5*sd, seed); clouds(b, 0.1, 5*sd, seed+50) }},
			{"clouds over two fifths", 0.1, func(a, b raster.Plane, seed uint64) { clouds(a, 0.2, 5*sd, seed); clouds(b, 0.2, 5*sd, seed+50) }},
			{"season", 0.05, func(_, b raster.Plane, _ uint64) { every(b, season) }},
			{"dark for bright", 0.05, func(_, b raster.Plane, _ uint64) {
				every(b, func(v float32, _, _ int) float32 { return median - 0.7*(v-median) })
			}},
			{"haze", 0.05, func(_, b raster.Plane, _ uint64) {
				every(b, func(v float32, c, r int) float32 {
					return 0.4*v + float32(2*sd*float64(c)/float64(w)+sd*math.Sin(float64(r)/40))
				})
			}},
			{"stripes", 0.05, func(a, b raster.Plane, seed uint64) { stripe(a, b, 0.5*sd, seed) }},
			{"scene edges", 0.05, func(a, b raster.Plane, _ uint64) {
				every(b, func(v float32, c, r int) float32 {
					if c < w/5+r/8 {
						return nan
					}
					return v
				})
				every(a, func(v float32, c, r int) float32 {
					if c > w*9/10-r/8 {
						return nan
					}
					return v
				})
			}},
			{"season, clouds and stripes", 0.1, func(a, b raster.Plane, seed uint64) {
				every(b, season)
				stripe(a, b, 0.05*sd, seed)
				clouds(a, 0.15, 5*sd, seed)
				clouds(b, 0.15, 5*sd, seed+50)
			}},
		}
		for i, d := range [][2]int{{0, 0}, {2, 3}, {-13, 2}, {30, -30}} {
			for k, hard := range hards {
				if !kept(name, i, k) {
					continue
				}
				a, b := view(p, w, h, 0, 0, 0.02*sd, uint64(2*i)), view(p, w, h, d[0], d[1], 0.02*sd, uint64(2*i+1))
				hard.spoil(a, b, uint64(10*i))
				s := register.Translation(imageOf(t, a), imageOf(t, b))
				x, y := float64(d[0])/4, float64(d[1])/4
				if !s.Known || math.Abs(s.DX-x) > hard.within || math.Abs(s.DY-y) > hard.within {
					t.Errorf("%s of %d x %d, %s: %v, truth %v %v", name, w, h, hard.name, s, x, y)
				}
			}
		}
	}
}

// Much noise leaves a larger error, but one that the spread tells, or none at all where the shift is not known.
func TestNoiseIsToldByTheSpread(t *testing.T) {
	for name, p := range places(t) {
		w, h := (p.Width-64)/4, (p.Height-64)/4
		sd := deviation(p)
		for i, d := range [][2]int{{0, 0}, {1, 0}, {-5, 6}, {7, -7}, {30, -30}} {
			for k, noise := range []float64{0.1, 0.5, 1, 4} {
				if !kept(name, i, k) {
					continue
				}
				a, b := view(p, w, h, 0, 0, noise*sd, uint64(2*i)), view(p, w, h, d[0], d[1], noise*sd, uint64(2*i+1))
				s := register.Translation(imageOf(t, a), imageOf(t, b))
				x, y := float64(d[0])/4, float64(d[1])/4
				within := math.Max(0.05, 3*s.Spread)
				if s.Known && (math.Abs(s.DX-x) > within || math.Abs(s.DY-y) > within) || !s.Known && noise < 1 {
					t.Errorf("%s, noise of %v deviations: %v, truth %v %v", name, noise, s, x, y)
				}
			}
		}
	}
}

// Bands of other wavelengths differ as seasons do: water, fields and roofs change places in brightness. They do not lie
// on each other to a few hundredths of a pixel themselves; B11 has pixels of 20 m.
func TestShiftBetweenBands(t *testing.T) {
	all := places(t)
	for _, pair := range [][2]string{{"Busan B02", "Busan B08"}, {"Busan B08", "Busan B11"}, {"Busan B02", "Busan B11"}} {
		p, q := all[pair[0]], all[pair[1]]
		w, h := (p.Width-64)/4, (p.Height-64)/4
		for _, d := range [][2]int{{0, 0}, {2, 3}, {-13, 2}, {17, 27}} {
			s := register.Translation(imageOf(t, view(p, w, h, 0, 0, 2, 1)), imageOf(t, view(q, w, h, d[0], d[1], 2, 2)))
			if x, y := float64(d[0])/4, float64(d[1])/4; !s.Known || math.Abs(s.DX-x) > 0.1 || math.Abs(s.DY-y) > 0.1 {
				t.Errorf("%v: %v, truth %v %v", pair, s, x, y)
			}
		}
	}
}

// cut returns a part of a plane.
func cut(p raster.Plane, col, row, width, height int) raster.Plane {
	out := raster.NewPlane(width, height)
	every(out, func(_ float32, c, r int) float32 {
		if c += col; c < 0 || c >= p.Width || r+row < 0 || r+row >= p.Height {
			return float32(math.NaN())
		}
		return p.At(c, r+row)
	})
	return out
}

func TestShiftsOfAThirdOfTheImage(t *testing.T) {
	for name, p := range places(t) {
		for _, size := range []int{128, 256, 640} {
			w, h := min(p.Width*2/3, size), min(p.Height*2/3, size)
			for k, f := range [][2]float64{{.33, 0}, {-.33, .1}, {.2, -.3}, {.33, .33}} {
				if size == 640 && !kept(name, 0, k) {
					continue
				}
				dx, dy := int(f[0]*float64(w)), int(f[1]*float64(h))
				col, row := (p.Width-w)/2, (p.Height-h)/2
				s := register.Translation(imageOf(t, cut(p, col, row, w, h)), imageOf(t, cut(p, col-dx, row-dy, w, h)))
				if !s.Known || math.Abs(s.DX-float64(dx)) > 0.05 || math.Abs(s.DY-float64(dy)) > 0.05 {
					t.Errorf("%s of %d x %d: %v, truth %d %d", name, w, h, s, dx, dy)
				}
			}
		}
	}
}

func TestPartsOfAnImageThatShareNothingHaveNoShift(t *testing.T) {
	for name, p := range places(t) {
		for _, w := range []int{100, 256} {
			for _, at := range [][4]int{{0, 0, w + 20, 40}, {30, 10, 2*w + 100, 200}, {p.Width - w, 0, 40, p.Height - w}, {0, p.Height - w, p.Width - w, 0}} {
				s := register.Translation(imageOf(t, cut(p, at[0], at[1], w, w)), imageOf(t, cut(p, at[2], at[3], w, w)))
				if s.Known {
					t.Errorf("%s, %d pixels at %v: %v", name, w, at, s)
				}
			}
		}
	}
}
