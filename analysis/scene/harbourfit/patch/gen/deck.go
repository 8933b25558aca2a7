package main

import "math"

// deck returns the colours of a ship over its length and width, -0.5 to 0.5.
func (p *port) deck(s ship) look {
	f := p.steel * p.between(0.55, 1.6)
	decks := [...]colour{{0.20, 0.20, 0.21, 0.23}, {0.09, 0.11, 0.20, 0.27}, {0.28, 0.29, 0.30, 0.31}, {0.10, 0.16, 0.11, 0.20}, {0.11, 0.10, 0.10, 0.11}, {0.10, 0.12, 0.17, 0.20}, {0.16, 0.13, 0.09, 0.12}}
	hulls := [...]colour{{0.05, 0.05, 0.05, 0.05}, {0.12, 0.08, 0.05, 0.07}, {0.07, 0.08, 0.20, 0.25}, {0.40, 0.41, 0.41, 0.40}, {0.15, 0.16, 0.17, 0.18}}
	deck, hull := decks[p.r.IntN(len(decks))].times(f), hulls[p.r.IntN(len(hulls))].times(f)
	for k := range deck {
		deck[k] *= float32(p.between(0.75, 1.3))
		hull[k] *= float32(p.between(0.75, 1.3))
	}
	house := colour{0.48, 0.49, 0.49, 0.47}.times(f * p.between(0.7, 1.3))
	at, long := p.between(-0.46, -0.30), p.between(0.05, 0.14)
	if p.one(6) {
		at = p.between(-0.3, 0.35)
	}
	if s.kind == worker {
		at, long = p.between(-0.35, 0.25), p.between(0.15, 0.45)
	}
	inHouse := func(u, v float64) bool { return math.Abs(u-at) < long/2 && math.Abs(v) < 0.45 }
	var plain look = func(u, v float64, side bool) colour {
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
		return p.stacks(s, deck, inHouse, plain)
	case bulk, general:
		return p.hatches(inHouse, plain)
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
		return p.grey(f)
	case barge:
		load, wide, long := p.any(), p.between(0.5, 1), p.between(0.4, 1)
		return func(u, v float64, side bool) colour {
			if math.Abs(v) < wide/2 && math.Abs(u) < long/2 {
				return load
			}
			return deck
		}
	}
	return plain
}

// look is the colours of a ship over its length and width.
type look func(u, v float64, side bool) colour

// stacks are containers in bays and rows, some empty.
func (p *port) stacks(s ship, deck colour, inHouse func(u, v float64) bool, plain look) look {
	n, rows := max(2, int(s.length/p.between(13, 28))), 1+p.r.IntN(3)
	boxes := make([]colour, n*rows)
	loaded := p.between(0.3, 1)
	for i := range boxes {
		if boxes[i] = deck; p.r.Float64() < loaded {
			boxes[i] = p.any().times(0.5 + 0.5*p.steel)
		}
	}
	return func(u, v float64, side bool) colour {
		if inHouse(u, v) || u > 0.44 || u < -0.47 {
			return plain(u, v, side)
		}
		k, r := int((u+0.5)*float64(n)), int((v+0.5)*float64(rows))
		return boxes[min(max(k, 0), n-1)*rows+min(max(r, 0), rows-1)]
	}
}

// hatches lie in a row along the middle.
func (p *port) hatches(inHouse func(u, v float64) bool, plain look) look {
	n := float64(2 + p.r.IntN(8))
	hatch, wide, gap := p.any().times(0.4+0.6*p.steel), p.between(0.45, 0.85), p.between(0.1, 0.5)
	return func(u, v float64, side bool) colour {
		if k := (u + 0.27) / 0.68 * n; k > 0 && k < n && !inHouse(u, v) && math.Abs(v) < wide/2 && k-math.Floor(k) > gap {
			return hatch
		}
		return plain(u, v, side)
	}
}

// grey is a warship: one grey, lighter or darker where it is built up.
func (p *port) grey(f float64) look {
	c := colour{0.17, 0.18, 0.19, 0.19}.times(f)
	low, high, tower := p.between(-0.3, -0.1), p.between(0.1, 0.25), p.between(0.7, 1.8)
	return func(u, v float64, _ bool) colour {
		if u > low && u < high && math.Abs(v) < 0.38 {
			return c.times(tower)
		}
		return c
	}
}
