package register

import (
	"math"
	"sort"
)

// sure reports whether a peak stands out of chance and of its rivals. Eight standard deviations are out of chance's
// reach on any grid that fits in memory; what repeats (rails, field rows) has rivals nearly as high.
func (p peak) sure() bool { return p.informs && p.strong >= 8 && p.rival <= 0.75 }

// lone reports whether a peak may decide by itself or with one other: tracks a few pixels apart make rivals half as high.
func (p peak) lone() bool { return p.strong >= 10 && p.rival <= 0.5 }

// consensus returns the shift that the largest group of tiles agrees on. Two of several tiles may agree by chance, so they
// need the coarse peak, of images reduced by a scale, beside them.
func consensus(peaks []peak, coarse peak, scale float64) Shift {
	if len(peaks) == 0 {
		return unknown("no tile holds enough valid pixels that differ from each other")
	}
	var votes []peak
	for _, p := range peaks {
		if p.strong >= 6 && p.rival <= 0.9 {
			votes = append(votes, p)
		}
	}
	var best []peak
	for _, p := range votes {
		var group []peak
		for _, q := range votes {
			if math.Hypot(p.dx-q.dx, p.dy-q.dy) <= 0.5 {
				group = append(group, q)
			}
		}
		if len(group) > len(best) {
			best = group
		}
	}
	sure := false
	for _, p := range best {
		sure = sure || p.sure() && (len(best) > 2 || p.lone())
	}
	backed := len(best) > 2 || len(peaks) <= 2
	if len(best) > 0 {
		backed = backed || coarse.strong >= 6 && math.Hypot(coarse.dx*scale-best[0].dx, coarse.dy*scale-best[0].dy) <= math.Max(1, scale)
	}
	if !sure || !backed || 5*len(best) < 2*len(peaks) {
		s := unknown("%d of %d tiles agree on a shift: too different, too little texture, or a pattern that repeats", len(best), len(peaks))
		s.Tiles, s.Agreeing = len(peaks), len(best)
		return s
	}
	xs, ys := make([]float64, len(best)), make([]float64, len(best))
	for i, p := range best {
		xs[i], ys[i] = p.dx, p.dy
	}
	s := Shift{Known: true, Tiles: len(peaks), Agreeing: len(best), Spread: math.NaN()}
	var ex, ey float64
	s.DX, ex = middle(xs)
	s.DY, ey = middle(ys)
	if len(best) > 1 {
		x, y := joint(best).refine(s.DX-best[0].atX, s.DY-best[0].atY)
		s.DX, s.DY = x+best[0].atX, y+best[0].atY
	}
	s.Quality = float64(len(best)) / float64(len(peaks))
	if len(peaks) == 1 {
		s.Quality = math.Min(1, best[0].height*2) * (1 - best[0].rival)
	}
	if len(best) >= 3 {
		s.Spread = math.Max(ex, ey)
	}
	return s
}

// middle returns the mean of the middle half of v and the standard error of it, judged by the median deviation.
func middle(v []float64) (mean, spread float64) {
	sort.Float64s(v)
	cut := len(v) / 4
	mid := v[cut : len(v)-cut]
	for _, x := range mid {
		mean += x
	}
	mean /= float64(len(mid))
	dev := make([]float64, len(v))
	for i, x := range v {
		dev[i] = math.Abs(x - mean)
	}
	sort.Float64s(dev)
	return mean, 1.4826 * dev[len(dev)/2] * 1.2 / math.Sqrt(float64(len(v)))
}

// clearness returns the median share of the spectrum that agrees on a shift in the tiles that found it.
func clearness(peaks []peak, s Shift) float64 {
	var heights []float64
	for _, p := range peaks {
		if math.Hypot(p.dx-s.DX, p.dy-s.DY) <= 0.5 {
			heights = append(heights, p.height)
		}
	}
	if len(heights) == 0 {
		return 0
	}
	sort.Float64s(heights)
	return heights[len(heights)/2]
}
