package main

import "math"

// build draws what stands at and in the water.
func (p *port) build() {
	heading := p.between(0, 180)
	straight := func() float64 { return heading + 90*float64(p.r.IntN(2)) + p.between(-4, 4) }
	some := func(n float64) int { return p.r.IntN(int(n*p.busy) + 2) }
	quays := func(n int, least, most, wide float64) {
		for range n {
			if x, y, ok := p.shore(); ok {
				p.quay(box{x, y, p.log(least, most), p.log(60, wide), straight()})
			}
		}
	}
	quays(1+some(8), 150, 1600, 450)
	if p.trade {
		heading = p.along
		quays(2+p.r.IntN(8), 300, 2500, 600)
	}
	for range some(4) { // basins dug into the land
		if x, y, ok := p.shore(); ok {
			p.dig(box{x, y, p.log(120, 900), p.log(50, 350), straight()})
		}
	}
	for range 1 + some(8) {
		p.pier(p.log(40, 700), p.log(5, 90))
	}
	for range some(4) {
		p.fingers()
	}
	for range some(4) {
		p.mole()
	}
	for range some(2) {
		p.terminal()
	}
	for range some(2) {
		p.platform()
	}
	if p.one(4) {
		p.rocks()
	}
}

// shore finds a place where land begins.
func (p *port) shore() (x, y float64, ok bool) {
	for range 200 {
		x, y = p.between(0, p.side), p.between(0, p.side)
		s, c := math.Sincos(p.between(0, 2*math.Pi))
		in := p.is(x, y)
		for range 60 {
			x, y = x+15*c, y+15*s
			if k := p.is(x, y); k >= 0 && k != in && (k == isLand || in == isLand) {
				return x, y, true
			}
		}
	}
	return p.between(0, p.side), p.between(0, p.side), p.one(3)
}

func (p *port) quay(b box) {
	p.lay(b, isLand, p.paved(), p.between(0.02, 0.3))
	p.works = append(p.works, b)
	p.furnish(b)
}

// dig makes water of a box; its edges are quays.
func (p *port) dig(b box) {
	old := p.water
	colourAt := p.sea()
	p.water = old
	rim := p.paved()
	grown := b
	w := p.between(5, 40)
	grown.length, grown.width = b.length+2*w, b.width+2*w
	p.each(grown, func(i int, _, _ float64) {
		if p.kind[i] == isLand {
			p.seen[i] = rim
		}
	})
	p.each(b, func(i int, _, _ float64) {
		if p.kind[i] == isLand {
			v := colourAt(float64(i%p.n)*p.m, float64(i/p.n)*p.m)
			for k := range v {
				v[k] = (v[k] + 2*old[k]) / 3
			}
			p.seen[i], p.kind[i] = v, isWater
		}
	})
	for k := range 4 { // the sides, so that their water lies left as edge wants it
		side := box{angle: b.angle + 90*float64(k), length: b.length, width: 2}
		d := b.width/2 + 1
		if k%2 == 1 {
			side.length, d = b.width, b.length/2+1
		}
		s, c := math.Sincos(rad(side.angle))
		side.x, side.y = b.x+d*s, b.y-d*c
		p.works = append(p.works, side)
	}
}

