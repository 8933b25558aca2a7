package scene_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/scene"
)

// A line drawn beside its rail shows an empty track, and a warning of what stands beside it; one on its rail gives none, nor
// does one of an empty yard.
func TestALineBesideItsRailIsWarnedOf(t *testing.T) {
	t.Parallel()
	for _, gsd := range []float64{0.5, 1, 3} {
		for _, angle := range []float64{0, 7} {
			for _, off := range []float64{0, -4, 4} {
				for _, trains := range [][]scene.Train{{{Start: -200, Length: 150}, {Start: 40, Length: 90, Cargo: []scene.Colour{scene.Blue}}}, nil} {
					y := scene.Yard{Seed: 3, Width: 600, Height: 120, Tracks: 1, Angle: angle, Trains: trains}
					m, _, err := y.Render(scene.Sensor{GSD: gsd, Blur: 0.5, Noise: 0.005, Seed: 3}, day)
					if err != nil {
						t.Fatal(err)
					}
					rail, err := y.Rail(0)
					if err != nil {
						t.Fatal(err)
					}
					line := orb.LineString{}
					for _, p := range rail {
						c, r, err := m.Geo.Pixel(p)
						if err != nil {
							t.Fatal(err)
						}
						s, k := math.Sincos(angle * math.Pi / 180)
						q, err := m.Geo.Place(c-off*s/gsd, r+off*k/gsd)
						if err != nil {
							t.Fatal(err)
						}
						line = append(line, q)
					}
					got, err := measure.Trains(m, line)
					if err != nil {
						t.Fatal(err)
					}
					side := map[bool]string{true: "m to the left of the line", false: "m to the right of the line"}[off > 0]
					warned := strings.Contains(strings.Join(got.Warnings, "\n"), side)
					if want := off != 0 && trains != nil && len(got.Trains) == 0; warned != want || off == 0 && len(got.Warnings) > 0 {
						t.Errorf("%g m a pixel, line %g m off, %d trains: %v", gsd, off, len(trains), got)
					}
				}
			}
		}
	}
}
