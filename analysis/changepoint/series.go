// Package changepoint looks for dates at which the rate of a series of counts changed, when nobody fixed the date in
// advance: one change by exact likelihood with a simulated interval, one change by Bayes with its whole posterior,
// several by optimal partition, and the CUSUM chart that watches a series as it grows.
//
// It assumes independent Poisson counts in order of time, each with its exposure. A date that was fixed before the
// counts were seen belongs to analysis/rate or to regression.InterruptedSeries. Profiles, posteriors and charts hold
// plain numbers for analysis/chart.
package changepoint

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Series is counts in order of time.
type Series struct {
	Counts   []int
	Exposure []float64 // one amount of looking a count; nil when all are equal
	Labels   []string  // dates for tables, one a count; may be nil
}

// check refuses what cannot be a series and returns running sums of counts and exposures, from 0.
func (s Series) check(least int) (events, exposure []float64, err error) {
	n := len(s.Counts)
	var faults []error
	bad := func(what, value, cause string, row int) {
		faults = append(faults, &InputError{Room: "changepoint", What: what, Value: value, Cause: cause, Row: row})
	}
	if n < least {
		bad("series", strconv.Itoa(n)+" counts", "needs at least "+strconv.Itoa(least), 0)
	}
	if s.Exposure != nil && len(s.Exposure) != n {
		bad("exposure", strconv.Itoa(len(s.Exposure)), "must be one for each of the "+strconv.Itoa(n)+" counts, or nil", 0)
	}
	if s.Labels != nil && len(s.Labels) != n {
		bad("labels", strconv.Itoa(len(s.Labels)), "must be one for each of the "+strconv.Itoa(n)+" counts, or nil", 0)
	}
	events, exposure = make([]float64, n+1), make([]float64, n+1)
	for i, c := range s.Counts {
		if c < 0 {
			bad("count", strconv.Itoa(c), "cannot be negative", i+1)
		}
		if c > inference.MostEvents {
			bad("count", strconv.Itoa(c), "is above 100 billion", i+1)
		}
		e := 1.0
		if s.Exposure != nil && i < len(s.Exposure) {
			e = s.Exposure[i]
		}
		if !(e > 0) || math.IsInf(e, 1) {
			bad("exposure", fmt.Sprint(e), "must be positive and finite; leave out what was not looked at", i+1)
		}
		events[i+1], exposure[i+1] = events[i]+float64(c), exposure[i]+e
	}
	return events, exposure, errors.Join(faults...)
}

// label names the k-th count, from 1.
func (s Series) label(k int) string {
	if s.Labels != nil && k >= 1 && k <= len(s.Labels) {
		return s.Labels[k-1]
	}
	return "count " + strconv.Itoa(k)
}

// gain is s log(s/e), the part of the Poisson log likelihood of a segment that depends on where it ends.
func gain(s, e float64) float64 {
	if s == 0 {
		return 0
	}
	return s * math.Log(s/e)
}

// seen is how much was looked at, for the result.
func (s Series) seen(events, exposure []float64) []inference.Exposure {
	n := len(s.Counts)
	unit := "looks"
	if s.Exposure != nil {
		unit = "units of exposure"
	}
	return []inference.Exposure{{Name: "series", Amount: exposure[n], Unit: unit, Count: int(events[n])}}
}

// clustered warns when the counts between the changes vary more than independent events do: clusters make changes out
// of nothing. It asks the chi-squared index of dispersion about each segment's own rate, at the 1 % level.
func (s Series) clustered(w []string, changes []int) []string {
	n := len(s.Counts)
	exposure := func(i int) float64 {
		if s.Exposure == nil {
			return 1
		}
		return s.Exposure[i]
	}
	chi, df, from := 0.0, float64(n), 0
	for j := 0; j <= len(changes); j++ {
		to := n
		if j < len(changes) {
			to = changes[j]
		}
		x, e := 0.0, 0.0
		for i := from; i < to; i++ {
			x, e = x+float64(s.Counts[i]), e+exposure(i)
		}
		for i := from; i < to && x > 0; i++ {
			mean := x / e * exposure(i)
			chi += (float64(s.Counts[i]) - mean) * (float64(s.Counts[i]) - mean) / mean
		}
		df--
		from = to
	}
	if df < 5 {
		return w
	}
	if _, logp := tail.LogChiSquared(chi, df); logp > math.Log(0.01) || math.IsNaN(logp) {
		return w
	}
	return append(w, "between the changes the counts vary "+sheet.Digits(chi/df, 3)+" times as much as independent events would: clusters can look like changes")
}

func round(x float64) float64 { return math.Round(x*1e12) / 1e12 }
