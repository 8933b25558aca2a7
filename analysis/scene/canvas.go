package scene

import "math"

// canvas is a picture in the making: four bands of reflectance, in metres.
type canvas struct {
	w, h int
	gsd  float64
	band [4][]float64
	sum  [4][]float64 // of the layer being drawn: coverage times colour
	part []float64    // of the layer being drawn: coverage
}

func newCanvas(w, h int, gsd float64) *canvas {
	c := &canvas{w: w, h: h, gsd: gsd, part: make([]float64, w*h)}
	for i := range c.band {
		c.band[i], c.sum[i] = make([]float64, w*h), make([]float64, w*h)
	}
	return c
}

// fill gives every pixel the colour of its centre.
func (c *canvas) fill(f func(x, y float64) reflectance) {
	for i := range c.part {
		v := f((float64(i%c.w)+0.5)*c.gsd, (float64(i/c.w)+0.5)*c.gsd)
		for b := range v {
			c.band[b][i] = v[b]
		}
	}
}

// fillFine gives every pixel the mean colour of n x n places in it.
func (c *canvas) fillFine(n int, f func(x, y float64) reflectance) {
	for i := range c.part {
		var sum reflectance
		for k := range n * n {
			v := f((float64(i%c.w)+(float64(k%n)+0.5)/float64(n))*c.gsd, (float64(i/c.w)+(float64(k/n)+0.5)/float64(n))*c.gsd)
			for b := range v {
				sum[b] += v[b]
			}
		}
		for b := range sum {
			c.band[b][i] = sum[b] / float64(n*n)
		}
	}
}

// rectangle is an object on the ground: its centre, its size along and across a direction in degrees clockwise from
// right.
type rectangle struct{ x, y, length, width, angle float64 }

func (r rectangle) corners() [][2]float64 {
	s, c := math.Sincos(r.angle * math.Pi / 180)
	var out [][2]float64
	for _, k := range [4][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		l, w := k[0]*r.length/2, k[1]*r.width/2
		out = append(out, [2]float64{r.x + l*c - w*s, r.y + l*s + w*c})
	}
	return out
}

// paint adds a convex polygon in metres to the layer: each pixel gets the share of it that is covered, exactly.
func (c *canvas) paint(polygon [][2]float64, colour reflectance) {
	p := make([][2]float64, len(polygon))
	x0, x1, y0, y1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i, q := range polygon {
		p[i] = [2]float64{q[0] / c.gsd, q[1] / c.gsd}
		x0, x1, y0, y1 = math.Min(x0, p[i][0]), math.Max(x1, p[i][0]), math.Min(y0, p[i][1]), math.Max(y1, p[i][1])
	}
	for r := max(0, int(math.Floor(y0))); r < min(c.h, int(math.Ceil(y1))); r++ {
		strip := clip(clip(p, 1, float64(r), 1), 1, float64(r+1), -1)
		for k := max(0, int(math.Floor(x0))); k < min(c.w, int(math.Ceil(x1))); k++ {
			a := area(clip(clip(strip, 0, float64(k), 1), 0, float64(k+1), -1))
			if a <= 0 {
				continue
			}
			i := r*c.w + k
			c.part[i] += a
			for b := range colour {
				c.sum[b][i] += a * colour[b]
			}
		}
	}
}

// clip cuts a convex polygon at a line across an axis, keeping what lies on the side of sign.
//
// Source: I. E. Sutherland, G. W. Hodgman, Reentrant polygon clipping, Comm. ACM 17 (1974), doi:10.1145/360767.360802.
func clip(p [][2]float64, axis int, at, sign float64) [][2]float64 {
	var out [][2]float64
	for i, a := range p {
		b := p[(i+1)%len(p)]
		da, db := sign*(a[axis]-at), sign*(b[axis]-at)
		if da >= 0 {
			out = append(out, a)
		}
		if (da > 0 && db < 0) || (da < 0 && db > 0) {
			t := da / (da - db)
			out = append(out, [2]float64{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
		}
	}
	return out
}

func area(p [][2]float64) float64 {
	var s float64
	for i, a := range p {
		b := p[(i+1)%len(p)]
		s += a[0]*b[1] - a[1]*b[0]
	}
	return math.Abs(s) / 2
}

// flatten lays the layer over the picture and begins a new one. Objects of one layer do not overlap.
func (c *canvas) flatten() {
	for i, a := range c.part {
		if a == 0 {
			continue
		}
		scale := 1.0
		if a > 1 {
			scale, a = 1/a, 1
		}
		for b := range c.band {
			c.band[b][i] = c.band[b][i]*(1-a) + c.sum[b][i]*scale
			c.sum[b][i] = 0
		}
		c.part[i] = 0
	}
}

// blur spreads every point by a normal distribution of sigma pixels; at the edge the picture is continued.
func (c *canvas) blur(sigma float64) {
	if sigma <= 0 {
		return
	}
	half := int(math.Ceil(4 * sigma))
	k := make([]float64, 2*half+1)
	var sum float64
	for i := range k {
		x := float64(i-half) / sigma
		k[i] = math.Exp(-x * x / 2)
		sum += k[i]
	}
	for i := range k {
		k[i] /= sum
	}
	tmp := make([]float64, c.w*c.h)
	for _, b := range c.band {
		spread(tmp, b, c.w, c.h, k, 1, c.w)
		spread(b, tmp, c.h, c.w, k, c.w, 1)
	}
}

// spread convolves lines of n samples, step apart; lines lie stride apart.
func spread(dst, src []float64, n, lines int, k []float64, step, stride int) {
	half := len(k) / 2
	for l := range lines {
		at := l * stride
		for i := range n {
			var s float64
			for j, w := range k {
				s += w * src[at+min(max(i+j-half, 0), n-1)*step]
			}
			dst[at+i*step] = s
		}
	}
}
