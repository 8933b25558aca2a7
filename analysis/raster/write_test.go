package raster_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// made returns an image of 150 x 130 pixels with two bands of a kind, one pixel missing.
func made(t *testing.T, k raster.Kind) *raster.Image {
	t.Helper()
	const w, h = 150, 130
	var bands []any
	for b := range 2 {
		f := func(i int) float64 { return pattern(k, b, i/w, i%w) }
		switch k {
		case raster.Uint8:
			bands = append(bands, samples(w*h, func(i int) uint8 { return uint8(f(i)) }))
		case raster.Int8:
			bands = append(bands, samples(w*h, func(i int) int8 { return int8(f(i)) }))
		case raster.Uint16:
			bands = append(bands, samples(w*h, func(i int) uint16 { return uint16(f(i)) }))
		case raster.Int16:
			bands = append(bands, samples(w*h, func(i int) int16 { return int16(f(i)) }))
		case raster.Uint32:
			bands = append(bands, samples(w*h, func(i int) uint32 { return uint32(f(i)) }))
		case raster.Int32:
			bands = append(bands, samples(w*h, func(i int) int32 { return int32(f(i)) }))
		case raster.Float32:
			bands = append(bands, samples(w*h, func(i int) float32 { return float32(f(i)) }))
		default:
			bands = append(bands, samples(w*h, f))
		}
	}
	m, err := raster.New(w, h, bands...)
	if err != nil {
		t.Fatal(err)
	}
	m.Geo = raster.Geo{Transform: raster.NorthUp(630000, 4696000, 3, 3), CRS: raster.UTM(52, false)}
	m.NoData = pattern(k, 0, 3, 3)
	m.Taken = time.Date(2023, 9, 24, 2, 15, 0, 0, time.UTC)
	m.Tags = map[string]string{"STATUS": "SIMULATED & <fictional>"}
	m.Rename("red", "nir")
	return m
}

func samples[T any](n int, f func(int) T) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	for k := raster.Uint8; k <= raster.Float64; k++ {
		for _, o := range []raster.WriteOptions{{Tile: 64}, {Compression: raster.ZSTD, Tile: 32, Overviews: true}, {Compression: raster.None, Tile: 48, Overviews: true}, {Compression: raster.None}} {
			t.Run(fmt.Sprintf("%v %v %v", k, o.Compression, o.Tile), func(t *testing.T) {
				in := made(t, k)
				path := filepath.Join(t.TempDir(), "out.tif")
				if err := raster.Write(path, in, o); err != nil {
					t.Fatal(err)
				}
				out, err := raster.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				defer out.Close()
				if out.Geo != in.Geo || out.NoData != in.NoData || !out.Taken.Equal(in.Taken) || out.Tags["STATUS"] != in.Tags["STATUS"] || out.Bands[1] != in.Bands[1] {
					t.Errorf("%+v\n%+v", out.Header, in.Header)
				}
				checkPattern(t, out, out.All())
				if o.Overviews && len(out.Overviews()) == 0 {
					t.Error("no overviews")
				}
				if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
					t.Errorf("%d files were left behind", len(left))
				}
			})
		}
	}
}

func TestOverviewsAreMeansOfWhatIsThere(t *testing.T) {
	m, err := raster.New(20, 3, samples(60, func(i int) int16 { return []int16{4, 8, -1, 6}[i%4] }))
	if err != nil {
		t.Fatal(err)
	}
	m.NoData = -1
	path := filepath.Join(t.TempDir(), "out.tif")
	if err := raster.Write(path, m, raster.WriteOptions{Tile: 16, Overviews: true}); err != nil {
		t.Fatal(err)
	}
	out, err := raster.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	o := out.Overviews()[0]
	p, err := o.Plane(o.All(), 0)
	if err != nil || p.Width != 10 || p.Height != 2 || p.At(0, 0) != 6 || p.At(1, 0) != 6 || p.At(9, 1) != 6 {
		t.Errorf("%v %v", p, err)
	}
}

func TestAFileThatIsNotFinishedIsNotThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.tif")
	w, err := raster.Create(path, raster.Header{Width: 10, Height: 10, Kind: raster.Uint8, Bands: make([]raster.Band, 1), NoData: math.NaN()}, raster.WriteOptions{Overviews: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRows(make([]uint8, 15)); err == nil {
		t.Error("one and a half rows were taken")
	}
	if err := w.WriteRows(make([]uint8, 50)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err == nil {
		t.Error("half an image was closed")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
	for _, o := range []raster.WriteOptions{{Tile: 17}, {Compression: "jpeg"}} {
		if _, err := raster.Create(path, made(t, raster.Uint8).Header, o); err == nil {
			t.Errorf("%v was accepted", o)
		}
	}
}

// The command in SIGHTLINE_GDAL_PYTHON is a Python with rasterio and numpy.
func TestGDALReadsWhatIsWritten(t *testing.T) {
	python := os.Getenv("SIGHTLINE_GDAL_PYTHON")
	if python == "" {
		t.Skip("SIGHTLINE_GDAL_PYTHON names no Python with rasterio: not compared with GDAL")
	}
	dir := t.TempDir()
	for k := raster.Uint8; k <= raster.Float64; k++ {
		for _, c := range []raster.Compression{raster.Deflate, raster.ZSTD, raster.None} {
			name := filepath.Join(dir, fmt.Sprintf("%v-%v.tif", k, c))
			if err := raster.Write(name, made(t, k), raster.WriteOptions{Compression: c, Tile: 64, Overviews: c != raster.None}); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, err := exec.Command(python, "testdata/check.py", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

func TestTilesAreWrittenAsRowsAre(t *testing.T) {
	const width, height = 150, 90
	value := func(band, col, row int) uint16 { return uint16(band*1000 + col*7 + row*13) }
	header := raster.Header{Width: width, Height: height, Kind: raster.Uint16, Bands: make([]raster.Band, 3), NoData: 0, Geo: raster.Geo{Transform: raster.Identity()}}
	for _, o := range []raster.WriteOptions{{Tile: 32}, {Tile: 32, Compression: raster.None}, {Tile: 64, Compression: raster.ZSTD, Overviews: true}, {Tile: 48, Compression: raster.None, Overviews: true}} {
		rows, tiles := filepath.Join(t.TempDir(), "rows.tif"), filepath.Join(t.TempDir(), "tiles.tif")
		w, err := raster.Create(rows, header, o)
		if err != nil {
			t.Fatal(err)
		}
		all := make([]any, 3)
		for b := range all {
			v := make([]uint16, width*height)
			for i := range v {
				v[i] = value(b, i%width, i/width)
			}
			all[b] = v
		}
		if err := errors.Join(w.WriteRows(all...), w.Close()); err != nil {
			t.Fatal(err)
		}
		if w, err = raster.Create(tiles, header, o); err != nil {
			t.Fatal(err)
		}
		err = w.Fill(context.Background(), "writing", func(worker int, win raster.Window, bands []any) error {
			if worker < 0 || worker >= w.Workers() {
				return fmt.Errorf("worker %d of %d", worker, w.Workers())
			}
			for b, d := range bands {
				v := d.([]uint16)
				if len(v) != win.Pixels() {
					return fmt.Errorf("%d samples for %v", len(v), win)
				}
				for i := range v {
					v[i] = value(b, win.Col+i%win.Width, win.Row+i/win.Width)
				}
			}
			return nil
		})
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		a, _ := os.ReadFile(rows)
		b, _ := os.ReadFile(tiles)
		if !bytes.Equal(a, b) {
			t.Errorf("%+v: files of %d and %d bytes differ", o, len(a), len(b))
		}
	}
}

func TestTilesThatFailLeaveNoFile(t *testing.T) {
	dir := t.TempDir()
	header := raster.Header{Width: 100, Height: 100, Kind: raster.Float32, Bands: make([]raster.Band, 1), Geo: raster.Geo{Transform: raster.Identity()}}
	w, err := raster.Create(filepath.Join(dir, "a.tif"), header, raster.WriteOptions{Tile: 16})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Fill(context.Background(), "", func(int, raster.Window, []any) error { return errors.New("no light") }); err == nil || !strings.Contains(err.Error(), "no light") {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := w.Fill(ctx, "", func(int, raster.Window, []any) error { return nil }); err == nil {
		t.Error("stopped work went on")
	}
	w.Abort()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
}

func TestNothingIsWrittenInPlaceOfAFolder(t *testing.T) {
	m := made(t, raster.Uint16)
	dir := t.TempDir()
	if err := raster.Write(dir, m, raster.WriteOptions{}); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("%v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".*.tmp")); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
}
