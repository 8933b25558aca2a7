package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Coefficient is one estimate with its interval: of a regression, or of one method among several.
type Coefficient struct {
	Name      string
	Estimate  float64
	Low, High float64 // infinite ends are drawn as arrows
	Group     string  // gives the colour
}

// Ratio says that the values are ratios: the axis is logarithmic and the line of no effect stands at 1, not at 0.
func Ratio() Option { return func(s *settings) { s.ratio = true } }

// Coefficients draws one estimate a row with its interval, the line of no effect, and the numbers at the right. An
// interval that does not hold its estimate, a number that is missing, or with Ratio one that is not above zero (a lower
// end of zero is allowed), is an error that names every bad row.
func Coefficients(coefficients []Coefficient, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	if err := checkCoefficients(s, coefficients); err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	g := newCoefficientFigure(l, s, coefficients)
	f.rows = rows{columns: []string{"name", "estimate", "low", "high", "group"}}
	for _, c := range coefficients {
		f.rows.add(c.Name, c.Estimate, c.Low, c.High, c.Group)
	}
	f.plot.X.Min, f.plot.X.Max = g.from, g.to
	f.plot.X.Label.Text = s.xlabel
	f.plot.X.Tick.Marker = numberTicks{most: 7}
	if s.ratio {
		f.plot.X.Scale, f.plot.X.Tick.Marker = plot.LogScale{}, ratioTicks{most: 8}
		f.plot.X.Label.Text = firstOf(s.xlabel, "ratio, logarithmic scale")
	}
	f.plot.Y.Min, f.plot.Y.Max = -float64(len(coefficients)), 0
	f.plot.Y.Tick.Marker = g.names()
	f.plot.Y.Tick.Label.Color = ink
	if g.beyond > 0 {
		verb := " go"
		if g.beyond == 1 {
			verb = " goes"
		}
		f.notes = append(f.notes, several(g.beyond, "interval")+verb+" on beyond the axis (arrows); the numbers are complete.")
	}
	h := l.newHeader(s, s.width-2*marginX, g.legend())
	f.plot.Add(layer{paint: g.paint, room: g.room}, h)
	var ticks []any
	for _, t := range f.plot.X.Tick.Marker.Ticks(g.from, g.to) {
		ticks = append(ticks, t.Value)
	}
	g.width = s.width
	f.spec = g.spec(s, f.plot.X.Label.Text, ticks)
	panel := float64(len(coefficients))*coefficientPitch + 20
	if f.plot.X.Label.Text != "" {
		panel += 18
	}
	f.finish(s, h, panel)
	return f, nil
}

const coefficientPitch = 18

func checkCoefficients(s *settings, cs []Coefficient) error {
	var bad []string
	for i, c := range cs {
		name := fmt.Sprintf("row %d (%s)", i+1, c.Name)
		switch {
		case math.IsNaN(c.Estimate) || math.IsNaN(c.Low) || math.IsNaN(c.High) || math.IsInf(c.Estimate, 0):
			bad = append(bad, fmt.Sprintf("%s: %g [%g, %g] is not a number throughout", name, c.Estimate, c.Low, c.High))
		case !(c.Low <= c.Estimate && c.Estimate <= c.High):
			bad = append(bad, fmt.Sprintf("%s: %g lies outside its interval %g to %g", name, c.Estimate, c.Low, c.High))
		case s.ratio && (c.Estimate <= 0 || c.Low < 0):
			bad = append(bad, fmt.Sprintf("%s: %g [%g, %g] is no ratio above zero", name, c.Estimate, c.Low, c.High))
		}
	}
	if len(cs) == 0 {
		bad = append(bad, "no rows")
	}
	return badRows("coefficients", bad)
}

type coefficientFigure struct {
	letters  *letters
	rows     []Coefficient
	kinds    []kind
	zero     float64 // no effect
	from, to float64
	numbers  []string
	column   float64 // points that the widest number takes
	width    float64 // of the figure, points
	beyond   int     // intervals that are finite and yet end beyond the axis
}

func newCoefficientFigure(l *letters, s *settings, cs []Coefficient) *coefficientFigure {
	g := &coefficientFigure{letters: l, rows: cs}
	if s.ratio {
		g.zero = 1
	}
	var events []Event
	g.from, g.to = g.zero, g.zero
	for _, c := range cs {
		events = append(events, Event{Kind: c.Group})
		text := fmt.Sprintf("%s [%s, %s]", fixed2(c.Estimate), fixed2(c.Low), fixed2(c.High))
		g.numbers = append(g.numbers, text)
		g.column = math.Max(g.column, l.width(text, tickSize, false))
	}
	g.kinds = kindColors(events)
	g.reach(s)
	if s.ratio {
		g.from, g.to = math.Min(g.from/1.15, 0.8), math.Max(g.to*1.15, 1.25)
	} else {
		room := math.Max((g.to-g.from)*0.06, 1e-9)
		g.from, g.to = g.from-room, g.to+room
	}
	return g
}

