package censored

import (
	"errors"
	"math"
	"slices"
	"strconv"
)

// Span is one interval-censored value: above Low and at most High, which may be +Inf. Low equal to High is exact.
type Span struct{ Low, High float64 }

// Mass is the probability that the estimate puts between Low and High; where inside is not known.
type Mass struct {
	Low, High   float64
	Probability float64
	Survival    float64 // probability of a value above High
}

// Turnbull returns the nonparametric maximum likelihood estimate of the law behind interval-censored values (lengths
// "between 150 and 200 m", dates "before the 14th"): the innermost intervals and their probabilities.
//
// It assumes that what the interval hides is not what made it wide. It gives no standard errors; below some 10 values
// it says little. Agrees with R's survival::survfit of interval2 data, whose iteration stops earlier. Errors
// (*InputError, every row): no spans, a span that is reversed or not a number.
// Source: Turnbull, J. R. Stat. Soc. B 38 (1976) 290.
// Not for spans that were made wide because the value was extreme.
func Turnbull(spans []Span) (*Law, error) {
	var faults []error
	if len(spans) == 0 {
		faults = append(faults, &InputError{Room: "censored", What: "spans", Value: "none", Cause: "need at least one"})
	}
	for i, s := range spans {
		if !(s.Low <= s.High) || math.IsInf(s.Low, 1) {
			faults = append(faults, &InputError{Room: "censored", What: "span", Row: i + 1, Value: strconv.FormatFloat(s.Low, 'g', -1, 64) + " to " + strconv.FormatFloat(s.High, 'g', -1, 64), Cause: "must run from low to high"})
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	masses := innermost(spans)
	inside := make([][]int, len(spans))
	for i, s := range spans {
		for j, m := range masses {
			if s.holds(m) {
				inside[i] = append(inside[i], j)
			}
		}
	}
	climb(masses, inside)
	left := 1.0
	for i := range masses {
		left -= masses[i].Probability
		if masses[i].Survival = left; left < 1e-12 { // what rounding leaves of 0
			masses[i].Survival = 0
		}
	}
	law := &Law{Masses: masses}
	law.conclude(len(spans))
	return law, nil
}

// holds reports whether a mass lies in the span; its Low itself does not, unless the span is exact.
func (s Span) holds(m Mass) bool {
	if m.Low == m.High && s.Low != s.High {
		return s.Low < m.Low && m.High <= s.High
	}
	return s.Low <= m.Low && m.High <= s.High
}

// innermost returns the intervals that begin at a low end and end at the next high end with no other end between.
func innermost(spans []Span) []Mass {
	type end struct {
		at    float64
		order int // at one place: exact values open, high ends, low ends, exact values close
	}
	var ends []end
	for _, s := range spans {
		if s.Low == s.High {
			ends = append(ends, end{s.Low, 0}, end{s.High, 1})
			continue
		}
		ends = append(ends, end{s.Low, 2}, end{s.High, 1})
	}
	slices.SortFunc(ends, func(a, b end) int {
		if a.at != b.at {
			if a.at < b.at {
				return -1
			}
			return 1
		}
		return a.order - b.order
	})
	var out []Mass
	for i := 1; i < len(ends); i++ {
		if ends[i].order == 1 && ends[i-1].order != 1 {
			out = append(out, Mass{Low: ends[i-1].at, High: ends[i].at})
		}
	}
	for i := range out {
		out[i].Probability = 1 / float64(len(out))
	}
	return out
}

// climb runs the self-consistency iteration until nothing moves.
func climb(masses []Mass, inside [][]int) {
	k := len(masses)
	p := make([]float64, k)
	for j, m := range masses {
		p[j] = m.Probability
	}
	step := func(from []float64) []float64 {
		to := make([]float64, k)
		for _, js := range inside {
			sum := 0.0
			for _, j := range js {
				sum += from[j]
			}
			for _, j := range js {
				to[j] += from[j] / sum / float64(len(inside))
			}
		}
		return to
	}
	for range 200_000 {
		next := step(p)
		move := 0.0
		for j := range p {
			move = math.Max(move, math.Abs(next[j]-p[j]))
		}
		p = next
		if move < 1e-14 {
			break
		}
	}
	for j := range masses {
		masses[j].Probability = p[j]
	}
}
