package change_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// speckled returns a plane of noise about a level.
func speckled(w, h int, seed uint64) raster.Plane {
	r := rand.New(rand.NewPCG(seed, 3))
	p := raster.NewPlane(w, h)
	for i := range p.Pix {
		p.Pix[i] = 0.2 * float32(math.Exp(0.3*r.NormFloat64()))
	}
	return p
}

// Software often leaves the least float32 where nothing was seen without saying so. Running sums must not lose the
// pixels beside it.
func TestOneImpossibleNumberSpoilsOnlyItsSurroundings(t *testing.T) {
	const w, h, col, row = 61, 47, 20, 9
	for _, wild := range []float32{-math.MaxFloat32, 1e20, 3e7} {
		a, b := speckled(w, h, 1), speckled(w, h, 2)
		clean := change.Similarity(a, b, 5, 1)
		smooth := smoothed(t, a, b)
		a.Pix[row*w+col] = wild
		spoilt, rough := change.Similarity(a, b, 5, 1), smoothed(t, a, b)
		for i, v := range clean.Pix {
			if c, r := i%w, i/w; max(c-col, col-c) <= 2 && max(r-row, row-r) <= 2 {
				continue
			}
			if u := spoilt.Pix[i]; (u == u) != (v == v) || math.Abs(float64(u-v)) > 1e-6 {
				t.Fatalf("%g: similarity at %d, %d is %v, not %v", wild, i%w, i/w, u, v)
			}
			if u, v := rough.Pix[i], smooth.Pix[i]; (u == u) != (v == v) || math.Abs(float64(u-v)) > 1e-6 {
				t.Fatalf("%g: log-ratio at %d, %d is %v, not %v", wild, i%w, i/w, u, v)
			}
		}
	}
}

// smoothed returns the log-ratio of means over 5 by 5 pixels.
func smoothed(t *testing.T, a, b raster.Plane) raster.Plane {
	t.Helper()
	before, err := raster.FromPlanes(a)
	if err != nil {
		t.Fatal(err)
	}
	after, err := raster.FromPlanes(b)
	if err != nil {
		t.Fatal(err)
	}
	s, err := change.LogRatio(before, after, change.Options{Registration: change.IgnoreShift, Smooth: 5})
	if err != nil {
		t.Fatal(err)
	}
	return s.Plane
}

// An image smaller than the window has pixels but no scores: no error, and the same by strips.
func TestAWindowLargerThanTheImageGivesNoScores(t *testing.T) {
	before, err := raster.FromPlanes(speckled(6, 40, 3))
	if err != nil {
		t.Fatal(err)
	}
	after, err := raster.FromPlanes(speckled(6, 40, 4))
	if err != nil {
		t.Fatal(err)
	}
	sameByStrips(t, "narrow", before, after, change.MethodSSIM, still)
}

// Steps so narrow that each holds a score or two have their peak anywhere.
func TestRosinIsSteadyOnSmallImages(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 17))
		v := make([]float32, 400)
		for i := range v {
			v[i] = float32(math.Hypot(r.NormFloat64(), math.Hypot(r.NormFloat64(), r.NormFloat64())))
			if i < 20 {
				v[i] += 4 + 8*r.Float32()
			}
		}
		cut, err := change.Rosin(v)
		if err != nil {
			t.Fatal(err)
		}
		var wrong int
		for i, x := range v {
			if float64(x) > cut != (i < 20) {
				wrong++
			}
		}
		if wrong > 20 {
			t.Errorf("seed %d: %d of 400 are on the wrong side of %.2f", seed, wrong, cut)
		}
	}
}
