package length

import (
	"errors"
	"math"
	"slices"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// KolmogorovSmirnov asks whether two groups have the same distribution, by the largest distance D between their
// cumulative shares. Greater means that the first group's cumulative share lies above the second's somewhere, that is,
// that its values tend to be smaller, as in R.
//
// Null hypothesis: one distribution. Ties: P is exact given the tied values seen (Schröer and Trenkler), as R does
// since 4.2; the older rule, which ignores ties, is conservative. (One-sided P of R 4.2 for "less" are off with ties, by
// enumeration of all orders; ours are not.) Samples with m*n of 10,000 or more use Smirnov's asymptotic law, to all
// digits, where R stops after one term of the series and is off by up to 1e-5. It sees any difference, and therefore each one weakly. No interval is given. Errors: those of
// MannWhitney. Source: Schröer and Trenkler, Comput. Stat. Data Anal. 20 (1995) 185.
// Not for a question about the mean or the longest: it asks about any difference of shape and has little power for
// each.
func KolmogorovSmirnov(first, second []float64, side inference.Side) (inference.Result, error) {
	if err := errors.Join(side.Check("length"), groups(first, second)); err != nil {
		return inference.Result{}, err
	}
	a, b := slices.Clone(first), slices.Clone(second)
	slices.Sort(a)
	slices.Sort(b)
	m, n := len(a), len(b)
	last, above, below, tied := steps(a, b)
	d := math.Max(above, below)
	switch side {
	case inference.Greater:
		d = above
	case inference.Less:
		d = below
	}
	r := inference.Result{
		Method: "Kolmogorov-Smirnov, exact", Null: "both groups come from one distribution", Side: side, Quantity: "largest distance of the cumulative shares",
		Estimate: d, Statistic: inference.Statistic{Name: "D", Value: d}, Tested: true, Alpha: 0.05, N: m + n,
		Exposure: []inference.Exposure{{Name: "first", Amount: float64(m), Unit: "values"}, {Name: "second", Amount: float64(n), Unit: "values"}},
		Interval: inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the distance has no exact one"}, Provenance: inference.Provenance{Design: side.String(), Source: "R ks.test"},
	}
	if tied {
		r.Warnings = append(r.Warnings, "ties: P is exact given the tied values")
	}
	if m*n < 10_000 {
		r.P = exactSmirnov(last, m, n, d, side)
	} else {
		r.Method = "Kolmogorov-Smirnov, asymptotic"
		r.P = smirnovLimit(d*math.Sqrt(float64(m)*float64(n)/float64(m+n)), side)
	}
	r.P = math.Max(0, math.Min(1, r.P))
	r.LogP = math.Log(r.P)
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	r.Finding = "The cumulative shares differ by at most " + sheet.Digits(d, 3) + "; a difference of the distributions " + verb + " (P = " + r.PText() + ", " + side.String() + ")."
	if m+n < 10 {
		r.Warnings = append(r.Warnings, "fewer than 10 values in all")
	}
	return r, nil
}

// steps walks both sorted samples: last[k] says whether the (k+1)-th of all values is the last of its ties; above and
// below are the largest distances of the first share over and under the second.
func steps(a, b []float64) (last []bool, above, below float64, tied bool) {
	all := slices.Sorted(slices.Values(append(slices.Clone(a), b...)))
	last = make([]bool, len(all))
	i, j := 0, 0
	for k, v := range all {
		last[k] = k == len(all)-1 || all[k+1] != v
		if !last[k] {
			tied = true
			continue
		}
		for i < len(a) && a[i] <= v {
			i++
		}
		for j < len(b) && b[j] <= v {
			j++
		}
		d := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
		above, below = math.Max(above, d), math.Max(below, -d)
	}
	return last, above, below, tied
}

// exactSmirnov is the share of all orders of the two samples whose distance reaches d, by counting the paths that do.
func exactSmirnov(last []bool, m, n int, d float64, side inference.Side) float64 {
	mn := float64(m) * float64(n)
	edge := math.Floor(d*mn-1e-7) + 0.5 // distances are multiples of 1/mn
	out := func(i, j int) bool {
		if i+j == 0 || !last[i+j-1] {
			return false
		}
		v := float64(i)*float64(n) - float64(j)*float64(m)
		switch side {
		case inference.Greater:
			return v > edge
		case inference.Less:
			return -v > edge
		}
		return math.Abs(v) > edge
	}
	reach := make([]float64, n+1) // chance that a random order up to (i, j) has been out
	for i := range m + 1 {
		for j := range n + 1 {
			v := 0.0
			switch {
			case i > 0 && j > 0:
				v = reach[j]*float64(i)/float64(i+j) + reach[j-1]*float64(j)/float64(i+j)
			case i > 0:
				v = reach[j]
			case j > 0:
				v = reach[j-1]
			}
			if out(i, j) {
				v = 1
			}
			reach[j] = v
		}
	}
	return reach[n]
}

// smirnovLimit is the upper tail of Smirnov's limiting law.
func smirnovLimit(x float64, side inference.Side) float64 {
	if side != inference.TwoSided {
		return math.Exp(-2 * x * x)
	}
	if x < 1 { // theta form of the lower tail
		sum := 0.0
		for k := 1.0; k < 40; k += 2 {
			sum += math.Exp(-k * k * math.Pi * math.Pi / (8 * x * x))
		}
		return 1 - math.Sqrt(2*math.Pi)/x*sum
	}
	sum, sign := 0.0, 1.0
	for k := 1.0; k < 100; k++ {
		sum += sign * math.Exp(-2*k*k*x*x)
		sign = -sign
	}
	return 2 * sum
}
