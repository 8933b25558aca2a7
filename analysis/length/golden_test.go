package length_test

import (
	"errors"
	"math"
	"math/bits"
	"testing"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/length"
)

// The data behind the rows "depression": the permeability constants of R's example(wilcox.test).
var (
	term   = []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}
	early  = []float64{1.15, 0.88, 0.90, 0.74, 1.21}
	trains = []float64{225, 110, 60}
	later  = []float64{200, 200, 200, 200, 200}
)

func TestMannWhitneyAgreesWithScipyAndR(t *testing.T) {
	r, err := length.MannWhitney(term, early, inference.TwoSided, 0)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "U", r.Statistic.Value, reference.Py(t, "scipy.mannwhitneyu", "depression exact", "U"), 0)
	reference.Near(t, "p", r.P, reference.Py(t, "scipy.mannwhitneyu", "depression exact", "p"), 1e-9)
	// border_numbers_R422.txt: wilcox 225,110,60 vs 5x200: 0.49452467, the normal approximation; the exact P of the
	// mid-ranks is 24/56 for two sides, chosen here because ties are the rule with rounded lengths.
	p, err := length.MannWhitneyNormal(trains, later, inference.TwoSided)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "normal with ties", p, 0.49452467, 2e-8)
	r, err = length.MannWhitney(trains, later, inference.TwoSided, 0)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "exact with ties", r.P, bruteRankSum(trains, later), 1e-12)
}

// bruteRankSum tries every division.
func bruteRankSum(a, b []float64) float64 {
	all := append(append([]float64(nil), a...), b...)
	count := func(first []int) float64 {
		in := map[int]bool{}
		for _, i := range first {
			in[i] = true
		}
		w := 0.0
		for i := range all {
			for j := range all {
				if in[i] && !in[j] {
					if all[i] > all[j] {
						w++
					} else if all[i] == all[j] {
						w += 0.5
					}
				}
			}
		}
		return w
	}
	seenIdx := make([]int, len(a))
	for i := range seenIdx {
		seenIdx[i] = i
	}
	seen := count(seenIdx)
	lo, up, total := 0.0, 0.0, 0.0
	var walk func(from int, chosen []int)
	walk = func(from int, chosen []int) {
		if len(chosen) == len(a) {
			total++
			w := count(chosen)
			if w <= seen {
				lo++
			}
			if w >= seen {
				up++
			}
			return
		}
		for i := from; i < len(all); i++ {
			walk(i+1, append(append([]int(nil), chosen...), i))
		}
	}
	walk(0, nil)
	return math.Min(1, 2*math.Min(lo, up)/total)
}

func TestKolmogorovSmirnovAgreesWithScipyAndR(t *testing.T) {
	r, err := length.KolmogorovSmirnov(term, early, inference.TwoSided)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "D", r.Estimate, reference.Py(t, "scipy.ks_2samp", "depression exact", "D"), 1e-12)
	reference.Near(t, "p", r.P, reference.Py(t, "scipy.ks_2samp", "depression exact", "p"), 1e-9)
	// border_numbers_R422.txt: ks of the trains, with ties: 0.10714286
	r, err = length.KolmogorovSmirnov(trains, later, inference.TwoSided)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "ties", r.P, 0.10714286, 4e-8)
}

func TestMannKendallAgreesWithR(t *testing.T) {
	for name, values := range map[string][]float64{"Nile": reference.Column(t, "in_nile.csv", 1), "coal": reference.Column(t, "in_coal_yearly.csv", 1)} {
		k, err := length.MannKendall(nil, values, inference.TwoSided, 0)
		if err != nil {
			t.Fatal(err)
		}
		for quantity, got := range map[string]float64{"S": float64(k.S), "V": k.Variance, "z": k.Result.Statistic.Value, "p": k.Result.P, "sen": k.Slope} {
			reference.Near(t, name+" "+quantity, got, reference.R(t, "mannkendall", name, quantity), 1e-9)
		}
		if !k.Result.Interval.Contains(k.Slope) {
			t.Errorf("%s: %v outside %v", name, k.Slope, k.Result.Interval)
		}
		if name == "coal" {
			reference.Near(t, "tau-b", k.Tau, reference.Py(t, "scipy.kendalltau", "coal vs t", "tau_b"), 1e-9)
			// scipy leaves out the continuity correction: 3.432e-10 where R and this have 3.490e-10
			reference.Near(t, "scipy p", k.Result.P, reference.Py(t, "scipy.kendalltau", "coal vs t", "p"), 0.02)
		}
	}
}

