package main

import (
	"math"
	"math/rand/v2"

	"github.com/sightline-osint/sightline/analysis/scene/internal/noise"
)

// fine is the number of cells across a pixel in which a port is drawn.
const fine = 4

// colour is reflectance in blue, green, red and near infrared.
type colour [4]float32

func (c colour) times(f float64) colour {
	for i := range c {
		c[i] *= float32(f)
	}
	return c
}

// What a cell is.
const (
	isWater = iota
	isLand
	isBoat // small craft, and all else that floats and is no ship
	isShip
)

// port is a port in the making, in cells.
type port struct {
	r      *rand.Rand
	px     float64 // metres a pixel
	m      float64 // metres a cell
	n      int     // cells on a side
	side   float64 // metres on a side
	seen   []colour
	kind   []uint8
	works  []box // what has straight edges: quays, piers, moles
	ships  []ship
	stone  float64 // how bright quays are, and ships
	steel  float64
	sun    float64 // direction of shadows, degrees
	shade  float64 // their length over the height
	noise  noise.Field
	water  colour
	cloud  []float64 // how opaque, by pixel
	busy   float64   // how much stands here, and lies that is no ship
	calls  float64   // how many ships
	trade  bool      // a port of long quays before a dense town, where ships lie in rows
	along  float64   // the coast's direction there, degrees
	hidden []box     // docks and others where a label would be a guess
}

// box is a rectangle in metres; angle in degrees from the row direction.
type box struct{ x, y, length, width, angle float64 }

// at returns the place of local metres along and across.
func (b box) at(u, v float64) (x, y float64) {
	s, c := math.Sincos(rad(b.angle))
	return b.x + u*c - v*s, b.y + u*s + v*c
}

// local returns metres along and across of a place.
func (b box) local(x, y float64) (u, v float64) {
	s, c := math.Sincos(rad(b.angle))
	return (x-b.x)*c + (y-b.y)*s, (y-b.y)*c - (x-b.x)*s
}

func rad(d float64) float64 { return d * math.Pi / 180 }

// between draws evenly, near from a normal distribution, and one says yes once in n.
func (p *port) between(low, high float64) float64 { return low + (high-low)*p.r.Float64() }

func (p *port) one(n int) bool { return p.r.IntN(n) == 0 }

// log draws evenly in logarithms.
func (p *port) log(low, high float64) float64 {
	return low * math.Exp(p.r.Float64()*math.Log(high/low))
}

// sign is 1 or -1.
func (p *port) sign() float64 { return float64(2*p.r.IntN(2) - 1) }

// each calls f for every cell whose centre lies in a box, with local metres.
func (p *port) each(b box, f func(i int, u, v float64)) {
	s, c := math.Sincos(rad(b.angle))
	dx, dy := math.Abs(b.length*c)/2+math.Abs(b.width*s)/2, math.Abs(b.length*s)/2+math.Abs(b.width*c)/2
	for r := max(0, int((b.y-dy)/p.m)); r <= min(p.n-1, int((b.y+dy)/p.m)); r++ {
		for k := max(0, int((b.x-dx)/p.m)); k <= min(p.n-1, int((b.x+dx)/p.m)); k++ {
			x, y := (float64(k)+0.5)*p.m-b.x, (float64(r)+0.5)*p.m-b.y
			if u, v := x*c+y*s, y*c-x*s; math.Abs(u) <= b.length/2 && math.Abs(v) <= b.width/2 {
				f(r*p.n+k, u, v)
			}
		}
	}
}

// lay paints a box of one colour, rough by a share.
func (p *port) lay(b box, kind uint8, c colour, rough float64) {
	p.each(b, func(i int, _, _ float64) {
		p.seen[i], p.kind[i] = c.times(math.Max(0.2, 1+rough*(2*p.r.Float64()-1))), kind
	})
}

// over paints a box without changing what the cells are.
func (p *port) over(b box, c colour, opaque float64) {
	p.each(b, func(i int, _, _ float64) {
		for k := range c {
			p.seen[i][k] += float32(opaque) * (c[k] - p.seen[i][k])
		}
	})
}

// round paints an ellipse whose edge is ragged by a share.
func (p *port) round(b box, kind uint8, c colour, ragged, rough float64) {
	phase := p.between(0, 100)
	p.each(box{b.x, b.y, b.length * (1 + ragged), b.width * (1 + ragged), b.angle}, func(i int, u, v float64) {
		a := math.Atan2(v, u)
		if math.Hypot(2*u/b.length, 2*v/b.width) < 1+ragged*p.noise.At(2*math.Cos(a)+phase, 2*math.Sin(a), 61) {
			p.seen[i], p.kind[i] = c.times(math.Max(0.2, 1+rough*(2*p.r.Float64()-1))), kind
		}
	})
}

// is returns what lies at a place; outside the picture -1.
func (p *port) is(x, y float64) int {
	c, r := int(math.Floor(x/p.m)), int(math.Floor(y/p.m))
	if c < 0 || r < 0 || c >= p.n || r >= p.n {
		return -1
	}
	return int(p.kind[r*p.n+c])
}

// free reports whether a box grown by some metres lies on water, or outside the picture.
func (p *port) free(b box, grow float64) bool {
	l, w := b.length+2*grow, b.width+2*grow
	nu, nv := int(l/(1.5*p.m))+2, int(w/(1.5*p.m))+2
	for i := range nu {
		for j := range nv {
			x, y := b.at((float64(i)/float64(nu-1)-0.5)*l, (float64(j)/float64(nv-1)-0.5)*w)
			if k := p.is(x, y); k > isWater {
				return false
			}
		}
	}
	return true
}
