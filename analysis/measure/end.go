package measure

import "math"

// edge is one end of a train.
type edge struct {
	at       float64 // metres along the rail
	se       float64 // metres
	contrast float64
	open     bool // the line ends here, not the train
}

// floor returns the standard error in pixels that an end has however clear the image is: wagons differ, gaps thin the
// contrast, and where in a pixel an end falls moves its crossing. Both ends may be moved the same way outward, depending on
// the length in pixels, so that it is chosen for the worst such length. Where a pixel is wider than a wagon, what stands beside
// the rail mixes in. Chosen on simulated scenes so that the intervals hold what they say.
func floor(px float64) float64 { return 0.065 + 0.065*math.Max(0, math.Min(1, (px-3.2)/1.8)) }

// end locates where a train ends: inside is a sample in the train near the end, other the sample at its other end, and
// out the direction (-1 or +1) that leads out of it.
func (p *Profile) end(bg background, inside, other, out int) edge {
	px := p.Ground
	near := func(i int) float64 { return float64(out) * (p.Along[i] - p.Along[inside]) } // metres outward of the core's end
	depth := math.Max(3*px, 12)
	if half := math.Abs(p.Along[other]-p.Along[inside]) / 2; depth > half {
		depth = half
	}
	var in, off []int
	for i := range p.Along {
		d := near(i)
		switch {
		case !p.whole(i):
		case d <= -math.Min(1.5*px, depth*0.6) && d >= -depth-1.5*px:
			in = append(in, i)
		case d >= 2*px && d <= math.Max(6*px, 15) && p.distance(bg, i) < 4:
			off = append(off, i)
		}
	}
	if len(in) == 0 {
		in = []int{inside}
	}
	base := bg.value
	if len(off) >= 8 {
		base, _ = p.middle(off)
	}
	top, _ := p.middle(in)
	weight := make([]float64, len(p.Bands))
	for b := range weight {
		weight[b] = (top[b] - base[b]) / square(bg.spread[b])
	}
	value := func(i int) float64 {
		var s float64
		for b, w := range weight {
			s += w * (p.Bands[b][i] - base[b])
		}
		return s
	}
	e := edge{contrast: p.level(bg, top, base)}
	level := value2(in, value)
	half := level / 2
	i := inside
	for i != other && !(value(i) >= half) {
		i -= out
	}
	for {
		next := i + out
		if next < 0 || next >= len(p.Along) || !p.whole(next) {
			e.at, e.open = p.Along[i], true
			e.se = px / 2
			return e
		}
		a, b := value(i), value(next)
		if b < half {
			t := 0.0
			if a != b {
				t = (a - half) / (a - b)
			}
			e.at = p.Along[i] + t*(p.Along[next]-p.Along[i])
			break
		}
		i = next
	}
	e.se = p.crossing(bg, weight, value, in, off, level, i, out)
	return e
}

// whole reports whether no band misses a sample.
func (p *Profile) whole(i int) bool {
	for _, b := range p.Bands {
		if b[i] != b[i] {
			return false
		}
	}
	return true
}

func (p *Profile) level(bg background, top, base []float64) float64 {
	var d float64
	for b := range top {
		d += square((top[b] - base[b]) / bg.spread[b])
	}
	return math.Sqrt(d / float64(len(top)))
}

func value2(at []int, value func(int) float64) float64 {
	v := make([]float64, len(at))
	for k, i := range at {
		v[k] = value(i)
	}
	return medianOf(v)
}

// crossing returns the standard error of a crossing in metres: noise on the flank, what base and top are uncertain by, and the
// floor.
func (p *Profile) crossing(bg background, weight []float64, value func(int) float64, in, off []int, level float64, i, out int) float64 {
	px := p.Ground
	slope := 0.0
	for k := -3; k <= 4; k++ { // the steepest stretch of a pixel near the crossing
		a, b := i+out*(k-2), i+out*(k+2)
		if a < 0 || b < 0 || a >= len(p.Along) || b >= len(p.Along) || !p.whole(a) || !p.whole(b) {
			continue
		}
		slope = math.Max(slope, (value(a)-value(b))/math.Abs(p.Along[b]-p.Along[a]))
	}
	if slope <= 0 {
		return 2 * px
	}
	var noise float64 // of one sample: the bands' spreads through the weights
	for b, w := range weight {
		noise += square(w * bg.spread[b])
	}
	spread := func(at []int) float64 {
		if len(at) < 4 {
			return level / 4
		}
		v := make([]float64, len(at))
		m := value2(at, value)
		for k, j := range at {
			v[k] = math.Abs(value(j) - m)
		}
		return 1.4826 * medianOf(v)
	}
	free := func(at []int) float64 { return math.Max(1, float64(len(at))/6) } // samples a quarter pixel apart go together
	plateau := square(spread(in))/free(in)*2 + square(spread(off))/free(off)
	return math.Sqrt(noise/square(slope) + plateau/6/square(slope) + square(floor(px)*px))
}