func TestSwappedGroups(t *testing.T) {
	a, _ := length.MannWhitney(term, early, inference.Greater, 0)
	b, _ := length.MannWhitney(early, term, inference.Less, 0)
	reference.Near(t, "P", a.P, b.P, 1e-12)
	reference.Near(t, "share", a.Estimate, 1-b.Estimate, 1e-12)
	c, _ := length.KolmogorovSmirnov(term, early, inference.Greater)
	d, _ := length.KolmogorovSmirnov(early, term, inference.Less)
	reference.Near(t, "KS", c.P, d.P, 1e-12)
}

func TestBadLengthsAreNamed(t *testing.T) {
	for name, err := range map[string]error{
		"empty": second(length.MannWhitney(nil, term, 0, 0)),
		"NaN":   second(length.KolmogorovSmirnov([]float64{math.NaN()}, term, 0)),
		"few":   second(length.MannKendall(nil, []float64{1, 2}, 0, 0)),
		"order": second(length.MannKendall([]float64{1, 3, 2}, []float64{1, 2, 3}, 0, 0)),
		"level": second(length.MannWhitney(term, early, 0, -1)),
		"side":  second(length.MannWhitney(term, early, 8, 0)),
	} {
		var bad *length.InputError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r, err := length.MannWhitney([]float64{5, 5}, []float64{5, 5, 5}, 0, 0); err != nil || r.P != 1 {
		t.Errorf("all tied: %v %v", r, err)
	}
	if k, err := length.MannKendall(nil, []float64{2, 2, 2, 2}, 0, 0); err != nil || k.Result.P != 1 || math.IsNaN(k.Tau) {
		t.Errorf("all equal: %v %v", k, err)
	}
}

func second[T any](_ T, err error) error { return err }

// Random values with ties: the one-sided P is the share of all orders, counted here one by one. R 4.2.2's
// ks.test(alternative = "less", exact = TRUE) gives 0.59740259740259916 and 0.11818181818182183 for the two.
func TestOneSidedSmirnovWithTiesIsTheShareOfAllOrders(t *testing.T) {
	for _, c := range []struct {
		first, second []float64
		want          float64
	}{
		{[]float64{0, 2, -1, -2, 0, -2}, []float64{0, 0, -3, 1, 0}, 302.0 / 462},
		{[]float64{1, 2, 1, 1}, []float64{0, 3, 3, 0, -1, 1, 2}, 97.0 / 330},
	} {
		r, err := length.KolmogorovSmirnov(c.first, c.second, inference.Less)
		if err != nil {
			t.Fatal(err)
		}
		all := append(append([]float64(nil), c.first...), c.second...)
		reached, orders := 0, 0
		for set := range 1 << len(all) {
			if bits.OnesCount(uint(set)) != len(c.first) {
				continue
			}
			orders++
			d := 0.0
			for _, at := range all {
				share := 0.0
				for i, v := range all {
					if v > at {
						continue
					}
					if set>>i&1 == 1 {
						share -= 1 / float64(len(c.first))
					} else {
						share += 1 / float64(len(c.second))
					}
				}
				d = math.Max(d, share)
			}
			if d >= r.Estimate-1e-9 {
				reached++
			}
		}
		reference.Near(t, "counted", float64(reached)/float64(orders), c.want, 1e-12)
		reference.Near(t, "P", r.P, c.want, 1e-12)
	}
}
