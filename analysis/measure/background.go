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
		near := 0
		for k, j := range some {
			dist[k] = 0
			for b := range n {
				dist[k] += square((p.Bands[b][i] - p.Bands[b][j]) / scale[b])
			}
			if !(dist[k] >= best) {
				near++
			}
		}
		if near <= len(dist)/4 {
			continue // its quarter lies no nearer than the best one's
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

// medianOf returns the median of v, NaN without any; it leaves v in another order.
func medianOf(v []float64) float64 {
	n := len(v)
	if n == 0 {
		return math.NaN()
	}
	upper := pick(v, n/2)
	if n%2 == 1 {
		return (upper + upper) / 2
	}
	lower := v[0]
	for _, x := range v[:n/2] {
		if x > lower || lower != lower {
			lower = x
		}
	}
	return (lower + upper) / 2
}

// pick returns the k-th smallest of v, counted from 0, as sorting would put it there, and leaves none before it that is larger.
//
// Source: C. A. R. Hoare, Algorithm 65: find, Comm. ACM 4 (1961), doi:10.1145/366622.366647.
func pick(v []float64, k int) float64 {
	for _, x := range v {
		if x != x { // comparisons with NaN say nothing
			sort.Float64s(v)
			return v[k]
		}
	}
	low, high := 0, len(v)-1
	for round := 0; high-low > 24 && round < 64; round++ {
		a, b, c := v[low], v[(low+high)/2], v[high]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := low, high
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return v[k]
		}
	}
	sort.Float64s(v[low : high+1])
	return v[k]
}
