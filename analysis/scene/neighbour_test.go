package scene_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/scene"
)

// Trains on neighbouring tracks, 5 m apart as in real yards or more where pixels are coarse, do not lengthen each other, seen
// from above and with the picture a third of a pixel off.
func TestTrainsOnNeighbouringTracks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ gsd, spacing, off float64 }{{0.5, 5, 0}, {0.5, 5, 0.33}, {1, 5, 0}, {1, 5, 0.33}, {3, 12, 0}, {3, 12, 0.33}} {
		for seed := range uint64(4) {
			y := scene.Yard{Seed: seed, Width: 700, Height: 80, Tracks: 3, Spacing: c.spacing, Angle: float64(seed) - 1.5, Trains: []scene.Train{
				{Track: 0, Start: -200, Length: 150}, {Track: 1, Start: -120, Length: 110, Cargo: []scene.Colour{scene.White}}, {Track: 2, Start: -40, Length: 180, Cargo: []scene.Colour{scene.Blue}}}}
			m, _, err := y.Render(scene.Sensor{GSD: c.gsd, Blur: 0.5, Noise: 0.005, Shift: [2]float64{c.off, c.off}, Seed: seed}, day)
			if err != nil {
				t.Fatal(err)
			}
			for k, tr := range y.Trains {
				rail, err := y.Rail(k)
				if err != nil {
					t.Fatal(err)
				}
				got, err := measure.Trains(m, rail)
				if err != nil {
					t.Fatal(err)
				}
				if len(got.Trains) != 1 || got.Trains[0].Length.Low()-c.gsd/4 > tr.Length || got.Trains[0].Length.High()+c.gsd/4 < tr.Length {
					t.Errorf("%g m a pixel, tracks %g m apart, %g pixels off, a train of %g m: %v", c.gsd, c.spacing, c.off, tr.Length, got)
				}
			}
		}
	}
}
