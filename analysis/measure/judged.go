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
	keels := v.keels()
	on := make([][]int, len(alone)+1) // keels by the number of what they lie on, 0 for none of those
	for i := range keels {
		k := keels[i].under(owner, nir.Width)
		if keels[i].judge(px, k == 0); keels[i].chance >= o.Chance {
			on[k] = append(on[k], i)
		}
	}
	var out []Ship
	for k, list := range on {
		if k > 0 && len(list) == 1 {
			ship := alone[k-1]
			ship.Chance, ship.Evidence = keels[list[0]].chance, keels[list[0]].evidence
			out = append(out, ship)
			continue
		}
		for _, i := range list {
			h := &keels[i]
			if h.judge(px, true); h.chance < o.Chance || h.length*px < o.MinLength {
				continue
			}
			ship, err := h.ship(m, nir, dx, dy)
			if err != nil {
				return nil, err
			}
			ship.Region, ship.Method = h.whole, "net, second moments"
			ship.Length, ship.Width, ship.HeadingWithin = h.size(px)
			ship.Likelihoods, ship.Class = classify(ship.Length.Value, ship.Width.Value, ship.Length.SE, 0.35)
			out = append(out, ship)
		}
	}
	return out, nil
}

// under returns what most of the keel's pixels lie on, 0 for none.
func (k *keel) under(owner map[int]int, width int) int {
	count := map[int]int{}
	for _, r := range k.whole.Runs {
		for c := r.Start; c < r.End; c++ {
			count[owner[int(r.Row)*width+int(c)]]++
		}
	}
	best := 0
	for id, n := range count {
		if id > 0 && 2*n > k.whole.Area {
			best = id
		}
	}
	return best
}

// judge completes the evidence and computes the chance: a logistic regression, fitted to simulated ports, on what the nets say
// along the ridge and on the size in pixels.
func (k *keel) judge(px float64, berthed bool) {
	k.evidence = Evidence{Length: k.length * px, Width: k.width * px, Pixels: k.width, Axis: k.mean, Most: k.most}
	odds := func(p float64) float64 {
		p = math.Max(0.01, math.Min(0.99, p))
		return math.Log(p / (1 - p))
	}
	long, wide, at := math.Log(k.length/8), math.Log(k.width/2.5), 0.0
	if berthed {
		at = 1
	}
	var s float64
	for i, x := range [len(judgement)]float64{1, odds(k.mean), odds(k.most), long, long * long, wide, wide * wide, at, at * long} {
		s += judgement[i] * x
	}
	k.chance = 1 / (1 + math.Exp(-s))
}

// judgement weighs what judge takes together.
var judgement = [9]float64{0.202, 1.2, 1.147, 0.109, -0.255, -0.857, 0.45, -0.627, 0.763}
