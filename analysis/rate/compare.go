package rate

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Compare asks whether the rate of the first sample differs from that of the second, by the ratio (or difference)
// first / second, as the design says.
//
// Null hypothesis: the ratio of the rates is Null (1 by default), or their difference is Null (0). Exact for the zero
// design under independent Poisson counts. It cannot see clustering inside a sample unless Looks are given, nor effort
// that was counted wrongly: ask effort.Vary for that. Zero counts are allowed: with no event in the second
// sample the ratio has no upper bound, with none in either the estimate is undefined and a warning says so.
//
// Errors (*InputError, all of them joined): negative count, exposure that is not positive and finite, unequal units,
// a level outside (0,1), a null ratio below 0, a null difference other than 0 with Exact or MidP.
// Sources: R's poisson.test; Krishnamoorthy and Thomson, J. Stat. Plan. Inference 119 (2004) 23; Gu et al.,
// Biometrical J. 50 (2008) 283.
func (d Design) Compare(first, second Sample) (inference.Result, error) {
	null := 1.0
	if d.Measure == Difference {
		null = 0
	}
	p, err := d.plan(null)
	if err := errors.Join(err, pairFaults(first, second)); err != nil {
		return inference.Result{}, err
	}
	c := pair{first.Count, second.Count, first.Exposure, second.Exposure}
	var r inference.Result
	if d.Measure == Difference {
		r, err = p.difference(c, first)
	} else {
		r, err = p.ratio(c)
	}
	if err != nil {
		return inference.Result{}, err
	}
	p.dress(&r, first, second)
	return r, nil
}

// Ratio of rates under the plan: estimate, interval and P without words.
func (p plan) ratio(c pair) (inference.Result, error) {
	if !(p.Null >= 1e-100 && p.Null <= 1e100) {
		return inference.Result{}, &InputError{Room: "rate", What: "null ratio", Value: strconv.FormatFloat(p.Null, 'g', -1, 64), Cause: "must be positive and finite, between 1e-100 and 1e100"}
	}
	n := c.x1 + c.x2
	r := inference.Result{Quantity: "rate ratio", N: n, Tested: true, Alpha: p.alpha, Side: p.Side}
	r.Estimate = float64(c.x1) / c.t1 * c.t2 / float64(c.x2)
	r.Null = "the rate ratio is " + sheet.Number(p.Null)
	low, high := p.tails()
	lo, hi := p.ratioLimits(c, low, high)
	r.Interval = inference.Interval{Low: lo, High: hi, Level: p.Level, Method: intervalNames[p.Method]}
	r.LogP, r.Statistic = p.ratioP(c)
	r.P = math.Exp(r.LogP)
	if n == 0 {
		r.Warnings = append(r.Warnings, "no event in either sample: the ratio is undefined and every value is possible")
	}
	return r, nil
}

var intervalNames = [...]string{"Clopper-Pearson", "mid-p", "score (Wilson)", "inverted one-sided E-tests", "inverted Wald", "inverted square root", "inverted one-sided E-tests"}

// ratioLimits returns the ends of the interval of the ratio with the chances low and high left outside.
func (p plan) ratioLimits(c pair, low, high float64) (lo, hi float64) {
	n := c.x1 + c.x2
	if n == 0 {
		return 0, math.Inf(1)
	}
	switch p.Method {
	case ETest, ETestWald:
		return c.etestRatios(p.Method, low, high)
	case MidP:
		lo, hi = midOdds(c.x1, n, low, high)
	case Score:
		lo, hi = scoreOdds(c.x1, n, low, high)
	case Wald, SquareRoot:
		lo, hi = statisticOdds(p.Method, c.x1, n, low, high)
	default:
		lo, hi = exactOdds(c.x1, n, low, high)
	}
	return c.ratio(lo), c.ratio(hi)
}

// ratioP returns log P and the statistic of the plan's test.
func (p plan) ratioP(c pair) (float64, inference.Statistic) {
	n := c.x1 + c.x2
	if n == 0 {
		return 0, inference.Statistic{}
	}
	switch p.Method {
	case Exact, MidP:
		a, b := c.chance(p.Null)
		if p.Method == MidP {
			return logMidP(c.x1, n, a, b, p.Side), inference.Statistic{}
		}
		return logExact(c.x1, n, a, b, p.Side), inference.Statistic{}
	}
	z := statistic(p.Method, float64(c.x1), float64(c.x2), p.Null*c.t1/c.t2)
	s := inference.Statistic{Name: "z", Value: z}
	if p.Method == ETest || p.Method == ETestWald {
		return c.logETest(p.Method, p.Null, p.Side), s
	}
	return logNormal(z, p.Side), s
}

// pairFaults returns every fault of two samples.
func pairFaults(first, second Sample) error {
	faults := append(first.check("first"), second.check("second")...)
	if first.Unit != second.Unit {
		faults = append(faults, &InputError{Room: "rate", What: "unit", Value: first.Unit + " v " + second.Unit, Cause: "rates per different units cannot be compared"})
	}
	return errors.Join(faults...)
}

// dress adds names, exposures, provenance, the sentence and the warnings to a comparison.
func (p plan) dress(r *inference.Result, first, second Sample) {
	r.Question = p.Question
	r.Method = p.Method.String() + " comparison of two rates"
	a, b := first.shown("first"), second.shown("second")
	r.Exposure = []inference.Exposure{a, b}
	r.Provenance = inference.Provenance{Design: p.text(), Source: sources[p.Method]}
	r.Finding = p.finding(r, a.Name, b.Name)
	r.Warnings = p.warn(r.Warnings, first, second)
}

var sources = [...]string{"R poisson.test", "R poisson.test with mid-p", "Gu et al. 2008", "Krishnamoorthy and Thomson 2004", "Gu et al. 2008", "Gu et al. 2008", "Krishnamoorthy and Thomson 2004"}

// finding is the sentence of a comparison.
func (p plan) finding(r *inference.Result, first, second string) string {
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	interval := " (" + inference.Percent(p.Level) + " interval " + sheet.Number(r.Interval.Low) + " to " + sheet.Number(r.Interval.High) + ")"
	what := "a difference "
	switch {
	case p.Measure == Ratio && p.Null != 1:
		what = "a ratio other than " + sheet.Number(p.Null) + " "
	case p.Measure == Difference && p.Null != 0:
		what = "a difference other than " + sheet.Number(p.Null) + " "
	}
	switch p.Side {
	case Greater:
		what = "more than the null value "
	case Less:
		what = "less than the null value "
	}
	tail := "; " + what + verb + " at the " + inference.Percent(p.alphaShown()) + " level (P = " + r.PText() + ")."
	switch {
	case p.Measure == Difference:
		return "The rate in " + first + " minus that in " + second + " is " + sheet.Number(r.Estimate) + interval + tail
	case math.IsNaN(r.Estimate):
		return "Nothing was seen in either " + first + " or " + second + ", so the ratio of their rates is undefined" + tail
	case math.IsInf(r.Estimate, 1):
		return "Nothing was seen in " + second + ", so the rate in " + first + " is at least " + sheet.Number(r.Interval.Low) + " times that in it" + interval + tail
	}
	return "The rate in " + first + " is " + sheet.Number(r.Estimate) + " times that in " + second + interval + tail
}

// alphaShown is 1 - Level without the last binary digits.
func (p plan) alphaShown() float64 { return math.Round(p.alpha*1e9) / 1e9 }
