package sketch

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"

	"github.com/sightline-osint/sightline/analysis/internal/typeface"
)

// Fine is the number of pixels of a sheet along one unit: pictures are shown at half their size in pixels, so that
// letters and lines are sharp on fine screens and in print.
const Fine = 2

const letter = 12.0 // size of letters in units

// Ink are the colours of words and lines.
var (
	Ink  = color.RGBA{31, 35, 40, 255}
	Pale = color.RGBA{89, 96, 105, 255}
)

// Sheet is a picture being drawn. Places and lengths are in units, from the upper left corner.
type Sheet struct{ img *image.RGBA }

// NewSheet returns a white sheet.
func NewSheet(width, height int) *Sheet {
	s := &Sheet{image.NewRGBA(image.Rect(0, 0, Fine*width, Fine*height))}
	draw.Draw(s.img, s.img.Bounds(), image.White, image.Point{}, draw.Src)
	return s
}

// Image is what was drawn, Fine pixels a unit.
func (s *Sheet) Image() *image.RGBA { return s.img }

// Shown is the size in units at which to show a picture that a sheet gave.
func Shown(p image.Image) (width, height int) {
	return p.Bounds().Dx() / Fine, p.Bounds().Dy() / Fine
}

// Embed returns a picture that a sheet gave as PNG, and as an element of HTML that holds it.
func Embed(p image.Image, alt string) (picture []byte, element string, err error) {
	picture, err = Encode(p)
	width, _ := Shown(p)
	return picture, fmt.Sprintf(`<img width="%d" style="max-width:100%%" alt="%s" src="data:image/png;base64,%s">`,
		width, html.EscapeString(alt), base64.StdEncoding.EncodeToString(picture)), err
}

// Encode returns a picture as PNG.
func Encode(p image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, p)
	return b.Bytes(), err
}

// Place lays a picture on the sheet, a pixel of it over a unit.
func (s *Sheet) Place(p image.Image, x, y int) {
	b := p.Bounds()
	draw.NearestNeighbor.Scale(s.img, image.Rect(Fine*x, Fine*y, Fine*(x+b.Dx()), Fine*(y+b.Dy())), p, b, draw.Src, nil)
}

// Fill paints a rectangle.
func (s *Sheet) Fill(x0, y0, x1, y1 float64, c color.Color) {
	s.paint(c, s.img.Bounds(), func(z pen) {
		at := func(x, y float64) (float32, float32) { return float32(Fine * x), float32(Fine * y) }
		z.MoveTo(at(x0, y0))
		z.LineTo(at(x1, y0))
		z.LineTo(at(x1, y1))
		z.LineTo(at(x0, y1))
		z.ClosePath()
	})
}

// Line draws straight lines from point to point, each point x and y, inside a frame; the empty frame is the whole sheet.
func (s *Sheet) Line(width float64, c color.Color, frame image.Rectangle, points ...[2]float64) {
	within := s.img.Bounds()
	if !frame.Empty() {
		within = image.Rect(Fine*frame.Min.X, Fine*frame.Min.Y, Fine*frame.Max.X, Fine*frame.Max.Y)
	}
	for i := 1; i < len(points); i++ {
		a, b, seen := s.near(points[i-1], points[i], width)
		if !seen {
			continue
		}
		dx, dy := b[0]-a[0], b[1]-a[1]
		n := math.Hypot(dx, dy)
		if n == 0 {
			continue
		}
		dx, dy = dx/n*width/2, dy/n*width/2 // the ends reach half a width further, so that corners are closed
		corners := [4][2]float64{{a[0] - dx - dy, a[1] - dy + dx}, {a[0] - dx + dy, a[1] - dy - dx}, {b[0] + dx + dy, b[1] + dy - dx}, {b[0] + dx - dy, b[1] + dy + dx}}
		s.paint(c, within, func(z pen) {
			for k, p := range corners {
				x, y := float32(Fine*p[0]), float32(Fine*p[1])
				if k == 0 {
					z.MoveTo(x, y)
				} else {
					z.LineTo(x, y)
				}
			}
			z.ClosePath()
		}, corners[:]...)
	}
}

