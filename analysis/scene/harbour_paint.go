package scene

import "math"

// draw draws a harbour, moved by dx and dy metres.
func (b *basin) draw(c *canvas, dx, dy float64) {
	water := b.water()
	c.fillFine(3, func(x, y float64) reflectance {
		x, y = x-dx, y-dy
		if b.coast(x, y) > b.level {
			return b.ground(x, y)
		}
		return water(x, y, c.gsd)
	})
	lay := func(r rectangle, f float64, colour reflectance) {
		r.x, r.y = r.x+dx, r.y+dy
		c.paint(r.corners(), colour.times(f))
	}
	for _, p := range b.piers {
		lay(p, b.stone*b.between(0.6, 1.3), reflectance{0.16, 0.17, 0.18, 0.20})
		c.flatten()
	}
	for _, s := range b.solids {
		lay(s, b.stone*b.between(0.6, 1.4), reflectance{0.12, 0.13, 0.14, 0.16})
		c.flatten()
		b.furnish(s, lay)
		c.flatten()
	}
	b.town(lay)
	c.flatten()
	if b.bridge != nil {
		lay(*b.bridge, 1, reflectance{0.15, 0.16, 0.17, 0.19})
		c.flatten()
	}
	for _, v := range b.afloat {
		if v.wake > 0 {
			s, cos := math.Sincos(rad(v.angle))
			for k := range 8 { // it widens and fades
				l := v.wake / 8
				d := v.length/2 + (float64(k)+0.5)*l
				lay(rectangle{v.x - d*cos, v.y - d*s, l, v.width * (0.5 + 0.12*float64(k)), v.angle}, 1, water(v.x, v.y, c.gsd).plus(0.07*(1-float64(k)/8)))
			}
		}
	}
	c.flatten()
	for _, v := range b.afloat {
		b.hull(v, lay)
	}
	c.flatten()
	for _, v := range b.afloat {
		b.deck(v, lay)
	}
	c.flatten()
}

// plus adds to all bands.
func (r reflectance) plus(v float64) reflectance {
	for i := range r {
		r[i] += v
	}
	return r
}

// water returns the sea's colour: turbid near places, glint that grows to one side, swell, streaks of wind and slicks.
func (b *basin) water() func(x, y, gsd float64) reflectance {
	base := reflectance{0.06, 0.055, 0.035, 0.018}.times(b.between(0.7, 1.4))
	glint, side := b.between(0, 0.02), b.between(0, 2*math.Pi)
	swell, streaks, mud := b.between(0.0005, 0.005), b.between(0, 0.006), b.between(0, 0.03)
	wind := b.between(0, math.Pi)
	sw, cw := math.Sincos(wind)
	return func(x, y, gsd float64) reflectance {
		v := base
		u, w := x*cw+y*sw, y*cw-x*sw
		more := glint*(0.5+0.5*math.Sin(x/b.Width*math.Cos(side)+y/b.Height*math.Sin(side))) +
			swell*(b.t.rough(x, y, 8, gsd)+b.t.At(u/25, w/25, 21)) + streaks*b.t.At(u/1500, w/120, 22)
		turbid := mud * math.Max(0, b.t.At(x/1200, y/1200, 23))
		for k, share := range [4]float64{0.6, 1, 1.1, 0.35} {
			v[k] = math.Max(0.002, v[k]+more+turbid*share)
		}
		return v
	}
}

// ground returns natural land: woods on the heights, grass and soil below.
func (b *basin) ground(x, y float64) reflectance {
	f := 1 + 0.5*b.t.At(x/90, y/90, 31) + 0.3*b.t.At(x/25, y/25, 32)
	if b.coast(x, y) > b.level+0.35+0.2*b.t.At(x/500, y/500, 33) {
		return reflectance{0.03, 0.05, 0.035, 0.32}.times(math.Max(0.4, f))
	}
	if b.t.At(x/300, y/300, 34) > 0.3 {
		return reflectance{0.05, 0.08, 0.07, 0.28}.times(math.Max(0.4, f))
	}
	return reflectance{0.10, 0.12, 0.14, 0.20}.times(math.Max(0.4, f))
}

// roof draws the colour of a roof, a shed or a container.
func (b *basin) roof() reflectance {
	return [...]reflectance{{0.34, 0.20, 0.09, 0.24}, {0.55, 0.56, 0.56, 0.54}, {0.30, 0.31, 0.32, 0.33}, {0.08, 0.10, 0.25, 0.34}, {0.10, 0.20, 0.12, 0.28},
		{0.12, 0.12, 0.13, 0.15}, {0.20, 0.20, 0.22, 0.24}, {0.07, 0.07, 0.08, 0.09}}[b.r.IntN(8)].times(b.between(0.7, 1.3))
}

