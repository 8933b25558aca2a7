package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// header is what stands above the data: title, subtitle, a row of legend entries, and a row for the labels of marks. It is
// a plotter that asks for its room, so nothing of it ever covers data.
type header struct {
	letters         *letters
	width           float64 // points that the text may take
	left            float64 // points from the panel's left edge to where the text starts, negative to the left
	title, subtitle []string
	legend          [][]legendEntry
	marks           []markLabel
	markRows        int
}

// legendEntry is a small picture and what it means.
type legendEntry struct {
	text string
	draw func(p pen, at vg.Point)
}

// markLabel is the text over a vertical line at x, in the row given from below.
type markLabel struct {
	x     float64
	text  string
	row   int
	align draw.XAlignment
}

const (
	titlePitch    = titleSize * 1.25
	subtitlePitch = textSize * 1.35
	legendPitch   = 14
	markPitch     = 12
	swatchWidth   = 14
)

func (l *letters) newHeader(s *settings, width float64, entries []legendEntry) *header {
	h := &header{letters: l, width: width}
	if s.title != "" {
		h.title = l.wrap(s.title, titleSize, true, width)
	}
	if s.subtitle != "" {
		h.subtitle = l.wrap(s.subtitle, textSize, false, width)
	}
	x := 0.0
	for _, e := range entries {
		need := swatchWidth + 5 + l.width(e.text, tickSize, false) + 11
		if x == 0 || x+need-11 > width {
			h.legend = append(h.legend, nil)
			x = 0
		}
		h.legend[len(h.legend)-1] = append(h.legend[len(h.legend)-1], e)
		x += need
	}
	return h
}

// height of the header in points, without the room between it and the data.
func (h *header) height() float64 {
	return float64(len(h.title))*titlePitch + float64(len(h.subtitle))*subtitlePitch + h.legendHeight() + float64(h.markRows)*markPitch + h.gap()
}

func (h *header) legendHeight() float64 {
	if len(h.legend) == 0 {
		return 0
	}
	return float64(len(h.legend))*legendPitch + 3
}

func (h *header) gap() float64 {
	if len(h.title)+len(h.subtitle)+len(h.legend)+h.markRows == 0 {
		return 2
	}
	return 6
}

// GlyphBoxes implements plot.GlyphBoxer: the room above the data.
func (h *header) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	return []plot.GlyphBox{{Y: 1, Rectangle: vg.Rectangle{Max: vg.Point{Y: vg.Points(h.height())}}}}
}

// Plot implements plot.Plotter.
func (h *header) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	pen := pen{Canvas: c, x: x, y: y}
	left, top := c.Min.X+vg.Points(h.left), c.Max.Y+vg.Points(h.height())
	row := func(pitch float64) vg.Length { // middle of the next row
		at := top - vg.Points(pitch/2)
		top -= vg.Points(pitch)
		return at
	}
	for _, line := range h.title {
		pen.write(h.letters.style(titleSize, ink, true), vg.Point{X: left, Y: row(titlePitch)}, line)
	}
	for _, line := range h.subtitle {
		pen.write(h.letters.style(textSize, faded, false), vg.Point{X: left, Y: row(subtitlePitch)}, line)
	}
	if len(h.legend) > 0 {
		top -= 3
	}
	for _, entries := range h.legend {
		at := vg.Point{X: left, Y: row(legendPitch)}
		for _, e := range entries {
			e.draw(pen, vg.Point{X: at.X + swatchWidth/2, Y: at.Y})
			at.X += swatchWidth + 5
			pen.write(h.letters.style(tickSize, ink, false), at, e.text)
			at.X += vg.Points(h.letters.width(e.text, tickSize, false) + 11)
		}
	}
	for _, m := range h.marks {
		s := h.letters.style(tickSize, ink, true)
		s.XAlign = m.align
		at := vg.Point{X: x(m.x), Y: c.Max.Y + vg.Points(4+markPitch*(float64(m.row)+0.5))}
		pen.writeRim(s, at, m.text, 1.6) // the line of another mark may pass behind
	}
}

// The small pictures of legends.

func dotSwatch(fill, edge color.NRGBA) func(pen, vg.Point) {
	return func(p pen, at vg.Point) { p.disc(at, 3.2, fill, edge, 1.1) }
}

func boxSwatch(fill, edge color.NRGBA) func(pen, vg.Point) {
	return func(p pen, at vg.Point) {
		p.rect(fill, at.X-4, at.Y-4, at.X+4, at.Y+4)
		p.frame(edge, 0.6, nil, at.X-4, at.Y-4, at.X+4, at.Y+4)
	}
}

func lineSwatch(c color.NRGBA, width float64, dash []vg.Length) func(pen, vg.Point) {
	return func(p pen, at vg.Point) {
		p.dashed(c, width, dash, vg.Point{X: at.X - 7, Y: at.Y}, vg.Point{X: at.X + 7, Y: at.Y})
	}
}
