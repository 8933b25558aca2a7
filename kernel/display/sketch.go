package display

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// sketch draws the outline of a geometry: enough to see where features lie, with no claim to be a map. Longitudes are
// shortened by the cosine of the middle latitude.
type sketch struct {
	paths    []geoPath
	features int
	points   int
	min, max [2]float64
}

type geoPath struct {
	at     [][2]float64
	closed bool
}

const (
	sketchSize   = 480 // pixels of the longer side
	sketchMargin = 16
)

func (s *sketch) add(path [][2]float64, closed bool) {
	for _, p := range path {
		if s.points == 0 {
			s.min, s.max = p, p
		}
		for k := range 2 {
			s.min[k], s.max[k] = math.Min(s.min[k], p[k]), math.Max(s.max[k], p[k])
		}
		s.points++
	}
	s.paths = append(s.paths, geoPath{path, closed})
}

// draw renders the paths as PNG; false if there is nothing to draw.
func (s *sketch) draw() ([]byte, bool) {
	if s.points == 0 {
		return nil, false
	}
	squeeze := math.Cos((s.min[1] + s.max[1]) / 2 * math.Pi / 180)
	if !(squeeze > 0.05) {
		squeeze = 1 // no degrees, or at a pole
	}
	w, h := (s.max[0]-s.min[0])*squeeze, s.max[1]-s.min[1]
	long := math.Max(w, h)
	if !(long > 0) || math.IsInf(long, 0) {
		long = 1
	}
	scale := (sketchSize - 2*sketchMargin) / long
	size := func(x float64) int { return max(120, int(math.Ceil(x*scale))+2*sketchMargin) }
	c := &canvas{image.NewRGBA(image.Rect(0, 0, size(w), size(h)))}
	b := c.Bounds()
	c.fill(color.RGBA{0xf4, 0xf6, 0xf8, 0xff})
	dx, dy := (float64(b.Dx())-w*scale)/2, (float64(b.Dy())-h*scale)/2
	project := func(p [2]float64) (x, y float64) {
		return dx + (p[0]-s.min[0])*squeeze*scale, dy + (s.max[1]-p[1])*scale
	}
	for _, path := range s.paths {
		c.path(path, project)
	}
	var buf bytes.Buffer
	if png.Encode(&buf, c.RGBA) != nil {
		return nil, false
	}
	return buf.Bytes(), true
}

type canvas struct{ *image.RGBA }

func (c *canvas) fill(with color.RGBA) {
	for i := 0; i < len(c.Pix); i += 4 {
		c.Pix[i], c.Pix[i+1], c.Pix[i+2], c.Pix[i+3] = with.R, with.G, with.B, with.A
	}
}

func (c *canvas) path(p geoPath, project func([2]float64) (float64, float64)) {
	if len(p.at) == 1 {
		x, y := project(p.at[0])
		c.dot(x, y, 4, color.RGBA{0xc2, 0x41, 0x0c, 0xff})
		return
	}
	for i := range p.at {
		j := i + 1
		if j == len(p.at) {
			if !p.closed {
				return
			}
			j = 0
		}
		x0, y0 := project(p.at[i])
		x1, y1 := project(p.at[j])
		c.line(x0, y0, x1, y1)
	}
}

// line draws by steps of half a pixel.
func (c *canvas) line(x0, y0, x1, y1 float64) {
	n := int(math.Ceil(2*math.Max(math.Abs(x1-x0), math.Abs(y1-y0)))) + 1
	for i := 0; i <= n; i++ {
		t := float64(i) / float64(n)
		c.dot(x0+t*(x1-x0), y0+t*(y1-y0), 1.2, color.RGBA{0x1d, 0x4e, 0x89, 0xff})
	}
}

// dot blends a disc of the given radius with a soft rim.
func (c *canvas) dot(x, y, radius float64, with color.RGBA) {
	for py := int(y - radius - 1); py <= int(y+radius+1); py++ {
		for px := int(x - radius - 1); px <= int(x+radius+1); px++ {
			if !(image.Point{X: px, Y: py}).In(c.Rect) {
				continue
			}
			cover := radius + 0.5 - math.Hypot(float64(px)+0.5-x, float64(py)+0.5-y)
			if cover <= 0 {
				continue
			}
			cover = math.Min(cover, 1)
			old := c.RGBAAt(px, py)
			mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-cover) + float64(b)*cover + 0.5) }
			c.SetRGBA(px, py, color.RGBA{mix(old.R, with.R), mix(old.G, with.G), mix(old.B, with.B), 0xff})
		}
	}
}
