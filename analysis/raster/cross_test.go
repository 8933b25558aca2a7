package raster_test

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// gdal runs testdata/cross.py with the Python that SIGHTLINE_GDAL_PYTHON names; SIGHTLINE_GDAL_SEED chooses other files.
func gdal(t *testing.T, args ...string) {
	t.Helper()
	python := os.Getenv("SIGHTLINE_GDAL_PYTHON")
	if python == "" {
		t.Skip("SIGHTLINE_GDAL_PYTHON names no Python with rasterio: not compared with GDAL")
	}
	if out, err := exec.Command(python, append([]string{"testdata/cross.py"}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func raw(t *testing.T, path string) []float64 {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v := make([]float64, len(b)/8)
	for i := range v {
		v[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return v
}

func TestReadsRandomFilesAsGDALDoes(t *testing.T) {
	seed := os.Getenv("SIGHTLINE_GDAL_SEED")
	if seed == "" {
		seed = "1"
	}
	dir := t.TempDir()
	gdal(t, dir, seed, "150")
	files, _ := filepath.Glob(dir + "/gdal-*.tif")
	for _, f := range files {
		about, _ := os.ReadFile(strings.TrimSuffix(f, ".tif") + ".json")
		m, err := raster.Open(f)
		if err != nil {
			t.Errorf("%v\n%s", err, about)
			continue
		}
		want := raw(t, strings.TrimSuffix(f, ".tif")+".raw")
		for _, w := range []raster.Window{m.All(), {Col: m.Width / 3, Row: m.Height / 2, Width: max(1, m.Width/4), Height: max(1, m.Height/3)}} {
			var bands []int
			var dst []any
			for b := range m.Bands {
				bands, dst = append(bands, b), append(dst, make([]float64, w.Pixels()))
			}
			if err := m.ReadInto(w, bands, dst); err != nil {
				t.Errorf("%v\n%s", err, about)
				break
			}
			if bad := unlike(m, w, dst, want); bad != "" {
				t.Errorf("%s: %s\n%s", filepath.Base(f), bad, about)
				break
			}
		}
		m.Close()
	}
	if len(files) != 150 {
		t.Errorf("%d files", len(files))
	}
}

// unlike returns the first sample of a window that differs from those of the whole image, empty when none does.
func unlike(m *raster.Image, w raster.Window, got []any, want []float64) string {
	for b, d := range got {
		for i, v := range d.([]float64) {
			x := want[(b*m.Height+w.Row+i/w.Width)*m.Width+w.Col+i%w.Width]
			if v != x && (v == v || x == x) {
				return fmt.Sprintf("band %d, %v, sample %d: %v, not %v", b, w, i, v, x)
			}
		}
	}
	return ""
}

func TestGDALReadsRandomFilesOfOurs(t *testing.T) {
	if os.Getenv("SIGHTLINE_GDAL_PYTHON") == "" {
		gdal(t)
	}
	seed, err := strconv.ParseUint(cmp.Or(os.Getenv("SIGHTLINE_GDAL_SEED"), "7"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 7))
	dir := t.TempDir()
	for i := range 80 {
		w, h, n := 1+r.IntN(150), 1+r.IntN(150), 1+r.IntN(5)
		planes := make([]any, n)
		kind := r.IntN(8)
		var all []float64
		fill := func(draw func() float64) {
			for b := range planes {
				switch kind {
				case 0:
					planes[b] = samplesOf[uint8](w*h, draw, &all)
				case 1:
					planes[b] = samplesOf[int8](w*h, draw, &all)
				case 2:
					planes[b] = samplesOf[uint16](w*h, draw, &all)
				case 3:
					planes[b] = samplesOf[int16](w*h, draw, &all)
				case 4:
					planes[b] = samplesOf[uint32](w*h, draw, &all)
				case 5:
					planes[b] = samplesOf[int32](w*h, draw, &all)
				case 6:
					planes[b] = samplesOf[float32](w*h, draw, &all)
				default:
					planes[b] = samplesOf[float64](w*h, draw, &all)
				}
			}
		}
		fill(func() float64 { return float64(r.IntN(120)) })
		m, err := raster.New(w, h, planes...)
		if err != nil {
			t.Fatal(err)
		}
		m.Geo = raster.Geo{Transform: raster.NorthUp(600000, 4700000, 10, 10), CRS: raster.UTM(52, false)}
		if r.IntN(2) == 0 {
			m.NoData = float64(r.IntN(120))
			for k, v := range all {
				if v == m.NoData {
					all[k] = math.NaN()
				}
			}
		}
		o := raster.WriteOptions{Compression: []raster.Compression{raster.None, raster.Deflate, raster.ZSTD}[r.IntN(3)], Tile: 16 * (1 + r.IntN(8)), Overviews: r.IntN(2) == 0}
		name := filepath.Join(dir, fmt.Sprintf("ours-%02d", i))
		if err := raster.Write(name+".tif", m, o); err != nil {
			t.Fatal(err)
		}
		var b []byte
		for _, v := range all {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
		if err := os.WriteFile(name+".raw", b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	gdal(t, dir, "check")
}

func samplesOf[T uint8 | int8 | uint16 | int16 | uint32 | int32 | float32 | float64](n int, draw func() float64, all *[]float64) []T {
	v := make([]T, n)
	for i := range v {
		v[i] = T(draw())
		*all = append(*all, float64(v[i]))
	}
	return slices.Clip(v)
}
