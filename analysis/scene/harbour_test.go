package scene_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/scene"
)

func TestHarboursFollowFromTheirSeedAndShipsLieApart(t *testing.T) {
	t.Parallel()
	h := scene.Harbour{Seed: 5, Width: 2500, Height: 2000, Ships: 20}
	s := scene.Sensor{GSD: 10, Blur: 0.5, Noise: 0.001, Seed: 5}
	m, truth, err := h.Render(s, day)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := h.Render(s, day)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := m.Plane(m.All(), 3)
	b, _ := again.Plane(again.All(), 3)
	for i := range a.Pix {
		if a.Pix[i] != b.Pix[i] && a.Pix[i] == a.Pix[i] {
			t.Fatal("two renderings differ")
		}
	}
	ships := 0
	for i, o := range truth.Objects {
		if o.Kind == "ship" {
			ships++
		}
		if (o.Kind == "boat") != (o.Length < 20) {
			t.Errorf("%s of %.1f m", o.Kind, o.Length)
		}
		for _, p := range truth.Objects[:i] {
			if math.Hypot(o.X-p.X, o.Y-p.Y) < (o.Width+p.Width)/2*0.9 {
				t.Errorf("objects at %.0f, %.0f and %.0f, %.0f lie on each other", o.X, o.Y, p.X, p.Y)
			}
		}
	}
	if ships < 8 || m.Tags["STATUS"] != "SIMULATED" {
		t.Errorf("%d ships, %v", ships, m.Tags)
	}
	for _, bad := range []scene.Harbour{{}, {Width: math.NaN(), Height: 2000}, {Width: 2000, Height: 2000, Ships: -1}, {Width: 1e9, Height: 1e9}} {
		if _, _, err := bad.Render(s, day); err == nil {
			t.Errorf("%+v was rendered", bad)
		}
	}
}

func ExampleHarbour_Render() {
	harbour := scene.Harbour{Seed: 3, Width: 2400, Height: 1800, Ships: 12}
	image, truth, err := harbour.Render(scene.Sensor{GSD: 10, Blur: 0.55, Noise: 0.001, Haze: 0.02, Seed: 3}, day)
	if err != nil {
		log.Fatal(err)
	}
	ships, err := measure.ShipsIn(context.Background(), image, measure.Vessels{Chance: 0.4})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(ships.Ships) > 0, len(truth.Objects) > 12, image.Tags["STATUS"])
	look("image", image)
	look("ships", ships)
	// Output: true true SIMULATED
}
