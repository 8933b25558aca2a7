package measure

import (
	"math"
	"sort"
)

// background is what the line shows where nothing stands on it.
type background struct {
	value, spread []float64 // by band: median and robust standard deviation
	share         float64   // of the samples that look so
}

// background finds the densest quarter of the samples (ballast is more alike than trains are), and widens it to all
// samples that look alike. It needs a quarter of the line to be empty.
func (p *Profile) background() (background, bool) {
	var at []int
	n := len(p.Bands)
	for i := range p.Along {
		ok := true
		for _, b := range p.Bands {
			ok = ok && b[i] == b[i]
		}
		if ok {
			at = append(at, i)
		}
	}
	if len(at) < 12 {
		return background{}, false
	}
	const most = 400
	var some []int
	for k := range min(most, len(at)) {
		some = append(some, at[k*len(at)/min(most, len(at))])
	}
	_, scale := p.middle(some)
	best, centre := math.Inf(1), some[0]
	dist := make([]float64, len(some))
	for _, i := range some {
		for k, j := range some {
			dist[k] = 0
			for b := range n {
				dist[k] += square((p.Bands[b][i] - p.Bands[b][j]) / scale[b])
			}
		}
		sort.Float64s(dist)
		if d := dist[len(dist)/4]; d < best {
			best, centre = d, i
		}
	}
	var group []int
	for _, i := range at {
		var d float64
		for b := range n {
			d += square((p.Bands[b][i] - p.Bands[b][centre]) / scale[b])
		}
		if d <= best {
			group = append(group, i)
		}
	}
	bg := background{}
	for range 10 {
		bg.value, bg.spread = p.middle(group)
		var next []int
		for _, i := range at {
			if p.distance(bg, i) < 3 {
				next = append(next, i)
			}
		}
		if len(next) <= len(group) {
			break
		}
		group = next
	}
	bg.share = float64(len(group)) / float64(len(at))
	return bg, true
}

// distance returns how many standard deviations a sample lies off the background, as the root mean square of the bands.
func (p *Profile) distance(bg background, i int) float64 {
	var d float64
	for b := range p.Bands {
		d += square((p.Bands[b][i] - bg.value[b]) / bg.spread[b])
	}
	return math.Sqrt(d / float64(len(p.Bands)))
}

// middle returns median and 1.4826 times the median deviation of some samples by band. The spread has a floor of a
// thousandth of the median, so that a perfect image divides by something.
func (p *Profile) middle(at []int) (median, spread []float64) {
	for _, b := range p.Bands {
		v := make([]float64, len(at))
		for k, i := range at {
			v[k] = b[i]
		}
		m := medianOf(v)
		for k := range v {
			v[k] = math.Abs(v[k] - m)
		}
		median = append(median, m)
		spread = append(spread, math.Max(1.4826*medianOf(v), math.Abs(m)/1000+1e-12))
	}
	return median, spread
}

// medianOf sorts v and returns its median, NaN without any.
func medianOf(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	sort.Float64s(v)
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}
