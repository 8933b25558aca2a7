package scene_test

import (
	"context"
	"math"
	"os"
	"testing"

	"github.com/sightline-osint/sightline/analysis/scene"
)

// With SIGHTLINE_LONG=1 it runs the 1,000 scenes a resolution that the stated accuracy rests on.
func TestLengthsHoldWhatTheyState(t *testing.T) {
	t.Parallel()
	scenes, slack := 60, 0.05
	if os.Getenv("SIGHTLINE_LONG") == "1" {
		scenes, slack = 1000, 0
	}
	for _, length := range []float64{225, 110, 60} {
		p, err := scene.Power(context.Background(), scene.PowerOptions{Length: length, Scenes: scenes / 3, Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%v", p)
		for _, r := range p.Rows {
			if math.Abs(r.Bias) > 0.25*r.GSD || r.Covered < 0.93-slack*1.5 || r.Detected < 0.85 || (r.GSD <= 3 && r.Detected < 0.99) || r.Phantoms > 0.02 {
				t.Errorf("%g m at %g m a pixel: %+v", length, r.GSD, r)
			}
		}
	}
}

// A train that hardly stands out of the ballast is measured from end to end, not from where it happens to stand out.
func TestFaintTrainsAreMeasuredWhole(t *testing.T) {
	t.Parallel()
	p, err := scene.Power(context.Background(), scene.PowerOptions{Length: 225, GSD: []float64{10}, Scenes: 60, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(p)
	if r := p.Rows[0]; r.RMSE > 4 || r.Detected < 0.85 {
		t.Errorf("%+v", r)
	}
}
