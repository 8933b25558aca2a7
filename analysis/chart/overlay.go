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
		name := fmt.Sprintf("shape %d (%s)", i, sh.Label)
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
	for _, sh := range g.shapes {
		g.paintLabel(p, sh)
	}
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

// paintLabel writes right of the shape's rightmost corner, or left of its leftmost one near the right edge.
func (g overlay) paintLabel(p pen, sh Shape) {
	if sh.Label == "" {
		return
	}
	left, right := sh.Corners[0], sh.Corners[0]
	for _, c := range sh.Corners {
		if c[0] < left[0] {
			left = c
		}
		if c[0] > right[0] {
			right = c
		}
	}
	_, row := sh.middle()
	style := g.letters.style(tickSize, ink, true)
	width := vg.Points(g.letters.width(sh.Label, tickSize, true))
	at := vg.Point{X: p.x(right[0]) + 5, Y: p.y(-(row + right[1]) / 2)}
	if at.X+width > p.Max.X-3 {
		at = vg.Point{X: p.x(left[0]) - 5 - width, Y: p.y(-(row + left[1]) / 2)}
	}
	at.X = max(p.Min.X+3, min(at.X, p.Max.X-3-width))
	at.Y = max(p.Min.Y+7, min(at.Y, p.Max.Y-7))
	p.writeRim(style, at, sh.Label, 1.6)
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
