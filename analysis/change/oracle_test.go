package change_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
)

// The numbers of testdata/more.json are numpy's: more.py says how they come about.
func TestSimpleScoresAndThresholdsEqualNumPy(t *testing.T) {
	b, err := os.ReadFile("testdata/more.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Scores     map[string][][2]float64
		Thresholds map[change.Threshold]float64
	}
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	before, after := open(t, "before"), open(t, "after")
	if len(want.Scores) != 10 || len(want.Thresholds) != 4 {
		t.Fatalf("%d scores and %d thresholds", len(want.Scores), len(want.Thresholds))
	}
	for name, values := range want.Scores {
		o := still
		method, normalise, _ := strings.Cut(name, " ")
		o.Normalise = change.Normalisation(normalise)
		s, err := change.By(change.Method(method), before, after, o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, w := range values {
			got := float64(s.Plane.Pix[int(w[0])])
			tolerance := 1e-5 * math.Max(0.01, math.Abs(w[1]))
			if name == "angle" {
				tolerance = 1e-5 // of a degree: arccos loses digits near zero
			}
			if !(math.Abs(got-w[1]) <= tolerance) {
				t.Errorf("%s at %v: %.8g, not %.8g", name, w[0], got, w[1])
			}
		}
	}
	for by, cut := range want.Thresholds {
		o := still
		o.Threshold = by
		s, err := change.Magnitude(before, after, o)
		if err != nil {
			t.Errorf("%s: %v", by, err)
			continue
		}
		low, high, _ := s.Plane.Range()
		if !(math.Abs(s.Threshold-cut) <= float64(high-low)/1024+cut/1024) {
			t.Errorf("%s: %v, not %v", by, s.Threshold, cut)
		}
	}
}
