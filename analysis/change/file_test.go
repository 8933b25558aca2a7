package change_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// stored writes an image so that it is read in many small pieces: tiles, and a file's own rows of them.
func stored(t *testing.T, m *raster.Image, name string, o raster.WriteOptions) *raster.Image {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".tif")
	if err := raster.Write(path, m, o); err != nil {
		t.Fatal(err)
	}
	f, err := raster.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// tall returns a pair of the test images repeated downwards with some noise, so that strips matter.
func tall(t *testing.T, m *raster.Image, times int) *raster.Image {
	t.Helper()
	in, err := m.ReadUint16(m.All(), 0, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	bands := make([]any, len(in))
	for k, b := range in {
		var out []uint16
		for i := range times {
			for j, v := range b {
				out = append(out, v+uint16((i*7919+j*j)%23))
			}
		}
		bands[k] = out
	}
	out, err := raster.New(m.Width, m.Height*times, bands...)
	if err != nil {
		t.Fatal(err)
	}
	h := m.Header
	h.Height, h.Width = out.Height, out.Width
	out.Header = h
	return out
}

func TestScoresByStripsAreThoseOfTheWhole(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	clouds := raster.NewMask(72, 60)
	clouds.Set(3, 30, true)
	is := func(f func(*change.Options)) change.Options {
		o := change.Options{Registration: change.IgnoreShift}
		f(&o)
		return o
	}
	for name, o := range map[string]change.Options{
		"as is":  still,
		"z":      is(func(o *change.Options) { o.Normalise = change.ZScore; o.Threshold = change.ByKMeans }),
		"match":  is(func(o *change.Options) { o.Normalise = change.HistogramMatch; o.Threshold = change.ByRosin }),
		"still":  is(func(o *change.Options) { o.Normalise = change.PseudoInvariant; o.Threshold = change.ByKittler }),
		"clouds": is(func(o *change.Options) { o.Ignore = clouds }),
		"smooth": is(func(o *change.Options) { o.Smooth = 5; o.Ignore = clouds }),
		"moved": is(func(o *change.Options) {
			o.Registration, o.Shift.DX, o.Shift.DY, o.Shift.Known = change.GivenShift, 0.4, -1.3, true
		}),
	} {
		for _, m := range change.Streamed() {
			if m == "dnbr" {
				continue // the pair has no such bands
			}
			if (m == "ir-mad" || m == "pca-kmeans") && name != "as is" && name != "clouds" || name == "still" && m != "magnitude" && m != "ssim" {
				continue // they make many passes, and the rest is the same for all
			}
			sameByStrips(t, name+" in strips "+m, before, after, change.Method(m), o.InStrips(17))
		}
	}
}

func TestScoresOfManyStripsAndTilesAreThoseOfTheWhole(t *testing.T) {
	before, after := tall(t, open(t, "before"), 9), tall(t, open(t, "after"), 9)
	for _, tile := range []int{16, 64} {
		b, a := stored(t, before, "before", raster.WriteOptions{Tile: tile}), stored(t, after, "after", raster.WriteOptions{Tile: tile})
		for _, m := range []change.Method{change.MethodMagnitude, change.MethodSSIM, change.MethodMAD, change.MethodPCAKMeans, change.MethodNDVI, change.MethodLogRatio} {
			sameByStrips(t, fmt.Sprintf("tiles of %d, %s", tile, m), b, a, m, still)
			sameByStrips(t, fmt.Sprintf("strips of %d, %s", tile, m), b, a, m, still.InStrips(tile+3))
		}
	}
}

// Files that are not compressed are read in parts of a tile.
func TestScoresOfPlainTilesAreThoseOfTheWhole(t *testing.T) {
	before, after := tall(t, open(t, "before"), 16), tall(t, open(t, "after"), 16)
	o := raster.WriteOptions{Tile: 32, Compression: raster.None}
	b, a := stored(t, before, "before", o), stored(t, after, "after", o)
	if b.Packed() || !stored(t, before, "zstd", raster.WriteOptions{Compression: raster.ZSTD}).Packed() || before.Packed() {
		t.Error("only the compressed file is packed")
	}
	for _, missing := range []float64{math.NaN(), 0, 1003} {
		b.NoData, a.NoData = missing, missing
		sameByTiles(t, fmt.Sprintf("missing is %v", missing), b, a, change.MethodMagnitude, still, 1024)
	}
}

func sameByStrips(t *testing.T, name string, before, after *raster.Image, m change.Method, o change.Options) {
	sameByTiles(t, name, before, after, m, o, 16)
}

func sameByTiles(t *testing.T, name string, before, after *raster.Image, m change.Method, o change.Options, tile int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "score.tif")
	s, err := change.ToFile(context.Background(), before, after, path, m, o, raster.WriteOptions{Tile: tile})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	want, err := change.By(m, before, after, o)
	if err != nil {
		t.Fatal(err)
	}
	f, err := raster.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.Plane(f.All(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range want.Plane.Pix {
		if d := math.Abs(float64(v - got.Pix[i])); d > 1e-5*math.Max(1, math.Abs(float64(v))) || (v == v) != (got.Pix[i] == got.Pix[i]) {
			t.Fatalf("%s: pixel %d is %v, not %v", name, i, got.Pix[i], v)
		}
	}
	near := math.Abs(s.Threshold-want.Threshold) <= 1e-5*want.Threshold || s.Threshold == want.Threshold
	if !near || s.Valid != want.Valid || s.Ignored != want.Ignored || s.Missing != want.Missing || s.Share() != want.Share() ||
		s.ThresholdBy != want.ThresholdBy || s.Unit != want.Unit || s.Signed != want.Signed || len(s.Warnings) != len(want.Warnings) {
		t.Errorf("%s: %v\n%v", name, s, want)
	}
	if !strings.Contains(f.Tags["CHANGE_THRESHOLD"], string(want.ThresholdBy)) || strings.Contains(f.Tags["CHANGE_THRESHOLD"], "NaN") {
		t.Errorf("tags %v", f.Tags)
	}
}

func TestStoppedOrImpossibleWorkLeavesNoFile(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	dir := t.TempDir()
	path := filepath.Join(dir, "score.tif")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	for _, m := range change.Methods() {
		if _, err := change.ToFile(ctx, before, after, path, change.Method(m), still, raster.WriteOptions{}); err == nil {
			t.Errorf("%s: stopped work went on", m)
		}
	}
	if _, err := change.ToFile(context.Background(), before, after, path, "magic", still, raster.WriteOptions{}); err == nil {
		t.Error("magic by strips")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
	if _, err := change.By("magic", before, after, still); err == nil || !strings.Contains(err.Error(), "pca-kmeans") {
		t.Errorf("%v", err)
	}
}
