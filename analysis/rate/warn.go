package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// warn lists what makes a comparison weaker than its P looks.
func (p plan) warn(w []string, first, second Sample) []string {
	n := first.Count + second.Count
	if n > 0 && n < 10 {
		w = append(w, "fewer than 10 events in all: the answer hangs on single sightings")
	}
	if n > 0 && p.Method != Exact && p.Method != MidP {
		share := first.Exposure / (first.Exposure + second.Exposure)
		if float64(n)*math.Min(share, 1-share) < 5 {
			w = append(w, "fewer than 5 events expected in one sample: the "+p.Method.String()+" method is not reliable here, use Exact")
		}
	}
	if f := first.Exposure / second.Exposure; f >= 1.5 || f <= 1/1.5 {
		w = append(w, "effort differs by a factor of "+sheet.Digits(math.Max(f, 1/f), 3)+": the answer rests on the exposures being right (see effort.Vary)")
	}
	w = first.dispersed(w, "first")
	w = second.dispersed(w, "second")
	switch p.Split {
	case SplitUnstated:
		w = append(w, "the design does not say whether the samples were divided before the counts were seen; if not, P is too small (set Split)")
	case SplitAfterData:
		w = append(w, "the samples were divided after the counts were seen: P is too small; use changepoint.One or resample.Placebo")
	}
	return w
}

// dispersed warns when the single looks of a sample vary more than Poisson counts do.
func (s Sample) dispersed(w []string, fallback string) []string {
	if len(s.Looks) < 2 || s.Count == 0 {
		return w
	}
	index, logp := dispersion(s.Looks)
	if logp > math.Log(0.05) {
		return w
	}
	return append(w, "counts in "+s.label(fallback)+" vary more than independent events do (dispersion "+
		sheet.Digits(index, 3)+", P = "+inference.Probability(math.Exp(logp), logp)+"): intervals are too narrow; use quasi-Poisson or a block bootstrap")
}

// dispersion returns the variance-to-mean ratio of counts and the log of its upper chi-squared P.
func dispersion(counts []int) (index, logp float64) {
	mean := 0.0
	for _, c := range counts {
		mean += float64(c)
	}
	mean /= float64(len(counts))
	chi := 0.0
	for _, c := range counts {
		chi += (float64(c) - mean) * (float64(c) - mean)
	}
	chi /= mean
	df := float64(len(counts) - 1)
	_, logp = tail.LogChiSquared(chi, df)
	return chi / df, logp
}

// Dispersion asks whether the counts of single looks of equal exposure vary as independent events do.
//
// Null hypothesis: they are Poisson with one mean. Estimate is the variance divided by the mean (1 under the null
// hypothesis); P is the upper chi-squared tail of the index of dispersion, an approximation that needs a mean of about
// 1 or more. It cannot tell clustering from a rate that changes over time. The side is always Greater.
//
// Errors (*InputError): fewer than two looks, a negative count. With no event at all the index is undefined and a
// warning says so.
// Not for looks of unequal exposure (regression.Fit.DispersionCheck), nor for counts with a trend.
func Dispersion(counts []int) (inference.Result, error) {
	s := Each(counts)
	if len(counts) < 2 {
		return inference.Result{}, &InputError{Room: "rate", What: "counts", Cause: "dispersion needs at least two looks"}
	}
	if err := joined(s.check("looks")); err != nil {
		return inference.Result{}, err
	}
	r := inference.Result{
		Method: "index of dispersion, chi-squared", Null: "the counts are Poisson with one mean", Side: Greater,
		Quantity: "dispersion (variance / mean)", N: len(counts), Alpha: 0.05, Tested: true,
		Exposure:   []inference.Exposure{s.shown("looks")},
		Interval:   inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: no event was seen"},
		Provenance: inference.Provenance{Design: Greater.String() + ", level 0.95", Source: "Fisher 1950, Biometrics 6, 17"},
	}
	if s.Count == 0 {
		r.Estimate, r.P = math.NaN(), 1
		r.Finding = "No event was seen, so nothing can be said of the spread of the counts."
		r.Warnings = []string{"all counts are 0: the dispersion is undefined"}
		return r, nil
	}
	r.Estimate, r.LogP = dispersion(counts)
	r.P = math.Exp(r.LogP)
	df := float64(len(counts) - 1)
	r.Statistic = inference.Statistic{Name: "chi-squared", Value: r.Estimate * df, DF: df}
	r.Interval = dispersionInterval(r.Estimate, df)
	r.Finding = "The counts vary as independent events would, as far as these looks can tell (dispersion " + sheet.Digits(r.Estimate, 3) + ", P = " + r.PText() + ")."
	if r.Rejected() {
		r.Finding = "The counts vary " + sheet.Digits(r.Estimate, 3) + " times as much as independent events would (P = " + r.PText() + ")."
	}
	if float64(s.Count) < float64(len(counts)) {
		r.Warnings = append(r.Warnings, "fewer than one event a look: the chi-squared approximation is rough")
	}
	return r, nil
}

// dispersionInterval inverts the chi-squared law of the index.
func dispersionInterval(index, df float64) inference.Interval {
	a := df / 2
	return inference.Interval{
		Low:   index * a / tail.GammaUpper(a, math.Log(0.025)),
		High:  index * a / tail.GammaLower(a, math.Log(0.025)),
		Level: 0.95, Method: "chi-squared",
	}
}
