package main

import "math"

// boat paints a small craft.
func (p *port) boat(b box, c colour) {
	p.lay(b, isBoat, c, 0.25)
	x, y := b.at(p.between(-0.3, 0.3)*b.length, 0)
	p.over(box{x, y, b.length * p.between(0.2, 0.6), b.width * 0.8, b.angle}, p.boatish(), 1)
}

func (p *port) boatish() colour {
	c := [...]colour{{0.42, 0.43, 0.43, 0.42}, {0.20, 0.20, 0.21, 0.23}, {0.12, 0.20, 0.14, 0.24}, {0.28, 0.18, 0.09, 0.20}, {0.10, 0.12, 0.25, 0.30}, {0.09, 0.09, 0.09, 0.09}}[p.r.IntN(6)]
	return c.times(p.between(0.6, 1.4))
}

// slips fill both sides of a jetty with boats.
func (p *port) slips(b box) {
	size := math.Min(p.log(6, 26), 30)
	fill := p.between(0.3, 1)
	for _, side := range []float64{-1, 1} {
		for u := -b.length / 2; u < b.length/2; u += size * p.between(0.3, 0.5) {
			if p.r.Float64() > fill {
				continue
			}
			l := size * p.between(0.6, 1.1)
			x, y := b.at(u, side*(b.width/2+l/2+1))
			v := box{x, y, l, l / p.between(2.6, 4), b.angle + 90}
			if p.free(v, 0) {
				p.boat(v, p.boatish())
			}
		}
	}
}

// crowd lays fishing boats side by side, several deep, before a quay or in the middle of a basin.
func (p *port) crowd() {
	q, ok := p.edge(p.log(25, 350), p.between(15, 60))
	if !ok || p.one(8) {
		q = box{p.between(0, p.side), p.between(0, p.side), p.log(20, 200), 0, p.between(0, 360)}
	}
	p.rafts(q)
}

// fishery is a basin whose sides are full of fishing boats.
func (p *port) fishery() {
	x, y, ok := p.shore()
	if !ok {
		return
	}
	before := len(p.works)
	p.dig(box{x, y, p.log(80, 500), p.log(50, 260), p.between(0, 180)})
	for _, w := range p.works[before:] {
		if p.one(4) {
			continue
		}
		s, c := math.Sincos(rad(w.angle))
		p.rafts(box{w.x - s, w.y + c, w.length * p.between(0.3, 1), 0, w.angle})
	}
	for range p.r.IntN(4) { // and in the middle
		p.rafts(box{x + p.between(-60, 60), y + p.between(-60, 60), p.log(20, 150), 0, p.between(0, 360)})
	}
}

// rafts lays boats side by side left of a line.
func (p *port) rafts(q box) {
	size, spread := p.log(8, 30), p.between(0, 25)
	off, deep := p.between(0, 20), 1+p.r.IntN(9)
	if p.one(3) {
		off = p.between(20, 140)
	}
	tint := p.boatish()
	along := p.one(3)
	for at := -q.length / 2; at < q.length/2; {
		n := 2 + p.r.IntN(12)
		turn := q.angle + 90 + p.between(-spread, spread)
		step, across := size*0.3, size*1.08
		if along {
			turn, step, across = turn-90, size*1.05, size*0.32
		}
		for row := range 1 + p.r.IntN(deep) {
			for k := range n {
				x, y := q.at(at+float64(k)*step*p.between(0.9, 1.2), off+(float64(row)+0.5)*across)
				b := box{x, y, size * p.between(0.6, 1.2), size / p.between(3, 4.5), turn + p.between(-4, 4)}
				if !p.free(b, 0) {
					continue
				}
				c := tint
				if p.one(2) {
					c = p.boatish()
				}
				p.boat(b, c)
			}
		}
		at += float64(n)*step + p.log(2, 80)
	}
}

// marina is rows of pontoons with boats.
func (p *port) marina() {
	q, ok := p.edge(p.log(40, 250), 50)
	if !ok {
		return
	}
	apart, l, w := p.between(22, 60), p.log(40, 260), p.between(1.5, 4.5)
	c := p.paved().times(p.between(0.7, 1.8))
	for at := -q.length / 2; at < q.length/2; at += apart {
		x, y := q.at(at, l/2)
		b := box{x, y, l, w, q.angle + 90}
		if !p.free(box{x, y, l * 0.9, w, b.angle}, 0) {
			continue
		}
		p.lay(b, isLand, c, 0.1)
		p.slips(b)
	}
}

// farm is lines of floats or cages.
func (p *port) farm() {
	b := box{p.between(0, p.side), p.between(0, p.side), p.log(100, 900), p.log(60, 600), p.between(0, 180)}
	if !p.free(b, 20) {
		return
	}
	c := p.boatish().times(p.between(0.3, 1))
	dx, dy := p.log(15, 90), p.log(15, 90)
	size, long, gone := p.log(4, 22), p.log(1, 5), p.between(0, 0.6)
	round := p.one(2)
	for u := -b.length / 2; u < b.length/2; u += dx {
		for v := -b.width / 2; v < b.width/2; v += dy {
			if p.r.Float64() < gone {
				continue
			}
			x, y := b.at(u, v)
			f := box{x, y, size * long, size, b.angle}
			if round {
				p.round(box{x, y, size, size, 0}, isBoat, c, 0.1, 0.2)
			} else {
				p.lay(f, isBoat, c, 0.2)
			}
		}
	}
}

// litter is what lies in water alone: buoys, pontoons, caissons, small boats, a patch of foam.
func (p *port) litter() {
	for range p.r.IntN(14) {
		x, y, ok := p.shore()
		if !ok || p.one(2) {
			x, y = p.between(0, p.side), p.between(0, p.side)
		}
		s, c := math.Sincos(p.between(0, 2*math.Pi))
		d := p.between(0, 150)
		b := box{x + d*s, y + d*c, p.log(3, 24), p.log(3, 16), p.between(0, 180)}
		switch p.r.IntN(5) {
		case 0:
			f := p.between(0.01, 0.1)
			p.each(box{b.x, b.y, b.length * 6, b.width * 4, b.angle}, func(i int, u, v float64) {
				if p.kind[i] == isWater && math.Hypot(u/b.length/3, v/b.width/2) < 1 {
					for k := range p.seen[i] {
						p.seen[i][k] += float32(f * p.r.Float64())
					}
				}
			})
		case 1:
			k := p.between(1, 2.2)
			b.length, b.width = math.Min(28, b.length*k), b.width*k
			fallthrough
		default:
			if p.free(b, 0) {
				p.lay(b, isBoat, p.boatish(), 0.2)
			}
		}
	}
}

// little draws everything small.
func (p *port) little() {
	for range p.r.IntN(int(4*p.busy) + 2) {
		p.crowd()
	}
	for range p.r.IntN(int(2*p.busy) + 2) {
		p.fishery()
	}
	for range p.r.IntN(int(2*p.busy) + 2) {
		p.marina()
	}
	if p.one(5) {
		p.farm()
	}
	p.litter()
}
