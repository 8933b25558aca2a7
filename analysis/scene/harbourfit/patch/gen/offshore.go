package main

import "math"

// mole is a breakwater of one to four arms, straight or bent, of rubble or with caissons.
func (p *port) mole() {
	x, y, ok := p.shore()
	if !ok || p.one(3) { // lies off
		x, y = p.between(0, p.side), p.between(0, p.side)
	}
	a, bend := p.between(0, 360), p.between(-1, 1)
	w, c, rough := p.log(6, 38), p.paved().times(p.between(0.6, 1.3)), p.between(0.1, 0.7)
	foam, jagged := p.one(4), p.one(2)
	for range 1 + p.r.IntN(4) {
		l := p.log(60, 700)
		pieces := 1 + p.r.IntN(5)
		for range pieces {
			s, cos := math.Sincos(rad(a))
			m := l / float64(pieces)
			b := box{x + m/2*cos, y + m/2*s, m + w*0.6, w, a}
			if foam {
				p.over(box{b.x + p.between(-w, w), b.y + p.between(-w, w), m, w * 1.6, a}, colour{0.3, 0.3, 0.3, 0.25}, p.between(0.02, 0.2))
			}
			p.lay(b, isLand, c.times(p.between(0.85, 1.15)), rough)
			if p.one(2) {
				u, v := b.at(0, p.sign()*w*0.25)
				p.over(box{u, v, m, w * 0.3, a}, c.times(p.between(0.6, 2)), 1)
			}
			if jagged {
				p.blocks(b, c)
			}
			if w > 8 {
				p.works = append(p.works, b)
			}
			x, y = x+m*cos, y+m*s
			a += bend * p.between(0, 25)
		}
		a += p.between(30, 100) * math.Copysign(1, bend)
	}
	if p.one(2) {
		p.round(box{x, y, w * p.between(1, 2.2), w * p.between(1, 2.2), a}, isLand, c.times(p.between(0.8, 1.6)), 0.1, 0.2)
	}
}

// blocks are stones and concrete along both sides of a mole.
func (p *port) blocks(b box, c colour) {
	bright, deep := p.between(0.6, 1.9), p.between(0.5, 5)
	for u := -b.length / 2; u < b.length/2; u += p.between(4, 16) {
		for _, side := range []float64{-1, 1} {
			d := p.log(3, 13)
			x, y := b.at(u, side*(b.width/2+p.between(-1, 1)*deep))
			p.lay(box{x, y, d, d * p.between(0.5, 1), p.between(0, 90)}, isLand, c.times(bright*p.between(0.6, 1.3)), 0.3)
		}
	}
}

// platform stands alone in the water near the shore: a caisson, a dolphin, an islet of concrete, the rest of a pier.
func (p *port) platform() {
	x, y, ok := p.shore()
	if !ok {
		return
	}
	s, c := math.Sincos(p.between(0, 2*math.Pi))
	d := p.log(15, 250)
	b := box{x + d*s, y + d*c, p.log(10, 120), 0, p.between(0, 180)}
	b.width = math.Min(b.length, p.log(6, 40))
	if len(p.works) > 0 && p.r.IntN(3) > 0 {
		b.angle = p.works[p.r.IntN(len(p.works))].angle + 90*float64(p.r.IntN(2))
	}
	if !p.free(b, 3) {
		return
	}
	col := p.paved().times(p.between(0.6, 1.6))
	p.lay(b, isLand, col, p.between(0, 0.4))
	if p.one(2) {
		p.over(box{b.x, b.y, b.length * p.between(0.2, 0.9), b.width * p.between(0.2, 0.9), b.angle}, p.any(), 1)
	}
	if p.one(3) { // a gangway
		l := p.log(10, 150)
		x, y := b.at(0, b.width/2+l/2)
		p.lay(box{x, y, l, p.between(1.5, 5), b.angle + 90}, isLand, col, 0.1)
	}
	if b.length > 40 {
		p.works = append(p.works, b)
	}
}

// terminal is a thin trestle with a head and dolphins, where tankers lie.
func (p *port) terminal() {
	l, w := p.log(50, 500), p.log(3, 10)
	q, ok := p.edge(20, math.Min(l, 100))
	if !ok {
		return
	}
	c := p.paved().times(p.between(0.8, 1.5))
	x, y := q.at(0, l*0.49)
	p.lay(box{x, y, l, w, q.angle + 90}, isLand, c, 0.2)
	hx, hy := q.at(0, l)
	head := box{hx, hy, p.log(20, 160), p.log(8, 25), q.angle}
	p.lay(head, isLand, c, 0.2)
	p.works = append(p.works, head)
	for _, s := range []float64{-1, 1} {
		for k := range p.r.IntN(4) {
			x, y := head.at(s*(head.length/2+float64(k+1)*p.between(20, 45)), p.between(-3, 3))
			d := p.between(5, 14)
			p.lay(box{x, y, d, d, q.angle}, isLand, c, 0.2)
		}
	}
}

// rocks are islets and reefs.
func (p *port) rocks() {
	x, y := p.between(0, p.side), p.between(0, p.side)
	c := colour{0.10, 0.11, 0.12, 0.16}.times(p.stone * p.between(0.5, 1.5))
	if p.one(3) {
		c = colour{0.04, 0.06, 0.05, 0.22}
	}
	spread := p.log(30, 300)
	for range 1 + p.r.IntN(9) {
		d := p.log(8, 120)
		p.round(box{x + p.between(-1, 1)*spread, y + p.between(-1, 1)*spread, d, d * p.between(0.3, 1), p.between(0, 180)}, isLand, c.times(p.between(0.7, 1.3)), 0.6, 0.4)
	}
}

// bridge crosses the picture, on piers, with its shadow; masts stand beside it.
func (p *port) bridge() {
	b := box{p.between(0.1, 0.9) * p.side, p.between(0.1, 0.9) * p.side, 3 * p.side, p.log(8, 38), p.between(0, 180)}
	s, c := math.Sincos(rad(p.sun))
	h := p.between(5, 60) * p.shade
	p.over(box{b.x + h*c, b.y + h*s, b.length, b.width, b.angle}, colour{0.04, 0.035, 0.025, 0.015}, p.between(0.2, 0.7))
	deck := p.paved().times(p.between(0.7, 1.6))
	step, size := p.log(40, 400), p.log(8, 60)
	for at := -b.length / 2; at < b.length/2; at += step {
		x, y := b.at(at, 0)
		p.lay(box{x, y, size * p.between(0.4, 1), size, b.angle}, isLand, deck.times(p.between(0.7, 1.3)), 0.2)
	}
	p.each(b, func(i int, _, v float64) {
		p.seen[i], p.kind[i] = deck.times(1+0.2*p.r.Float64()), isLand
	})
	if p.one(2) { // lanes
		p.over(box{b.x, b.y, b.length, b.width * 0.4, b.angle}, deck.times(p.between(0.5, 1.6)), 1)
	}
}
