// Package effort asks what the looking did to the answer: how often a place was occupied per look, how a ratio of
// rates moves when the true exposure is not the one that was written down, and how many empty looks that nobody
// published would make the result vanish. It stands on analysis/rate and feeds analysis/chart (contours).
package effort

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Sensitivity is a comparison of two rates repeated for other exposures. Rows run over First within Second; Contour
// lays the same numbers on the grid for drawing.
//
// Its Result is the worst case: the estimate and P where the exposures tried speak least against the null value, and an
// interval that holds those of all pairs. It is right at its level if the true exposures are among those tried.
type Sensitivity struct {
	inference.Result
	Design string
	Counts [2]int
	Names  [2]string
	Unit   string
	First  []float64 // exposures tried for the first sample
	Second []float64 // exposures tried for the second sample
	Rows   []Scenario
}

// Scenario is the answer under one pair of exposures.
type Scenario struct {
	First, Second float64 // exposures
	Estimate      float64
	Interval      inference.Interval
	P, LogP       float64
}

// Vary repeats the design's comparison for every pair of the exposures given, first sample's by second sample's. The
// exposures of the samples themselves are not used, except where a list is empty: then the sample's own stands alone.
//
// Use it whenever effort is known only as a range: a ratio with known counts and unknown effort is a table, not a
// number. It does not say which exposure is right. Errors: those of Design.Compare, each once.
func Vary(d rate.Design, first, second rate.Sample, firstExposures, secondExposures []float64) (Sensitivity, error) {
	if len(firstExposures) == 0 {
		firstExposures = []float64{first.Exposure}
	}
	if len(secondExposures) == 0 {
		secondExposures = []float64{second.Exposure}
	}
	s := Sensitivity{
		Counts: [2]int{first.Count, second.Count}, Names: names(first, second), Unit: first.Unit,
		First: append([]float64(nil), firstExposures...), Second: append([]float64(nil), secondExposures...),
	}
	var faults []error
	var every []inference.Result
	for _, b := range secondExposures {
		for _, a := range firstExposures {
			r, err := d.Compare(first.In(a, first.Unit), second.In(b, second.Unit))
			if err != nil {
				faults = once(faults, err)
				continue
			}
			s.Rows = append(s.Rows, Scenario{First: a, Second: b, Estimate: r.Estimate, Interval: r.Interval, P: r.P, LogP: r.LogP})
			every = append(every, r)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return Sensitivity{}, err
	}
	s.conclude(every)
	return s, nil
}

// once adds the single faults of err that are not there yet: an exposure that is refused is so in every pair.
func once(faults []error, err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, part := range joined.Unwrap() {
			faults = once(faults, part)
		}
		return faults
	}
	if slices.ContainsFunc(faults, func(f error) bool { return f.Error() == err.Error() }) {
		return faults
	}
	return append(faults, err)
}

// conclude writes the worst case as a result.
func (s *Sensitivity) conclude(every []inference.Result) {
	worst := every[0]
	interval := worst.Interval
	for _, r := range every {
		if r.P > worst.P || math.IsNaN(worst.Estimate) && !math.IsNaN(r.Estimate) && r.P == worst.P {
			worst = r
		}
		interval.Low, interval.High = math.Min(interval.Low, r.Interval.Low), math.Max(interval.High, r.Interval.High)
	}
	s.Result = worst
	s.Warnings = nil
	s.Design = worst.Provenance.Design
	s.Result.Method = "worst of " + strconv.Itoa(len(every)) + " pairs of exposures: " + worst.Method
	s.Interval = interval
	s.Interval.Method = "holds those of all pairs; " + worst.Interval.Method
	s.Finding = s.Sentence()
	s.warn()
	for _, w := range worst.Warnings { // those about the counts, once
		if !strings.HasPrefix(w, "effort differs") {
			s.Warnings = append(s.Warnings, w)
		}
	}
}

func names(first, second rate.Sample) [2]string {
	n := [2]string{first.Name, second.Name}
	if n[0] == "" {
		n[0] = "first"
	}
	if n[1] == "" {
		n[1] = "second"
	}
	return n
}

func (s *Sensitivity) warn() {
	if k := s.shown(); k > 0 && k < len(s.Rows) {
		s.Warnings = append(s.Warnings, "the answer depends on the effort: it holds for "+strconv.Itoa(k)+" of "+strconv.Itoa(len(s.Rows))+" pairs of exposures")
	}
	low, high := s.Range()
	if low < 1 && high > 1 {
		s.Warnings = append(s.Warnings, "even the direction depends on the effort")
	}
}

// shown counts the scenarios whose P is at most Alpha.
func (s Sensitivity) shown() int {
	n := 0
	for _, r := range s.Rows {
		if r.P <= s.Alpha {
			n++
		}
	}
	return n
}

// Range is the smallest and the largest estimate over all scenarios.
func (s Sensitivity) Range() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, r := range s.Rows {
		low, high = math.Min(low, r.Estimate), math.Max(high, r.Estimate)
	}
	return low, high
}

// Contour is the grid for drawing: X the exposures of the first sample, Y those of the second, and the values at
// [row of Y][column of X].
type Contour struct {
	X, Y     []float64
	Estimate [][]float64
	Low      [][]float64
	High     [][]float64
	P        [][]float64
}

// Contour lays the scenarios on their grid.
func (s Sensitivity) Contour() Contour {
	c := Contour{X: s.First, Y: s.Second}
	for i := range s.Second {
		var est, lo, hi, p []float64
		for _, r := range s.Rows[i*len(s.First) : (i+1)*len(s.First)] {
			est, lo, hi, p = append(est, r.Estimate), append(lo, r.Interval.Low), append(hi, r.Interval.High), append(p, r.P)
		}
		c.Estimate, c.Low, c.High, c.P = append(c.Estimate, est), append(c.Low, lo), append(c.High, hi), append(c.P, p)
	}
	return c
}

// Sentence is the table in one sentence.
func (s Sensitivity) Sentence() string {
	low, high := s.Range()
	return "Over the exposures tried, the estimate runs from " + sheet.Number(low) + " to " + sheet.Number(high) + "; the null value is rejected at the " +
		inference.Percent(math.Round(s.Alpha*1e9)/1e9) + " level in " + strconv.Itoa(s.shown()) + " of " + strconv.Itoa(len(s.Rows)) + " cases."
}

// String is the text form.
func (s Sensitivity) String() string { return s.sheet().Text() }

// SimpleRender shows the table, its sentence and warnings.
func (s Sensitivity) SimpleRender() map[string]any { return s.sheet().Render() }

func (s Sensitivity) sheet() sheet.Sheet {
	out := sheet.Sheet{
		Title: s.Question, Lines: []string{s.Sentence()}, Warnings: s.Warnings, Source: s.Result.Sheet().Source,
		Head: []string{s.Unit + " " + s.Names[0], s.Unit + " " + s.Names[1], "estimate", "low", "high", "P"},
	}
	if out.Title == "" {
		out.Title = "Sensitivity to effort: " + strconv.Itoa(s.Counts[0]) + " in " + s.Names[0] + ", " + strconv.Itoa(s.Counts[1]) + " in " + s.Names[1]
	}
	for _, r := range s.Rows {
		out.Rows = append(out.Rows, []string{sheet.Number(r.First), sheet.Number(r.Second), sheet.Number(r.Estimate),
			sheet.Number(r.Interval.Low), sheet.Number(r.Interval.High), inference.Probability(r.P, r.LogP)})
	}
	return out
}
