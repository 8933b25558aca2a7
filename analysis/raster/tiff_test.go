package raster_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// pattern is what testdata/make.py writes.
func pattern(k raster.Kind, band, row, col int) float64 {
	v := float64((col*7 + row*13 + band*29) % 120)
	switch k {
	case raster.Int8:
		return v - 60
	case raster.Uint16:
		return v * 500
	case raster.Int16:
		return (v - 60) * 100
	case raster.Uint32:
		return v * 30000000
	case raster.Int32:
		return (v - 60) * 100000
	case raster.Float32:
		return v + 0.25
	case raster.Float64:
		return v*1e-9 + 1e9
	}
	return v
}

func TestReadsWhatGDALWrites(t *testing.T) {
	files, _ := filepath.Glob("testdata/*int*-*.tif")
	more, _ := filepath.Glob("testdata/float*.tif")
	seen := map[raster.Kind]bool{}
	for _, f := range append(files, more...) {
		if strings.Contains(f, "overviews") || strings.Contains(f, "sparse") {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(f), ".tif"), func(t *testing.T) {
			m, err := raster.Open(f)
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			seen[m.Kind] = true
			for i := range m.Bands {
				m.Bands[i].Role = "" // GDAL takes the fourth of four bytes for alpha
			}
			if want, _, _ := strings.Cut(filepath.Base(f), "-"); m.Kind.String() != want || m.Width != 37 || m.Height != 29 {
				t.Fatalf("%v", m)
			}
			for _, w := range []raster.Window{m.All(), {Col: 5, Row: 7, Width: 20, Height: 13}, {Col: 36, Row: 28, Width: 1, Height: 1}} {
				checkPattern(t, m, w)
			}
		})
	}
	if len(seen) != 8 {
		t.Errorf("only %d kinds of samples were read", len(seen))
	}
}

