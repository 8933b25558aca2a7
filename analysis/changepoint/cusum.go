package changepoint

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Chart is a Poisson CUSUM, one value a count. Its Result estimates the largest sum reached; a chart watches and has no P,
// the limit governs its false alarms.
type Chart struct {
	inference.Result
	Value  []float64 // the sum after each count, never below 0
	Limit  float64
	Alarm  int // first count at which the sum passes the limit, from 1; 0 when it never does
	Onset  int // count after which the sum last stood at 0 before the alarm: an estimate of where the change began
	Slack  float64
	series Series
}

// Watch runs a CUSUM over the series: it adds what each count exceeds a reference value by, and raises an alarm when
// the sum passes limit. usual is the rate to be expected and raised the rate that matters, per unit of exposure; both
// and the limit must be fixed before the counts are seen. With raised below usual it watches for a fall.
//
// It makes no test and has no P: its false alarms are governed by the limit (4 to 5 is common). Not for judging a
// closed series: use One. Errors (*InputError): those of One; rates that are not positive or equal; limit not positive.
// Source: Lucas, Technometrics 27 (1985) 129.
func Watch(s Series, usual, raised, limit float64) (*Chart, error) {
	events, exposure, err := s.check(1)
	if !(usual > 0 && raised > 0 && limit > 0) || usual == raised || math.IsInf(usual+raised+limit, 0) {
		err = errors.Join(err, &InputError{Room: "changepoint", What: "rates and limit", Value: sheet.Number(usual) + ", " + sheet.Number(raised) + ", " + sheet.Number(limit), Cause: "must be positive, and the two rates different"})
	}
	if err != nil {
		return nil, err
	}
	c := &Chart{Limit: limit, series: s}
	c.Slack = (raised - usual) / math.Log(raised/usual)
	sign := 1.0
	if raised < usual {
		sign = -1
	}
	sum, zero := 0.0, 0
	for i, x := range s.Counts {
		sum = math.Max(0, sum+sign*(float64(x)-c.Slack*(exposure[i+1]-exposure[i])))
		c.Value = append(c.Value, sum)
		if sum > limit && c.Alarm == 0 {
			c.Alarm, c.Onset = i+1, zero+1
		}
		if sum == 0 {
			zero = i + 1
		}
	}
	n := len(s.Counts)
	c.Result = inference.Result{
		Method: "Poisson CUSUM", Null: "none: the chart watches; its limit governs false alarms", Quantity: "largest sum", Estimate: slices.Max(c.Value), P: math.NaN(),
		N: n, Exposure: s.seen(events, exposure), Finding: c.Sentence(), Statistic: inference.Statistic{Name: "limit", Value: limit},
		Interval: inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the sum is read off, not estimated"},
		Provenance: inference.Provenance{Design: "rate " + sheet.Number(usual) + " against " + sheet.Number(raised) + ", limit " + sheet.Number(limit) + ", reference value " + sheet.Number(c.Slack) + " a unit of exposure",
			Inputs: strconv.Itoa(n) + " counts", Source: "Lucas 1985"},
	}
	if limit < 3 {
		c.Warnings = append(c.Warnings, "a limit below 3 raises false alarms often; 4 to 5 is common")
	}
	return c, nil
}

// Sentence is the chart in one sentence.
func (c *Chart) Sentence() string {
	if c.Alarm == 0 {
		return "The sum never passes the limit of " + sheet.Number(c.Limit) + "."
	}
	return "The sum passes the limit of " + sheet.Number(c.Limit) + " at " + c.series.label(c.Alarm) + "; the change seems to begin with " + c.series.label(c.Onset) + "."
}

// String is the text form.
func (c *Chart) String() string { return c.sheet().Text() }

// SimpleRender shows the last values, one sentence and how the chart is run.
func (c *Chart) SimpleRender() map[string]any { return c.sheet().Render() }

func (c *Chart) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "CUSUM", Head: []string{"count", "events", "sum"}, Lines: []string{c.Sentence()}, Warnings: c.Warnings,
		Source: c.Result.Sheet().Source}
	from := max(0, len(c.Value)-8)
	for i := from; i < len(c.Value); i++ {
		s.Rows = append(s.Rows, []string{c.series.label(i + 1), strconv.Itoa(c.series.Counts[i]), sheet.Number(c.Value[i])})
	}
	return s
}
