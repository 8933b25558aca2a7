package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// simulatedYard is the folder of the small simulated images.
func simulatedYard(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../../datasets/simulated-yard")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestChangeWritesScoresAndAPage(t *testing.T) {
	yard, dir := simulatedYard(t), t.TempDir()
	a, b := filepath.Join(yard, "simulated-yard-2023-09-24.tif"), filepath.Join(yard, "simulated-yard-2023-10-06.tif")
	r := run(t, dir, "change", a, b, "-o", "score.tif", "--html", "--normalise", "z-score")
	if r.status != success || !strings.Contains(r.out, "CVA magnitude") || !strings.Contains(r.out, "SIMULATED") {
		t.Fatalf("%+v", r)
	}
	for _, f := range []string{"score.tif", "score.html"} {
		if st, err := os.Stat(filepath.Join(dir, f)); err != nil || st.Size() < 1000 {
			t.Errorf("%s: %v", f, err)
		}
	}
	if r := run(t, dir, "change", a, b, "-o", "mad.tif", "--method", "ir-mad", "--threshold", "rosin"); r.status != success || !strings.Contains(r.out, "IR-MAD") {
		t.Errorf("%+v", r)
	}
	for _, args := range [][]string{{"change", b, a}, {"change", a}, {"change", a, "nowhere.tif"}, {"change", a, b, "--method", "magic"}} {
		if r := run(t, dir, args...); r.status != unusable || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

func TestMeasureTrainsCargoAndLength(t *testing.T) {
	yard, dir := simulatedYard(t), t.TempDir()
	img := filepath.Join(yard, "simulated-yard-2023-10-06.tif")
	r := run(t, dir, "measure", "trains", img, "--rails", filepath.Join(yard, "tracks.geojson"), "--csv")
	if lines := strings.Split(strings.TrimSpace(r.out), "\n"); r.status != success || len(lines) != 6 || !strings.HasPrefix(lines[0], "image,taken,object") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "measure", "cargo", img); r.status != success || !strings.Contains(r.out, "blue cover in 4 patches") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "measure", "length", img, "2.1032,0.9038", "2.1052,0.9037"); r.status != success || !strings.HasPrefix(r.out, "222.9 m (95 %") {
		t.Errorf("%+v", r)
	}
	for _, args := range [][]string{{"measure", "magic"}, {"measure", "trains", img}, {"measure", "length", img, "2.1"}, {"measure", "ships", filepath.Join(yard, "README.md")}} {
		if r := run(t, dir, args...); r.status != unusable || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}