// near cuts a line at a frame well outside of the sheet, since the rasteriser fails on places a million times as far. It
// reports whether anything is left.
//
// Source: Y.-D. Liang, B. A. Barsky, A new concept and method for line clipping, ACM Trans. Graphics 3 (1984),
// doi:10.1145/357332.357333.
func (s *Sheet) near(a, b [2]float64, width float64) (p, q [2]float64, seen bool) {
	t0, t1 := 0.0, 1.0
	size := s.img.Bounds().Size()
	for k, most := range [2]float64{float64(size.X) / Fine, float64(size.Y) / Fine} {
		low, high, d := -100-2*width, most+100+2*width, b[k]-a[k]
		if d == 0 && (a[k] < low || a[k] > high) || d-d != 0 {
			return a, b, false
		}
		if d != 0 {
			u, v := (low-a[k])/d, (high-a[k])/d
			t0, t1 = math.Max(t0, math.Min(u, v)), math.Min(t1, math.Max(u, v))
		}
	}
	if !(t0 <= t1) {
		return a, b, false
	}
	p, q = a, b
	for k := range 2 {
		if t0 > 0 {
			p[k] = a[k] + t0*(b[k]-a[k])
		}
		if t1 < 1 {
			q[k] = a[k] + t1*(b[k]-a[k])
		}
	}
	return p, q, true
}

// paint fills an outline inside a rectangle of pixels. With corners given, in units, only the part around them is looked at.
func (s *Sheet) paint(c color.Color, within image.Rectangle, outline func(z pen), corners ...[2]float64) {
	r := within
	if len(corners) > 0 {
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, p := range corners {
			x0, y0, x1, y1 = math.Min(x0, p[0]), math.Min(y0, p[1]), math.Max(x1, p[0]), math.Max(y1, p[1])
		}
		r = image.Rect(int(Fine*x0)-1, int(Fine*y0)-1, int(Fine*x1)+2, int(Fine*y1)+2).Intersect(within)
	}
	if r.Empty() {
		return
	}
	z := vector.NewRasterizer(r.Dx(), r.Dy())
	outline(pen{z, float32(r.Min.X), float32(r.Min.Y)})
	mask := image.NewAlpha(image.Rect(0, 0, r.Dx(), r.Dy()))
	z.DrawOp = draw.Src
	z.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	draw.DrawMask(s.img, r, image.NewUniform(c), image.Point{}, mask, image.Point{}, draw.Over)
}

// pen draws on a part of a sheet, whose corner it takes off all places: a whole sheet for each line would be slow.
type pen struct {
	z    *vector.Rasterizer
	x, y float32
}

func (p pen) MoveTo(x, y float32)         { p.z.MoveTo(x-p.x, y-p.y) }
func (p pen) LineTo(x, y float32)         { p.z.LineTo(x-p.x, y-p.y) }
func (p pen) QuadTo(cx, cy, x, y float32) { p.z.QuadTo(cx-p.x, cy-p.y, x-p.x, y-p.y) }
func (p pen) ClosePath()                  { p.z.ClosePath() }

// Width of a line of text.
func Width(text string) float64 { return typeface.Shape(text, false).Width * letter }

// Fit cuts a line of text to a width.
func Fit(text string, width float64) string {
	if Width(text) <= width {
		return text
	}
	r := []rune(text)
	for len(r) > 0 && Width(string(r)+"…") > width {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// Text writes a line that begins at x with its baseline at y.
func (s *Sheet) Text(x, y float64, text string, c color.Color) { s.write(x, y, text, c, false) }

// Title is Text in bold.
func (s *Sheet) Title(x, y float64, text string, c color.Color) { s.write(x, y, text, c, true) }

// Outlined is Text with a dark rim that keeps it legible on any ground.
func (s *Sheet) Outlined(x, y float64, text string, c color.Color) {
	for _, o := range [8][2]float64{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {.7, .7}, {-.7, .7}, {.7, -.7}, {-.7, -.7}} {
		s.write(x+o[0], y+o[1], text, color.Black, true)
	}
	s.write(x, y, text, c, true)
}

func (s *Sheet) write(x, y float64, text string, c color.Color, bold bool) {
	line := typeface.Shape(text, bold)
	if line.Width == 0 {
		return
	}
	left, right := math.Floor(x)-2, x+line.Width*letter+2
	top, bottom := y-letter*typeface.Ascent-2, y+letter*typeface.Descent+2
	s.paint(c, s.img.Bounds(), func(z pen) {
		px := func(v float64) float32 { return float32(Fine * (x + v*letter)) }
		py := func(v float64) float32 { return float32(Fine * (y - v*letter)) }
		for _, part := range line.Parts {
			for i, g := range part.Path {
				switch g.Verb {
				case typeface.Move:
					if i > 0 {
						z.ClosePath()
					}
					z.MoveTo(px(g.X), py(g.Y))
				case typeface.Draw:
					z.LineTo(px(g.X), py(g.Y))
				case typeface.Curve:
					z.QuadTo(px(g.CX), py(g.CY), px(g.X), py(g.Y))
				}
			}
			z.ClosePath()
		}
	}, [2]float64{left, top}, [2]float64{right, bottom})
}
