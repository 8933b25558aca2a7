package main

import "math"

// grid is a sensor's own pixels, n by n, which lie a little askew under those of the picture.
type grid struct {
	n        int
	m        float64 // metres a pixel
	x, y     float64 // of the first pixel's corner
	sin, cos float64
}

// own returns the picture's pixels, or in two of three ports pixels of another size, from which the picture is resampled.
func (p *port) own(pixels int) grid {
	if p.one(3) {
		return grid{n: pixels, m: p.px, cos: 1}
	}
	m := p.px * p.between(0.95, 1.3)
	g := grid{n: int(p.side/m) + 14, m: m}
	g.sin, g.cos = math.Sincos(rad(p.between(-1.2, 1.2)))
	g.x, g.y = -m*p.between(6, 7), -m*p.between(6, 7)
	return g
}

// in returns a place in pixels.
func (g grid) in(x, y float64) (u, v float64) {
	return ((x-g.x)*g.cos + (y-g.y)*g.sin) / g.m, ((y-g.y)*g.cos - (x-g.x)*g.sin) / g.m
}

// averaged returns the mean of the cells in every pixel, by band; what is outside the picture is as its edge.
func (p *port) averaged(g grid) (out [4][]float64) {
	count := make([]float64, g.n*g.n)
	for b := range out {
		out[b] = make([]float64, g.n*g.n)
	}
	for i, c := range p.seen {
		u, v := g.in((float64(i%p.n)+0.5)*p.m, (float64(i/p.n)+0.5)*p.m)
		k := int(math.Floor(v))*g.n + int(math.Floor(u))
		if u < 0 || v < 0 || int(u) >= g.n || int(v) >= g.n {
			continue
		}
		count[k]++
		for b := range out {
			out[b][k] += float64(c[b])
		}
	}
	for k, n := range count {
		if n > 0 {
			for b := range out {
				out[b][k] /= n
			}
			continue
		}
		x, y := (float64(k%g.n)+0.5)*g.m, (float64(k/g.n)+0.5)*g.m
		x, y = g.x+x*g.cos-y*g.sin, g.y+x*g.sin+y*g.cos
		c, r := min(max(int(x/p.m), 0), p.n-1), min(max(int(y/p.m), 0), p.n-1)
		for b := range out {
			out[b][k] = float64(p.seen[r*p.n+c][b])
		}
	}
	return out
}

// at returns the value at a place: that of the nearest pixel, between four, or between sixteen.
func (g grid) at(f []float64, x, y float64, how int) float64 {
	u, v := g.in(x, y)
	if how == 0 || g.sin == 0 {
		return f[g.index(int(math.Floor(u)), int(math.Floor(v)))]
	}
	u, v = u-0.5, v-0.5
	c, r := math.Floor(u), math.Floor(v)
	wu, wv := weights(u-c, how), weights(v-r, how)
	sum := 0.0
	for j, a := range wv {
		if a == 0 {
			continue
		}
		for i, b := range wu {
			if b != 0 {
				sum += a * b * f[g.index(int(c)+i-1, int(r)+j-1)]
			}
		}
	}
	return sum
}

func (g grid) index(c, r int) int {
	return min(max(r, 0), g.n-1)*g.n + min(max(c, 0), g.n-1)
}

// weights of the four pixels from one before to two after a place t beyond the second's centre.
func weights(t float64, how int) [4]float64 {
	if how == 1 {
		return [4]float64{0, 1 - t, t, 0}
	}
	return [4]float64{((2-t)*t - 1) * t / 2, ((3*t-5)*t*t + 2) / 2, ((4-3*t)*t + 1) * t / 2, (t - 1) * t * t / 2}
}
