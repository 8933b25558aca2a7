package scene

import (
	"time"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// View is one date of a scene.
type View struct {
	Image *raster.Image
	Truth *Truth
	Yard  Yard
	Shift [2]float64 // pixels right and down by which the picture lies off the first date's
}

// BorderYard returns three dates of an invented yard that holds what an article of October 2023 counted at a real one:
// on 24 September trains of 225, 110 and 60 m and white cargo, on 28 September blue cargo, on 6 October five trains of
// 200 m and more blue cargo. Where these stand, their colours and everything else are made up; the images are SIMULATED
// at 3 m a pixel.
func BorderYard() ([]View, error) {
	yard := Yard{Seed: 20231006, Width: 900, Height: 240, Tracks: 6, Spacing: 15, Angle: 2}
	white := []Tarpaulin{{X: 180, Y: 30, Length: 40, Width: 12, Angle: 2, Colour: White}, {X: 250, Y: 33, Length: 24, Width: 12, Angle: 2, Colour: White}}
	blue := []Tarpaulin{{X: 560, Y: 215, Length: 30, Width: 12, Angle: 2, Colour: Blue}, {X: 620, Y: 218, Length: 24, Width: 15, Angle: 5, Colour: Blue}}
	more := []Tarpaulin{{X: 690, Y: 218, Length: 60, Width: 15, Angle: 2, Colour: Blue}, {X: 320, Y: 205, Length: 45, Width: 18, Angle: 0, Colour: Blue}}
	dates := []struct {
		day    int
		month  time.Month
		trains []Train
		tarps  []Tarpaulin
		sensor Sensor
	}{
		{24, time.September, []Train{
			{Track: 1, Start: -250, Length: 225, Cargo: []Colour{Brown}}, {Track: 3, Start: 40, Length: 110, Cargo: []Colour{Grey}},
			{Track: 4, Start: -120, Length: 60, Cargo: []Colour{White}},
		}, white, Sensor{GSD: 3, Blur: 0.5, Noise: 0.005, Light: 1, Seed: 1}},
		{28, time.September, []Train{{Track: 2, Start: -60, Length: 140, Cargo: []Colour{Grey}}}, blue,
			Sensor{GSD: 3, Blur: 0.55, Noise: 0.006, Light: 0.92, Haze: 0.06, Shift: [2]float64{0.6, -0.3}, Seed: 2}},
		{6, time.October, []Train{
			{Track: 0, Start: -300, Length: 200, Cargo: []Colour{Brown}}, {Track: 1, Start: -40, Length: 200, Cargo: []Colour{Grey}},
			{Track: 2, Start: 60, Length: 200, Cargo: []Colour{Green}}, {Track: 4, Start: -320, Length: 200, Cargo: []Colour{Grey}},
			{Track: 5, Start: 20, Length: 200, Cargo: []Colour{White}},
		}, append(append([]Tarpaulin(nil), blue...), more...), Sensor{GSD: 3, Blur: 0.5, Noise: 0.005, Light: 1.05, Haze: 0.02, Shift: [2]float64{-0.4, 0.25}, Seed: 3}},
	}
	var out []View
	for _, d := range dates {
		y := yard
		y.Trains, y.Tarpaulins = d.trains, d.tarps
		m, t, err := y.Render(d.sensor, time.Date(2023, d.month, d.day, 2, 0, 0, 0, time.UTC))
		if err != nil {
			return nil, err
		}
		out = append(out, View{m, t, y, d.sensor.Shift})
	}
	return out, nil
}