// furnish puts rows of containers, sheds, tanks, heaps or nothing onto a quay, and cranes along its edges.
func (p *port) furnish(b box) {
	sin, cos := math.Sincos(rad(p.sun))
	put := func(u, v, l, w float64) {
		x, y := b.at(u, v)
		h := p.between(0, 12) * p.shade
		p.over(box{x + h*cos, y + h*sin, l, w, b.angle}, colour{0.04, 0.04, 0.035, 0.03}, 0.6)
		p.over(box{x, y, l, w, b.angle}, p.any(), 1)
	}
	l, w := b.length, b.width
	switch p.r.IntN(6) {
	case 0:
		for v := -w/2 + p.between(15, 60); v < w/2-15; v += p.between(20, 34) {
			for u := -l/2 + 20; u < l/2-40; u += p.between(20, 75) {
				put(u+20, v, p.between(12, 55), p.between(10, 24))
			}
		}
	case 1:
		for u := -l/2 + 30; u < l/2-30; u += p.between(50, 190) {
			for v := -w/2 + p.between(12, 45); v < w/2-20; v += p.between(45, 120) {
				put(u, v, p.between(25, 130), p.between(15, 50))
			}
		}
	case 2:
		for range int(l * w / 1500) {
			put(p.between(-0.48, 0.48)*l, p.between(-0.48, 0.48)*w, p.log(6, 60), p.log(5, 25))
		}
	case 3:
		for range p.r.IntN(30) {
			x, y := b.at(p.between(-0.4, 0.4)*l, p.between(-0.4, 0.4)*w)
			d := p.between(12, 60)
			c := p.any()
			p.each(box{x, y, d, d, 0}, func(i int, u, v float64) {
				if math.Hypot(u, v) < d/2 {
					p.seen[i] = c
				}
			})
		}
	}
	for range p.r.IntN(16) {
		put(p.between(-0.49, 0.49)*l, p.sign()*(w/2-p.between(3, 25)), p.log(5, 60), p.log(4, 14))
	}
}

// edge finds a stretch of a work's edge with water beyond, as a box of no width whose left is the water (-sin, cos).
func (p *port) edge(least, clear float64) (box, bool) {
	for range 60 {
		if len(p.works) == 0 {
			return box{}, false
		}
		b := p.works[p.r.IntN(len(p.works))]
		long, wide, angle := b.length, b.width, b.angle+180*float64(p.r.IntN(2))
		if p.one(4) {
			long, wide, angle = b.width, b.length, b.angle+90+180*float64(p.r.IntN(2))
		}
		if long < least {
			continue
		}
		sin, cos := math.Sincos(rad(angle))
		at := p.between(-0.5, 0.5) * (long - least)
		q := box{b.x + at*cos - wide/2*sin, b.y + at*sin + wide/2*cos, least, 0, angle}
		x, y := q.at(0, 1+clear/2)
		if p.is(q.x, q.y) >= 0 && p.free(box{x, y, least * 0.9, clear - 2, angle}, 0) {
			return q, true
		}
	}
	return box{}, false
}

// pier stands on a quay.
func (p *port) pier(l, w float64) {
	q, ok := p.edge(w, math.Min(l, 60))
	if !ok {
		return
	}
	x, y := q.at(0, l*0.48)
	b := box{x, y, l, w, q.angle + 90 + p.between(-3, 3)*float64(p.r.IntN(2))}
	p.lay(b, isLand, p.paved(), p.between(0.02, 0.3))
	p.works = append(p.works, b)
	if w > 35 && p.one(2) {
		p.furnish(b)
	}
	for range p.r.IntN(4) {
		x, y := b.at(p.between(-0.48, 0.48)*l, p.between(-0.3, 0.3)*w)
		p.over(box{x, y, p.log(5, 30), p.log(4, 12), b.angle}, p.any(), 1)
	}
}

// fingers are narrow jetties side by side, some as long as ships, some with small craft between them.
func (p *port) fingers() {
	n, apart, l, w := 1+p.r.IntN(7), p.log(16, 90), p.log(25, 220), p.log(2.5, 22)
	q, ok := p.edge(math.Max(20, float64(n)*apart*0.7), math.Min(l, 50))
	if !ok {
		return
	}
	lean, c := p.between(-8, 8), p.paved().times(p.between(0.7, 1.6))
	boats := p.one(2)
	for k := range n {
		m := l * p.between(0.85, 1.1)
		x, y := q.at((float64(k)-float64(n-1)/2)*apart, m*0.49)
		b := box{x, y, m, w, q.angle + 90 + lean}
		if !p.free(box{x, y, m * 0.8, w, b.angle}, 0) {
			continue
		}
		p.lay(b, isLand, c, 0.15)
		if w > 6 {
			p.works = append(p.works, b)
		}
		if boats {
			p.slips(b)
		}
	}
}
