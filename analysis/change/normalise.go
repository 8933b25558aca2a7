package change

import (
	"fmt"
	"math"
	"slices"

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
		if w := oneValue(band); !slices.Contains(p.warnings, w) {
			p.warnings = append(p.warnings, w)
		}
		sd = math.Inf(1)
	}
	for _, i := range p.valid {
		q.Pix[i] = float32((float64(q.Pix[i]) - mean) / sd)
	}
}

func oneValue(band int) string {
	return fmt.Sprintf("band %d has one value only at one date: it does not count", band+1)
}

func apart(band int) string {
	return fmt.Sprintf("band %d: unchanged pixels do not go together at the two dates: only its mean was matched", band+1)
}

func fewStill(still, of int) error {
	return fmt.Errorf("change: only %d pixels of %d look unchanged: too few for a pseudo-invariant normalisation", still, of)
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
	values := func(pix []float32) map[float32]int {
		n := map[float32]int{}
		for _, i := range at {
			n[pix[i]]++
		}
		return n
	}
	to := matching(values(src), values(ref))
	for _, i := range at {
		src[i] = to[src[i]]
	}
}

// matching returns what each value of src becomes, from how often each value occurs.
func matching(src, ref map[float32]int) map[float32]float32 {
	quantiles := func(n map[float32]int) (v []float32, quantile []float64) {
		all := 0
		for x, k := range n {
			v = append(v, x)
			all += k
		}
		slices.Sort(v)
		sum := 0
		for _, x := range v {
			sum += n[x]
			quantile = append(quantile, float64(sum)/float64(all))
		}
		return v, quantile
	}
	sv, sq := quantiles(src)
	rv, rq := quantiles(ref)
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
	return to
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
		return fewStill(len(still), len(p.valid))
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
			p.warnings = append(p.warnings, apart(k))
			for _, i := range p.valid {
				b[i] += float32(ma - mb)
			}
			continue
		}
		slope := majorAxis(sa*sa, sb*sb, cov)
		for _, i := range p.valid {
			b[i] = float32(ma + slope*(float64(b[i])-mb))
		}
	}
	return nil
}

// majorAxis returns the slope of the line through two variables that treats both alike.
func majorAxis(va, vb, cov float64) float64 {
	d := va - vb
	return (d + math.Sqrt(d*d+4*cov*cov)) / (2 * cov)
}

// stillChance is the chance from which on a pixel counts as unchanged.
const stillChance = 0.95

// still returns the pixels that look unchanged: those with a chance of 95 % and more to be so, or the tenth that changed
// least where these are fewer than one in fifty.
func (p *pair) still(m *madResult) []int32 {
	var sure []int32
	for k, i := range p.valid {
		if m.unchanged[k] > stillChance {
			sure = append(sure, i)
		}
	}
	if len(sure)*50 >= len(p.valid) {
		return sure
	}
	var t tally
	for _, c := range m.chi2 {
		t.add([]float32{float32(c)})
	}
	cut := t.quantile(0.1)
	sure = sure[:0]
	for k, i := range p.valid {
		if float64(float32(m.chi2[k])) <= cut {
			sure = append(sure, i)
		}
	}
	return sure
}
