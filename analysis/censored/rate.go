package censored

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// Answer is an estimate by likelihood with the worst cases beside it.
type Answer struct {
	inference.Result
	Worst inference.Interval // of the estimate over all counts the looks allow; Level 1
}

// Rate estimates the rate behind looks whose counts are intervals, by maximum likelihood with a profile interval, and
// bounds it by the rates of the smallest and the largest totals possible.
//
// Nothing is tested. The likelihood interval covers about its level once some 10 events are behind it; with exact
// counts only, rate.Design.Rate is exact and better. Looks that all have no upper end give an estimate of +Inf and a
// warning. It cannot see that people round (5, 10, 70): name widths that allow for it.
// Errors (*InputError, every row): no looks, reversed intervals, exposure not positive, a level outside (0,1).
func Rate(looks []Look, level float64) (Answer, error) {
	level, err := inference.Level("censored", level)
	if err := errors.Join(err, check(looks, "look")); err != nil {
		return Answer{}, err
	}
	total, exposure := Total(looks), 0.0
	for _, l := range looks {
		exposure += l.Exposure
	}
	z := tail.NormalQuantile(math.Log((1 - level) / 2))
	est := best(looks)
	low, high := profile(looks, est, z*z/2)
	a := Answer{Worst: inference.Interval{Low: float64(total.Low) / exposure, High: math.Inf(1), Level: 1, Method: "worst cases"}}
	if total.High != Unbounded {
		a.Worst.High = float64(total.High) / exposure
	}
	a.Result = inference.Result{
		Method: "likelihood of interval counts", Null: "none: nothing was tested", Quantity: "rate per unit of exposure", Estimate: est,
		Interval: inference.Interval{Low: low, High: high, Level: level, Method: "profile likelihood"}, P: math.NaN(), Alpha: 1 - level, N: len(looks),
		Exposure:   []inference.Exposure{{Name: "looks", Amount: exposure, Unit: "units of exposure, " + total.Text + " events", Count: total.Low}},
		Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(level, 'g', -1, 64), Inputs: strconv.Itoa(len(looks)) + " looks", Source: "interval-censored Poisson likelihood"},
	}
	a.Result.Exposure[0].Unit = "units of exposure (" + total.Text + " in all)"
	a.Result.Finding = "The rate is " + sheet.Number(est) + " (" + inference.Percent(level) + " interval " + sheet.Number(low) + " to " + sheet.Number(high) +
		"); the counts alone allow " + sheet.Number(a.Worst.Low) + " to " + sheet.Number(a.Worst.High) + "."
	a.warn(looks)
	return a, nil
}

func (a *Answer) warn(looks []Look) {
	open, wide := 0, 0
	for _, l := range looks {
		if l.Count.High == Unbounded {
			open++
		} else if l.Count.High > l.Count.Low {
			wide++
		}
	}
	if math.IsInf(a.Result.Estimate, 1) {
		a.Result.Warnings = append(a.Result.Warnings, "no look has an upper end: the likelihood grows without bound, only the lower end means something")
	} else if open > 0 {
		a.Result.Warnings = append(a.Result.Warnings, strconv.Itoa(open)+" of "+strconv.Itoa(len(looks))+" counts have no upper end: the worst case is unbounded")
	}
	if wide+open > 0 {
		a.Result.Warnings = append(a.Result.Warnings, strconv.Itoa(wide+open)+" of "+strconv.Itoa(len(looks))+" counts are not exact: the answer rests on the widths that were named")
	}
}

// Comparison is two rates of interval counts: by likelihood, and for the two worst totals.
type Comparison struct {
	inference.Result                  // likelihood ratio test and profile interval of the ratio
	Least            inference.Result // the design's comparison for the smallest first and the largest second total
	Most             inference.Result // for the largest first and the smallest second total
	Decided          bool             // whether both worst cases come to the same verdict
}

