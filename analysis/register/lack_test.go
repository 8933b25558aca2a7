package register_test

import (
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// Planes made by hand may have fewer samples than pixels: the shift is not known, and resampling is an error.
func TestPlanesThatLackSamples(t *testing.T) {
	for _, size := range [][2]int{{64, 64}, {math.MaxInt, 100}, {1 << 33, 1 << 33}, {-1, 5}} {
		p := raster.Plane{Width: size[0], Height: size[1], Pix: make([]float32, 30)}
		if s := register.Correlate(p, p); s.Known || s.Reason == "" {
			t.Errorf("%v: %+v", size, s)
		}
		if _, err := register.Resample(p, 0.5, 0.5, register.Cubic); err == nil {
			t.Errorf("%v: no error", size)
		}
	}
	for _, p := range []raster.Plane{{}, {Width: 0, Height: math.MaxInt}, {Width: math.MaxInt, Height: 0}} {
		if q, err := register.Resample(p, 0.5, 0, register.Nearest); err != nil || len(q.Pix) != 0 {
			t.Error(q, err)
		}
		if s := register.Correlate(p, p); s.Known {
			t.Error(s)
		}
	}
}
