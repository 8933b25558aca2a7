package sketch

import (
	"fmt"
	"image"
	"math"
)

// ColourBar draws the colours of Map from bottom to top with their values; a finite threshold is marked.
func (s *Sheet) ColourBar(r image.Rectangle, low, high float64, signed bool, threshold float64) {
	bar := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		c := shade(high-(high-low)*float64(y)/float64(r.Dy()), low, high, signed)
		for x := range r.Dx() {
			bar.SetRGBA(x, y, c)
		}
	}
	s.Place(bar, r.Min.X, r.Min.Y)
	at := func(v float64) float64 { return float64(r.Max.Y) - (v-low)/(high-low)*float64(r.Dy()) }
	x := float64(r.Max.X) + 6
	s.Text(x, float64(r.Min.Y)+9, fmt.Sprintf("%.3g", high), Pale)
	s.Text(x, float64(r.Max.Y), fmt.Sprintf("%.3g", low), Pale)
	if threshold > low && threshold < high {
		y := at(threshold)
		s.Line(1, Ink, image.Rectangle{}, [2]float64{float64(r.Min.X) - 3, y}, [2]float64{float64(r.Max.X) + 3, y})
		if y > float64(r.Min.Y)+22 && y < float64(r.Max.Y)-14 {
			s.Text(x, y+4, fmt.Sprintf("%.3g", threshold), Ink)
		}
	}
}

// ScaleBar draws a bar of a round length in metres, at most width units wide, where a unit covers metres.
func (s *Sheet) ScaleBar(x, y, metres, width float64) {
	most := metres * width
	if !(most > 0) || math.IsInf(most, 0) {
		return
	}
	length := math.Pow(10, math.Floor(math.Log10(most)))
	for _, f := range []float64{5, 2} {
		if f*length <= most {
			length *= f
			break
		}
	}
	end := x + length/metres
	whole := image.Rectangle{}
	s.Line(2, Ink, whole, [2]float64{x + 1, y}, [2]float64{end - 1, y})
	for _, tick := range []float64{x, end} {
		s.Line(1.5, Ink, whole, [2]float64{tick, y - 4}, [2]float64{tick, y + 4})
	}
	label := fmt.Sprintf("%g m", length)
	if length >= 1000 {
		label = fmt.Sprintf("%g km", length/1000)
	}
	s.Text(end+8, y+4, label, Ink)
}

// North draws an arrow to true north, angle degrees clockwise from up, centred at x, y.
func (s *Sheet) North(x, y, angle float64) {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	turn := func(a, b float64) [2]float64 { return [2]float64{x + a*cos - b*sin, y + a*sin + b*cos} }
	whole := image.Rectangle{}
	s.Line(1.5, Ink, whole, turn(0, 10), turn(0, -10))
	s.Line(1.5, Ink, whole, turn(-4, -5), turn(0, -10), turn(4, -5))
	s.Text(x+8, y+4, "N", Ink)
}