// Compare asks for the ratio of two rates whose counts are intervals. The design's own test (exact by default) is made
// for the two worst totals, which needs no likelihood: where both agree the vague counts do not matter.
//
// The likelihood ratio test beside it is two-sided, of a ratio of 1, and approximate. A total without upper end is
// taken as far as it can matter (ten times its lower end, and a warning). Errors: those of Rate, of
// rate.Design.Compare, and unequal units; only designs for ratios.
func Compare(d rate.Design, first, second []Look, unit string) (Comparison, error) {
	level, err := inference.Level("censored", d.Level)
	if d.Measure != rate.Ratio {
		err = errors.Join(err, &InputError{Room: "censored", What: "measure", Value: d.Measure.String(), Cause: "only ratios can be compared"})
	}
	if err := errors.Join(err, check(first, "first"), check(second, "second")); err != nil {
		return Comparison{}, err
	}
	a, b := Total(first), Total(second)
	ea, eb := 0.0, 0.0
	for _, l := range first {
		ea += l.Exposure
	}
	for _, l := range second {
		eb += l.Exposure
	}
	var c Comparison
	corner := func(x, y int) (inference.Result, error) {
		return d.Compare(rate.Of(x).In(ea, unit).Named("first"), rate.Of(y).In(eb, unit).Named("second"))
	}
	var errLeast, errMost error
	c.Least, errLeast = corner(a.Low, ceiling(b))
	c.Most, errMost = corner(ceiling(a), b.Low)
	if err := errors.Join(errLeast, errMost); err != nil {
		return Comparison{}, err
	}
	c.Decided = c.Least.Rejected() == c.Most.Rejected() && (!c.Least.Rejected() || (c.Least.Estimate > 1) == (c.Most.Estimate > 1))
	c.Result = likelihoodRatio(first, second, level)
	c.Result.Question = d.Question
	c.Result.Exposure = []inference.Exposure{{Name: "first", Amount: ea, Unit: unit + " (" + a.Text + " in all)", Count: a.Low}, {Name: "second", Amount: eb, Unit: unit + " (" + b.Text + " in all)", Count: b.Low}}
	if a.High == Unbounded || b.High == Unbounded {
		c.Result.Warnings = append(c.Result.Warnings, "a total without upper end was tried up to ten times its lower end")
	}
	if !c.Decided {
		c.Result.Warnings = append(c.Result.Warnings, "the verdict depends on what the vague counts were")
	}
	return c, nil
}

func ceiling(c Count) int {
	if c.High == Unbounded {
		return 10 * max(c.Low, 1)
	}
	return c.High
}

// likelihoodRatio tests equal rates and profiles the ratio.
func likelihoodRatio(first, second []Look, level float64) inference.Result {
	r1, r2 := best(first), best(second)
	r := inference.Result{Method: "likelihood ratio of interval counts", Null: "the rate ratio is 1", Quantity: "rate ratio", Estimate: r1 / r2, Tested: true, Alpha: math.Round((1-level)*1e12) / 1e12,
		N: len(first) + len(second), Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(level, 'g', -1, 64), Source: "interval-censored Poisson likelihood"}}
	top := at(first, r1) + at(second, r2)
	joint := func(ratio float64) float64 { // best likelihood with rate1 = ratio * rate2
		scaled := append([]Look(nil), second...)
		for _, l := range first {
			scaled = append(scaled, Look{l.Count, l.Exposure * ratio})
		}
		return at(scaled, best(scaled))
	}
	stat := math.Max(0, 2*(top-joint(1)))
	_, r.LogP = tail.LogChiSquared(stat, 1)
	r.P = math.Exp(r.LogP)
	r.Statistic = inference.Statistic{Name: "2 log likelihood ratio", Value: stat, DF: 1}
	z := tail.NormalQuantile(math.Log((1 - level) / 2))
	fallen := func(t float64) float64 { return top - z*z/2 - joint(math.Exp(t)) }
	r.Interval = inference.Interval{Low: 0, High: math.Inf(1), Level: level, Method: "profile likelihood"}
	start := math.Log(r1) - math.Log(r2)
	if math.IsNaN(start) || math.IsInf(start, 0) {
		r.Warnings = append(r.Warnings, "one rate has no finite positive estimate: the ratio has an end only on one side")
		start = math.Max(-30, math.Min(30, start))
		if math.IsNaN(start) {
			r.Estimate, r.P, r.LogP = math.NaN(), 1, 0
			return r
		}
	}
	if r.Estimate > 0 {
		if t, ok := walk(fallen, start, -0.25); ok {
			r.Interval.Low = math.Exp(t)
		}
	}
	if !math.IsInf(r.Estimate, 1) {
		if t, ok := walk(fallen, start, 0.25); ok {
			r.Interval.High = math.Exp(t)
		}
	}
	return r
}

// at is the log likelihood at an estimate that may be +Inf.
func at(looks []Look, rate float64) float64 {
	if math.IsInf(rate, 1) {
		return 0
	}
	return logLik(looks, rate)
}

// String is the text form.
func (a Answer) String() string { return a.Result.String() }

// SimpleRender shows the estimate, the worst cases in its sentence, and warnings.
func (a Answer) SimpleRender() map[string]any { return a.Result.SimpleRender() }

// String is the text form.
func (c Comparison) String() string { return c.sheet().Text() }

// SimpleRender shows the likelihood answer with both worst cases.
func (c Comparison) SimpleRender() map[string]any { return c.sheet().Render() }

func (c Comparison) sheet() sheet.Sheet {
	s := c.Result.Sheet()
	for _, w := range []struct {
		name string
		r    inference.Result
	}{{"worst case, least", c.Least}, {"worst case, most", c.Most}} {
		s.Rows = append(s.Rows, []string{w.name, sheet.Number(w.r.Estimate) + ", interval " + sheet.Number(w.r.Interval.Low) + " to " + sheet.Number(w.r.Interval.High) + ", P = " + w.r.PText()})
	}
	return s
}
