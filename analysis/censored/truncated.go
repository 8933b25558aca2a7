package censored

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// ZeroTruncated estimates the rate per look when only looks with at least one event were reported.
//
// The counts are taken as Poisson given that they are not 0; the estimate solves mean = rate / (1 - e^-rate), and the
// interval is the profile likelihood's. With every count 1 the rate is 0 as far as the likelihood can tell, and a
// warning says so. It rests entirely on the Poisson shape: a few looks in which many trains came at once drive it.
// Nothing is tested. Errors (*InputError, every row): no counts, a count below 1, a level outside (0,1).
func ZeroTruncated(counts []int, level float64) (inference.Result, error) {
	level, err := inference.Level("censored", level)
	faults := []error{err}
	if len(counts) == 0 {
		faults = append(faults, &InputError{Room: "censored", What: "counts", Value: "none", Cause: "need at least one"})
	}
	sum := 0.0
	for i, c := range counts {
		if c < 1 {
			faults = append(faults, &InputError{Room: "censored", What: "count", Row: i + 1, Value: strconv.Itoa(c), Cause: "a look without events cannot be in a zero-truncated sample"})
		}
		if c > inference.MostEvents {
			faults = append(faults, &InputError{Room: "censored", What: "count", Row: i + 1, Value: strconv.Itoa(c), Cause: "is above 100 billion"})
		}
		sum += float64(c)
	}
	if err := errors.Join(faults...); err != nil {
		return inference.Result{}, err
	}
	n := float64(len(counts))
	r := inference.Result{
		Method: "zero-truncated Poisson", Null: "none: nothing was tested", Quantity: "rate per look", P: math.NaN(), Alpha: 1 - level, N: len(counts),
		Exposure:   []inference.Exposure{{Name: "looks with events", Amount: n, Unit: "looks", Count: int(sum)}},
		Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(level, 'g', -1, 64), Source: "zero-truncated Poisson likelihood"},
	}
	lik := func(rate float64) float64 { return sum*math.Log(rate) - n*rate - n*math.Log(-math.Expm1(-rate)) }
	z := tail.NormalQuantile(math.Log((1 - level) / 2))
	r.Interval = inference.Interval{Low: 0, High: math.Inf(1), Level: level, Method: "profile likelihood"}
	r.Estimate = truncatedRate(sum / n)
	top, start := 0.0, -30.0
	if r.Estimate > 0 {
		top, start = lik(r.Estimate), math.Log(r.Estimate)
	} else {
		top = lik(1e-12)
		r.Warnings = append(r.Warnings, "every count is 1: the likelihood puts the rate at 0, only the upper end means something")
	}
	fallen := func(t float64) float64 { return top - z*z/2 - lik(math.Exp(t)) }
	if r.Estimate > 0 {
		if t, ok := walk(fallen, start, -0.25); ok {
			r.Interval.Low = math.Exp(t)
		}
	}
	if t, ok := walk(fallen, start, 0.25); ok {
		r.Interval.High = math.Exp(t)
	}
	if sum < 10 {
		r.Warnings = append(r.Warnings, "fewer than 10 events: the interval is rough")
	}
	return r, nil
}

// truncatedRate solves mean = rate / (1 - e^-rate) for mean >= 1.
func truncatedRate(mean float64) float64 {
	if mean <= 1 {
		return 0
	}
	f := func(t float64) float64 {
		rate := math.Exp(t)
		return rate/-math.Expm1(-rate) - mean
	}
	t, _ := tail.Root(f, math.Log(2*(mean-1))-3, math.Log(mean)+1e-9)
	if mean < 1+1e-7 {
		return 2 * (mean - 1)
	}
	return math.Exp(t)
}
