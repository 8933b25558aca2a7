package censored

import (
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Law is the answer of Turnbull: where the values lie, as far as the spans can tell. Its Result estimates the median, in
// the middle of the interval that holds it; the interval are the bounds of that place, no confidence limits.
type Law struct {
	inference.Result
	Masses []Mass // in order, without gaps of probability
}

// conclude writes the median as a result.
func (l *Law) conclude(n int) {
	at := l.median()
	middle := (at.Low + at.High) / 2
	l.Result = inference.Result{
		Method: "Turnbull's estimate of interval-censored values", Null: "none: nothing was tested", Quantity: "median", Estimate: middle, P: math.NaN(), N: n,
		Interval:   inference.Interval{Low: at.Low, High: at.High, Level: 1, Method: "where the median may lie; no confidence limits"},
		Exposure:   []inference.Exposure{{Name: "spans", Amount: float64(n), Unit: "values", Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: "nonparametric maximum likelihood", Inputs: strconv.Itoa(n) + " spans", Source: "Turnbull 1976"},
	}
	if math.IsInf(middle, 0) || math.IsNaN(middle) {
		l.Estimate = math.NaN()
		l.Warnings = append(l.Warnings, "the median lies in a span without an end")
	}
	if n < 10 {
		l.Warnings = append(l.Warnings, "fewer than 10 spans: the law behind them is hardly known")
	}
	l.Finding = l.Sentence()
}

// median is the first mass with half of the probability up to its end.
func (l *Law) median() Mass {
	for _, m := range l.Masses {
		if m.Survival <= 0.5+1e-12 {
			return m
		}
	}
	return l.Masses[len(l.Masses)-1]
}

// Sentence is the law in one sentence.
func (l *Law) Sentence() string {
	at := l.median()
	text := "Half of the values lie below a median between " + sheet.Number(at.Low) + " and " + sheet.Number(at.High)
	if at.Low == at.High {
		text = "Half of the values lie below " + sheet.Number(at.Low)
	}
	return text + "; where in a span its probability lies is not known."
}

// String is the text form.
func (l *Law) String() string { return l.sheet().Text() }

// SimpleRender shows the spans with their probabilities, one sentence and warnings.
func (l *Law) SimpleRender() map[string]any { return l.sheet().Render() }

func (l *Law) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Where the values lie", Head: []string{"above", "up to", "probability", "share above"}, Lines: []string{l.Sentence()}, Warnings: l.Warnings, Source: l.Result.Sheet().Source}
	for _, m := range l.Masses {
		if m.Probability >= 1e-9 {
			s.Rows = append(s.Rows, []string{sheet.Number(m.Low), sheet.Number(m.High), sheet.Digits(m.Probability, 3), sheet.Digits(m.Survival, 3)})
		}
	}
	return s
}
