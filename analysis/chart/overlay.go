package chart

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Shape is an outline on a picture: a measured train, a region that changed.
type Shape struct {
	Corners [][2]float64 // column and row in pixels from the picture's top left corner, at least two; more than two are closed
	Label   string       // drawn beside it
	Kind    string       // gives the colour
}

// North says where true north lies in the picture, in degrees clockwise from up; without it no arrow is drawn.
func North(degrees float64) Option {
	return func(s *settings) { s.north, s.northKnown = degrees, true }
}

// Overlay draws shapes over a picture, with a scale bar if metresPerPixel is known (above 0) and an arrow to the north if
// North is given. The picture is shown whole, scaled to the figure's width; its pixels stay square. A picture without pixels, a
// shape of fewer than two corners, a corner that is no number or lies more than the picture's size outside of it, or a
// negative ground distance, is an error that names every bad shape.
// Not for a picture that was stretched or turned: one pixel has one size in both directions.
func Overlay(picture image.Image, metresPerPixel float64, shapes []Shape, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	if err := checkShapes(picture, metresPerPixel, shapes); err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	size := picture.Bounds().Size()
	g := overlay{letters: l, picture: picture, metres: metresPerPixel, shapes: shapes, settings: s}
	var events []Event
	for _, sh := range shapes {
		events = append(events, Event{Kind: sh.Kind})
	}
	g.kinds = kindColors(events)
	f.plot.X.Min, f.plot.X.Max, f.plot.Y.Min, f.plot.Y.Max = 0, float64(size.X), -float64(size.Y), 0
	for _, axis := range []*plot.Axis{&f.plot.X, &f.plot.Y} {
		axis.Tick.Marker, axis.Tick.Length, axis.LineStyle.Width = plot.ConstantTicks{}, 0, 0
	}
	h := l.newHeader(s, s.width-2*marginX, g.legend())
	f.plot.Add(layer{paint: g.paint}, h)
	f.rows = rows{columns: []string{"label", "kind", "column", "row"}}
	for _, sh := range shapes {
		column, row := sh.middle()
		f.rows.add(sh.Label, sh.Kind, column, row)
	}
	f.spec = object{"height": (s.width - 120) * float64(size.Y) / float64(size.X), "mark": object{"type": "point", "filled": true},
		"encoding": object{"x": object{"field": "column", "type": "quantitative", "scale": object{"domain": []any{0, size.X}}},
			"y":     object{"field": "row", "type": "quantitative", "scale": object{"domain": []any{size.Y, 0}}},
			"color": object{"field": "kind", "type": "nominal", "scale": object{"range": paletteHex()}}, "tooltip": tooltips(f.rows.columns)}}
	f.finish(s, h, (s.width-2*marginX)*float64(size.Y)/float64(size.X))
	return f, nil
}

func checkShapes(picture image.Image, metres float64, shapes []Shape) error {
	var bad []string
	if picture == nil || picture.Bounds().Empty() {
		return badRows("overlay", []string{"the picture has no pixels"})
	}
	if !(metres >= 0) || math.IsInf(metres, 0) {
		bad = append(bad, fmt.Sprintf("%g metres a pixel", metres))
	}
	size := picture.Bounds().Size()
	inside := func(v float64, n int) bool { return v >= -float64(n) && v <= 2*float64(n) }
	for i, sh := range shapes {
		name := fmt.Sprintf("shape %d (%s)", i+1, sh.Label)
		if len(sh.Corners) < 2 {
			bad = append(bad, name+": fewer than two corners")
		}
		for _, c := range sh.Corners {
			if !inside(c[0], size.X) || !inside(c[1], size.Y) {
				bad = append(bad, fmt.Sprintf("%s: corner %g, %g of a picture of %d x %d", name, c[0], c[1], size.X, size.Y))
			}
		}
	}
	return badRows("overlay", bad)
}

func (sh Shape) middle() (column, row float64) {
	for _, c := range sh.Corners {
		column += c[0] / float64(len(sh.Corners))
		row += c[1] / float64(len(sh.Corners))
	}
	return column, row
}

type overlay struct {
	letters  *letters
	picture  image.Image
	metres   float64
	shapes   []Shape
	kinds    []kind
	settings *settings
}

func (g overlay) color(name string) color.NRGBA {
	for _, k := range g.kinds {
		if k.name == name {
			return k.color
		}
	}
	return Orange
}

func (g overlay) paint(p pen) {
	p.DrawImage(vg.Rectangle{Min: vg.Point{X: p.Min.X, Y: p.Min.Y}, Max: vg.Point{X: p.Max.X, Y: p.Max.Y}}, g.picture)
	p.frame(rule, 0.6, nil, p.Min.X, p.Min.Y, p.Max.X, p.Max.Y)
	for _, sh := range g.shapes {
		g.paintShape(p, sh)
	}
	g.paintLabels(p)
	g.paintScale(p)
	if g.settings.northKnown {
		g.paintNorth(p)
	}
}