// furnish puts rows of containers, sheds or nothing onto a quay, and cranes along its edges.
func (b *basin) furnish(s rectangle, lay func(rectangle, float64, reflectance)) {
	sin, cos := math.Sincos(rad(s.angle))
	put := func(u, v, l, w float64, colour reflectance) {
		lay(rectangle{s.x + u*cos - v*sin, s.y + u*sin + v*cos, l, w, s.angle}, 1, colour)
	}
	switch b.r.IntN(4) {
	case 0: // containers
		for v := -s.width/2 + 30; v < s.width/2-20; v += b.between(24, 34) {
			for u := -s.length/2 + 20; u < s.length/2-60; u += b.between(30, 75) {
				put(u+20, v, b.between(15, 45), b.between(12, 22), b.roof())
			}
		}
	case 1: // sheds
		for u := -s.length/2 + 50; u < s.length/2-50; u += b.between(70, 160) {
			for v := -s.width/2 + 40; v < s.width/2-30; v += b.between(50, 110) {
				put(u, v, b.between(35, 65), b.between(20, 45), b.roof())
			}
		}
	case 2: // all kinds of things
		for range int(s.length * s.width / 1500) {
			put(b.between(-0.47, 0.47)*s.length, b.between(-0.47, 0.47)*s.width, b.between(6, 40), b.between(5, 25), b.roof())
		}
	}
	for range b.r.IntN(12) { // cranes and stacks at the edge
		side := float64(2*b.r.IntN(2) - 1)
		put(b.between(-0.48, 0.48)*s.length, side*(s.width/2-b.between(4, 15)), b.between(5, 25), b.between(4, 12), b.roof())
	}
}

// town covers part of the low land with buildings.
func (b *basin) town(lay func(rectangle, float64, reflectance)) {
	angle := b.between(0, 90)
	for range int(b.Width * b.Height / 900) {
		x, y := b.between(0, b.Width), b.between(0, b.Height)
		if d := b.coast(x, y) - b.level; d < 0.03 || d > 0.4 || b.t.At(x/600, y/600, 41) < -0.2 {
			continue
		}
		lay(rectangle{x, y, b.between(8, 40), b.between(8, 25), angle + 90*math.Round(b.between(0, 1))}, 1, b.roof())
	}
}

// hull paints a vessel's sides and deck: five corners, pointed at the bow.
func (b *basin) hull(v vessel, lay func(rectangle, float64, reflectance)) {
	colours := [...]reflectance{{0.20, 0.20, 0.21, 0.23}, {0.10, 0.12, 0.20, 0.27}, {0.30, 0.31, 0.32, 0.33}, {0.11, 0.16, 0.12, 0.20}}
	colour := colours[b.r.IntN(4)]
	if v.length < 40 && b.r.IntN(2) == 0 {
		colour = reflectance{0.40, 0.41, 0.42, 0.40}
	}
	colour = colour.times(b.steel * b.between(0.6, 1.4))
	sin, cos := math.Sincos(rad(v.angle))
	at := func(u, l float64, w float64) {
		lay(rectangle{v.x + u*v.length*cos, v.y + u*v.length*sin, l * v.length, w * v.width, v.angle}, 1, colour)
	}
	at(-0.06, 0.88, 1) // the bow in three steps
	at(0.41, 0.06, 0.8)
	at(0.455, 0.03, 0.5)
	at(0.485, 0.03, 0.2)
}

// deck paints what stands on a vessel: the house, containers, hatches or nothing.
func (b *basin) deck(v vessel, lay func(rectangle, float64, reflectance)) {
	sin, cos := math.Sincos(rad(v.angle))
	at := func(u, l, w float64, colour reflectance) {
		lay(rectangle{v.x + u*v.length*cos, v.y + u*v.length*sin, l * v.length, w * v.width, v.angle}, b.steel, colour)
	}
	at(b.between(-0.44, -0.3), b.between(0.06, 0.14), 0.85, reflectance{0.45, 0.46, 0.46, 0.45}.times(b.between(0.7, 1.3)))
	switch v.kind {
	case 0:
		for u := -0.2; u < 0.36; u += 0.09 {
			if b.r.IntN(6) > 0 {
				at(u, 0.075, 0.95, b.roof())
			}
		}
	case 1:
		for u := -0.18; u < 0.36; u += 0.13 {
			at(u, 0.1, 0.6, reflectance{0.12, 0.14, 0.20, 0.25}.times(b.between(0.7, 1.3)))
		}
	}
}
