package change_test

import (
	"context"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// drawn returns an image of smooth ground with noise, in which a patch of 20 x 14 pixels has other numbers when changed.
func drawn[T uint8 | uint16 | int16 | float32](t *testing.T, names []string, level, relief, noise, change float64, changed bool, seed uint64) *raster.Image {
	t.Helper()
	const w, h = 120, 90
	r := rand.New(rand.NewPCG(seed, 8))
	bands := make([]any, len(names))
	for k := range bands {
		v := make([]T, w*h)
		for i := range v {
			x, y := float64(i%w), float64(i/w)
			z := level + relief*(math.Sin(x/5+float64(k))*math.Cos(y/7)+math.Sin(x*y/300)) + noise*r.NormFloat64()
			if changed && x >= 40 && x < 60 && y >= 30 && y < 44 {
				z += change * float64(1-k%2*2)
			}
			v[i] = T(z)
		}
		bands[k] = v
	}
	m, err := raster.New(w, h, bands...)
	if err != nil {
		t.Fatal(err)
	}
	m.Geo = raster.Geo{Transform: raster.NorthUp(600000, 4700000, 3, 3), CRS: raster.UTM(52, false)}
	m.Name = map[bool]string{false: "before.tif", true: "after.tif"}[changed]
	m.Rename(names...)
	return m
}

func patch() raster.Mask {
	m := raster.NewMask(120, 90)
	for row := 30; row < 44; row++ {
		for col := 40; col < 60; col++ {
			m.Set(col, row, true)
		}
	}
	return m
}

func TestImagesOfManySensorsAreCompared(t *testing.T) {
	planet := []string{"blue", "green", "red", "nir"}
	sentinel := []string{"B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"}
	for name, c := range map[string]struct {
		before, after *raster.Image
		methods       []change.Method
	}{
		"PlanetScope": {drawn[uint16](t, planet, 2000, 300, 20, 400, false, 1), drawn[uint16](t, planet, 2100, 300, 20, 400, true, 2),
			[]change.Method{"magnitude", "ir-mad", "ssim", "pca-kmeans", "ndvi", "ratio"}},
		"Sentinel-2": {drawn[uint16](t, sentinel, 1500, 250, 15, 300, false, 3), drawn[uint16](t, sentinel, 1500, 250, 15, 300, true, 4),
			[]change.Method{"magnitude", "mad", "ndwi", "dnbr", "angle"}},
		"8-bit RGB":    {drawn[uint8](t, []string{"red", "green", "blue"}, 120, 20, 2, 50, false, 5), drawn[uint8](t, []string{"red", "green", "blue"}, 120, 20, 2, 50, true, 6), []change.Method{"magnitude", "difference", "ssim", "normalised-difference"}},
		"signed":       {drawn[int16](t, []string{"a", "b"}, -20, 30, 2, 60, false, 7), drawn[int16](t, []string{"a", "b"}, -20, 30, 2, 60, true, 8), []change.Method{"magnitude", "mad"}},
		"radar":        {drawn[float32](t, []string{"vv", "vh"}, 0.2, 0.03, 0.004, 0.1, false, 9), drawn[float32](t, []string{"vv", "vh"}, 0.2, 0.03, 0.004, 0.1, true, 10), []change.Method{"log-ratio", "magnitude"}},
		"radar as dB":  {drawn[float32](t, []string{"vv"}, -12, 2, 0.5, 8, false, 11), drawn[float32](t, []string{"vv"}, -12, 2, 0.5, 8, true, 12), []change.Method{"difference"}},
		"panchromatic": {drawn[uint16](t, []string{"pan"}, 500, 80, 5, 150, false, 13), drawn[uint16](t, []string{"pan"}, 500, 80, 5, 150, true, 14), []change.Method{"magnitude", "ssim", "pca-kmeans"}},
	} {
		for _, m := range c.methods {
			o := change.Options{Normalise: change.AsIs}
			s, err := change.By(m, c.before, c.after, o)
			if err != nil {
				t.Errorf("%s %s: %v", name, m, err)
				continue
			}
			size := s.Plane
			if s.Signed {
				size.Pix = append([]float32(nil), size.Pix...)
				for i, v := range size.Pix {
					size.Pix[i] = max(v, -v)
				}
			}
			// Bands that change in opposite directions cancel out in the mean of their differences, as documented.
			if a := change.AUC(size, patch()); a < 0.8 && !(len(c.before.Bands)%2 == 0 && (m == "difference" || m == "normalised-difference" || m == "log-ratio")) {
				t.Errorf("%s %s: AUC %.3f", name, m, a)
			}
			shown := s.SimpleRender()
			if pic, _ := shown["image/png"].([]byte); len(pic) < 2000 {
				t.Errorf("%s %s: a picture of %d bytes", name, m, len(pic))
			}
		}
	}
}

func TestZerosOfRadarHaveNoLogRatio(t *testing.T) {
	before, after := drawn[float32](t, []string{"vv"}, 0.2, 0.03, 0.004, 0.1, false, 1), drawn[float32](t, []string{"vv"}, 0.2, 0.03, 0.004, 0.1, true, 2)
	p, _ := after.Plane(after.All(), 0)
	for i := range 200 {
		p.Pix[i] = 0 // the frame of a scene
	}
	geo := after.Geo
	after, _ = raster.FromPlanes(p)
	after.Geo = geo
	s, err := change.LogRatio(before, after, change.Options{Registration: change.IgnoreShift})
	if err != nil || s.Missing != 200 || s.Valid != 120*90-200 {
		t.Errorf("%v %v", s, err)
	}
}

func TestEachFileHasItsOwnMissingValue(t *testing.T) {
	before, after := drawn[uint16](t, []string{"red", "nir"}, 2000, 300, 20, 400, false, 1), drawn[uint16](t, []string{"red", "nir"}, 2000, 300, 20, 400, true, 2)
	first := func(m *raster.Image, col int) float64 { p, _ := m.Plane(m.All(), 0); return float64(p.At(col, 0)) }
	before.NoData, after.NoData = first(before, 3), first(after, 7)
	o := change.Options{Registration: change.IgnoreShift}
	s, err := change.Magnitude(before, after, o)
	if err != nil {
		t.Fatal(err)
	}
	file, err := change.ToFile(context.Background(), before, after, filepath.Join(t.TempDir(), "s.tif"), change.MethodMagnitude, o, raster.WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := s.Plane.At(3, 0), s.Plane.At(7, 0); a == a || b == b || s.Missing < 2 || file.Missing != s.Missing || file.Threshold != s.Threshold {
		t.Errorf("%v %v\n%v\n%v", a, b, s, file)
	}
}

func TestBandsInAnotherOrderAndOtherGridsAreErrorsThatNameBoth(t *testing.T) {
	names := []string{"blue", "green", "red", "nir"}
	before := drawn[uint16](t, names, 2000, 300, 20, 400, false, 1)
	turned := drawn[uint16](t, []string{"red", "green", "blue", "nir"}, 2000, 300, 20, 400, true, 2)
	moved := drawn[uint16](t, names, 2000, 300, 20, 400, true, 2)
	moved.Geo.Transform.C += 1.5
	wider := drawn[uint16](t, names, 2000, 300, 20, 400, true, 2)
	wider.Geo.Transform.A = 3.01
	other := drawn[uint16](t, names, 2000, 300, 20, 400, true, 2)
	other.Geo.CRS = raster.UTM(51, false)
	for want, after := range map[string]*raster.Image{"blue": turned, "grids": moved, "different grids": wider, "32651": other} {
		_, err := change.Magnitude(before, after, change.Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "before.tif") || !strings.Contains(err.Error(), "after.tif") {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := change.Magnitude(before, turned, change.Options{Bands: []int{1, 3}, Registration: change.IgnoreShift}); err != nil {
		t.Errorf("bands that agree: %v", err)
	}
}
