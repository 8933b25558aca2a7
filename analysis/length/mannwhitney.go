// Package length compares distributions of measured values, lengths of trains and ships above all, without assuming a
// law for them: Mann and Whitney's test, Kolmogorov and Smirnov's, and Mann and Kendall's test of a trend with Sen's
// slope. Ties, which rounded lengths are full of, are treated exactly and said.
//
// It assumes independent values. The permutation of means is in analysis/resample, densities and smooth curves are in
// analysis/smooth, interval-censored lengths in analysis/censored.
package length

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// largestExact bounds the work of the exact law of the rank sum: values times rank sum.
const largestExact = 40_000_000

// MannWhitney asks whether values of the first group tend to be larger than those of the second.
//
// Null hypothesis: both groups come from one distribution. The estimate is the share of pairs in which the first value
// is larger, ties counting half (0.5 under the null hypothesis); the statistic is W, the number of such pairs, as in
// R's wilcox.test. P is exact by the permutation law of the mid-ranks, also with ties; there R (before 4.4) falls back
// on the normal approximation, whose P is then given in a warning. Two-sided P doubles the smaller tail, at most 1.
// Very large samples use the normal law with tie and continuity correction. The interval is DeLong's, approximate.
// It does not compare means or medians unless the shapes are alike. Errors (*InputError, every row): an empty group,
// missing values, a level outside (0,1). Source: Mann and Whitney, Ann. Math. Stat. 18 (1947) 50.
func MannWhitney(first, second []float64, side inference.Side, level float64) (inference.Result, error) {
	level, err := inference.Level("length", level)
	if err := errors.Join(err, side.Check("length"), groups(first, second)); err != nil {
		return inference.Result{}, err
	}
	m, n := len(first), len(second)
	ranks, ties := midranks(append(slices.Clone(first), second...))
	sum := 0.0
	for _, r := range ranks[:m] {
		sum += r
	}
	w := sum - float64(m*(m+1))/2
	r := inference.Result{
		Method: "Mann-Whitney, exact", Null: "both groups come from one distribution", Side: side, Quantity: "share of pairs in which the first is larger",
		Estimate: w / float64(m*n), Statistic: inference.Statistic{Name: "W", Value: w}, Tested: true, Alpha: math.Round((1-level)*1e12) / 1e12, N: m + n,
		Exposure: []inference.Exposure{{Name: "first", Amount: float64(m), Unit: "values"}, {Name: "second", Amount: float64(n), Unit: "values"}},
		Interval: delong(first, second, level, side), Provenance: inference.Provenance{Design: side.String(), Source: "R wilcox.test"},
	}
	normal := normalW(w, m, n, ties, side)
	if float64(m*n)*float64(m+n) <= largestExact {
		lower, upper := rankSumTails(ranks, m)
		r.LogP = combine(lower, upper, side)
		if len(ties) > 0 {
			r.Warnings = append(r.Warnings, "ties: P is exact for the mid-ranks; the normal approximation, which R uses then, gives "+inference.Probability(math.Exp(normal), normal))
		}
	} else {
		r.Method, r.LogP = "Mann-Whitney, normal approximation with tie and continuity correction", normal
	}
	r.P = math.Exp(r.LogP)
	if m+n < 10 {
		r.Warnings = append(r.Warnings, "fewer than 10 values in all")
	}
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	r.Finding = "In " + sheet.Digits(100*r.Estimate, 3) + " % of the pairs the value of the first group is the larger; a difference " + verb + " (P = " + r.PText() + ", " + side.String() + ")."
	return r, nil
}

// MannWhitneyNormal returns the P of the normal approximation with tie and continuity correction, for comparison with
// wilcox.test(exact = FALSE). Not below some 20 values a group.
func MannWhitneyNormal(first, second []float64, side inference.Side) (float64, error) {
	if err := errors.Join(side.Check("length"), groups(first, second)); err != nil {
		return 0, err
	}
	m := len(first)
	ranks, ties := midranks(append(slices.Clone(first), second...))
	sum := -float64(m*(m+1)) / 2
	for _, r := range ranks[:m] {
		sum += r
	}
	return math.Exp(normalW(sum, m, len(second), ties, side)), nil
}

func groups(first, second []float64) error {
	var faults []error
	for _, g := range []struct {
		name   string
		values []float64
	}{{"first group", first}, {"second group", second}} {
		if len(g.values) == 0 {
			faults = append(faults, &InputError{Room: "length", What: g.name, Value: "no values", Cause: "needs at least one"})
		}
		faults = append(faults, finite(g.name, g.values)...)
	}
	return errors.Join(faults...)
}

func finite(what string, values []float64) []error {
	var faults []error
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			faults = append(faults, &InputError{Room: "length", What: what, Row: i + 1, Value: strconv.FormatFloat(v, 'g', -1, 64), Cause: "is missing or not finite"})
		}
	}
	return faults
}

