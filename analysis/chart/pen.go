package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// layer is a plotter made of a function; room, if not nil, asks gonum for space around the data.
type layer struct {
	paint func(pen)
	room  func(*plot.Plot) []plot.GlyphBox
}

func (l layer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	l.paint(pen{Canvas: c, x: x, y: y})
}

// GlyphBoxes implements plot.GlyphBoxer.
func (l layer) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	if l.room == nil {
		return nil
	}
	return l.room(p)
}

// pen draws on the panel: x and y turn data into lengths, everything else is lengths already.
type pen struct {
	draw.Canvas
	x, y func(float64) vg.Length
}

func (p pen) line(c color.NRGBA, width float64, points ...vg.Point) {
	p.StrokeLines(draw.LineStyle{Color: c, Width: vg.Points(width)}, points)
}

func (p pen) dashed(c color.NRGBA, width float64, dash []vg.Length, points ...vg.Point) {
	p.StrokeLines(draw.LineStyle{Color: c, Width: vg.Points(width), Dashes: dash}, points)
}

func (p pen) vertical(c color.NRGBA, width float64, x, from, to vg.Length) {
	p.line(c, width, vg.Point{X: x, Y: from}, vg.Point{X: x, Y: to})
}

func (p pen) horizontal(c color.NRGBA, width float64, y, from, to vg.Length) {
	p.line(c, width, vg.Point{X: from, Y: y}, vg.Point{X: to, Y: y})
}

// rect fills a rectangle given by two corners.
func (p pen) rect(c color.NRGBA, x0, y0, x1, y1 vg.Length) {
	p.FillPolygon(c, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
}

// frame strokes a rectangle.
func (p pen) frame(c color.NRGBA, width float64, dash []vg.Length, x0, y0, x1, y1 vg.Length) {
	p.dashed(c, width, dash, vg.Point{X: x0, Y: y0}, vg.Point{X: x1, Y: y0}, vg.Point{X: x1, Y: y1}, vg.Point{X: x0, Y: y1}, vg.Point{X: x0, Y: y0})
}

// disc is a filled circle with an edge.
func (p pen) disc(at vg.Point, radius float64, fill, edge color.NRGBA, width float64) {
	path := circle(at, radius)
	p.SetColor(fill)
	p.Fill(path)
	p.SetLineDash(nil, 0)
	p.SetLineWidth(vg.Points(width))
	p.SetColor(edge)
	p.Stroke(path)
}

// ring strokes a circle.
func (p pen) ring(at vg.Point, radius float64, edge color.NRGBA, width float64, dash []vg.Length) {
	p.SetLineDash(dash, 0)
	p.SetLineWidth(vg.Points(width))
	p.SetColor(edge)
	p.Stroke(circle(at, radius))
	p.SetLineDash(nil, 0)
}

// circle is made of four cubic curves, which all formats draw alike (vgpdf and vgsvg disagree about full arcs).
func circle(at vg.Point, radius float64) vg.Path {
	const k = 0.5522847498307936 // 4/3 (sqrt 2 - 1): a quarter circle as one cubic
	r, h := vg.Points(radius), vg.Points(radius*k)
	on := func(dx, dy vg.Length) vg.Point { return vg.Point{X: at.X + dx, Y: at.Y + dy} }
	var path vg.Path
	path.Move(on(r, 0))
	path.CubeTo(on(r, h), on(h, r), on(0, r))
	path.CubeTo(on(-h, r), on(-r, h), on(-r, 0))
	path.CubeTo(on(-r, -h), on(-h, -r), on(0, -r))
	path.CubeTo(on(h, -r), on(r, -h), on(r, 0)) // back at the start: closing once more would leave a spike in PDF
	return path
}

func (p pen) cross(at vg.Point, radius float64, c color.NRGBA, width float64) {
	r := vg.Points(radius)
	p.line(c, width, vg.Point{X: at.X - r, Y: at.Y - r}, vg.Point{X: at.X + r, Y: at.Y + r})
	p.line(c, width, vg.Point{X: at.X - r, Y: at.Y + r}, vg.Point{X: at.X + r, Y: at.Y - r})
}

// arrow is a filled triangle whose tip is at a point; angle 0 points right, pi/2 up.
func (p pen) arrow(tip vg.Point, angle, size float64, c color.NRGBA) {
	corner := func(turn float64) vg.Point {
		s, co := math.Sincos(angle + math.Pi + turn)
		return vg.Point{X: tip.X + vg.Points(size*co), Y: tip.Y + vg.Points(size*s)}
	}
	p.FillPolygon(c, []vg.Point{tip, corner(0.45), corner(-0.45)})
}

// write puts one line with the middle of its small letters at y.
func (p pen) write(s text.Style, at vg.Point, txt string) {
	s.YAlign = draw.YBottom
	at.Y -= s.Font.Size * 0.36
	if h, ok := s.Handler.(*letters); ok {
		at.Y -= s.Font.Size - h.Extents(s.Font).Ascent // Draw lifts the baseline by this much
	}
	p.FillText(s, at, txt)
}

// writeHalo is write with a rim of paper, so that lines below do not cut the letters.
func (p pen) writeHalo(s text.Style, at vg.Point, txt string) { p.writeRim(s, at, txt, 1) }

// writeRim is write with a rim of paper so many points wide.
func (p pen) writeRim(s text.Style, at vg.Point, txt string, rim float64) {
	letters, ok := s.Handler.(*letters)
	if !ok {
		p.write(s, at, txt)
		return
	}
	line := letters.line(txt, s.Font)
	start := vg.Point{X: at.X + vg.Length(s.XAlign)*vg.Length(line.Width)*s.Font.Size, Y: at.Y - s.Font.Size*0.36}
	p.SetColor(paper)
	p.SetLineDash(nil, 0)
	p.SetLineWidth(vg.Points(2 * rim))
	for _, part := range line.Parts {
		p.Stroke(outline(part.Path, start, s.Font.Size))
	}
	p.write(s, at, txt)
}
