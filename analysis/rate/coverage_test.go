package rate

import (
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// means is the stated grid of the coverage of one rate: 0.1 to 60 events expected.
func means() []float64 {
	var out []float64
	for m := 0.1; m < 60; m = m*1.02 + 0.01 {
		out = append(out, m)
	}
	return out
}

// Coverage of the 95 % interval of one rate, by enumeration of the counts.
func TestCoverageOfOneRate(t *testing.T) {
	for _, m := range []Method{Exact, MidP, Score} {
		p, _ := Design{Method: m}.plan(0)
		type limit struct{ lo, hi float64 }
		var limits []limit
		for k := range 160 {
			lo, hi := p.meanLimits(k, 0.025, 0.025)
			limits = append(limits, limit{lo, hi})
		}
		worst, at, sum := 1.0, 0.0, 0.0
		grid := means()
		for _, mu := range grid {
			cover := 0.0
			for k, l := range limits {
				if l.lo <= mu && mu <= l.hi {
					cover += math.Exp(tail.LogPoisson(float64(k), mu))
				}
			}
			if cover < worst {
				worst, at = cover, mu
			}
			sum += cover
		}
		judge(t, m.String(), m == Exact, sum/float64(len(grid)), worst, at)
	}
}

// Coverage of the 95 % interval of a ratio, over means 0.5 to 25 in the second sample, exposures 1:1, 1:2 and 3:1 and
// true ratios 0.25 to 4, by enumeration of both counts; the methods that are not exact are judged where both means
// are 2 or more (below that every method covers more than its level, since an interval must hold almost every ratio).
func TestCoverageOfARatio(t *testing.T) {
	for _, m := range []Method{Exact, MidP, Score, ETest} {
		p, _ := Design{Method: m}.plan(1)
		worst, at, sum, n := 1.0, 0.0, 0.0, 0.0
		for _, e := range [][2]float64{{1, 1}, {1, 2}, {3, 1}} {
			reach := 60
			if m == ETest {
				reach = 26 // its inversion is slow
			}
			lims := make([][][2]float64, reach)
			for a := range reach {
				lims[a] = make([][2]float64, reach)
				for b := range reach {
					lo, hi := p.ratioLimits(pair{a, b, e[0], e[1]}, 0.025, 0.025)
					lims[a][b] = [2]float64{lo, hi}
				}
			}
			for _, ratio := range []float64{0.25, 0.5, 1, 1.7, 4} {
				for _, mean := range []float64{0.5, 1, 2, 4, 7, 12, 25} {
					first := mean * ratio * e[0] / e[1]
					if first+6*math.Sqrt(first) > float64(reach)-3 || mean+6*math.Sqrt(mean) > float64(reach)-3 {
						continue
					}
					if m != Exact && (first < 2 || mean < 2) {
						continue
					}
					cover := 0.0
					for a := range reach {
						pa := math.Exp(tail.LogPoisson(float64(a), first))
						for b := range reach {
							if l := lims[a][b]; l[0] <= ratio && ratio <= l[1] {
								cover += pa * math.Exp(tail.LogPoisson(float64(b), mean))
							}
						}
					}
					if cover < worst {
						worst, at = cover, mean
					}
					sum, n = sum+cover, n+1
				}
			}
		}
		judge(t, m.String()+" ratio", m == Exact, sum/n, worst, at)
	}
}

// judge holds exact intervals to 95 % everywhere and the others to 93-97 % on average.
func judge(t *testing.T, name string, exact bool, mean, worst, at float64) {
	t.Helper()
	t.Logf("%s: mean coverage %.4f, worst %.4f at mean %.3g", name, mean, worst, at)
	if exact && worst < 0.95-1e-9 {
		t.Errorf("%s covers %.6f at %.4g", name, worst, at)
	}
	if !exact && (mean < 0.93 || mean > 0.97) {
		t.Errorf("%s covers %.4f on average", name, mean)
	}
}
