package change

import (
	"fmt"
	"math"
	"sort"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// normalise applies the normalisation that the options ask for.
func (p *pair) normalise() error {
	switch p.o.Normalise {
	case ZScore:
		for i := range p.a {
			for _, q := range []raster.Plane{p.a[i], p.b[i]} {
				p.zscore(q, i)
			}
		}
	case HistogramMatch:
		for i := range p.a {
			matchHistogram(p.b[i].Pix, p.a[i].Pix, p.valid)
		}
	case PseudoInvariant:
		return p.invariant()
	}
	return nil
}

func (p *pair) zscore(q raster.Plane, band int) {
	mean, sd := moments(q.Pix, p.valid)
	if sd == 0 {
		p.warnings = append(p.warnings, fmt.Sprintf("band %d has one value only at one date: it does not count", band+1))
		sd = math.Inf(1)
	}
	for _, i := range p.valid {
		q.Pix[i] = float32((float64(q.Pix[i]) - mean) / sd)
	}
}

// moments returns mean and standard deviation (divided by n) of some pixels.
func moments(pix []float32, at []int32) (mean, sd float64) {
	for _, i := range at {
		mean += float64(pix[i])
	}
	mean /= float64(len(at))
	var s float64
	for _, i := range at {
		d := float64(pix[i]) - mean
		s += d * d
	}
	return mean, math.Sqrt(s / float64(len(at)))
}

// matchHistogram gives the pixels of src the distribution of ref: each value becomes the one at its quantile, between
// two values interpolated.
//
// Source: R. C. Gonzalez, R. E. Woods, Digital Image Processing (1992), section 4.2.
func matchHistogram(src, ref []float32, at []int32) {
	values := func(pix []float32) (v []float32, quantile []float64) {
		all := make([]float32, len(at))
		for k, i := range at {
			all[k] = pix[i]
		}
		sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
		for i, x := range all {
			if i+1 == len(all) || all[i+1] != x {
				v, quantile = append(v, x), append(quantile, float64(i+1)/float64(len(all)))
			}
		}
		return v, quantile
	}
	sv, sq := values(src)
	rv, rq := values(ref)
	to := make(map[float32]float32, len(sv))
	j := 0
	for i, x := range sv {
		for j < len(rq) && rq[j] < sq[i] {
			j++
		}
		switch {
		case j == 0:
			to[x] = rv[0]
		case j == len(rq):
			to[x] = rv[len(rv)-1]
		default:
			t := (sq[i] - rq[j-1]) / (rq[j] - rq[j-1])
			to[x] = float32(float64(rv[j-1]) + t*(float64(rv[j])-float64(rv[j-1])))
		}
	}
	for _, i := range at {
		src[i] = to[src[i]]
	}
}

// invariant fits, band by band, the major axis of the pixels that IR-MAD holds for unchanged, and maps the later date
// through it.
//
// Source: M. J. Canty, A. A. Nielsen, Automatic radiometric normalization of multitemporal satellite imagery with the
// iteratively re-weighted MAD transformation, Remote Sensing of Environment 112 (2008), doi:10.1016/j.rse.2007.07.013.
func (p *pair) invariant() error {
	m, err := p.mad(100)
	if err != nil {
		return err
	}
	still := p.still(m)
	if len(still) < 20 {
		return fmt.Errorf("change: only %d pixels of %d look unchanged: too few for a pseudo-invariant normalisation", len(still), len(p.valid))
	}
	for k := range p.a {
		a, b := p.a[k].Pix, p.b[k].Pix
		ma, sa := moments(a, still)
		mb, sb := moments(b, still)
		var cov float64
		for _, i := range still {
			cov += (float64(a[i]) - ma) * (float64(b[i]) - mb)
		}
		cov /= float64(len(still))
		if cov <= 0 {
			p.warnings = append(p.warnings, fmt.Sprintf("band %d: unchanged pixels do not go together at the two dates: only its mean was matched", k+1))
			for _, i := range p.valid {
				b[i] += float32(ma - mb)
			}
			continue
		}
		d := sa*sa - sb*sb
		slope := (d + math.Sqrt(d*d+4*cov*cov)) / (2 * cov)
		for _, i := range p.valid {
			b[i] = float32(ma + slope*(float64(b[i])-mb))
		}
	}
	return nil
}

// still returns the pixels that look unchanged: those with a chance of 95 % and more to be so, or the tenth that changed
// least where these are fewer than one in fifty.
func (p *pair) still(m *madResult) []int32 {
	var sure []int32
	for k, i := range p.valid {
		if m.unchanged[k] > 0.95 {
			sure = append(sure, i)
		}
	}
	if len(sure)*50 >= len(p.valid) {
		return sure
	}
	sorted := append([]float64(nil), m.chi2...)
	sort.Float64s(sorted)
	cut := sorted[len(sorted)/10]
	sure = sure[:0]
	for k, i := range p.valid {
		if m.chi2[k] <= cut {
			sure = append(sure, i)
		}
	}
	return sure
}
