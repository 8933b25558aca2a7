package main

import "math"

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
	many := p.calls
	for range int(many*p.between(1, 10) + p.r.Float64()) { // at anchor or under way
		s := p.draught(20, 330)
		s.x, s.y, s.angle = p.between(0, p.side), p.between(0, p.side), p.between(0, 360)
		if p.free(s.box, 25) && p.add(s, 25) && p.one(2) {
			p.wake(s)
		}
	}
	for range int(many*p.between(4, 24) + p.r.Float64()) {
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

// stretch draws how much of a quay a row takes.
func (p *port) stretch(least, most float64) float64 {
	if p.trade {
		most *= 3
	}
	return p.log(least, most)
}

// row lines ships up along a quay, bow to stern.
func (p *port) row() {
	q, ok := p.edge(p.stretch(100, 900), 25)
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
	q, ok := p.edge(p.stretch(20, 300), math.Min(l, 60))
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
