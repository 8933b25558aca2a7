package main

import "math"

// ground draws water and natural land: a coast of noise, or a straight one, or the open sea.
func (p *port) ground() {
	const line, channel = 3, 10
	style := p.r.IntN(10)
	if p.trade {
		style = [2]int{line, channel}[p.r.IntN(2)]
	}
	scale := p.log(0.25, 1) * p.side
	turn, off := p.between(0, 2*math.Pi), p.between(-0.4, 0.5)*p.side
	sin, cos := math.Sincos(turn)
	p.along = turn*180/math.Pi + 90
	half := p.log(0.06, 0.35) * p.side
	wavy := p.between(0, 0.3) * p.side
	level := p.between(-0.15, 0.5)
	height := func(x, y float64) float64 { // above 0 is land
		rough := 0.45*p.noise.At(x/scale*2.7, y/scale*2.7, 2) + 0.12*p.noise.At(x/150, y/150, 3)
		switch {
		case style == 0:
			return -1
		case style == channel:
			return (math.Abs((x-p.side/2)*cos+(y-p.side/2)*sin-off)-half)/scale + wavy/scale*rough
		case style < 5: // along a line
			return ((x-p.side/2)*cos+(y-p.side/2)*sin-off)/scale + wavy/scale*rough
		}
		return p.noise.At(x/scale, y/scale, 1) + rough - level
	}
	sea := p.sea()
	hills, green, sand := p.between(0.05, 0.9), p.between(-0.6, 0.8), p.between(0, 1)
	lit, shoal := p.between(0, 1.2), p.between(0, 0.05)
	if p.one(2) {
		shoal = 0
	}
	surf, foam := p.log(0.002, 0.03), p.between(0, 0.25)
	if p.one(2) {
		foam = 0
	}
	for r := range p.n {
		for c := range p.n {
			i := r*p.n + c
			x, y := (float64(c)+0.5)*p.m, (float64(r)+0.5)*p.m
			h := height(x, y)
			if h <= 0 {
				v := sea(x, y)
				if near := math.Exp(10 * h); shoal > 0 { // shallow water is brighter in the visible
					for k, s := range [4]float64{0.8, 1, 0.7, 0.1} {
						v[k] += float32(shoal * s * near * (1 + p.noise.At(x/80, y/80, 24)))
					}
				}
				if h > -surf {
					for k := range v {
						v[k] += float32(foam * math.Max(0, p.noise.At(x/25, y/25, 25)))
					}
				}
				p.seen[i] = v
				continue
			}
			p.kind[i] = isLand
			f := 1 + 0.35*p.noise.At(x/70, y/70, 31) + 0.25*p.noise.At(x/17, y/17, 32)
			f *= 1 + lit*(height(x+12, y+7)-h)*scale/40 // the side that the sun lights
			f = math.Max(0.3, math.Min(2, f))
			switch {
			case h > hills+0.2*p.noise.At(x/300, y/300, 33):
				p.seen[i] = colour{0.03, 0.05, 0.035, 0.30}.times(f)
			case h < 0.02 && p.noise.At(x/400, y/400, 36) < sand-0.7: // beach, or rocks
				p.seen[i] = colour{0.18, 0.22, 0.26, 0.32}.times(f)
			case p.noise.At(x/250, y/250, 34) < green:
				p.seen[i] = colour{0.05, 0.08, 0.07, 0.27}.times(f)
			default:
				p.seen[i] = colour{0.11, 0.13, 0.15, 0.20}.times(f * p.stone)
			}
		}
	}
}

// sea returns the water's colour: glint, swell, streaks, slicks, plumes of mud.
func (p *port) sea() func(x, y float64) colour {
	p.water = colour{0.06, 0.055, 0.035, 0.018}.times(p.between(0.6, 1.5))
	glint, side := p.between(0, 0.03), p.between(0, 2*math.Pi)
	swell, wave, streaks, mud := p.log(0.0005, 0.008), p.log(15, 150), p.between(0, 0.008), p.between(0, 0.05)
	sw, cw := math.Sincos(p.between(0, math.Pi))
	plume := p.log(300, 2500)
	return func(x, y float64) colour {
		u, w := x*cw+y*sw, y*cw-x*sw
		more := glint*(0.5+0.5*math.Sin(x/p.side*math.Cos(side)+y/p.side*math.Sin(side))) +
			swell*(p.noise.At(x/12, y/12, 8)+p.noise.At(u/wave, w/wave/3, 21)) + streaks*p.noise.At(u/1500, w/120, 22)
		muddy := mud * math.Max(0, p.noise.At(x/plume, y/plume, 23))
		v := p.water
		for k, s := range [4]float64{0.6, 1, 1.1, 0.35} {
			v[k] = float32(math.Max(0.002, float64(v[k])+more+muddy*s))
		}
		return v
	}
}

