package change_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
)

func TestScoresByStripsAreThoseOfTheWhole(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	clouds := raster.NewMask(72, 60)
	clouds.Set(3, 30, true)
	moved := still
	moved.Registration = change.GivenShift
	moved.Shift.DX, moved.Shift.DY, moved.Shift.Known = 0.4, -1.3, true
	for name, o := range map[string]change.Options{
		"as is": still, "z": {Normalise: change.ZScore, Registration: change.IgnoreShift}, "clouds": {Ignore: clouds, Registration: change.IgnoreShift}, "moved": moved,
	} {
		for _, m := range change.Streamed() {
			path := filepath.Join(t.TempDir(), "score.tif")
			s, err := change.ToFile(context.Background(), before, after, path, change.Method(m), o, raster.WriteOptions{Tile: 16})
			if err != nil {
				t.Fatalf("%s %s: %v", name, m, err)
			}
			want, err := change.By(change.Method(m), before, after, o)
			if err != nil {
				t.Fatal(err)
			}
			f, err := raster.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.Plane(f.All(), 0)
			if err != nil {
				t.Fatal(err)
			}
			f.Close()
			for i, v := range want.Plane.Pix {
				if d := math.Abs(float64(v - got.Pix[i])); d > 1e-3*math.Max(1, math.Abs(float64(v))) || (v == v) != (got.Pix[i] == got.Pix[i]) {
					t.Fatalf("%s %s: pixel %d is %v, not %v", name, m, i, got.Pix[i], v)
				}
			}
			if s.Valid != want.Valid || s.Ignored != want.Ignored || s.Missing != want.Missing || math.Abs(s.Share()-want.Share()) > 0.03 {
				t.Errorf("%s %s: %v\n%v", name, m, s, want)
			}
			if !strings.Contains(f.Tags["CHANGE_THRESHOLD"], "otsu") || strings.Contains(f.Tags["CHANGE_THRESHOLD"], "NaN") {
				t.Errorf("tags %v", f.Tags)
			}
		}
	}
}

func TestStoppedOrImpossibleWorkLeavesNoFile(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	dir := t.TempDir()
	path := filepath.Join(dir, "score.tif")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := change.ToFile(ctx, before, after, path, change.MethodMagnitude, still, raster.WriteOptions{}); err == nil {
		t.Error("stopped work went on")
	}
	for _, m := range []change.Method{change.MethodIRMAD, "magic"} {
		if _, err := change.ToFile(context.Background(), before, after, path, m, still, raster.WriteOptions{}); err == nil {
			t.Errorf("%s by strips", m)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
	if _, err := change.By("magic", before, after, still); err == nil || !strings.Contains(err.Error(), "pca-kmeans") {
		t.Errorf("%v", err)
	}
}
