package rate

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Margin is the range of ratios (or differences) that would count as "no change that matters". It belongs to the
// Design because it must be fixed before the counts are seen. For non-inferiority set only Low, for non-superiority
// only High.
type Margin struct {
	Low, High float64
	HasLow    bool
	HasHigh   bool
}

// Within is a margin with two ends, for equivalence.
func Within(low, high float64) Margin {
	return Margin{Low: low, High: high, HasLow: true, HasHigh: true}
}

// AtLeast is a margin with a lower end only, for non-inferiority: the first rate is not less than low times the second.
func AtLeast(low float64) Margin { return Margin{Low: low, HasLow: true} }

// AtMost is a margin with an upper end only, for non-superiority.
func AtMost(high float64) Margin { return Margin{High: high, HasHigh: true} }

// Equivalence asks whether the ratio (or difference) of two rates lies inside the design's Margin.
//
// Null hypothesis: it lies outside. Two one-sided tests of the design's method are made, one at each end of the
// margin; P is the larger one (TOST), and the interval has level 2*Level - 1 (90 % for the default design), so that it
// lies inside the margin exactly when P is at most 1 - Level. With one end only the interval is one-sided. The Side of
// the design must be TwoSided, its Null 0. That a difference is not shown is no proof of equality; this is the test
// that can show it, and with few events it seldom will. Exact and MidP cannot test differences.
//
// Errors (*InputError): those of Compare, and a margin that is missing, reversed, or not positive for ratios.
func (d Design) Equivalence(first, second Sample) (inference.Result, error) {
	p, err := d.plan(0)
	if err := errors.Join(err, pairFaults(first, second), d.marginFaults()); err != nil {
		return inference.Result{}, err
	}
	c := pair{first.Count, second.Count, first.Exposure, second.Exposure}
	r := inference.Result{Alpha: p.alpha, Side: Greater, LogP: math.Inf(-1)}
	low, high := math.Inf(-1), math.Inf(1)
	ends := []struct {
		has  bool
		at   float64
		side Side
		to   *float64
	}{{d.Margin.HasLow, d.Margin.Low, Greater, &low}, {d.Margin.HasHigh, d.Margin.High, Less, &high}}
	for _, end := range ends {
		if !end.has {
			continue
		}
		q := p
		q.Null, q.Side = end.at, end.side
		one, err := q.oneSided(c, first)
		if err != nil {
			return inference.Result{}, err
		}
		*end.to = one.Interval.Low
		if end.side == Less {
			*end.to = one.Interval.High
		}
		if one.LogP >= r.LogP {
			r.LogP, r.P, r.Statistic = one.LogP, one.P, one.Statistic
		}
		r.Side, r.Quantity, r.Estimate, r.N = end.side, one.Quantity, one.Estimate, one.N
		r.Interval.Method = one.Interval.Method
		r.Warnings = one.Warnings
	}
	p.dress(&r, first, second)
	r.Tested = true
	r.Interval.Low, r.Interval.High, r.Interval.Level = low, high, p.Level
	if d.Margin.HasLow && d.Margin.HasHigh {
		r.Side = TwoSided
		r.Interval.Level = 1 - 2*p.alpha
	} else if p.Measure == Ratio {
		r.Interval.Low = math.Max(0, low)
	}
	r.Method = "two one-sided tests, " + p.Method.String()
	r.Null = "the " + p.Measure.String() + " is " + d.Margin.outside()
	r.Finding = p.equivalenceFinding(r)
	return r, nil
}

func (p plan) oneSided(c pair, first Sample) (inference.Result, error) {
	if p.Measure == Difference {
		return p.difference(c, first)
	}
	return p.ratio(c)
}

func (m Margin) outside() string {
	switch {
	case m.HasLow && m.HasHigh:
		return "outside " + sheet.Number(m.Low) + " to " + sheet.Number(m.High)
	case m.HasLow:
		return "at or below " + sheet.Number(m.Low)
	}
	return "at or above " + sheet.Number(m.High)
}

func (m Margin) inside() string {
	switch {
	case m.HasLow && m.HasHigh:
		return "between " + sheet.Number(m.Low) + " and " + sheet.Number(m.High)
	case m.HasLow:
		return "above " + sheet.Number(m.Low)
	}
	return "below " + sheet.Number(m.High)
}

func (p plan) equivalenceFinding(r inference.Result) string {
	s := "The " + p.Measure.String() + " is " + sheet.Number(r.Estimate) + " (" + inference.Percent(math.Round(r.Interval.Level*1e9)/1e9) + " interval " +
		sheet.Number(r.Interval.Low) + " to " + sheet.Number(r.Interval.High) + "); that it is " + p.Margin.inside()
	if r.Rejected() {
		return s + " is shown (P = " + r.PText() + ")."
	}
	return s + " is not shown (P = " + r.PText() + ")."
}

func (d Design) marginFaults() error {
	m := d.Margin
	bad := func(cause string) error {
		v := strconv.FormatFloat(m.Low, 'g', -1, 64) + " to " + strconv.FormatFloat(m.High, 'g', -1, 64)
		return &InputError{Room: "rate", What: "margin", Value: v, Cause: cause}
	}
	switch {
	case !m.HasLow && !m.HasHigh:
		return bad("is missing: set Design.Margin to Within(low, high), AtLeast(low) or AtMost(high)")
	case math.IsNaN(m.Low) || math.IsNaN(m.High):
		return bad("is not a number")
	case m.HasLow && m.HasHigh && m.Low >= m.High:
		return bad("must go from low to high")
	case d.Measure == Ratio && (m.HasLow && m.Low <= 0 || m.HasHigh && m.High <= 0):
		return bad("a ratio margin must be positive")
	case d.Level != 0 && d.Level <= 0.5:
		return bad("two one-sided tests need a level above 0.5")
	case d.Side != TwoSided || d.Null != 0:
		return bad("fixes side and null value itself: leave Side and Null unset")
	}
	return nil
}
