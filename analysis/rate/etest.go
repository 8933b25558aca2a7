package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// ratioField is the null distribution for a ratio r.
func (c pair) ratioField(m Method, r float64) field {
	rho := r * c.t1 / c.t2
	p, q := c.chance(r)
	n := float64(c.x1 + c.x2)
	return field{mean1: n * p, mean2: n * q, at: func(y1, y2 float64) float64 { return statistic(m, y1, y2, rho) }}
}

// logETest returns the log P of the E-test for the null ratio r.
func (c pair) logETest(m Method, r float64, side Side) float64 {
	if c.x1+c.x2 == 0 {
		return 0
	}
	f := c.ratioField(m, r)
	return f.logP(f.at(float64(c.x1), float64(c.x2)), side)
}

// etestRatios inverts the two one-sided E-tests.
func (c pair) etestRatios(m Method, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	n := c.x1 + c.x2
	a, b := scoreOdds(c.x1, n, low, high)
	if low > 0 && c.x1 > 0 {
		lo = invert(math.Log(c.ratio(a)), math.Log(low), func(t float64) float64 { return c.logETest(m, math.Exp(t), Greater) })
	}
	if high > 0 && c.x2 > 0 {
		hi = 1 / invert(-math.Log(c.ratio(b)), math.Log(high), func(t float64) float64 { return c.logETest(m, math.Exp(-t), Less) })
	}
	return lo, hi
}

// invert solves f(t) = goal near start for an f that rises on the whole, and returns e^t.
func invert(start, goal float64, f func(float64) float64) float64 {
	g := func(t float64) float64 { return f(t) - goal }
	lo, hi := tail.Widen(g, start-0.05, start+0.05)
	t, _ := tail.Root(g, lo, hi)
	return math.Exp(t)
}
