package length

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// Trend is the answer of MannKendall.
type Trend struct {
	inference.Result         // of Sen's slope; Statistic is z
	S                int     // concordant minus discordant pairs
	Variance         float64 // of S under the null hypothesis, ties allowed for
	Tau              float64 // Kendall's tau-b
	Slope            float64 // Sen's median slope per unit of time
}

// mostTrend bounds a series: the slopes of all its pairs are held at once, 8 bytes each.
const mostTrend = 15_000

// MannKendall asks whether values in order of time rise or fall, whatever the shape of the trend. times may be nil for
// evenly spaced values; otherwise they must increase.
//
// Null hypothesis: the values are in random order. P is normal with tie and continuity correction, as R's trend and
// Kendall packages give it (scipy's kendalltau leaves the continuity correction out and has a slightly smaller P).
// Autocorrelation makes P too small: thin the series or use regression with Newey-West errors. Below 10 values the
// normal law is rough and a warning says so. The interval is Sen's. Work grows with the square of the length.
// Errors (*InputError, every row): fewer than 3 values or more than 15,000, missing ones, times out of order, a level outside (0,1).
// Source: Kendall, Rank Correlation Methods (1975); Sen, JASA 63 (1968) 1379.
// Not for values that depend on their neighbours, nor for a trend that turns.
func MannKendall(times, values []float64, side inference.Side, level float64) (Trend, error) {
	level, err := inference.Level("length", level)
	n := len(values)
	faults := append(finite("value", values), err, side.Check("length"))
	if n < 3 {
		faults = append(faults, &InputError{Room: "length", What: "values", Value: strconv.Itoa(n), Cause: "need at least 3"})
	}
	if n > mostTrend {
		faults = append(faults, &InputError{Room: "length", What: "values", Value: strconv.Itoa(n), Cause: "are more than " + strconv.Itoa(mostTrend) + ": every pair is looked at; thin the series"})
	}
	if times != nil && len(times) != n {
		faults = append(faults, &InputError{Room: "length", What: "times", Value: strconv.Itoa(len(times)), Cause: "must be one for each of the " + strconv.Itoa(n) + " values, or nil"})
	}
	for i := 1; i < len(times); i++ {
		if !(times[i] > times[i-1]) {
			faults = append(faults, &InputError{Room: "length", What: "time", Row: i + 1, Value: strconv.FormatFloat(times[i], 'g', -1, 64), Cause: "is out of order"})
		}
	}
	if err := errors.Join(faults...); err != nil {
		return Trend{}, err
	}
	var t Trend
	slopes := make([]float64, 0, n*(n-1)/2)
	for i := range n {
		for j := i + 1; j < n; j++ {
			span := float64(j - i)
			if times != nil {
				span = times[j] - times[i]
			}
			d := values[j] - values[i]
			slopes = append(slopes, d/span)
			if d > 0 {
				t.S++
			} else if d < 0 {
				t.S--
			}
		}
	}
	t.conclude(slopes, values, side, level)
	return t, nil
}

func (t *Trend) conclude(slopes, values []float64, side inference.Side, level float64) {
	n := float64(len(values))
	_, ties := midranks(values)
	t.Variance = n * (n - 1) * (2*n + 5)
	pairs := n * (n - 1) / 2
	tied := 0.0
	for _, k := range ties {
		f := float64(k)
		t.Variance -= f * (f - 1) * (2*f + 5)
		tied += f * (f - 1) / 2
	}
	t.Variance /= 18
	t.Tau = float64(t.S) / math.Sqrt(pairs*(pairs-tied))
	slices.Sort(slopes)
	t.Slope = middle(slopes)
	z := 0.0
	if t.S > 0 {
		z = float64(t.S-1) / math.Sqrt(t.Variance)
	} else if t.S < 0 {
		z = float64(t.S+1) / math.Sqrt(t.Variance)
	}
	r := &t.Result
	*r = inference.Result{
		Method: "Mann-Kendall with ties, normal", Null: "the values are in random order", Side: side, Quantity: "Sen's slope per unit of time", Estimate: t.Slope,
		Statistic: inference.Statistic{Name: "z", Value: z}, Tested: true, Alpha: math.Round((1-level)*1e12) / 1e12, N: len(values),
		Exposure:   []inference.Exposure{{Name: "series", Amount: float64(len(values)), Unit: "values"}},
		Provenance: inference.Provenance{Design: side.String(), Inputs: "S = " + strconv.Itoa(t.S) + ", tau-b = " + sheet.Digits(t.Tau, 3), Source: "Kendall 1975; Sen 1968"},
	}
	switch side {
	case inference.Greater:
		r.LogP = tail.LogNormalUpper(z)
	case inference.Less:
		r.LogP = tail.LogNormalUpper(-z)
	default:
		r.LogP = math.Min(0, math.Ln2+tail.LogNormalUpper(math.Abs(z)))
	}
	if t.Variance == 0 {
		r.LogP, r.Statistic.Value, t.Tau = 0, 0, 0
		r.Warnings = append(r.Warnings, "all values are equal: there is no order to test")
	}
	r.P = math.Exp(r.LogP)
	r.Interval = t.senInterval(slopes, side, level)
	if len(values) < 10 {
		r.Warnings = append(r.Warnings, "fewer than 10 values: the normal law is rough")
	}
	if len(ties) > 0 {
		r.Warnings = append(r.Warnings, "ties: the variance of S allows for them")
	}
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	r.Finding = "The median slope is " + sheet.Number(t.Slope) + " per unit of time (" + inference.Percent(level) + " interval " + sheet.Number(r.Interval.Low) + " to " +
		sheet.Number(r.Interval.High) + "); a trend " + verb + " (P = " + r.PText() + ", " + side.String() + ")."
}

// senInterval takes the slopes whose ranks lie z sqrt(variance) around the middle.
func (t *Trend) senInterval(slopes []float64, side inference.Side, level float64) inference.Interval {
	out := 1 - level
	if side == inference.TwoSided {
		out /= 2
	}
	c := -tail.NormalQuantile(math.Log(out)) * math.Sqrt(t.Variance)
	m := float64(len(slopes))
	at := func(rank float64) float64 { return slopes[int(math.Max(0, math.Min(m-1, rank)))] }
	i := inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: level, Method: "Sen"}
	if side != inference.Less {
		i.Low = at(math.Floor((m-c)/2) - 1)
	}
	if side != inference.Greater {
		i.High = at(math.Ceil((m + c) / 2))
	}
	return i
}

func middle(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// String is the text form.
func (t Trend) String() string { return t.Result.String() }

// SimpleRender shows the slope with its test.
func (t Trend) SimpleRender() map[string]any { return t.Result.SimpleRender() }
