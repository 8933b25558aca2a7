package measure

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/palette"
	"github.com/sightline-osint/sightline/analysis/internal/sketch"
)

// String returns how long the profile is and how it was sampled.
func (p *Profile) String() string {
	if len(p.Along) == 0 {
		return "a profile without samples"
	}
	s := fmt.Sprintf("profile of %.0f m: %d samples, %d bands, %.3g m a pixel", p.Along[len(p.Along)-1], len(p.Along), len(p.Bands), p.Ground)
	if p.simulated {
		s += "\nSIMULATED image"
	}
	return s
}

// SimpleRender returns String for a notebook, and Picture.
func (p *Profile) SimpleRender() map[string]any { return bundle(p.String(), listing{}, p.Picture()) }

// hues are the colours of bands.
var hues = [...]color.RGBA{palette.Blue, palette.Green, palette.Vermillion, palette.Purple, palette.Orange, palette.Sky}

// Picture draws the values of up to six bands along the line, nil when there are none. Places without a value are left
// open.
func (p *Profile) Picture() image.Image {
	low, high := math.Inf(1), math.Inf(-1)
	for _, b := range p.drawn() {
		for _, v := range b {
			if v-v == 0 {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	if !(low <= high) {
		return nil
	}
	const w, h, left, right, top, foot = 860, 240, 58, 76, 30, 26
	const bottom = h - foot
	sheet := sketch.NewSheet(w, h)
	whole := image.Rectangle{}
	reach := math.Max(p.Along[len(p.Along)-1], 1e-9)
	span := math.Max(high-low, 1e-12)
	x := func(m float64) float64 { return left + m/reach*(w-left-right) }
	y := func(v float64) float64 { return bottom - (v-low)/span*(bottom-top) }
	sheet.Line(1, color.RGBA{150, 156, 163, 255}, whole, [2]float64{left, bottom + 0.5}, [2]float64{w - right, bottom + 0.5})
	for i, b := range p.drawn() {
		curve(sheet, hues[i], p.Along, b, x, y)
		name := fmt.Sprintf("band %d", i+1)
		if i < len(p.names) && p.names[i] != "" {
			name = p.names[i]
		}
		sheet.Text(w-right+8, top+9+float64(i)*18, sketch.Fit(name, right-12), hues[i])
	}
	before := func(x, y float64, s string) { sheet.Text(x-sketch.Width(s), y, s, sketch.Pale) }
	before(left-6, top+5, fmt.Sprintf("%.4g", high))
	before(left-6, bottom+4, fmt.Sprintf("%.4g", low))
	head := "values along the line"
	if p.simulated {
		head = "SIMULATED · " + head
	}
	sheet.Title(left, 15, head, sketch.Pale)
	sheet.Text(left, h-9, "0 m", sketch.Pale)
	before(w-right, h-9, number(reach)+" m")
	return sheet.Image()
}

// curve draws values at places, broken where there is none.
func curve(sheet *sketch.Sheet, c color.Color, at, values []float64, x, y func(float64) float64) {
	var run [][2]float64
	for i, v := range values {
		if v-v == 0 {
			run = append(run, [2]float64{x(at[i]), y(v)})
		}
		if v-v != 0 || i == len(values)-1 {
			sheet.Line(1.2, c, image.Rectangle{}, run...)
			run = run[:0]
		}
	}
}

// drawn are the bands that are drawn: as many as there are colours, each with a value for every sample.
func (p *Profile) drawn() [][]float64 {
	var out [][]float64
	for _, b := range p.Bands {
		if len(b) == len(p.Along) && len(b) > 0 && len(out) < len(hues) {
			out = append(out, b)
		}
	}
	return out
}