// reach finds the range of the axis: every estimate, and every interval but those that are ten times as wide as most.
// Those go on beyond the axis as arrows, so that one that says nothing does not flatten the others.
func (g *coefficientFigure) reach(s *settings) {
	at := func(v float64) float64 {
		if s.ratio {
			return math.Log(v)
		}
		return v
	}
	var widths []float64
	for _, c := range g.rows {
		if w := at(c.High) - at(c.Low); !math.IsInf(w, 0) && !math.IsNaN(w) {
			widths = append(widths, w)
		}
	}
	slices.Sort(widths)
	widest := math.Inf(1)
	if len(widths) > 2 {
		widest = 10 * widths[(len(widths)-1)/2]
	}
	for _, c := range g.rows {
		ends := []float64{c.Low, c.Estimate, c.High}
		if w := at(c.High) - at(c.Low); widest > 0 && w > widest && !math.IsInf(w, 0) {
			ends = ends[1:2]
			g.beyond++
		}
		for _, v := range ends {
			if !math.IsInf(v, 0) && !(s.ratio && v <= 0) {
				g.from, g.to = math.Min(g.from, v), math.Max(g.to, v)
			}
		}
	}
}

// fixed2 prints with two decimals, as papers do, or as few digits as a very small number needs.
func fixed2(v float64) string {
	if math.IsInf(v, 0) || v != 0 && math.Abs(v) < 0.005 {
		return short(v)
	}
	return number(v, 0.01)
}

func (g *coefficientFigure) names() plot.ConstantTicks {
	var out plot.ConstantTicks
	for i, c := range g.rows {
		out = append(out, plot.Tick{Value: -float64(i) - 0.5, Label: g.letters.cut(firstOf(c.Name, " "), tickSize, 200)})
	}
	return out
}

// room keeps a column free at the right for the numbers.
func (g *coefficientFigure) room(*plot.Plot) []plot.GlyphBox {
	return []plot.GlyphBox{{X: 1, Rectangle: vg.Rectangle{Max: vg.Point{X: vg.Points(g.column + 10)}}}}
}

func (g *coefficientFigure) paint(p pen) {
	for i := range g.rows {
		if i%2 == 0 {
			p.rect(band, p.Min.X, p.y(-float64(i)-1), p.Max.X+vg.Points(g.column+10), p.y(-float64(i)))
		}
	}
	p.dashed(ink, 0.9, []vg.Length{4, 2.5}, vg.Point{X: p.x(g.zero), Y: p.Min.Y}, vg.Point{X: p.x(g.zero), Y: p.Max.Y})
	style := g.letters.style(tickSize, ink, false)
	style.XAlign = -1
	for i, c := range g.rows {
		y, own := p.y(-float64(i)-0.5), g.color(c.Group)
		low, high := math.Max(c.Low, g.from), math.Min(c.High, g.to)
		p.horizontal(own, 1.5, y, p.x(low), p.x(high))
		g.end(p, own, c.Low < g.from, p.x(low), y, math.Pi)
		g.end(p, own, c.High > g.to, p.x(high), y, 0)
		p.disc(vg.Point{X: p.x(c.Estimate), Y: y}, 3.5, own, paper, 0.8)
		p.write(style, vg.Point{X: p.Max.X + vg.Points(g.column+8), Y: y}, g.numbers[i])
	}
}

// end is a stroke where the interval ends, or an arrow where it goes on beyond the axis.
func (g *coefficientFigure) end(p pen, c color.NRGBA, beyond bool, x, y vg.Length, angle float64) {
	if beyond {
		p.arrow(vg.Point{X: x, Y: y}, angle, 6, c)
		return
	}
	p.vertical(c, 1.5, x, y-3, y+3)
}

func (g *coefficientFigure) color(group string) color.NRGBA {
	for _, k := range g.kinds {
		if k.name == group {
			return k.color
		}
	}
	return Blue
}

func (g *coefficientFigure) legend() []legendEntry {
	if len(g.kinds) < 2 {
		return nil
	}
	var out []legendEntry
	for _, k := range g.kinds {
		out = append(out, legendEntry{firstOf(k.name, "no group"), dotSwatch(k.color, k.color)})
	}
	return out
}
