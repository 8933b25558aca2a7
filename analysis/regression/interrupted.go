package regression

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// Interrupted is an interrupted time series: a trend before the date, a step at it and a change of the trend after it.
type Interrupted struct {
	Fit     *Fit
	At      float64
	Times   []float64
	Counts  []float64
	Fitted  []float64
	Without []float64        // what the trend before the date alone predicts, for drawing the counterfactual
	Level   inference.Result // factor on the rate at the date
	Slope   inference.Result // factor on the trend per unit of time after it
}

// InterruptedSeries fits count ~ t + post + since with a log link, where t runs from the first time, post is 1 from
// the date on and since is the time passed after it; exposure, when it is not nil, enters as an offset.
//
// The date must have been fixed before the counts were seen: say so with rate.SplitBeforeData as the last argument, or
// rate.SplitAfterData where it was chosen by looking at them, which raises a warning that P is too small. Where nothing is
// said, a warning is raised only if the counts themselves would choose this date. At least two times must lie on each
// side. It takes the trend before the date as what would have gone on; anything else that began on the same day looks the same.
// Standard errors are the model's: call NeweyWest or Robust on Fit where looks are correlated, or give lag > 0 here to
// have Newey-West errors throughout. Errors (*InputError): unequal lengths, times out of order, exposure not positive, a
// split that is none, or more than one.
// Not for a date found in the counts (changepoint.One), nor for fewer than some 8 times on each side.
func InterruptedSeries(times []float64, counts []int, exposure []float64, at float64, lag int, split ...rate.Split) (*Interrupted, error) {
	chosen, err := oneSplit(split)
	if err != nil {
		return nil, err
	}
	data, err := interruptedData(times, counts, exposure, at)
	if err != nil {
		return nil, err
	}
	formula := "count ~ t + post + since"
	if exposure != nil {
		formula += " + offset(log(exposure))"
	}
	fit, err := Poisson(formula, data)
	if err != nil {
		return nil, err
	}
	if lag > 0 {
		if fit, err = fit.NeweyWest(lag); err != nil {
			return nil, err
		}
	}
	best, of := dateOfTheCounts(times, counts, exposure, at)
	switch {
	case chosen == rate.SplitAfterData:
		fit.Warnings = append(fit.Warnings, "the date was chosen after the counts were seen: P is too small and the interval too narrow; changepoint.One allows for the search")
	case chosen == rate.SplitUnstated && best && of >= 5:
		fit.Warnings = append(fit.Warnings, "of "+strconv.Itoa(of)+" admissible dates the counts themselves would choose this one: if it was chosen after they were seen, P is too small; changepoint.One allows for the search")
	}
	if chosen != rate.SplitUnstated {
		fit.Provenance.Design += ", date " + chosen.String()
	}
	s := &Interrupted{Fit: fit, At: at, Times: times, Counts: fit.Counts, Fitted: fit.Fitted}
	var errLevel, errSlope error
	s.Level, errLevel = fit.Ratio("post")
	s.Slope, errSlope = fit.Ratio("since")
	s.Level.Quantity, s.Level.Null = "step in the rate at the date", "the rate makes no step at the date"
	s.Slope.Quantity, s.Slope.Null = "factor on the trend after the date", "the trend goes on unchanged"
	post, since := data["post"].([]float64), data["since"].([]float64)
	for i, mu := range fit.Fitted {
		s.Without = append(s.Without, mu*math.Exp(-fit.Coefficients[2].Estimate*post[i]-fit.Coefficients[3].Estimate*since[i]))
	}
	return s, errors.Join(errLevel, errSlope)
}

// oneSplit is the split that was given, if any.
func oneSplit(split []rate.Split) (rate.Split, error) {
	switch {
	case len(split) == 0:
		return rate.SplitUnstated, nil
	case len(split) > 1:
		return 0, &InputError{Room: "regression", What: "split", Value: strconv.Itoa(len(split)) + " values", Cause: "can be given once"}
	case split[0] < rate.SplitUnstated || split[0] > rate.SplitAfterData:
		return 0, &InputError{Room: "regression", What: "split", Value: strconv.Itoa(int(split[0])), Cause: "must be rate.SplitUnstated, SplitBeforeData or SplitAfterData"}
	}
	return split[0], nil
}

// dateOfTheCounts reports whether the given date divides the series where a change of its rate explains most, of how many
// dates that leave two times on each side.
func dateOfTheCounts(times []float64, counts []int, exposure []float64, at float64) (best bool, of int) {
	n := len(times)
	x, e := make([]float64, n+1), make([]float64, n+1)
	for i, c := range counts {
		w := 1.0
		if exposure != nil {
			w = exposure[i]
		}
		x[i+1], e[i+1] = x[i]+float64(c), e[i]+w
	}
	gain := func(events, looked float64) float64 {
		if events == 0 {
			return 0
		}
		return events * math.Log(events/looked)
	}
	split := sort.SearchFloat64s(times, at)
	own, most := math.Inf(-1), math.Inf(-1)
	for k := 2; k <= n-2; k++ {
		if times[k] == times[k-1] {
			continue
		}
		of++
		l := gain(x[k], e[k]) + gain(x[n]-x[k], e[n]-e[k])
		if most = math.Max(most, l); k == split {
			own = l
		}
	}
	return own >= most && own > gain(x[n], e[n]), of
}

func interruptedData(times []float64, counts []int, exposure []float64, at float64) (Columns, error) {
	n := len(times)
	if len(counts) != n || exposure != nil && len(exposure) != n {
		return nil, &InputError{Room: "regression", What: "series", Value: fmt.Sprintf("%d times, %d counts, %d exposures", n, len(counts), len(exposure)), Cause: "must be equally long (exposure may be nil)"}
	}
	var faults []error
	for i := range times {
		if math.IsNaN(times[i]) || i > 0 && times[i] < times[i-1] {
			faults = append(faults, &InputError{Room: "regression", What: "time", Row: i + 1, Value: fmt.Sprint(times[i]), Cause: "is out of order"})
		}
	}
	split := sort.SearchFloat64s(times, at)
	if len(faults) == 0 && (split < 2 || n-split < 2) {
		faults = append(faults, &InputError{Room: "regression", What: "date", Value: strconv.FormatFloat(at, 'g', -1, 64), Cause: fmt.Sprintf("leaves %d times before and %d from it on; two are needed on each side", split, n-split)})
	}
	for i, e := range exposure {
		if !(e > 0) || math.IsInf(e, 1) {
			faults = append(faults, &InputError{Room: "regression", What: "exposure", Row: i + 1, Value: fmt.Sprint(e), Cause: "must be positive and finite"})
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	t, post, since := make([]float64, n), make([]float64, n), make([]float64, n)
	for i, x := range times {
		t[i] = x - times[0]
		if x >= at {
			post[i], since[i] = 1, x-at
		}
	}
	return Columns{"count": counts, "t": t, "post": post, "since": since, "exposure": exposure}, nil
}

// String is the text form of the fit with both changes.
func (s *Interrupted) String() string { return s.SimpleRender()["text/plain"].(string) }

// SimpleRender shows the coefficient table and one sentence for the step and one for the trend.
func (s *Interrupted) SimpleRender() map[string]any {
	out := s.Fit.sheet()
	out.Title = "Interrupted time series at " + strconv.FormatFloat(s.At, 'g', -1, 64)
	out.Lines = []string{s.Level.Sentence(), s.Slope.Sentence()}
	return out.Render()
}
