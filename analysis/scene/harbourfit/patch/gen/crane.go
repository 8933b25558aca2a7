package main

import "math"

// cranes stand on quays, with arms over the water and the ships; they are drawn last.
func (p *port) cranes() {
	q, ok := p.edge(p.log(60, 700), 10)
	if !ok {
		return
	}
	apart, reach, thick := p.log(25, 140), p.between(10, 70), p.between(2.5, 9)
	c := p.craneish()
	s, cos := math.Sincos(rad(p.sun))
	for at := -q.length / 2; at < q.length/2; at += apart * p.between(0.4, 1.6) {
		l := reach * p.between(1.1, 2)
		x, y := q.at(at, reach-l/2)
		h := 30 * p.shade
		p.over(box{x + h*cos, y + h*s, l, thick, q.angle + 90}, colour{0.03, 0.03, 0.02, 0.015}, p.between(0.2, 0.6))
		p.over(box{x, y, l, thick, q.angle + 90}, c, p.between(0.4, 1))
	}
}

// craneish is a crane's colour.
func (p *port) craneish() colour {
	return [...]colour{{0.50, 0.51, 0.52, 0.50}, {0.12, 0.16, 0.40, 0.45}, {0.35, 0.22, 0.12, 0.25}, {0.15, 0.16, 0.17, 0.20}}[p.r.IntN(4)].times(p.between(0.5, 1.2))
}

// gantries stand over large ships at a quay: legs on the quay, the arm across the ship or raised.
func (p *port) gantries() {
	c, like := p.craneish(), p.between(0, 1)
	sin, cos := math.Sincos(rad(p.sun))
	for _, s := range p.ships {
		if s.length < 80 || s.guess || p.r.Float64() > like {
			continue
		}
		side := 0.0
		for _, k := range []float64{-1, 1} {
			if x, y := s.at(0, k*(s.width/2+12)); p.is(x, y) == isLand {
				side = k
			}
		}
		if side == 0 {
			continue
		}
		thick, back := p.between(4, 12), p.between(10, 45)
		for range 1 + p.r.IntN(1+int(s.length/60)) {
			u, out := p.between(-0.4, 0.4)*s.length, s.width*p.between(0.6, 1.2)
			if p.one(3) {
				out = 0 // raised
			}
			from, to := side*(s.width/2+back), side*(s.width/2-out)
			x, y := s.at(u, (from+to)/2)
			b := box{x, y, math.Abs(from - to), thick, s.angle + 90}
			h := 40 * p.shade
			p.over(box{x + h*cos, y + h*sin, b.length, thick, b.angle}, colour{0.03, 0.03, 0.02, 0.015}, p.between(0.2, 0.6))
			p.over(b, c, p.between(0.4, 1))
			x, y = s.at(u, side*(s.width/2+p.between(3, 8)))
			p.over(box{x, y, thick * p.between(1, 2), p.between(12, 28), b.angle}, c, p.between(0.4, 1))
		}
	}
}
