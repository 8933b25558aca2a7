package main

import (
	"math"
	"math/rand/v2"

	"github.com/sightline-osint/sightline/analysis/scene/internal/noise"
)

// The bits of a label.
const (
	onShip   = 1 // on a ship of at least four pixels, or a third of a pixel beside it
	onKeel   = 2 // near the axis of one
	unsure   = 4 // says nothing: the rim of a ship, and ships shorter than four pixels
	waterBit = 8
	boatBit  = 16 // mostly small craft, or what else floats and is no ship
	landBit  = 32
)

// draw returns a port of so many pixels from a seed, and four bands of reflectance in units of 1/10000.
func draw(seed uint64, pixels int) (*port, [4][]uint16) {
	r := rand.New(rand.NewPCG(seed, 0x9A7C4))
	p := &port{r: r, px: 7.5 + 5*r.Float64(), n: pixels * fine, noise: noise.Field(r.Uint64())}
	p.m = p.px / fine
	p.side = p.m * float64(p.n)
	p.seen, p.kind = make([]colour, p.n*p.n), make([]uint8, p.n*p.n)
	p.busy, p.calls = p.log(0.4, 2), p.log(0.06, 2)
	if p.trade = p.one(2); p.trade {
		p.busy, p.calls = p.log(0.2, 1), p.log(0.5, 5)
	}
	p.stone, p.steel = p.log(0.4, 2.4), p.log(0.35, 1.8)
	p.sun, p.shade = p.between(0, 360), p.between(0, 1.6)
	p.ground()
	p.town()
	p.build()
	p.clutter()
	if p.one(5) {
		p.bridge()
	}
	first := p.one(2)
	if first {
		p.little()
	}
	p.moor()
	p.shadows(p.ships)
	for _, s := range p.ships {
		p.paint(s)
	}
	if !first {
		p.little()
	}
	p.gantries()
	for range p.r.IntN(5) {
		p.cranes()
	}
	return p, p.sense(pixels)
}

// sense averages cells to pixels of the sensor's own, blurs, adds haze, thin clouds and noise, and at times resamples.
func (p *port) sense(pixels int) (out [4][]uint16) {
	g := p.own(pixels)
	f := p.averaged(g)
	sigma, haze, light, grain := p.between(0.35, 0.75), p.between(0, 0.15), p.between(0.5, 1.3), p.log(0.0005, 0.005)
	cloud, size := p.between(-0.9, 0.05), p.log(300, 2000)
	if !p.one(4) {
		cloud = -9
	}
	p.cloud = make([]float64, pixels*pixels)
	for i := range p.cloud {
		x, y := float64(i%pixels)*p.px/size, float64(i/pixels)*p.px/size
		p.cloud[i] = math.Max(0, math.Min(0.9, 1.5*(p.noise.At(x, y, 7)+0.3*p.noise.At(4*x, 4*y, 8)+cloud-0.3)))
	}
	sky := colour{0.30, 0.26, 0.23, 0.20}
	how := p.r.IntN(3)
	for b := range f {
		blur(f[b], g.n, sigma*p.between(0.9, 1.1))
		for i, v := range f[b] {
			f[b][i] = v*light*(1-haze) + float64(sky[b])*haze + grain*p.r.NormFloat64()
		}
		out[b] = make([]uint16, pixels*pixels)
		for i := range out[b] {
			v := g.at(f[b], (float64(i%pixels)+0.5)*p.px, (float64(i/pixels)+0.5)*p.px, how)
			v = v*(1-p.cloud[i]) + 0.7*p.cloud[i]
			out[b][i] = uint16(math.Max(1, math.Min(65535, math.Round(v*10000))))
		}
	}
	return out
}

// blur spreads by a normal distribution of sigma pixels.
func blur(v []float64, n int, sigma float64) {
	half := int(math.Ceil(3 * sigma))
	k := make([]float64, 2*half+1)
	sum := 0.0
	for i := range k {
		x := float64(i-half) / sigma
		k[i] = math.Exp(-x * x / 2)
		sum += k[i]
	}
	line := make([]float64, n)
	for _, step := range [2]int{1, n} {
		for l := range n {
			at := l * (n + 1 - step)
			for i := range n {
				line[i] = 0
				for j, w := range k {
					line[i] += w / sum * v[at+min(max(i+j-half, 0), n-1)*step]
				}
			}
			for i := range n {
				v[at+i*step] = line[i]
			}
		}
	}
}

