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
	look := p.deck(s)
	p.each(s.box, func(i int, u, v float64) {
		u, v = u/s.length, v/s.width
		if w := s.outside(u); math.Abs(v) <= w/2 {
			c := look(u, v, math.Abs(v) > w/2-1.2/s.width)
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

// deck returns the colours of a ship over its length and width, -0.5 to 0.5.
func (p *port) deck(s ship) func(u, v float64, side bool) colour {
	f := p.steel * p.between(0.55, 1.6)
	decks := [...]colour{{0.20, 0.20, 0.21, 0.23}, {0.09, 0.11, 0.20, 0.27}, {0.28, 0.29, 0.30, 0.31}, {0.10, 0.16, 0.11, 0.20}, {0.11, 0.10, 0.10, 0.11}, {0.10, 0.12, 0.17, 0.20}, {0.16, 0.13, 0.09, 0.12}}
	hulls := [...]colour{{0.05, 0.05, 0.05, 0.05}, {0.12, 0.08, 0.05, 0.07}, {0.07, 0.08, 0.20, 0.25}, {0.40, 0.41, 0.41, 0.40}, {0.15, 0.16, 0.17, 0.18}}
	deck, hull := decks[p.r.IntN(len(decks))].times(f), hulls[p.r.IntN(len(hulls))].times(f)
	house := colour{0.48, 0.49, 0.49, 0.47}.times(f * p.between(0.7, 1.3))
	at, long := p.between(-0.46, -0.30), p.between(0.05, 0.14)
	if p.one(6) {
		at = p.between(-0.3, 0.35)
	}
	inHouse := func(u, v float64) bool { return math.Abs(u-at) < long/2 && math.Abs(v) < 0.45 }
	plain := func(u, v float64, side bool) colour {
		switch {
		case inHouse(u, v):
			return house
		case side:
			return hull
		}
		return deck
	}
	switch s.kind {
	case container:
		n := max(2, int(s.length/p.between(13, 28)))
		rows := 1 + p.r.IntN(3)
		boxes := make([]colour, n*rows)
		loaded := p.between(0.3, 1)
		for i := range boxes {
			if boxes[i] = deck; p.r.Float64() < loaded {
				boxes[i] = p.any().times(0.5 + 0.5*p.steel)
			}
		}
		return func(u, v float64, side bool) colour {
			k := int((u + 0.5) * float64(n))
			r := int((v + 0.5) * float64(rows))
			if inHouse(u, v) || u > 0.44 || u < -0.47 {
				return plain(u, v, side)
			}
			return boxes[min(max(k, 0), n-1)*rows+min(max(r, 0), rows-1)]
		}
	case bulk, general:
		n := float64(2 + p.r.IntN(8))
		hatch, wide, gap := p.any().times(0.4+0.6*p.steel), p.between(0.45, 0.85), p.between(0.1, 0.5)
		return func(u, v float64, side bool) colour {
			if k := (u + 0.27) / 0.68 * n; k > 0 && k < n && !inHouse(u, v) && math.Abs(v) < wide/2 && k-math.Floor(k) > gap {
				return hatch
			}
			return plain(u, v, side)
		}
	case tanker:
		pipe := house.times(p.between(0.5, 1))
		return func(u, v float64, side bool) colour {
			if (math.Abs(v) < 0.07 && u > -0.25 && u < 0.4 || math.Abs(u) < 0.02) && !side {
				return pipe
			}
			return plain(u, v, side)
		}
	case ferry:
		low, high := p.between(-0.48, -0.3), p.between(0.25, 0.42)
		other := p.any()
		return func(u, v float64, side bool) colour {
			if u > low && u < high && !side {
				return house
			} else if u <= low {
				return other
			}
			return plain(u, v, side)
		}
	case navy:
		grey := colour{0.17, 0.18, 0.19, 0.19}.times(f)
		low, high, tower := p.between(-0.3, -0.1), p.between(0.1, 0.25), p.between(0.7, 1.8)
		return func(u, v float64, side bool) colour {
			if u > low && u < high && math.Abs(v) < 0.38 {
				return grey.times(tower)
			}
			return grey
		}
	case barge:
		load := p.any()
		wide, long := p.between(0.5, 1), p.between(0.4, 1)
		return func(u, v float64, side bool) colour {
			if math.Abs(v) < wide/2 && math.Abs(u) < long/2 {
				return load
			}
			return deck
		}
	}
	at, long = p.between(-0.35, 0.25), p.between(0.15, 0.45)
	return plain
}

// wake is foam astern, and waves to both sides.
func (p *port) wake(s ship) {
	foam, l := p.log(0.004, 0.12), s.length*p.log(0.3, 6)
	open := p.between(0.02, 0.25)
	back := box{angle: s.angle, length: l, width: s.width + 2*open*l}
	back.x, back.y = s.at(-s.length/2-l/2, 0)
	p.each(back, func(i int, u, v float64) {
		if p.kind[i] != isWater {
			return
		}
		d := l/2 - u // metres astern
		in := 0.0
		if half := s.width * (0.35 + 0.1*d/s.length); math.Abs(v) < half {
			in = 1 - d/l
		} else if e := math.Abs(math.Abs(v) - s.width/2 - open*d); e < 5 {
			in = 0.5 * (1 - d/l)
		}
		for k := range p.seen[i] {
			p.seen[i][k] += float32(foam * in)
		}
	})
}

// clear reports whether a ship lies on water, apart metres from other ships.
func (p *port) clear(s ship, apart float64) bool {
	if !p.free(s.box, 0) {
		return false
	}
	for _, o := range p.ships {
		if math.Hypot(o.x-s.x, o.y-s.y) < (o.length+s.length)/2+apart && (touch(o.box, s.box, apart) || touch(s.box, o.box, apart)) {
			return false
		}
	}
	return true
}

// touch reports whether points of the outline and the axis of a lie in b grown by some metres.
func touch(a, b box, by float64) bool {
	for _, u := range []float64{-0.5, -0.25, 0, 0.25, 0.5} {
		for _, v := range []float64{-0.5, 0, 0.5} {
			x, y := a.at(u*a.length, v*a.width)
			if l, w := b.local(x, y); math.Abs(l) < b.length/2+by && math.Abs(w) < b.width/2+by {
				return true
			}
		}
	}
	return false
}

func (p *port) add(s ship, apart float64) bool {
	if !p.clear(s, apart) {
		return false
	}
	p.ships = append(p.ships, s)
	return true
}

// moor places the ships.
func (p *port) moor() {
	many := p.busy
	for range int(many * p.between(1, 10)) { // at anchor or under way
		s := p.draught(20, 330)
		s.x, s.y, s.angle = p.between(0, p.side), p.between(0, p.side), p.between(0, 360)
		if p.free(s.box, 25) && p.add(s, 25) && p.one(2) {
			p.wake(s)
		}
	}
	for range int(many * p.between(4, 24)) {
		switch p.r.IntN(9) {
		case 0, 1, 2, 3:
			p.alongside()
		case 4, 5:
			p.row()
		case 6:
			p.ends()
		case 7:
			p.nest()
		case 8:
			if p.one(3) {
				p.dock()
			}
		}
	}
}

// alongside puts one ship at a quay, at times others beside it.
func (p *port) alongside() {
	s := p.draught(22, 340)
	q, ok := p.edge(math.Max(25, s.length*0.7), s.width+3)
	if !ok {
		return
	}
	off := p.between(0.5, 5)
	for range 1 + p.r.IntN(5)/3*p.r.IntN(4) {
		s.x, s.y = q.at(p.between(-0.05, 0.05)*s.length, off+s.width/2)
		s.angle = q.angle + 180*float64(p.r.IntN(2)) + p.between(-0.8, 0.8)
		if !p.add(s, 0.3) {
			return
		}
		off += s.width + p.between(0.5, 4)
		if p.one(2) {
			s = p.draught(s.length*0.6, s.length*1.05)
		}
	}
}

// row lines ships up along a quay, bow to stern.
func (p *port) row() {
	q, ok := p.edge(p.log(100, 900), 25)
	if !ok {
		return
	}
	l, gap := p.log(24, 300), p.log(3, 80)
	k := p.r.IntN(kinds)
	for at := -q.length / 2; at < q.length/2; {
		s := p.draught(l*0.7, l*1.4)
		if p.r.IntN(3) > 0 {
			s.kind = k
		}
		at += s.length / 2
		s.x, s.y = q.at(at, p.between(0.5, 5)+s.width/2)
		s.angle = q.angle + 180*float64(p.r.IntN(2)) + p.between(-0.8, 0.8)
		if p.r.IntN(4) > 0 {
			p.add(s, 1)
		}
		at += s.length/2 + gap*p.between(0.5, 1.5)
	}
}

// ends lines ships up side by side with bow or stern to a quay.
func (p *port) ends() {
	l := p.log(30, 200)
	q, ok := p.edge(p.log(20, 300), math.Min(l, 60))
	if !ok {
		return
	}
	gap := p.log(0.5, 40)
	lean := p.between(-12, 12) * float64(p.r.IntN(2))
	k := p.r.IntN(kinds)
	for at := -q.length / 2; at < q.length/2; {
		s := p.draught(l*0.75, l*1.2)
		if p.one(2) {
			s.kind = k
		}
		at += s.width / 2
		s.x, s.y = q.at(at, p.between(0, 12)+s.length/2)
		s.angle = q.angle + 90 + lean + 180*float64(p.r.IntN(2)) + p.between(-2, 2)
		p.add(s, 0.2)
		at += s.width/2 + gap*p.between(0.3, 1.5)
	}
}

// nest is ships side by side in the water, at buoys.
func (p *port) nest() {
	s := p.draught(25, 250)
	x, y, a := p.between(0, p.side), p.between(0, p.side), p.between(0, 360)
	off := 0.0
	for range 2 + p.r.IntN(4) {
		s.angle = a + 180*float64(p.r.IntN(2))
		s.x, s.y = box{x: x, y: y, angle: a}.at(p.between(-0.1, 0.1)*s.length, off)
		if !p.free(s.box, 15) || !p.add(s, 0) {
			return
		}
		w := s.width
		s = p.draught(s.length*0.6, s.length*1.1)
		off += (w+s.width)/2 + p.between(1, 6)
	}
}

// dock is a dry dock in a quay, with or without a ship; nobody says whether that is one on the water.
func (p *port) dock() {
	x, y, ok := p.shore()
	if !ok {
		return
	}
	s := p.draught(40, 260)
	s.x, s.y, s.angle, s.guess = x, y, p.between(0, 360), true
	if len(p.works) > 0 {
		s.angle = p.works[p.r.IntN(len(p.works))].angle + 90
	}
	b := s.box
	b.length, b.width = b.length+25, b.width+15
	around := b
	around.length, around.width = b.length+30, b.width+50
	p.lay(around, isLand, p.paved(), 0.1)
	p.lay(b, isLand, p.paved().times(0.5), 0.1)
	p.hidden = append(p.hidden, b)
	if p.one(2) {
		p.ships = append(p.ships, s)
	}
}

// cranes stand on quays, with arms over the water and the ships; they are drawn last.
func (p *port) cranes() {
	q, ok := p.edge(p.log(60, 700), 10)
	if !ok {
		return
	}
	apart, reach, thick := p.log(25, 140), p.between(10, 70), p.between(2.5, 9)
	c := [...]colour{{0.50, 0.51, 0.52, 0.50}, {0.12, 0.16, 0.40, 0.45}, {0.35, 0.22, 0.12, 0.25}, {0.15, 0.16, 0.17, 0.20}}[p.r.IntN(4)].times(p.between(0.5, 1.2))
	s, cos := math.Sincos(rad(p.sun))
	for at := -q.length / 2; at < q.length/2; at += apart * p.between(0.4, 1.6) {
		l := reach * p.between(1.1, 2)
		x, y := q.at(at, reach-l/2)
		h := 30 * p.shade
		p.over(box{x + h*cos, y + h*s, l, thick, q.angle + 90}, colour{0.03, 0.03, 0.02, 0.015}, p.between(0.2, 0.6))
		p.over(box{x, y, l, thick, q.angle + 90}, c, p.between(0.4, 1))
	}
}
