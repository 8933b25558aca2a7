package chart

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"github.com/sightline-osint/sightline/analysis/internal/typeface"
)

// letters draws text as outlines in the house face. It is gonum's text handler for one figure, and remembers its lines.
type letters struct {
	mu      sync.Mutex
	lines   map[shaped]typeface.Line
	missing []rune
}

type shaped struct {
	text string
	bold bool
}

var _ text.Handler = (*letters)(nil)

func newLetters() *letters { return &letters{lines: map[shaped]typeface.Line{}} }

func (l *letters) line(text string, f plotfont.Font) typeface.Line {
	key := shaped{text, f.Weight >= font.WeightSemiBold}
	l.mu.Lock()
	defer l.mu.Unlock()
	line, ok := l.lines[key]
	if !ok {
		line = typeface.Shape(text, key.bold)
		l.lines[key] = line
		for _, r := range line.Missing {
			if !slices.Contains(l.missing, r) {
				l.missing = append(l.missing, r)
			}
		}
	}
	return line
}

// unprintable is what no font held so far.
func (l *letters) unprintable() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.missing)
}

// Cache is gonum's own, for plotters that ask for it; the house face is not in it.
func (l *letters) Cache() *plotfont.Cache { return plot.DefaultTextHandler.Cache() }

// Extents says how much room a line takes, whatever its script.
func (l *letters) Extents(f plotfont.Font) plotfont.Extents {
	up, down := typeface.Ascent*f.Size, typeface.Descent*f.Size
	return plotfont.Extents{Ascent: up, Descent: down, Height: up + down}
}

// Lines splits text at line breaks.
func (l *letters) Lines(txt string) []string {
	return strings.Split(strings.TrimRight(txt, "\n"), "\n")
}

// Box is the room of one line.
func (l *letters) Box(txt string, f plotfont.Font) (width, height, depth vg.Length) {
	return vg.Length(l.line(txt, f).Width) * f.Size, typeface.Ascent * f.Size, typeface.Descent * f.Size
}

// width of one line in points at a size.
func (l *letters) width(txt string, size float64, bold bool) float64 {
	f := plotfont.Font{Size: vg.Points(size)}
	if bold {
		f.Weight = font.WeightBold
	}
	w, _, _ := l.Box(txt, f)
	return w.Points()
}

// Draw fills the outlines of each line. Alignment follows text.Plain, from which gonum's axes take their distances.
func (l *letters) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	if strings.TrimSpace(txt) == "" || sty.Font.Size <= 0 {
		return
	}
	if sty.Color == nil {
		sty.Color = color.Black
	}
	c.SetColor(sty.Color)
	if sty.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(sty.Rotation)
		sin, cos := math.Sincos(sty.Rotation)
		pt.X, pt.Y = pt.Y*vg.Length(sin)+pt.X*vg.Length(cos), pt.Y*vg.Length(cos)-pt.X*vg.Length(sin)
	}
	lines := l.Lines(txt)
	ext := l.Extents(sty.Font)
	pt.Y += ext.Height*vg.Length(len(lines))*vg.Length(sty.YAlign) - ext.Ascent + sty.Font.Size
	for i, one := range lines {
		line := l.line(one, sty.Font)
		at := vg.Point{
			X: pt.X + vg.Length(sty.XAlign)*vg.Length(line.Width)*sty.Font.Size,
			Y: pt.Y + vg.Length(len(lines)-1-i)*ext.Height,
		}
		for _, part := range line.Parts {
			path := outline(part.Path, at, sty.Font.Size)
			c.Fill(path)
			if part.Thicken {
				c.SetLineDash(nil, 0)
				c.SetLineWidth(sty.Font.Size * 0.03)
				c.Stroke(path)
			}
		}
	}
}

func outline(segments []typeface.Segment, at vg.Point, size vg.Length) vg.Path {
	var path vg.Path
	point := func(x, y float64) vg.Point {
		return vg.Point{X: at.X + vg.Length(x)*size, Y: at.Y + vg.Length(y)*size}
	}
	open := false
	for _, s := range segments {
		switch s.Verb {
		case typeface.Move:
			if open {
				path.Close()
			}
			path.Move(point(s.X, s.Y))
			open = true
		case typeface.Draw:
			path.Line(point(s.X, s.Y))
		case typeface.Curve:
			path.QuadTo(point(s.CX, s.CY), point(s.X, s.Y))
		}
	}
	if open {
		path.Close()
	}
	return path
}

// wrap breaks text into lines no wider than width points, at spaces; a word that is wider stands alone.
func (l *letters) wrap(txt string, size float64, bold bool, width float64) []string {
	var out []string
	for _, paragraph := range strings.Split(strings.TrimSpace(txt), "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			longer := strings.TrimSpace(line + " " + word)
			if line != "" && l.width(longer, size, bold) > width {
				out = append(out, line)
				longer = word
			}
			line = longer
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// cut shortens text to width points and ends it with an ellipsis.
func (l *letters) cut(txt string, size, width float64) string {
	if l.width(txt, size, false) <= width {
		return txt
	}
	runes := []rune(txt)
	for n := len(runes) - 1; n > 0; n-- {
		if short := strings.TrimRight(string(runes[:n]), " ") + "…"; l.width(short, size, false) <= width {
			return short
		}
	}
	return "…"
}
