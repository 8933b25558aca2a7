package scene_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/scene"
)

// stacks returns a yard with three covered stacks of one colour, well apart, and their area.
func stacks(seed uint64, gsd float64, colour scene.Colour) (scene.Yard, scene.Sensor, float64) {
	r := rand.New(rand.NewPCG(seed, 91))
	unit := math.Max(2, gsd)
	y := scene.Yard{Seed: seed, Width: 150 * unit, Height: 60 * unit, Tracks: 1, Angle: 2}
	var area float64
	for k := range 3 {
		p := scene.Tarpaulin{X: (25 + 50*float64(k) + 5*r.Float64()) * unit, Y: (13 + 5*r.Float64()) * unit, Length: unit * (4 + 14*r.Float64()), Width: unit * (2 + 6*r.Float64()),
			Angle: 180 * r.Float64(), Colour: colour}
		y.Tarpaulins = append(y.Tarpaulins, p)
		area += p.Length * p.Width
	}
	s := scene.Sensor{GSD: gsd, Blur: 0.4 + 0.3*r.Float64(), Noise: 0.002 + 0.006*r.Float64(), Haze: 0.1 * r.Float64(), Light: 0.8 + 0.4*r.Float64(), Seed: seed,
		Shift: [2]float64{r.Float64(), r.Float64()}}
	return y, s, area
}

// With SIGHTLINE_LONG=1 it runs the 300 scenes a colour and resolution that the stated accuracy rests on.
func TestCargoAreasHoldWhatTheyState(t *testing.T) {
	t.Parallel()
	scenes, slack := 24, 0.12
	if os.Getenv("SIGHTLINE_LONG") == "1" {
		scenes, slack = 300, 0
	}
	if testing.Short() {
		scenes, slack = 12, 0.2
	}
	for _, colour := range []scene.Colour{scene.Blue, scene.White} {
		for _, gsd := range []float64{0.5, 3, 10} {
			var bias, held, found float64
			for k := range scenes {
				y, s, area := stacks(uint64(k), gsd, colour)
				m, _, err := y.Render(s, day)
				if err != nil {
					t.Fatal(err)
				}
				got, err := measure.Cargo(m, measure.Cover{Colour: string(colour)})
				if err != nil {
					t.Fatal(err)
				}
				if len(got.Stacks) == 3 {
					found++
				}
				bias += got.Total.Value/area - 1
				if got.Total.Low() <= area && area <= got.Total.High() {
					held++
				}
			}
			n := float64(scenes)
			line := fmt.Sprintf("%s at %g m: three found in %.3f, bias %+.3f, 95 %% interval holds %.3f", colour, gsd, found/n, bias/n, held/n)
			t.Log(line)
			if math.Abs(bias/n) > 0.02 || held/n < 0.93-slack || found/n < 0.95-slack {
				t.Error(line)
			}
		}
	}
}
