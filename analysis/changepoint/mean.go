package changepoint

import (
	"math"
	"strconv"
)

// Shift is the answer of Mean.
type Shift struct {
	K             int // last value of the first regime, from 1
	Before, After float64
	RSS           float64   // residual sum of squares with the change
	Profile       []float64 // residual sum of squares for a change after each value
}

// Mean finds where a shift of the mean of measured values (lengths, areas, not counts) explains most: the division with
// the least residual sum of squares, with at least trim values in each part (1 or more). It gives no P and no interval;
// it agrees with R's strucchange::breakpoints for one break. Source: Bai, Econometric Theory 13 (1997) 315.
func Mean(values []float64, trim int) (*Shift, error) {
	n := len(values)
	if trim < 1 || n < 2*trim {
		return nil, &InputError{Room: "changepoint", What: "trim", Value: strconv.Itoa(trim), Cause: "must be 1 or more and at most half of the " + strconv.Itoa(n) + " values"}
	}
	centre := 0.0
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, &InputError{Room: "changepoint", What: "value", Row: i + 1, Value: strconv.FormatFloat(v, 'g', -1, 64), Cause: "is missing or not finite"}
		}
		centre += v / float64(n)
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
		rss := square - sum*sum/float64(k) - rest*rest/float64(n-k)
		s.Profile[k-1] = rss
		if k >= trim && n-k >= trim && rss < s.RSS {
			s.K, s.RSS = k, rss
			s.Before, s.After = centre+sum/float64(k), centre+rest/float64(n-k)
		}
	}
	return s, nil
}
