package scene_test

import (
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/scene"
)

// All that a shifted picture shows is shifted, the bare ground too.
func TestTheGroundOfAYardMovesWithThePicture(t *testing.T) {
	y := scene.Yard{Seed: 4, Width: 300, Height: 240, Tracks: 2, Trains: []scene.Train{{Track: 1, Start: -50, Length: 80}}}
	seen := func(dx, dy float64) raster.Plane {
		m, _, err := y.Render(scene.Sensor{GSD: 3, Light: 1, Shift: [2]float64{dx, dy}}, time.Date(2023, 9, 1, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		p, err := m.Plane(m.Measured, 2)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b := seen(0, 0), seen(3, -2)
	for r := 4; r < a.Height-4; r++ {
		for c := 4; c < a.Width-4; c++ {
			if u, v := a.At(c, r), b.At(c+3, r-2); u-v > 2 || v-u > 2 {
				t.Fatalf("%v at %d, %d, and %v where it should have moved to", u, c, r, v)
			}
		}
	}
}