// label marks ships by rectangle, as their outlines would be drawn by hand: a little wider than they are.
func (p *port) label(pixels int) []uint8 {
	out := make([]uint8, pixels*pixels)
	share := make([][isShip + 1]uint8, len(out)) // cells by what they are
	for i, k := range p.kind {
		share[i/p.n/fine*pixels+i%p.n/fine][k]++
	}
	for i, s := range share {
		if s[isWater] == fine*fine && p.cloud[i] < 0.1 {
			out[i] = waterBit
		}
		if 2*s[isBoat] >= fine*fine {
			out[i] |= boatBit
		}
		if 2*s[isLand] > fine*fine {
			out[i] |= landBit
		}
	}
	mark := func(b box, grow float64, bit uint8, keel bool) {
		b.length, b.width = b.length+2*grow*p.px, b.width+2*grow*p.px
		near := math.Max(0.2*b.width, 0.45*p.px)
		p.within(b, pixels, func(i int, u, v float64) {
			if out[i] |= bit; keel && math.Abs(u) < 0.42*b.length && math.Abs(v) <= near {
				out[i] |= onKeel
			}
		})
	}
	for _, b := range p.hidden {
		mark(b, 1, unsure, false)
	}
	for _, s := range p.ships {
		if s.guess || s.length < 4*p.px {
			mark(s.box, 1, unsure, false)
		} else {
			mark(s.box, 0.8, unsure, false)
		}
	}
	for _, s := range p.ships {
		if !s.guess && s.length >= 4*p.px {
			mark(s.box, 0.3, onShip, true)
		}
	}
	for i, v := range out { // what is ship is sure
		if v&onShip != 0 {
			out[i] &^= unsure
		}
		if p.cloud[i] > 0.5 {
			out[i] = unsure
		}
	}
	return out
}

// within calls f for every pixel whose centre lies in a box, with local metres.
func (p *port) within(b box, pixels int, f func(i int, u, v float64)) {
	reach := math.Hypot(b.length, b.width)/2/p.px + 1
	for r := max(0, int(b.y/p.px-reach)); r <= min(pixels-1, int(b.y/p.px+reach)); r++ {
		for c := max(0, int(b.x/p.px-reach)); c <= min(pixels-1, int(b.x/p.px+reach)); c++ {
			if u, v := b.local((float64(c)+0.5)*p.px, (float64(r)+0.5)*p.px); math.Abs(u) <= b.length/2 && math.Abs(v) <= b.width/2 {
				f(r*pixels+c, u, v)
			}
		}
	}
}

// numbers returns by pixel the number of the ship there, from 1, -1 where nothing is sure, and those ships. Ships
// count that show a third of themselves at least.
func (p *port) numbers(pixels int) (out []int, ships []ship) {
	out = make([]int, pixels*pixels)
	mark := func(b box, grow float64, id int) (n int) {
		b.length, b.width = b.length+2*grow*p.px, b.width+2*grow*p.px
		p.within(b, pixels, func(i int, _, _ float64) { out[i], n = id, n+1 })
		return n
	}
	for _, b := range p.hidden {
		mark(b, 1, -1)
	}
	for _, s := range p.ships {
		if s.guess || s.length < 4*p.px {
			mark(s.box, 1, -1)
		}
	}
	for _, s := range p.ships {
		if s.guess || s.length < 4*p.px {
			continue
		}
		sure, all := 0, 0
		p.within(s.box, pixels, func(i int, _, _ float64) {
			if all++; p.cloud[i] <= 0.5 {
				sure++
			}
		})
		if float64(sure)*p.px*p.px < 0.33*s.length*s.width || all > 2*sure {
			mark(s.box, 0.3, -1)
			continue
		}
		ships = append(ships, s)
		mark(s.box, 0.3, len(ships))
	}
	return out, ships
}

// table returns the ships that count, in pixels, and zeros after them.
func (p *port) table(pixels int) (out [200][5]float32) {
	_, ships := p.numbers(pixels)
	for i, s := range ships[:min(len(ships), len(out))] {
		out[i] = [5]float32{float32(s.x / p.px), float32(s.y / p.px), float32(s.length / p.px), float32(s.width / p.px), float32(s.angle)}
	}
	return out
}
