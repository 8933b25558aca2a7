package main

import "math"

// ship is a ship as it lies: its rectangle, bow towards the angle, what kind, and whether its label would be a guess.
type ship struct {
	box
	kind  int
	guess bool
}

// The kinds of ships.
const (
	container = iota
	bulk
	tanker
	ferry
	navy
	general
	barge
	worker // tugs, fishing and supply vessels
	kinds
)

// draught draws a ship's kind and size, no longer than most metres.
func (p *port) draught(least, most float64) ship {
	l := p.log(least, most)
	k := p.r.IntN(kinds)
	if l > 130 && (k == worker || k == barge) {
		k = p.r.IntN(4)
	}
	if l < 60 && (k == container || k == bulk) {
		k = worker
	}
	slim := p.between(4.6, 7.6)
	if k == barge || k == worker {
		slim = p.between(2.8, 5.5)
	}
	if k == navy {
		slim = p.between(6.5, 9.5)
	}
	return ship{box: box{length: l, width: math.Max(4.5, l/slim)}, kind: k}
}

// outside says how wide a hull is at u of its length, as a share; -0.5 is the stern.
func (s *ship) outside(u float64) float64 {
	if s.kind == barge {
		return 1
	}
	full := 0.36
	if s.kind == navy || s.kind == ferry {
		full = 0.22
	}
	w := 1.0
	if u > full {
		t := (u - full) / (0.5 - full)
		w = math.Sqrt(math.Max(0, 1-t*t))
	}
	if u < -0.46 {
		w *= 0.85
	}
	return w
}

// paint draws a ship: sides, deck, and what stands on it.
func (p *port) paint(s ship) {
	seen := p.deck(s)
	p.each(s.box, func(i int, u, v float64) {
		u, v = u/s.length, v/s.width
		if w := s.outside(u); math.Abs(v) <= w/2 {
			c := seen(u, v, math.Abs(v) > w/2-1.2/s.width)
			p.seen[i], p.kind[i] = c.times(1+0.1*p.r.Float64()), isShip
		}
	})
}

// shadows of ships fall on water, quays and other ships; they are drawn before the ships.
func (p *port) shadows(all []ship) {
	s, c := math.Sincos(rad(p.sun))
	for _, v := range all {
		h := math.Min(25, v.width*p.between(0.3, 0.9)) * p.shade
		if h < 3 {
			continue
		}
		b := v.box
		b.x, b.y = b.x+h*c, b.y+h*s
		p.over(b, colour{0.03, 0.028, 0.02, 0.012}, p.between(0.4, 0.95))
	}
}
