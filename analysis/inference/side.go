package inference

import (
	"math"
	"strconv"
)

// Side says which departures from the null hypothesis count as evidence against it.
type Side int

const (
	TwoSided Side = iota // larger or smaller
	Greater              // only larger than the null value
	Less                 // only smaller than the null value
)

// String is the side in words.
func (s Side) String() string {
	switch s {
	case TwoSided:
		return "two-sided"
	case Greater:
		return "one-sided, greater"
	case Less:
		return "one-sided, less"
	}
	return "side " + strconv.Itoa(int(s))
}

// Check refuses a value that is none of the three sides.
func (s Side) Check(room string) error {
	if s < TwoSided || s > Less {
		return &InputError{Room: room, What: "side", Value: strconv.Itoa(int(s)), Cause: "must be TwoSided, Greater or Less"}
	}
	return nil
}

// Level returns level, or 0.95 where it is the zero value, and refuses what is not inside (0,1), or so near 0 that
// 1 - level cannot be told from 1.
func Level(room string, level float64) (float64, error) {
	if level == 0 {
		return 0.95, nil
	}
	if !(level > 0 && level < 1) {
		return 0, &InputError{Room: room, What: "level", Value: strconv.FormatFloat(level, 'g', -1, 64), Cause: "must lie between 0 and 1"}
	}
	if 1-level == 1 {
		return 0, &InputError{Room: room, What: "level", Value: strconv.FormatFloat(level, 'g', -1, 64), Cause: "is so near 0 that its interval is a point"}
	}
	return level, nil
}

// Interval is a range of values that the data do not contradict at its level. A one-sided interval has an infinite
// end, or the natural bound of the quantity (0 for a rate) where there is one.
type Interval struct {
	Low, High float64
	Level     float64 // confidence or credibility, between 0 and 1
	Method    string  // how the ends were found; where there are none, "none: " and why
}

// Contains reports whether x lies in the interval, ends included.
func (i Interval) Contains(x float64) bool { return i.Low <= x && x <= i.High }

// Width is High - Low; +Inf when an end is unbounded.
func (i Interval) Width() float64 { return i.High - i.Low }

// Known reports whether both ends are numbers.
func (i Interval) Known() bool { return !math.IsNaN(i.Low) && !math.IsNaN(i.High) }

// MostEvents is the largest count that the library takes: beyond it the exact sums would neither end soon nor hold
// their digits.
const MostEvents = 100_000_000_000

// InputError says what was wrong with one value that was handed in.
type InputError struct {
	Room  string // package that refused it
	What  string // argument or column
	Row   int    // 1-based position where the value stands in a list; 0 when there is no list
	Value string // the value as it was given
	Cause string
}

// Error reads "rate: count -3: a count cannot be negative".
func (e *InputError) Error() string {
	s := e.Room + ": "
	if e.Row > 0 {
		s += "row " + strconv.Itoa(e.Row) + ": "
	}
	s += e.What
	if e.Value != "" {
		s += " " + e.Value
	}
	return s + ": " + e.Cause
}