// any draws the colour of something made: roofs, sheds, containers, cars, ore.
func (p *port) any() colour {
	all := [...]colour{{0.34, 0.20, 0.09, 0.24}, {0.55, 0.56, 0.56, 0.54}, {0.30, 0.31, 0.32, 0.33}, {0.08, 0.10, 0.25, 0.34}, {0.10, 0.20, 0.12, 0.28}, {0.12, 0.12, 0.13, 0.15},
		{0.20, 0.20, 0.22, 0.24}, {0.07, 0.07, 0.08, 0.09}, {0.08, 0.16, 0.34, 0.40}, {0.42, 0.46, 0.50, 0.55}, {0.07, 0.06, 0.06, 0.06}, {0.16, 0.26, 0.36, 0.40}}
	c := all[p.r.IntN(len(all))].times(p.between(0.6, 1.4))
	for k := range c {
		c[k] *= float32(p.between(0.8, 1.2))
	}
	return c
}

// paved is a quay's own colour.
func (p *port) paved() colour {
	c := [...]colour{{0.12, 0.13, 0.14, 0.16}, {0.16, 0.17, 0.18, 0.20}, {0.09, 0.09, 0.10, 0.11}, {0.15, 0.17, 0.20, 0.23}}[p.r.IntN(4)]
	return c.times(p.stone * p.between(0.6, 1.4))
}

// town covers some of the low land with houses, roads and parks.
func (p *port) town() {
	angle, dense := p.between(0, 90), p.log(0.1, 1)
	if p.trade {
		dense = p.log(0.5, 4)
	}
	for range p.r.IntN(12) {
		x, y := p.between(0, p.side), p.between(0, p.side)
		b := box{x, y, p.between(300, 3000), p.between(6, 25), angle + 90*float64(p.r.IntN(2)) + p.between(-5, 5)}
		c := colour{0.09, 0.09, 0.10, 0.12}.times(p.stone * p.between(0.6, 1.4))
		p.each(b, func(i int, _, _ float64) {
			if p.kind[i] == isLand {
				p.seen[i] = c
			}
		})
	}
	for range int(dense * p.side * p.side / 700) {
		x, y := p.between(0, p.side), p.between(0, p.side)
		if p.is(x, y) != isLand || p.noise.At(x/600, y/600, 41) < -0.1 {
			continue
		}
		b, c := box{x, y, p.log(8, 50), p.log(8, 28), angle + 90*float64(p.r.IntN(2))}, p.paved().times(p.between(0.6, 1.8))
		if p.one(4) {
			c = p.any()
		}
		p.each(b, func(i int, _, _ float64) {
			if p.kind[i] == isLand {
				p.seen[i] = c
			}
		})
	}
}

// clutter is what lies about on quays, piers and the land behind: lorries, stacks, marks, holes; and unevenness of the ground.
func (p *port) clutter() {
	coarse, grit, tint := p.between(0, 0.35), p.between(0, 0.35), p.between(0, 0.12)
	for i, k := range p.kind {
		if k != isLand {
			continue
		}
		x, y := float64(i%p.n)*p.m, float64(i/p.n)*p.m
		f := math.Max(0.3, 1+coarse*p.noise.At(x/45, y/45, 51)+grit*p.noise.At(x/13, y/13, 52))
		t := tint * p.noise.At(x/30, y/30, 53)
		for b, w := range [4]float64{-1, 0, 1, 0.5} {
			p.seen[i][b] *= float32(f * (1 + w*t))
		}
	}
	dense := p.log(300, 8000)
	s, c := math.Sincos(rad(p.sun))
	for _, b := range p.works {
		if p.one(3) {
			continue
		}
		for range int(b.length * b.width / dense * p.between(0.2, 1.8)) {
			x, y := b.at(p.between(-0.5, 0.5)*b.length, p.between(-0.5, 0.5)*b.width)
			v := box{x, y, p.log(4, 35), p.log(2.5, 12), b.angle + 90*float64(p.r.IntN(2))}
			look := p.any()
			if p.one(2) {
				look = p.paved().times(p.between(0.4, 2))
			}
			h := p.between(0, 6) * p.shade
			p.over(box{x + h*c, y + h*s, v.length, v.width, v.angle}, colour{0.04, 0.04, 0.035, 0.03}, 0.5)
			p.each(v, func(i int, _, _ float64) {
				if p.kind[i] == isLand {
					p.seen[i] = look
				}
			})
		}
	}
}
