// Package resample answers by reshuffling what was seen instead of assuming a law: permutation of two groups, sign
// flips of pairs, placebo dates, the bootstrap with BCa intervals, and the block bootstrap for looks that are
// correlated in time.
//
// Small problems are enumerated and exact; larger ones are drawn at random, always with a seed that is printed, so
// that the same call gives the same answer on any machine. Long runs use all cores, report progress through the
// context and stop with it. It stands beside analysis/rate (exact laws) and analysis/changepoint (searched dates).
package resample

import (
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/draws"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Options of every function here. The zero value is two-sided, level 0.95, 9999 draws, seed 1.
type Options struct {
	Question string
	Side     inference.Side
	Level    float64
	Draws    int    // random draws where enumeration is too large
	Seed     uint64 // 0 stands for 1
}

// enumerable is the largest number of rearrangements that are all tried.
const enumerable = 2_000_000

func (o Options) filled() (Options, error) {
	level, err := inference.Level("resample", o.Level)
	if err != nil {
		return o, err
	}
	if err := o.Side.Check("resample"); err != nil {
		return o, err
	}
	o.Level = level
	o.Draws, o.Seed, err = draws.Fill("resample", "draws", o.Draws, 9999, o.Seed)
	return o, err
}

// finite returns one error for each value that is missing or infinite.
func finite(what string, values []float64) []error {
	var faults []error
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			faults = append(faults, &InputError{Room: "resample", What: what, Row: i + 1, Value: strconv.FormatFloat(v, 'g', -1, 64), Cause: "is missing or not finite"})
		}
	}
	return faults
}

func noStatistic() error {
	return &InputError{Room: "resample", What: "statistic", Value: "nil", Cause: "give a function of a sample, such as its mean"}
}

// constant reports whether there is no spread among the values.
func constant(values []float64) bool {
	return slices.Min(values) == slices.Max(values)
}

// choose is the number of ways to take k of n, as a float.
func choose(n, k int) float64 {
	c := 1.0
	for i := 1; i <= min(k, n-k); i++ {
		c = c * float64(n-i+1) / float64(i)
	}
	return math.Round(c)
}

// extreme counts in how many of all rearrangements a statistic (0 under the null hypothesis) is as far out as seen.
func extreme(side inference.Side, value, seen, slack float64) bool {
	switch side {
	case inference.Greater:
		return value >= seen-slack
	case inference.Less:
		return value <= seen+slack
	}
	return math.Abs(value) >= math.Abs(seen)-slack
}
