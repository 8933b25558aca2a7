package effort

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// Share is a number of looks with something there, out of all looks.
type Share struct{ Present, Looks int }

// mostLooks bounds the exact law.
const mostLooks = 1_000_000

// table is the conditional law of the first cell of a two-by-two table with fixed margins.
type table struct {
	low, high int
	logs      []float64 // log central hypergeometric weights of low … high
}

// CompareOccupancy asks whether two occupancies differ, by Fisher's exact test; the estimate is the odds ratio of the
// conditional likelihood (not the cross product), its interval inverts the two one-sided exact tests.
//
// Null hypothesis: the odds of presence are the same. It assumes independent looks; dwell over several looks makes P
// too small. Zero cells are allowed. Agrees with R's fisher.test; estimate and limits are the roots themselves, to ten
// digits, where R's stop at the tolerance of its root finder, most often in the fourth digit, and far worse for odds
// ratios beyond a thousand. Errors (*InputError): those of Occupancy.
// Source: Fisher, J. R. Stat. Soc. 98 (1935) 39.
// Not for looks that follow each other faster than things leave: average such runs first.
func CompareOccupancy(first, second Share, side inference.Side, level float64) (inference.Result, error) {
	level, err := inference.Level("effort", level)
	faults := []error{err, side.Check("effort")}
	for i, s := range []Share{first, second} {
		if s.Looks < 1 || s.Present < 0 || s.Present > s.Looks {
			faults = append(faults, &InputError{Room: "effort", What: "share", Row: i + 1, Value: strconv.Itoa(s.Present) + " of " + strconv.Itoa(s.Looks), Cause: "must be 0 … looks of 1 or more looks"})
		}
		if s.Looks > mostLooks {
			faults = append(faults, &InputError{Room: "effort", What: "share", Row: i + 1, Value: strconv.Itoa(s.Looks) + " looks", Cause: "are more than a million: compare them as rates (rate.Design.Compare)"})
		}
	}
	if err := errors.Join(faults...); err != nil {
		return inference.Result{}, err
	}
	t := newTable(first, second)
	x := first.Present
	r := inference.Result{
		Method: "Fisher's exact test", Null: "the odds of presence are the same", Side: side, Quantity: "odds ratio", Estimate: t.estimate(x), Tested: true,
		Alpha: math.Round((1-level)*1e12) / 1e12, N: first.Looks + second.Looks,
		Exposure: []inference.Exposure{{Name: "first", Amount: float64(first.Looks), Unit: "looks", Count: first.Present}, {Name: "second", Amount: float64(second.Looks), Unit: "looks", Count: second.Present}},
		Interval: inference.Interval{Low: 0, High: math.Inf(1), Level: level, Method: "exact conditional"}, Provenance: inference.Provenance{Design: side.String(), Source: "R fisher.test"},
	}
	r.LogP = t.logP(x, side)
	r.P = math.Exp(r.LogP)
	out := 1 - level
	if side == inference.TwoSided {
		out /= 2
	}
	if side != inference.Less && x > t.low {
		r.Interval.Low = t.solve(func(psi float64) float64 { return t.logUpper(x, psi) - math.Log(out) })
	}
	if side != inference.Greater && x < t.high {
		r.Interval.High = t.solve(func(psi float64) float64 { return math.Log(out) - t.logLower(x, psi) })
	}
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	r.Finding = "The odds of presence are " + sheet.Number(r.Estimate) + " times those of the second (" + inference.Percent(level) + " interval " + sheet.Number(r.Interval.Low) + " to " +
		sheet.Number(r.Interval.High) + "); a difference " + verb + " (P = " + r.PText() + ")."
	if t.low == t.high {
		r.Finding = "The odds ratio is undefined: there was always or never something there in both samples (P = " + r.PText() + ")."
		r.Warnings = append(r.Warnings, "the margins allow one table only: nothing can be learnt from it")
		r.Estimate = math.NaN()
	}
	return r, nil
}

func newTable(a, b Share) table {
	all := a.Present + b.Present
	t := table{low: max(0, all-b.Looks), high: min(all, a.Looks)}
	for x := t.low; x <= t.high; x++ {
		t.logs = append(t.logs, logChoose(a.Looks, x)+logChoose(b.Looks, all-x))
	}
	return t
}

func logChoose(n, k int) float64 {
	return tail.LogBinomial(float64(k), float64(n), 0.5, 0.5) + float64(n)*math.Ln2
}

// share is the log of the share of the weights from x1 to x2 among all, at the log odds ratio psi.
func (t table) share(x1, x2 int, psi float64) float64 {
	part, all := math.Inf(-1), math.Inf(-1)
	for i, l := range t.logs {
		w := l + float64(i)*psi
		all = tail.LogSum(all, w)
		if x := t.low + i; x >= x1 && x <= x2 {
			part = tail.LogSum(part, w)
		}
	}
	return part - all
}

func (t table) logUpper(x int, psi float64) float64 { return t.share(x, t.high, psi) }
func (t table) logLower(x int, psi float64) float64 { return t.share(t.low, x, psi) }

func (t table) logP(x int, side inference.Side) float64 {
	switch side {
	case inference.Greater:
		return math.Min(0, t.logUpper(x, 0))
	case inference.Less:
		return math.Min(0, t.logLower(x, 0))
	}
	seen := t.logs[x-t.low] + 1e-7
	part, all := math.Inf(-1), math.Inf(-1)
	for _, l := range t.logs {
		all = tail.LogSum(all, l)
		if l <= seen {
			part = tail.LogSum(part, l)
		}
	}
	return math.Min(0, part-all)
}

// estimate is the conditional maximum likelihood odds ratio: the one whose expected first cell is x.
func (t table) estimate(x int) float64 {
	if x == t.low {
		return 0
	}
	if x == t.high {
		return math.Inf(1)
	}
	return t.solve(func(psi float64) float64 {
		mean, all := 0.0, math.Inf(-1)
		for i, l := range t.logs {
			all = tail.LogSum(all, l+float64(i)*psi)
		}
		for i, l := range t.logs {
			mean += float64(t.low+i) * math.Exp(l+float64(i)*psi-all)
		}
		return mean - float64(x)
	})
}

// solve finds the odds ratio at which a rising function of its logarithm is 0.
func (t table) solve(f func(float64) float64) float64 {
	a, b := tail.Widen(f, -1, 1)
	psi, _ := tail.Root(f, a, b)
	return math.Exp(psi)
}
