package install

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/vector"
)

// The logo: a train seen from above, in the brackets of a viewfinder. It is drawn here, in units of a 64th of its size,
// so that the vector drawing and the pictures are the same shapes.

type point struct{ x, y float64 }

// shape is a filled outline.
type shape struct {
	fill color.RGBA
	at   []point
}

var (
	navy   = color.RGBA{0x10, 0x2a, 0x43, 0xff}
	ballst = color.RGBA{0x3d, 0x5a, 0x80, 0xff}
	white  = color.RGBA{0xf4, 0xf7, 0xfb, 0xff}
	amber  = color.RGBA{0xff, 0xa6, 0x2b, 0xff}
)

// logo lists the shapes from back to front.
func logo() []shape {
	shapes := []shape{{navy, rounded(32, 32, 64, 64, 14, 0)}}
	for _, s := range []point{{-1, -1}, {1, -1}, {-1, 1}, {1, 1}} { // the four corners
		shapes = append(shapes, shape{white, bracket(s)})
	}
	const tilt = -math.Pi / 4
	shapes = append(shapes, shape{ballst, rounded(32, 32, 50, 3, 1.5, tilt)})
	for i := range 3 {
		d := float64(i-1) * 13.5
		fill := white
		if i == 2 {
			fill = amber // the engine
		}
		shapes = append(shapes, shape{fill, rounded(32+d*math.Cos(tilt), 32+d*math.Sin(tilt), 11.5, 8, 2.2, tilt)})
	}
	return shapes
}

// bracket is one corner of the viewfinder; s points outwards.
func bracket(s point) []point {
	const far, near, thick = 22.0, 11.0, 4.0
	out := []point{{far, far}, {far, near}, {far - thick, near}, {far - thick, far - thick}, {near, far - thick}, {near, far}}
	for i, p := range out {
		out[i] = point{32 + s.x*p.x, 32 + s.y*p.y}
	}
	return out
}

// rounded is a rectangle around a centre with round corners, turned by an angle in radians.
func rounded(cx, cy, w, h, r, turn float64) []point {
	var out []point
	sin, cos := math.Sincos(turn)
	for corner := range 4 {
		start := float64(corner) * math.Pi / 2
		mx, my := w/2-r, h/2-r
		if corner == 1 || corner == 2 {
			mx = -mx
		}
		if corner >= 2 {
			my = -my
		}
		for i := range 9 {
			a := start + float64(i)*math.Pi/16
			x, y := mx+r*math.Cos(a), my+r*math.Sin(a)
			out = append(out, point{cx + x*cos - y*sin, cy + x*sin + y*cos})
		}
	}
	return out
}

// LogoSVG is the kernel's logo as a drawing.
func LogoSVG() string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">` + "\n")
	for _, s := range logo() {
		fmt.Fprintf(&b, `<path fill="#%02x%02x%02x" d="M`, s.fill.R, s.fill.G, s.fill.B)
		for i, p := range s.at {
			if i > 0 {
				b.WriteByte('L')
			}
			fmt.Fprintf(&b, "%.2f %.2f", p.x, p.y)
		}
		b.WriteString("Z\"/>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// LogoPNG is the kernel's logo as a square PNG of the given size in pixels.
func LogoPNG(size int) ([]byte, error) {
	canvas := image.NewRGBA(image.Rect(0, 0, size, size))
	scale := float32(size) / 64
	for _, s := range logo() {
		r := vector.NewRasterizer(size, size)
		for i, p := range s.at {
			x, y := float32(p.x)*scale, float32(p.y)*scale
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
		r.Draw(canvas, canvas.Bounds(), image.NewUniform(s.fill), image.Point{})
	}
	var b bytes.Buffer
	err := png.Encode(&b, canvas)
	return b.Bytes(), err
}
