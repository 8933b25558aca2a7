// Package rate answers "how often?" and "did it grow?" from sparse counts with unequal effort. A Design fixes the
// method, the side and the level before the counts are seen; its methods then take samples, counts with the exposure
// in which they arose, and return an inference.Result.
//
// It assumes that events are independent and that the chance of seeing one is proportional to the exposure. Where
// looks are clustered (a train that stays for days) the counts are over-dispersed and every interval here is too
// narrow: use analysis/regression (quasi-Poisson, negative binomial) or analysis/resample (block bootstrap) then.
// The room feeds analysis/effort (what unknown effort does to a ratio), analysis/power and analysis/chart.
package rate

import (
	"errors"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// Side says which departures from the null value count.
type Side = inference.Side

// The sides, as in package inference.
const (
	TwoSided = inference.TwoSided
	Greater  = inference.Greater
	Less     = inference.Less
)

// Method names a procedure. The zero value is the exact one.
type Method int

const (
	// Exact is the conditional test: given the total, the first count is binomial. P is the sum of the outcomes that
	// are no more likely than the observed one (as R's poisson.test); the interval is Clopper and Pearson's. Never
	// below its level; conservative for few events. Do not use it for a difference other than 0.
	Exact Method = iota
	// MidP subtracts half the probability of the observed outcome from the exact P; its interval inverts the two
	// one-sided mid-p values. Close to its level on average, a hair below it at times: the one to take where Exact is
	// too careful and a claim may err a little. 95 % limits of a ratio cover 96.7 % on average and 95.1 % at worst
	// (a difference: 95.7 and 94.7 %), over the grid of means from 0.5 to 28 of the test of coverage. Not for a claim that must never err.
	MidP
	// Score uses the normal approximation of the score statistic. Its limits are the closest to their level on average
	// (95.3 % of a ratio and of a difference, over the same grid), but for means below 1 they cover down to 92 %, and
	// those of one rate down to 84 %: not below about 5 expected events a sample.
	Score
	// ETest sums, over the Poisson law with the rates estimated under the null hypothesis, the outcomes whose score
	// statistic is at least as far out (Krishnamoorthy and Thomson 2004). Not for a guarantee: its size can exceed
	// the level by a little. Its work grows with the root of the counts: a quarter of a second for counts of a million,
	// where Score says the same.
	ETest
	// Wald uses the normal approximation with the variance at the estimate. Known as anti-conservative; here only
	// for comparison with published numbers.
	Wald
	// SquareRoot uses the variance-stabilised counts sqrt(x + 3/8). Not with zero counts; for comparison only.
	SquareRoot
	// ETestWald is ETest with the Wald statistic, for comparison only.
	ETestWald
)

// String is the name that results print.
func (m Method) String() string {
	if m < Exact || m > ETestWald {
		return "method " + strconv.Itoa(int(m))
	}
	return [...]string{"exact conditional", "conditional mid-p", "score", "E-test", "Wald", "square root", "E-test (Wald statistic)"}[m]
}

// Measure is what two samples are compared by.
type Measure int

const (
	Ratio      Measure = iota // rate of the first sample divided by that of the second
	Difference                // rate of the first sample minus that of the second
)

// String is the measure in words.
func (m Measure) String() string {
	if m == Difference {
		return "rate difference"
	}
	return "rate ratio"
}

// Split says when the line between two compared samples was drawn.
type Split int

const (
	SplitUnstated   Split = iota // nobody said: the result warns
	SplitBeforeData              // the date or place was fixed before the counts were seen
	SplitAfterData               // it was chosen after looking at the counts: the result warns
)

// Design holds every choice that must be made before the counts are seen. Its zero value asks for the exact
// conditional two-sided test of a ratio of 1 with a 95 % interval.
type Design struct {
	Question string  // printed above the result
	Measure  Measure // Ratio or Difference
	Method   Method
	Side     Side
	Null     float64 // null ratio (0 stands for 1), null difference, or, in Rate, null rate (0: nothing is tested)
	Level    float64 // of the interval, between 0 and 1 (0 stands for 0.95); tests use 1 - Level
	Split    Split
	Margin   Margin // for Equivalence only
}

// plan is a design with its defaults filled in.
type plan struct {
	Design
	alpha float64
}

func (d Design) plan(null float64) (plan, error) {
	p := plan{Design: d}
	var faults []error
	level, err := inference.Level("rate", d.Level)
	faults = append(faults, err, d.Side.Check("rate"))
	p.Level, p.alpha = level, 1-level
	if d.Method < Exact || d.Method > ETestWald {
		faults = append(faults, &InputError{Room: "rate", What: "method", Value: strconv.Itoa(int(d.Method)), Cause: "is none of the methods of package rate"})
	}
	if d.Measure != Ratio && d.Measure != Difference {
		faults = append(faults, &InputError{Room: "rate", What: "measure", Value: strconv.Itoa(int(d.Measure)), Cause: "must be Ratio or Difference"})
	}
	if d.Split < SplitUnstated || d.Split > SplitAfterData {
		faults = append(faults, &InputError{Room: "rate", What: "split", Value: strconv.Itoa(int(d.Split)), Cause: "must be SplitUnstated, SplitBeforeData or SplitAfterData"})
	}
	if d.Null == 0 {
		p.Null = null
	}
	return p, errors.Join(faults...)
}

// text names the choices, for provenance.
func (p plan) text() string {
	return p.Measure.String() + ", " + p.side()
}

// side names the choices that a single rate has too.
func (p plan) side() string {
	return p.Method.String() + ", " + p.Side.String() + ", level " + strconv.FormatFloat(p.Level, 'g', -1, 64)
}

// tails returns the chance left outside each end of the interval: 0 for an end that is unbounded.
func (p plan) tails() (low, high float64) {
	switch p.Side {
	case Greater:
		return p.alpha, 0
	case Less:
		return 0, p.alpha
	}
	return p.alpha / 2, p.alpha / 2
}
