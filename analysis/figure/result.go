package figure

import (
	"fmt"
	"math"
	"time"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/chart"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// exact is the exact 95 % interval for the mean of one count.
func exact(count float64) (low, high float64) {
	one, err := rate.Design{}.Rate(rate.Of(int(math.Round(count))).In(1, "look"))
	if err != nil {
		return math.NaN(), math.NaN()
	}
	return one.Interval.Low, one.Interval.High
}

// Sensitivity draws what becomes of a ratio over all exposures that were tried: the first sample upwards, the second to the
// right. Scenarios in which the second sample has no event have no ratio and are an error, as are those of chart.Sensitivity.
// Not where the efforts are known: Results.
func Sensitivity(varied effort.Sensitivity, options ...chart.Option) (*chart.Figure, error) {
	var scenarios []chart.Scenario
	for _, s := range varied.Rows {
		scenarios = append(scenarios, chart.Scenario{
			Before: s.Second, After: s.First, Ratio: s.Estimate, Low: s.Interval.Low, High: s.Interval.High,
		})
	}
	defaults := []chart.Option{
		chart.XLabel(varied.Unit + " in " + varied.Names[1]), chart.YLabel(varied.Unit + " in " + varied.Names[0]),
		chart.Subtitle(fmt.Sprintf("%d in %s against %d in %s", varied.Counts[0], varied.Names[0], varied.Counts[1], varied.Names[1])),
	}
	return chart.Sensitivity(scenarios, append(defaults, options...)...)
}

// Results draws several answers to one question, a row each, named by their Question; chart.Ratio is set if they are ratios.
// Answers that measure different quantities are an error, as are those of chart.Coefficients.
// Not for a choice of results made after their answers.
func Results(results []inference.Result, options ...chart.Option) (*chart.Figure, error) {
	var rows []chart.Coefficient
	for _, r := range results {
		if r.Quantity != results[0].Quantity {
			return nil, fmt.Errorf("figure: %q is a %s, %q a %s: not on one axis", r.Question, r.Quantity, results[0].Question, results[0].Quantity)
		}
		rows = append(rows, chart.Coefficient{Name: r.Question, Estimate: r.Estimate, Low: r.Interval.Low, High: r.Interval.High})
	}
	if len(results) > 0 {
		defaults := []chart.Option{chart.XLabel(results[0].Quantity)}
		if results[0].Quantity == "rate ratio" {
			defaults = []chart.Option{chart.Ratio(), chart.XLabel("rate ratio, logarithmic scale")}
		}
		options = append(defaults, options...)
	}
	return chart.Coefficients(rows, options...)
}

// Change draws the profile of a searched change: how well each date explains the counts, and the dates in its interval.
// dates are those of the counts, in their order. Too few dates are an error, as are those of chart.Profile.
// Not for a date that was fixed in advance.
func Change(found *changepoint.Change, dates []time.Time, options ...chart.Option) (*chart.Figure, error) {
	var points []chart.ProfilePoint
	for _, p := range found.Profile {
		if p.K < 1 || p.K > len(dates) {
			return nil, fmt.Errorf("figure: the profile has a count %d, but there are %d dates", p.K, len(dates))
		}
		points = append(points, chart.ProfilePoint{At: dates[p.K-1], LogLikelihood: p.LogLik})
	}
	return chart.Profile(points, found.Cut/2, options...)
}
