package sketch

import (
	"fmt"
	"image"
	"math"
)

// ColourBar draws the colours of Map from bottom to top with their values; a finite threshold is marked, and its number
// takes the place of one that it would cover.
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
	top, bottom := float64(r.Min.Y)+9, float64(r.Max.Y)
	if threshold > low && threshold < high {
		y := at(threshold)
		s.Line(1, Ink, image.Rectangle{}, [2]float64{float64(r.Min.X) - 3, y}, [2]float64{float64(r.Max.X) + 3, y})
		y = math.Max(top, math.Min(bottom, y+4))
		s.Text(x, y, number(threshold), Ink)
		if y < top+letter+1 { // the threshold tells more than an end of the bar
			top = math.NaN()
		}
		if y > bottom-letter-1 {
			bottom = math.NaN()
		}
	}
	if top == top {
		s.Text(x, top, number(high), Pale)
	}
	if bottom == bottom {
		s.Text(x, bottom, number(low), Pale)
	}
}

// number writes three digits, or all before the point, without an exponent where that is short.
func number(v float64) string {
	if a := math.Abs(v); a >= 1000 && a < 999999.5 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
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
	s.Text(x+8+5*math.Abs(sin), y+4, "N", Ink) // clear of an arrow that leans
}
