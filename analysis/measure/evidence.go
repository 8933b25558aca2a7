package measure

import (
	"math"
	"sort"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// Evidence is what speaks for and against a ship, free of the image's units.
type Evidence struct {
	Inside     float64    // how solid it is inside, 0 to 1; where the nets looked, how likely its pixels lie on a ship, as a mean
	Sides      [4]float64 // water beside its four sides, 0 to 1, the least first
	Berth      int        // which side has the least: 0, 1 a long one, 2, 3 an end
	Length     float64    // metres
	Width      float64    // metres
	Pixels     float64    // its width in pixels
	Brightness float64    // log of its brightness above the water in the near infrared, over that of what stands along the shore
	Visible    float64    // the same of the visible bands; equal to Brightness without any
	Unlike     float64    // how much its brightness differs from what it touches, in logs
	Brighter   float64    // how much brighter it is than what it touches in the near infrared, in logs
	Uneven     float64    // standard deviation of the brightness inside over its mean
	Open       float64    // share of water within its length around it, its own side of the berth left out
	Middle     float64    // where the nets looked: how likely they see a ship's middle there, 0 to 1; all else is 0 then but Inside, length, width and what follows
	Direction  float64    // how sure the nets are which way it lies, 0 to 1 or a little more
	Around     float64    // how likely the nets see ships' middles in the eight pixels around it, as a mean: much where boats crowd
}

// Terms is the number of the numbers that a chance is computed from.
const Terms = 2 * numbers

const numbers = 12

// Numbers returns the terms of the chance: the first half for hulls with water on all sides, the second for berthed
// ones.
func (e Evidence) Numbers() [Terms]float64 {
	end := e.Sides[0] // afloat: the worst of the sides
	if e.Sides[0] < 0.5 && e.Berth < 2 {
		end = 0
	} else if e.Sides[0] < 0.5 {
		end = 1
	}
	ratio := math.Log(e.Length / e.Width / 5.5)
	long := math.Log(e.Length / 100)
	var out [Terms]float64
	for i, x := range [numbers]float64{1, e.Inside, e.Sides[1], e.Sides[2], end, long, long * long, ratio, ratio * ratio, math.Min(e.Unlike, 1),
		math.Max(-1, math.Min(1, e.Brighter)), e.Open} {
		if e.Sides[0] >= 0.5 {
			out[i] = x
		} else {
			out[numbers+i] = x
		}
	}
	return out
}

// Chance returns the probability that this is a ship in a harbour such as those of the fit, see weights.
func (e Evidence) Chance() float64 {
	var s float64
	for i, x := range e.Numbers() {
		s += weights[i] * x
	}
	return 1 / (1 + math.Exp(-s))
}

// shore is what the search for ships looks at.
type shore struct {
	solid   raster.Plane // 0 water, 1 as bright as what stands along the shore, by the near infrared
	depth   []float32    // square of the distance to water
	nir     raster.Plane
	visible []raster.Plane
	level   []float64 // of the water, by visible band
	bright  []float64 // of what stands along the shore above the water, by visible band
	faint   float64   // solidity under which nothing is told from water
	base    float64   // as bright above the water what stands along the shore is in the near infrared
	sea     *sea
	px      float64
}

// alongShore returns what the search looks at. Solidity is brightness above the water, of
// that of what stands within three pixels of it.
func (s *sea) alongShore(nir raster.Plane, visible []raster.Plane, px float64) shore {
	k := shore{nir: nir, visible: visible, sea: s, px: px}
	solid := s.water.Not()
	k.depth = distances(solid)
	var v []float64
	step := 0
	for i, d := range k.depth {
		if d > 1 && d <= 9 && nir.Pix[i] == nir.Pix[i] {
			if step++; step%3 == 0 {
				v = append(v, float64(nir.Pix[i])-s.median)
			}
		}
	}
	sort.Float64s(v)
	k.base = 10 * s.spread
	if len(v) > 30 {
		k.base = math.Max(v[len(v)/2], k.base)
	}
	k.solid = raster.NewPlane(nir.Width, nir.Height)
	for i, x := range nir.Pix {
		switch {
		case x != x:
			k.solid.Pix[i] = x
		case k.depth[i] > 6.5: // dark roofs inland are no water
			k.solid.Pix[i] = 1
		default:
			k.solid.Pix[i] = float32(math.Max(0, math.Min(1, (float64(x)-s.levelAt(i, nir.Width))/k.base)))
		}
	}
	k.faint = 4 * s.spread / k.base
	for _, p := range visible {
		var sea, edge []float64
		for i, x := range p.Pix {
			switch {
			case x != x:
			case s.water.Bits[i] != 0 && i%17 == 0:
				sea = append(sea, float64(x))
			case k.depth[i] > 1 && k.depth[i] <= 9 && i%3 == 0:
				edge = append(edge, float64(x))
			}
		}
		l := medianOf(sea)
		k.level = append(k.level, l)
		k.bright = append(k.bright, math.Max(medianOf(edge)-l, 1e-9))
	}
	return k
}

// levelAt returns the water's level at a pixel.
func (s *sea) levelAt(i, width int) float64 { return s.level[i/width/block*s.across+i%width/block] }

// weigh completes the evidence of a hull and its chance.
func (k shore) weigh(h *hull) {
	e := &h.evidence
	e.Length, e.Width, e.Pixels = h.length*k.px, h.width*k.px, h.width
	in, n := 0.0, 0.0
	var squares float64
	vis := make([]float64, len(k.visible))
	h.each(0, k.nir, func(i int) {
		v := float64(k.nir.Pix[i]) - k.sea.levelAt(i, k.nir.Width)
		if v != v {
			return
		}
		in, squares, n = in+v, squares+v*v, n+1
		for b, p := range k.visible {
			vis[b] += float64(p.Pix[i]) - k.level[b]
		}
	})
	if n == 0 {
		return
	}
	in /= n
	logOf := func(v float64) float64 { return math.Log(math.Max(v, 0.02)) }
	e.Brightness = logOf(in / k.base)
	e.Uneven = math.Sqrt(math.Max(0, squares/n-in*in)) / math.Max(in, 1e-9)
	e.Visible = e.Brightness
	if len(vis) > 0 {
		var sum float64
		for b, v := range vis {
			sum += v / n / k.bright[b]
		}
		e.Visible = logOf(sum / float64(len(vis)))
	}
	e.Unlike, e.Brighter = k.unlike(h, in, vis, n)
	e.Open = k.open(h)
	h.chance = e.Chance()
}

// unlike compares a hull with a strip beyond the side that is least water.
func (k shore) unlike(h *hull, in float64, vis []float64, n float64) (unlike, brighter float64) {
	s, c := math.Sincos(h.angle * math.Pi / 180)
	l, w := h.length/2, h.width/2
	beyond := *h
	move := func(u, v float64) { beyond.col, beyond.row = h.col+u*c-v*s, h.row+u*s+v*c }
	switch h.evidence.Berth {
	case 0:
		move(0, -w-2)
		beyond.width = 2
	case 1:
		move(0, w+2)
		beyond.width = 2
	case 2:
		move(-l-2, 0)
		beyond.length = 2
	default:
		move(l+2, 0)
		beyond.length = 2
	}
	var off, m float64
	far := make([]float64, len(vis))
	beyond.each(0, k.nir, func(i int) {
		if float64(k.solid.Pix[i]) > k.faint {
			off, m = off+float64(k.nir.Pix[i])-k.sea.levelAt(i, k.nir.Width), m+1
			for b, p := range k.visible {
				far[b] += float64(p.Pix[i]) - k.level[b]
			}
		}
	})
	if m == 0 {
		return 0, 0
	}
	brighter = math.Log(math.Max(in/k.base, 0.02) / math.Max(off/m/k.base, 0.02))
	sum := math.Abs(brighter)
	for b := range vis {
		sum += math.Abs(math.Log(math.Max(far[b]/m/k.bright[b], 0.02) / math.Max(vis[b]/n/k.bright[b], 0.02)))
	}
	return sum / float64(1+len(vis)), brighter
}

// open returns the share of water around a hull, on the side away from the berth: a disk of the hull's length, cut.
func (k shore) open(h *hull) float64 {
	s, c := math.Sincos(h.angle * math.Pi / 180)
	r := h.length
	var water, n float64
	step := math.Max(1, r/12)
	for y := -r; y <= r; y += step {
		for x := -r; x <= r; x += step {
			if x*x+y*y > r*r {
				continue
			}
			u, v := x*c+y*s, y*c-x*s
			if math.Abs(u) < h.length/2+1.5 && math.Abs(v) < h.width/2+1.5 {
				continue
			}
			switch h.evidence.Berth {
			case 0:
				if v < 0 {
					continue
				}
			case 1:
				if v > 0 {
					continue
				}
			case 2:
				if u < 0 {
					continue
				}
			default:
				if u > 0 {
					continue
				}
			}
			col, row := int(math.Floor(h.col+x)), int(math.Floor(h.row+y))
			if col < 0 || row < 0 || col >= k.solid.Width || row >= k.solid.Height {
				continue
			}
			n++
			if float64(k.solid.Pix[row*k.solid.Width+col]) < k.faint {
				water++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return water / n
}

// each calls f with every pixel of a plane whose centre lies in the hull grown by some pixels.
func (h *hull) each(grow float64, p raster.Plane, f func(i int)) {
	s, c := math.Sincos(h.angle * math.Pi / 180)
	l, w := h.length/2+grow, h.width/2+grow
	dx, dy := math.Abs(l*c)+math.Abs(w*s), math.Abs(l*s)+math.Abs(w*c)
	for row := max(0, int(h.row-dy)); row <= min(p.Height-1, int(h.row+dy)); row++ {
		for col := max(0, int(h.col-dx)); col <= min(p.Width-1, int(h.col+dx)); col++ {
			x, y := float64(col)+0.5-h.col, float64(row)+0.5-h.row
			if u, v := x*c+y*s, y*c-x*s; math.Abs(u) <= l && math.Abs(v) <= w {
				f(row*p.Width + col)
			}
		}
	}
}

// apart returns the hulls of best chance of which none overlaps a better one, with some pixels around that, by a third of its own
// area or of the other's, best first. Of equal chances the earlier counts as better.
func apart(all []hull, p raster.Plane, around float64) []hull {
	sort.SliceStable(all, func(i, j int) bool { return all[i].chance > all[j].chance })
	taken := map[int]int{}
	var out []hull
	var areas []int
	for _, h := range all {
		n := 0
		over := map[int]int{}
		h.each(0, p, func(i int) {
			n++
			if k, ok := taken[i]; ok {
				over[k]++
			}
		})
		bad := n < 2
		for k, o := range over {
			bad = bad || 3*o > n || 3*o > areas[k]
		}
		if bad {
			continue
		}
		h.each(around, p, func(i int) { taken[i] = len(out) })
		out, areas = append(out, h), append(areas, n)
	}
	return out
}

// region returns the pixels whose centres lie in the hull.
func (h *hull) region(p raster.Plane) region.Region {
	b := raster.Window{Col: p.Width, Row: p.Height}
	var at []int
	h.each(0, p, func(i int) { at = append(at, i) })
	right, bottom := 0, 0
	for _, i := range at {
		c, r := i%p.Width, i/p.Width
		b.Col, b.Row, right, bottom = min(b.Col, c), min(b.Row, r), max(right, c+1), max(bottom, r+1)
	}
	if len(at) == 0 {
		return region.Region{}
	}
	b.Width, b.Height = right-b.Col, bottom-b.Row
	m := raster.NewMask(b.Width, b.Height)
	for _, i := range at {
		m.Set(i%p.Width-b.Col, i/p.Width-b.Row, true)
	}
	return region.One(m, b.Col, b.Row, p.Width, p.Height)
}
