package rate

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Rate returns the rate of one sample, events per unit of exposure, with its interval: Garwood's exact limits, or the
// mid-p or score limits when the design says so. With a Null above 0 it also tests that the rate is Null.
//
// The exact interval covers at least its level for every mean, above it for small ones. With no event seen the
// estimate is 0 and the interval ends at 3.689 / exposure (level 0.95, two-sided). P follows R's poisson.test.
// Do not use it for counts that were chosen for being high (the busiest week), nor for clustered counts.
//
// Errors (*InputError, joined): those of Compare; methods other than Exact, MidP and Score; a negative Null.
func (d Design) Rate(s Sample) (inference.Result, error) {
	p, err := d.plan(0)
	faults := append(s.check("sample"), err)
	if p.Method > Score {
		faults = append(faults, &InputError{Room: "rate", What: "method", Value: p.Method.String(), Cause: "one rate has exact, mid-p and score limits only"})
	}
	if p.Null*s.Exposure > 1e15 {
		faults = append(faults, &InputError{Room: "rate", What: "null rate", Value: strconv.FormatFloat(p.Null, 'g', -1, 64), Cause: "expects more than 1e15 events"})
	}
	if p.Null < 0 || math.IsInf(p.Null, 1) || math.IsNaN(p.Null) {
		faults = append(faults, &InputError{Room: "rate", What: "null rate", Value: strconv.FormatFloat(p.Null, 'g', -1, 64), Cause: "must be finite and not negative"})
	}
	if err := errors.Join(faults...); err != nil {
		return inference.Result{}, err
	}
	r := inference.Result{
		Question: p.Question, Method: p.Method.String() + " rate", Null: "none: nothing was tested", Quantity: "rate", Side: p.Side,
		Estimate: s.Rate(), N: s.Count, Alpha: p.alpha, P: math.NaN(),
		Exposure:   []inference.Exposure{s.shown("sample")},
		Provenance: inference.Provenance{Design: p.side(), Source: [...]string{"Garwood 1936", "Garwood 1936 with mid-p", "score"}[p.Method]},
	}
	r.Method = [...]string{"exact (Garwood) interval of a rate", "mid-p interval of a rate", "score interval of a rate"}[p.Method]
	if s.Unit != "" {
		r.Quantity = "rate per " + singular(s.Unit)
	}
	low, high := p.tails()
	lo, hi := p.meanLimits(s.Count, low, high)
	r.Interval = inference.Interval{Low: lo / s.Exposure, High: hi / s.Exposure, Level: p.Level, Method: [...]string{"Garwood", "mid-p", "score"}[p.Method]}
	if p.Null > 0 {
		p.testOne(&r, s)
	}
	r.Finding = p.oneFinding(r, s)
	if s.Count < 5 {
		r.Warnings = append(r.Warnings, "fewer than 5 events: the interval is wide because little was seen")
	}
	r.Warnings = s.dispersed(r.Warnings, "sample")
	return r, nil
}

// oneFinding is the sentence of one rate.
func (p plan) oneFinding(r inference.Result, s Sample) string {
	text := "The " + r.Quantity + " is " + sheet.Number(r.Estimate)
	if s.Count == 0 {
		text = "Nothing was seen; the " + r.Quantity + " may still be up to " + sheet.Number(r.Interval.High)
	}
	text += " (" + inference.Percent(p.Level) + " interval " + sheet.Number(r.Interval.Low) + " to " + sheet.Number(r.Interval.High) + ")"
	if !r.Tested {
		return text + "."
	}
	verdict := " is not rejected"
	if r.Rejected() {
		verdict = " is rejected"
	}
	return text + "; that " + r.Null + verdict + " at the " + inference.Percent(p.alphaShown()) + " level (P = " + r.PText() + ")."
}

// meanLimits returns the limits of the Poisson mean behind k events.
func (p plan) meanLimits(k int, low, high float64) (lo, hi float64) {
	switch p.Method {
	case MidP:
		return midGarwood(k, low, high)
	case Score:
		return scoreMean(k, low, high)
	}
	return garwood(k, low, high)
}

func (p plan) testOne(r *inference.Result, s Sample) {
	mean := p.Null * s.Exposure
	r.Tested = true
	r.Null = "the rate is " + sheet.Number(p.Null)
	switch p.Method {
	case Exact:
		r.LogP = logExactOne(s.Count, mean, p.Side)
	case MidP:
		r.LogP = logMidPOne(s.Count, mean, p.Side)
	case Score:
		z := (float64(s.Count) - mean) / math.Sqrt(mean)
		r.Statistic = inference.Statistic{Name: "z", Value: z}
		r.LogP = logNormal(z, p.Side)
	}
	r.P = math.Exp(r.LogP)
}

// singular drops the s of a plural unit: "looks" gives "look".
func singular(unit string) string {
	if n := len(unit); n > 2 && unit[n-1] == 's' && unit[n-2] != 's' {
		return unit[:n-1]
	}
	return unit
}

func joined(faults []error) error { return errors.Join(faults...) }
