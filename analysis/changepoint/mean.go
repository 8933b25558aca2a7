package changepoint

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Shift is the answer of Mean. Its Result estimates the place with its interval; that the mean shifted at all is not tested.
type Shift struct {
	inference.Result
	K             int // last value of the first regime, from 1
	Low, High     int // ends of the interval of K; 0 and 0 when there is none
	Level         float64
	Before, After float64
	RSS           float64    // residual sum of squares with the change
	Profile       []float64  // residual sum of squares for a change after each value
	spread        [2]float64 // residual variance of each regime
}

// Mean finds where a shift of the mean of measured values (lengths, areas, not counts) explains most: the division with
// the least residual sum of squares, with at least trim values in each part (1 or more). The interval of the place has
// level 0.95 (At gives another); it rests on the limit law of the estimated place, with a variance of its own in each
// regime, and leaves out that the place was searched for.
//
// It takes for granted that there is one shift and makes no test of it, so it has no P. Not for values that drift or
// that depend on their neighbours; and below some 20 values a part the limit law is only a guide. Agrees with R's
// strucchange::breakpoints and its confint for one break. Errors (*InputError): trim, a value that is not finite.
// Source: Bai, Econometric Theory 13 (1997) 315.
func Mean(values []float64, trim int) (*Shift, error) {
	n := len(values)
	var faults []error
	if trim < 1 || n < 2*trim {
		faults = append(faults, &InputError{Room: "changepoint", What: "trim", Value: strconv.Itoa(trim), Cause: "must be 1 or more and at most half of the " + strconv.Itoa(n) + " values"})
	}
	centre := 0.0
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			faults = append(faults, &InputError{Room: "changepoint", What: "value", Row: i + 1, Value: strconv.FormatFloat(v, 'g', -1, 64), Cause: "is missing or not finite"})
		}
		centre += v / float64(n)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	total, square := 0.0, 0.0
	for _, v := range values {
		total += v - centre
		square += (v - centre) * (v - centre)
	}
	s := &Shift{RSS: math.Inf(1), Profile: make([]float64, n-1)}
	sum := 0.0
	for k := 1; k < n; k++ {
		sum += values[k-1] - centre
		rest := total - sum
		rss := math.Max(0, square-sum*sum/float64(k)-rest*rest/float64(n-k))
		s.Profile[k-1] = rss
		if k >= trim && n-k >= trim && rss < s.RSS {
			s.K, s.RSS = k, rss
			s.Before, s.After = centre+sum/float64(k), centre+rest/float64(n-k)
		}
	}
	if s.K == 0 {
		return nil, &InputError{Room: "changepoint", What: "values", Value: "too large", Cause: "their squares overflow; give them in a larger unit"}
	}
	for i, v := range values {
		if i < s.K {
			s.spread[0] += (v - s.Before) * (v - s.Before) / float64(s.K)
		} else {
			s.spread[1] += (v - s.After) * (v - s.After) / float64(n-s.K)
		}
	}
	if s.K < 20 || n-s.K < 20 {
		s.Warnings = append(s.Warnings, "fewer than 20 values in a regime: the interval of the place is only a guide")
	}
	return s.At(0.95)
}

// At returns the shift with an interval of another level, inside (0,1). Where the values do not allow one (no spread in
// one regime, or a shift so weak that the place may lie on one side only), Low and High are 0 and a warning says why.
func (s *Shift) At(level float64) (*Shift, error) {
	level, err := inference.Level("changepoint", level)
	if err != nil {
		return nil, err
	}
	out := *s
	out.Level, out.Low, out.High = level, 0, 0
	out.Warnings = append([]string(nil), s.Warnings...)
	n := len(s.Profile) + 1
	step := s.After - s.Before
	refuse := func(why string) (*Shift, error) {
		out.Warnings = append(out.Warnings, "no interval of the place: "+why)
		out.conclude(why)
		return &out, nil
	}
	switch {
	case step == 0:
		return refuse("the two means are equal")
	case s.spread[0] == 0 && s.spread[1] == 0:
		out.Low, out.High = s.K, s.K
		out.Warnings = append(out.Warnings, "neither regime has any spread: nothing says how far the place could be off")
		out.conclude("")
		return &out, nil
	case s.spread[0] == 0 || s.spread[1] == 0:
		return refuse("one regime has no spread")
	}
	v := walk{theta: s.spread[0] / s.spread[1], sigma: math.Sqrt(s.spread[1] / s.spread[0])}
	outside := (1 - level) / 2
	left := v.left()
	if left < outside || left > 1-outside {
		return refuse("the shift is too weak for its side to be known")
	}
	scale := s.spread[0] / (step * step)
	late, early := v.quantile(outside)*scale, v.quantileLeft(outside)*scale
	out.Low = max(1, s.K-int(math.Ceil(late)))
	out.High = min(n-1, s.K+int(math.Ceil(early)))
	out.conclude("")
	return &out, nil
}

// conclude writes the place as a result; why says what stands against an interval.
func (s *Shift) conclude(why string) {
	n := len(s.Profile) + 1
	warnings := s.Warnings
	s.Result = inference.Result{
		Method: "one shift of a mean, least squares", Null: "none: that the mean shifted is taken for granted", Quantity: "last value of the first regime",
		Estimate: float64(s.K), P: math.NaN(), Alpha: round(1 - s.Level), N: n, Finding: s.Sentence(), Warnings: warnings,
		Interval:  inference.Interval{Low: float64(s.Low), High: float64(s.High), Level: s.Level, Method: "limit law of the estimated place"},
		Statistic: inference.Statistic{Name: "residual sum of squares", Value: s.RSS},
		Exposure: []inference.Exposure{{Name: "before", Amount: float64(s.K), Unit: "values", Count: inference.Uncounted},
			{Name: "after", Amount: float64(n - s.K), Unit: "values", Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(s.Level, 'g', -1, 64), Inputs: strconv.Itoa(n) + " values", Source: "least squares; interval by the limit law of Bai 1997"},
	}
	if why != "" {
		s.Interval = inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: " + why}
	}
}

// Sentence is the shift in one sentence.
func (s *Shift) Sentence() string {
	text := "If the mean shifted once, it did after value " + strconv.Itoa(s.K)
	if s.High > 0 {
		text += " (" + inference.Percent(s.Level) + " interval " + strconv.Itoa(s.Low) + " to " + strconv.Itoa(s.High) + ")"
	}
	return text + ", from " + sheet.Number(s.Before) + " to " + sheet.Number(s.After) + "; that it shifted was not tested."
}

// String is the text form.
func (s *Shift) String() string { return s.sheet().Text() }

// SimpleRender shows the two regimes, one sentence and warnings.
func (s *Shift) SimpleRender() map[string]any { return s.sheet().Render() }

func (s *Shift) sheet() sheet.Sheet {
	n := len(s.Profile) + 1
	return sheet.Sheet{Title: "One shift of a mean", Head: []string{"regime", "values", "mean", "std. deviation"}, Lines: []string{s.Sentence()}, Warnings: s.Warnings,
		Rows: [][]string{{"before", strconv.Itoa(s.K), sheet.Number(s.Before), sheet.Number(math.Sqrt(s.spread[0]))},
			{"after", strconv.Itoa(n - s.K), sheet.Number(s.After), sheet.Number(math.Sqrt(s.spread[1]))}},
		Source: s.Result.Sheet().Source}
}