// paintShape strokes an outline in its colour over a white one, so that it shows on dark and light ground.
func (g overlay) paintShape(p pen, sh Shape) {
	var path []vg.Point
	inside := true
	for _, c := range sh.Corners {
		at := vg.Point{X: p.x(c[0]), Y: p.y(-c[1])}
		path, inside = append(path, at), inside && p.Contains(at)
	}
	if inside && len(path) > 2 { // closed, so that the first corner is joined like the others
		var outline vg.Path
		outline.Move(path[0])
		for _, at := range path[1:] {
			outline.Line(at)
		}
		outline.Close()
		p.SetLineDash(nil, 0)
		for _, pass := range []struct {
			color color.NRGBA
			width vg.Length
		}{{paper, 3}, {g.color(sh.Kind), 1.5}} {
			p.SetColor(pass.color)
			p.SetLineWidth(pass.width)
			p.Stroke(outline)
		}
		return
	}
	if len(path) > 2 {
		path = append(path, path[0])
	}
	for _, part := range p.ClipLinesXY(path) {
		p.line(paper, 3, part...)
		p.line(g.color(sh.Kind), 1.5, part...)
	}
}

// paintLabels puts each label right of its shape, left of it, above or below: where it meets least of other shapes, labels
// and the plates in the corners.
func (g overlay) paintLabels(p pen) {
	bounds := func(sh Shape) vg.Rectangle {
		r := vg.Rectangle{Min: vg.Point{X: p.Max.X, Y: p.Max.Y}, Max: vg.Point{X: p.Min.X, Y: p.Min.Y}}
		for _, c := range sh.Corners {
			x, y := p.x(c[0]), p.y(-c[1])
			r.Min.X, r.Max.X, r.Min.Y, r.Max.Y = min(r.Min.X, x), max(r.Max.X, x), min(r.Min.Y, y), max(r.Max.Y, y)
		}
		return r
	}
	taken := []vg.Rectangle{
		{Min: p.Min, Max: vg.Point{X: p.Min.X + 170, Y: p.Min.Y + 24}},
		{Min: vg.Point{X: p.Max.X - 34, Y: p.Max.Y - 34}, Max: p.Max},
	}
	for _, sh := range g.shapes {
		taken = append(taken, bounds(sh))
	}
	style := g.letters.style(tickSize, ink, true)
	for _, sh := range g.shapes {
		if sh.Label == "" {
			continue
		}
		width, r := vg.Points(g.letters.width(sh.Label, tickSize, true)), bounds(sh)
		x, y := (r.Min.X+r.Max.X-width)/2, (r.Min.Y+r.Max.Y)/2
		best, least := vg.Point{}, 1<<30
		for _, at := range []vg.Point{{X: r.Max.X + 5, Y: y}, {X: r.Min.X - 5 - width, Y: y}, {X: x, Y: r.Max.Y + 9}, {X: x, Y: r.Min.Y - 9}} {
			box := vg.Rectangle{Min: vg.Point{X: at.X - 1, Y: at.Y - 6}, Max: vg.Point{X: at.X + width + 1, Y: at.Y + 6}}
			cost := 0
			for _, t := range taken {
				if box.Min.X < t.Max.X && t.Min.X < box.Max.X && box.Min.Y < t.Max.Y && t.Min.Y < box.Max.Y {
					cost++
				}
			}
			if box.Min.X < p.Min.X || box.Max.X > p.Max.X || box.Min.Y < p.Min.Y || box.Max.Y > p.Max.Y {
				cost += 3
			}
			if cost < least {
				best, least = at, cost
			}
		}
		best.X = max(p.Min.X+3, min(best.X, p.Max.X-3-width))
		best.Y = max(p.Min.Y+7, min(best.Y, p.Max.Y-7))
		taken = append(taken, vg.Rectangle{Min: vg.Point{X: best.X, Y: best.Y - 6}, Max: vg.Point{X: best.X + width, Y: best.Y + 6}})
		p.writeRim(style, best, sh.Label, 1.6)
	}
}

// paintScale draws a bar of a round length at the lower left, on a plate of paper.
func (g overlay) paintScale(p pen) {
	if g.metres == 0 {
		return
	}
	width := float64(g.picture.Bounds().Dx())
	metres := roundStep(width * g.metres / 7)
	text := short(metres) + " m"
	if metres >= 1000 {
		text = short(metres/1000) + " km"
	}
	bar := vg.Length(metres/g.metres/width) * (p.Max.X - p.Min.X)
	x, y := p.Min.X+12, p.Min.Y+13
	p.rect(paper, x-6, y-8, x+bar+vg.Points(g.letters.width(text, tickSize, false))+11, y+8)
	p.horizontal(ink, 1.8, y, x, x+bar)
	p.vertical(ink, 1.2, x, y-3, y+3)
	p.vertical(ink, 1.2, x+bar, y-3, y+3)
	p.write(g.letters.style(tickSize, ink, false), vg.Point{X: x + bar + 5, Y: y}, text)
}

// paintNorth draws an arrow on a plate at the upper right.
func (g overlay) paintNorth(p pen) {
	middle := vg.Point{X: p.Max.X - 18, Y: p.Max.Y - 18}
	p.disc(middle, 13, paper, rule, 0.6)
	angle := math.Pi/2 - g.settings.north*math.Pi/180
	sin, cos := math.Sincos(angle)
	tip := vg.Point{X: middle.X + vg.Points(11*cos), Y: middle.Y + vg.Points(11*sin)}
	p.arrow(tip, angle, 9, ink)
	style := g.letters.style(8.5, ink, true)
	style.XAlign = -0.5
	p.write(style, vg.Point{X: middle.X - vg.Points(4*cos), Y: middle.Y - vg.Points(4*sin)}, "N")
}

func (g overlay) legend() []legendEntry {
	if len(g.kinds) < 2 {
		return nil
	}
	var out []legendEntry
	for _, k := range g.kinds {
		out = append(out, legendEntry{firstOf(k.name, "no kind"), lineSwatch(k.color, 1.5, nil)})
	}
	return out
}
