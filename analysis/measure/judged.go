package measure

import (
	"context"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// judged returns what the nets take for ships: of what lies alone in the water those that they do, measured as they were, and
// whatever else they see.
func (s *sea) judged(ctx context.Context, m *raster.Image, nir raster.Plane, alone []Ship, band int, o Vessels, dx, dy float64) ([]Ship, error) {
	v, err := s.sightOf(ctx, m, nir, band)
	if err != nil {
		return nil, err
	}
	px := math.Sqrt(dx * dy)
	owner := map[int]int{} // of a pixel: which of those alone lies there, from 1
	for k, a := range alone {
		for _, r := range a.Region.Runs {
			for c := r.Start; c < r.End; c++ {
				owner[int(r.Row)*nir.Width+int(c)] = k + 1
			}
		}
	}
	hulls := apart(v.hulls, nir, 0)
	on := make([][]int, len(alone)+1) // hulls by the number of what they lie on, 0 for none of those
	for i := range hulls {
		if v.judge(&hulls[i], nir, px); hulls[i].chance >= o.Chance {
			k := hulls[i].under(owner, nir)
			on[k] = append(on[k], i)
		}
	}
	var out []Ship
	for k, list := range on {
		if k > 0 && len(list) == 1 {
			ship := alone[k-1]
			ship.Chance, ship.Evidence = hulls[list[0]].chance, hulls[list[0]].evidence
			out = append(out, ship)
			continue
		}
		for _, i := range list {
			h := &hulls[i]
			if h.length*px < o.MinLength || h.length*px > o.MaxLength {
				continue
			}
			ship, err := h.ship(m, nir, dx, dy, "net", h.sizeSeen)
			if err != nil {
				return nil, err
			}
			out = append(out, ship)
		}
	}
	return out, nil
}

// under returns what most of the hull's pixels lie on, 0 for none.
func (h *hull) under(owner map[int]int, p raster.Plane) int {
	count, area := map[int]int{}, 0
	h.each(0, p, func(i int) {
		area++
		count[owner[i]]++
	})
	best := 0
	for id, n := range count {
		if id > 0 && 2*n > area {
			best = id
		}
	}
	return best
}

// judge completes the evidence and computes the chance: a logistic regression, fitted to simulated ports, on what the nets say
// of the middle, within the rectangle and around it, on how sure they are of the direction, and on the size in pixels.
func (v *sight) judge(h *hull, p raster.Plane, px float64) {
	sum := func(of []float32, grow float64) (sum, n float64) {
		h.each(grow, p, func(i int) { sum, n = sum+float64(of[i]), n+1 })
		return sum, n
	}
	inside, n := sum(v.ship, 0)
	within, _ := sum(v.middle, 0)
	all, more := sum(v.middle, 8)
	e := &h.evidence
	e.Length, e.Width, e.Pixels = h.length*px, h.width*px, h.width
	e.Inside, e.Around = inside/math.Max(1, n), (all-within)/math.Max(1, more-n)
	odds := func(p float64) float64 {
		p = math.Max(0.01, math.Min(0.99, p))
		return math.Log(p / (1 - p))
	}
	long, wide := math.Log(h.length/8), math.Log(h.width/2.5)
	var s float64
	for i, x := range [len(judgement)]float64{1, odds(e.Middle), odds(e.Inside), math.Log(0.05 + e.Direction), math.Log(0.003 + e.Around), long, long * long, wide, wide * wide} {
		s += judgement[i] * x
	}
	h.chance = 1 / (1 + math.Exp(-s))
}

// judgement weighs what judge takes together.
var judgement = [9]float64{-4.068, 1.139, 1.385, 0.972, -0.819, 3.706, -1.832, -1.440, 2.587}