func checkPattern(t *testing.T, m *raster.Image, w raster.Window) {
	t.Helper()
	bands, dst := []int{}, []any{}
	for b := range m.Bands {
		bands = append(bands, len(m.Bands)-1-b) // backwards, to see that order is kept
		dst = append(dst, make([]float64, w.Pixels()))
	}
	if err := m.ReadInto(w, bands, dst); err != nil {
		t.Fatal(err)
	}
	for i, b := range bands {
		for k, v := range dst[i].([]float64) {
			want := pattern(m.Kind, b, w.Row+k/w.Width, w.Col+k%w.Width)
			if want == m.NoData {
				want = math.NaN()
			}
			if v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
				t.Fatalf("band %d of %v at %d: %v, not %v", b, w, k, v, want)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	open := func(name string) *raster.Image {
		m, err := raster.Open("testdata/" + name + ".tif")
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for name, want := range map[string]raster.CRS{
		"uint8-none-strips": {EPSG: 32652}, "uint8-place-mercator": {EPSG: 3857}, "uint8-place-degrees": {EPSG: 4326},
		"uint8-place-affine": {}, "uint8-place-none": {}, "uint8-place-lambert": {EPSG: 2154},
	} {
		if m := open(name); m.Geo.CRS.EPSG != want.EPSG {
			t.Errorf("%s: %v", name, m.Geo.CRS)
		}
	}
	for name, c := range map[string][2]float64{"uint8-none-strips": {3.0008, 3.0008}, "uint8-place-mercator": {8.2028, 8.1755},
		"uint8-place-degrees": {82.24, 111.07}, "uint8-place-turned": {3.0008, 3.0008}} {
		dx, dy, err := open(name).GroundDistance()
		if err != nil || math.Abs(dx-c[0]) > 0.01*c[0]/3 || math.Abs(dy-c[1]) > 0.01*c[1]/3 {
			t.Errorf("%s: %.4f x %.4f (%v), not %v", name, dx, dy, err, c)
		}
	}
	if _, _, err := open("uint8-place-affine").GroundDistance(); err == nil || !strings.Contains(err.Error(), "coordinate system") {
		t.Errorf("an image without a coordinate system has a ground distance: %v", err)
	}
	if m := open("uint8-place-lambert"); len(m.Warnings) == 0 || !strings.Contains(m.Warnings[0], "2154") {
		t.Errorf("warnings %q", m.Warnings)
	}
	m := open("uint8-point")
	if x, y := m.Geo.Transform.Map(0, 0); x != 630000 || y != 4696000 {
		t.Errorf("pixel-is-point: corner at %v, %v", x, y)
	}
	if m.Taken.Format("2006-01-02") != "2023-09-24" || m.Band("nir") != 0 || m.Bands[0].Role != "nir" {
		t.Errorf("%v %v", m, m.Bands)
	}
}

func TestBlocksThatTheFileLeavesOutAreMissing(t *testing.T) {
	m, err := raster.Open("testdata/uint8-sparse.tif")
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Plane(m.All(), 0)
	if err != nil || p.At(0, 0) != 77 || !math.IsNaN(float64(p.At(30, 20))) || !math.IsNaN(float64(p.At(10, 10))) {
		t.Errorf("%v %v %v %v", p.At(0, 0), p.At(30, 20), p.At(10, 10), err)
	}
}

func TestOverviewsOfGDAL(t *testing.T) {
	m, err := raster.Open("testdata/uint16-overviews.tif")
	if err != nil {
		t.Fatal(err)
	}
	o := m.Overviews()
	if len(o) != 2 || o[0].Width != 50 || o[1].Width != 25 || m.Fit(30).Width != 50 || m.Fit(60) != m {
		t.Fatalf("%v", o)
	}
	p, err := o[1].Plane(o[1].All(), 0)
	if err != nil || math.Abs(float64(p.At(0, 0))-151.5) > 1 {
		t.Errorf("%v %v", p.At(0, 0), err)
	}
}

func TestTruncatedFilesGiveErrors(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.tif")
	dir := t.TempDir()
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 1, 7, 8, 9, 40, len(b) / 2, len(b) - 1} {
			path := filepath.Join(dir, "cut.tif")
			if err := os.WriteFile(path, b[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			m, err := raster.Open(path)
			if err == nil {
				_, err = m.Read(m.All())
				m.Close()
			}
			if err == nil && n < len(b)/2 {
				t.Errorf("%s cut to %d of %d bytes was read", f, n, len(b))
			}
			if err != nil && !strings.Contains(err.Error(), "cut.tif") {
				t.Errorf("the error does not name the file: %v", err)
			}
		}
	}
}

func TestOtherFilesGiveErrorsThatHelp(t *testing.T) {
	dir := t.TempDir()
	for content, want := range map[string]string{
		"\x00\x00\x00\x0cjP  \r\n\x87\n": "gdal_translate", "GIF89a..........": "no TIFF file", "\x89PNG\r\n\x1a\n": "",
		"\xff\xd8\xff\xe0": "", "II\x2a\x00\xff\xff\xff\xff": "outside",
	} {
		path := filepath.Join(dir, "odd.jp2")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := raster.Open(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "odd.jp2") {
			t.Errorf("%q: %v", content, err)
		}
	}
	if _, err := raster.Open(dir); err == nil {
		t.Error("a folder was opened")
	}
}

func TestWindowsOutsideGiveErrors(t *testing.T) {
	m, err := raster.New(1, 1, []uint8{7})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []raster.Window{{}, {Width: 2, Height: 1}, {Col: -1, Width: 1, Height: 1}, {Col: math.MaxInt, Width: 1, Height: 1}, {Width: math.MaxInt, Height: math.MaxInt}} {
		if _, err := m.Read(w); err == nil {
			t.Errorf("%v was read from one pixel", w)
		}
	}
	if _, err := m.Plane(m.All(), 1); err == nil {
		t.Error("a band that is not there was read")
	}
	if _, err := m.ReadUint16(m.All(), 0); err == nil {
		t.Error("uint8 was read as uint16")
	}
}
