package scene

import "math"

// moor places ships and small craft on the water, none over another.
func (b *basin) moor() {
	for range b.Ships {
		length := 20 * math.Exp(b.r.Float64()*math.Log(330.0/20))
		v := vessel{rectangle: rectangle{length: length, width: math.Max(4, length/b.between(4.5, 7.5))}, kind: b.r.IntN(4)}
		switch k := b.r.IntN(10); {
		case k < 3:
			b.anchor(v)
		case k < 7:
			b.alongside(v)
		default:
			b.rafted(v)
		}
	}
	for range int(0.9*b.Width*b.Height/1e6) + 1 {
		b.marina()
	}
}

// free reports whether a vessel fits: its outline, grown by some metres, lies on water and in the picture, and over no
// other.
func (b *basin) free(v vessel, water, apart float64) bool {
	s, c := math.Sincos(rad(v.angle))
	for _, u := range []float64{-0.5, -0.25, 0, 0.25, 0.5} {
		for _, d := range []float64{-0.5, 0, 0.5} {
			l, w := u*(v.length+2*water), d*(v.width+2*water)
			x, y := v.x+l*c-w*s, v.y+l*s+w*c
			if x < 0 || y < 0 || x > b.Width || y > b.Height || b.land(x, y) {
				return false
			}
		}
	}
	for _, o := range b.afloat {
		if math.Hypot(o.x-v.x, o.y-v.y) > (o.length+v.length)/2+apart+20 {
			continue
		}
		for _, k := range append(v.grown(apart/2).grid(), [2]float64{v.x, v.y}) {
			if o.grown(apart/2).holds(k[0], k[1], 0) {
				return false
			}
		}
		for _, k := range o.grown(apart / 2).grid() {
			if v.grown(apart/2).holds(k[0], k[1], 0) {
				return false
			}
		}
	}
	return true
}

func (r rectangle) grown(by float64) rectangle {
	return rectangle{r.x, r.y, r.length + 2*by, r.width + 2*by, r.angle}
}

// grid returns points along the outline.
func (r rectangle) grid() [][2]float64 {
	s, c := math.Sincos(rad(r.angle))
	var out [][2]float64
	for _, u := range []float64{-0.49, -0.25, 0, 0.25, 0.49} {
		for _, d := range []float64{-0.49, 0.49} {
			l, w := u*r.length, d*r.width
			out = append(out, [2]float64{r.x + l*c - w*s, r.y + l*s + w*c})
		}
	}
	return out
}

// anchor places a vessel on open water, at anchor or under way.
func (b *basin) anchor(v vessel) {
	for range 60 {
		v.x, v.y, v.angle = b.between(0, b.Width), b.between(0, b.Height), b.between(0, 360)
		if b.free(v, 40, 60) {
			if b.r.IntN(2) == 0 {
				v.wake = v.length * b.between(0.5, 4)
			}
			b.afloat = append(b.afloat, v)
			return
		}
	}
}

// alongside places a vessel along a quay, a fender's width off, now and then one more beside it.
func (b *basin) alongside(v vessel) {
	for range 40 {
		q, ok := b.quay(math.Max(40, v.length*0.8))
		if !ok {
			return
		}
		off := b.between(1.5, 5) + v.width/2
		s, c := math.Sincos(rad(q.angle))
		v.x, v.y, v.angle = q.x-off*s, q.y+off*c, q.angle+180*float64(b.r.IntN(2))+b.between(-0.7, 0.7)
		if !b.free(v, 0, 8) {
			continue
		}
		b.afloat = append(b.afloat, v)
		if b.r.IntN(8) == 0 {
			o := v
			o.length, o.width = v.length*b.between(0.5, 1), v.width*b.between(0.6, 1)
			off += (v.width+o.width)/2 + 2
			o.x, o.y = q.x-off*s, q.y+off*c
			if b.free(o, 0, 1) {
				b.afloat = append(b.afloat, o)
			}
		}
		return
	}
}

// rafted places vessels side by side, bows or sterns to a quay.
func (b *basin) rafted(v vessel) {
	v.length = math.Min(v.length, 160)
	v.width = math.Max(4, v.length/b.between(4.5, 7.5))
	n := 1 + b.r.IntN(4)
	q, ok := b.quay(math.Max(40, float64(n)*v.width))
	if !ok {
		return
	}
	s, c := math.Sincos(rad(q.angle))
	at := -float64(n) / 2 * v.width
	for range n {
		o := v
		o.length *= b.between(0.75, 1.15)
		o.width *= b.between(0.85, 1.15)
		o.kind = b.r.IntN(4)
		off := b.between(2, 12) + o.length/2
		o.x, o.y, o.angle = q.x+at*c-off*s, q.y+at*s+off*c, q.angle+90+180*float64(b.r.IntN(2))+b.between(-2, 2)
		if b.free(o, 0, 0.5) {
			b.afloat = append(b.afloat, o)
		}
		at += o.width + b.between(1, 4)
		if b.r.IntN(3) == 0 {
			at += b.between(5, 25)
		}
	}
}

// marina fills the water before a quay with small craft: in rows at pontoons, or crowded side by side.
func (b *basin) marina() {
	q, ok := b.quay(b.between(80, 250))
	if !ok {
		return
	}
	s, c := math.Sincos(rad(q.angle))
	size, rows := b.between(7, 16.5), 1+b.r.IntN(4)
	for row := range rows {
		off := (float64(row) + 0.6) * size * b.between(1.1, 1.9)
		for at := -q.length / 2; at < q.length/2; at += size * b.between(0.3, 0.7) {
			if b.r.IntN(5) == 0 {
				continue
			}
			v := vessel{rectangle: rectangle{length: size * b.between(0.7, 1.2), angle: q.angle + 90 + b.between(-8, 8)}, kind: b.r.IntN(4)}
			v.width = v.length / b.between(2.8, 4)
			v.x, v.y = q.x+at*c-off*s, q.y+at*s+off*c
			if b.free(v, 0, 0.2) {
				b.afloat = append(b.afloat, v)
			}
		}
	}
}