// midranks returns the rank of every value, ties sharing their mean rank, and the sizes of the tied groups.
func midranks(values []float64) (ranks []float64, ties []int) {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return a - b
	})
	ranks = make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			ranks[k] = float64(i+j+1) / 2
		}
		if j-i > 1 {
			ties = append(ties, j-i)
		}
		i = j
	}
	return ranks, ties
}

// rankSumTails returns log P(W <= w) and log P(W >= w) over all choices of m of the mid-ranks, counted in doubled
// ranks so that all are whole.
func rankSumTails(ranks []float64, m int) (lower, upper float64) {
	seen, top := 0, 0
	doubled := make([]int, len(ranks))
	for i, r := range ranks {
		doubled[i] = int(math.Round(2 * r))
		if i < m {
			seen += doubled[i]
		}
	}
	sorted := slices.Clone(doubled)
	slices.Sort(sorted)
	for _, r := range sorted[len(sorted)-m:] {
		top += r
	}
	// chance[k][s]: choosing k of the ranks so far with sum s, kept as probabilities by drawing one rank at a time
	chance := make([][]float64, m+1)
	for k := range chance {
		chance[k] = make([]float64, top+1)
	}
	chance[0][0] = 1
	n := len(ranks)
	for i, r := range sorted {
		for k := min(i+1, m); k >= 1; k-- {
			take := float64(m-k+1) / float64(n-i) // the chance that the i-th rank is taken when k-1 of m are
			stay := 1 - float64(m-k)/float64(n-i)
			for s := top; s >= 0; s-- {
				v := chance[k][s] * stay
				if s >= r {
					v += chance[k-1][s-r] * take
				}
				chance[k][s] = v
			}
		}
		stay := 1 - float64(m)/float64(n-i)
		chance[0][0] *= math.Max(0, stay)
	}
	var lo, up float64
	for s, v := range chance[m] {
		if s <= seen {
			lo += v
		}
	}
	for s := top; s >= seen; s-- {
		up += chance[m][s]
	}
	return math.Min(0, math.Log(lo)), math.Min(0, math.Log(up))
}

// combine turns two tails into the log P of a side.
func combine(lower, upper float64, side inference.Side) float64 {
	switch side {
	case inference.Greater:
		return upper
	case inference.Less:
		return lower
	}
	return math.Min(0, math.Ln2+math.Min(lower, upper))
}

// normalW is the log P of the normal approximation of W.
func normalW(w float64, m, n int, ties []int, side inference.Side) float64 {
	total := float64(m + n)
	tied := 0.0
	for _, t := range ties {
		f := float64(t)
		tied += f*f*f - f
	}
	sigma := math.Sqrt(float64(m*n) / 12 * (total + 1 - tied/(total*(total-1))))
	if sigma == 0 || math.IsNaN(sigma) {
		return 0
	}
	d := w - float64(m*n)/2
	switch side {
	case inference.Greater:
		return tail.LogNormalUpper((d - 0.5) / sigma)
	case inference.Less:
		return tail.LogNormalUpper(-(d + 0.5) / sigma)
	}
	shift := 0.0
	if d > 0 {
		shift = 0.5
	} else if d < 0 {
		shift = -0.5
	}
	return math.Min(0, math.Ln2+tail.LogNormalUpper(math.Abs(d-shift)/sigma))
}

// delong is the normal interval of the share of pairs with DeLong's variance, cut at 0 and 1.
func delong(a, b []float64, level float64, side inference.Side) inference.Interval {
	i := inference.Interval{Low: 0, High: 1, Level: level, Method: "DeLong"}
	if len(a) < 2 || len(b) < 2 {
		return i
	}
	win := func(x, y float64) float64 {
		switch {
		case x > y:
			return 1
		case x == y:
			return 0.5
		}
		return 0
	}
	mean := 0.0
	pa, pb := make([]float64, len(a)), make([]float64, len(b))
	for j, x := range a {
		for k, y := range b {
			v := win(x, y)
			pa[j] += v / float64(len(b))
			pb[k] += v / float64(len(a))
			mean += v / float64(len(a)*len(b))
		}
	}
	spread := func(p []float64) float64 {
		s := 0.0
		for _, v := range p {
			s += (v - mean) * (v - mean)
		}
		return s / float64(len(p)-1) / float64(len(p))
	}
	se := math.Sqrt(spread(pa) + spread(pb))
	out := 1 - level
	if side == inference.TwoSided {
		out /= 2
	}
	z := -tail.NormalQuantile(math.Log(out))
	if side != inference.Less {
		i.Low = math.Max(0, mean-z*se)
	}
	if side != inference.Greater {
		i.High = math.Min(1, mean+z*se)
	}
	return i
}
