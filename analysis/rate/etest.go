package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// field is a statistic over pairs of counts, falling in y2, with the two Poisson means under the null hypothesis.
type field struct {
	mean1, mean2 float64
	at           func(y1, y2 float64) float64
}

// logP returns the log probability of the pairs whose statistic is at least as far out as seen.
func (f field) logP(seen float64, side Side) float64 {
	edge := math.Abs(seen) * (1 - 1e-10) // ties count as "at least as far"
	switch side {
	case Greater:
		return math.Min(0, f.logUpper(seen-1e-10*math.Abs(seen)))
	case Less:
		return math.Min(0, f.logLower(seen+1e-10*math.Abs(seen)))
	}
	if edge == 0 {
		return 0
	}
	return math.Min(0, tail.LogSum(f.logUpper(edge), f.logLower(-edge)))
}

// logUpper sums the pairs with a statistic of c or more: for each y1 these are y2 <= some border.
func (f field) logUpper(c float64) float64 {
	return f.sum(func(y1 int, guess *int) float64 {
		border := firstTrue(0, 1<<52, *guess, func(y2 int) bool { return f.at(float64(y1), float64(y2)) < c }) - 1
		*guess = max(border, 0)
		if border < 0 {
			return math.Inf(-1)
		}
		lower, _ := tail.LogPoissonTails(border, f.mean2)
		return lower
	})
}

// logLower sums the pairs with a statistic of c or less: for each y1 these are y2 >= some border.
func (f field) logLower(c float64) float64 {
	return f.sum(func(y1 int, guess *int) float64 {
		border := firstTrue(0, 1<<52, *guess, func(y2 int) bool { return f.at(float64(y1), float64(y2)) <= c })
		*guess = border
		_, upper := tail.LogPoissonTails(border, f.mean2)
		return upper
	})
}

// sum adds P(Y1 = y1) times the inner probability over y1, outwards from the largest term until nothing is added.
func (f field) sum(inner func(y1 int, guess *int) float64) float64 {
	guess := int(f.mean2)
	term := func(y1 int) float64 {
		l := tail.LogPoisson(float64(y1), f.mean1)
		if math.IsInf(l, -1) {
			return l
		}
		return l + inner(y1, &guess)
	}
	peak, total := f.peak(term)
	if math.IsInf(total, -1) {
		return total
	}
	for _, step := range [2]int{1, -1} {
		quiet := 0
		for y := peak + step; y >= 0 && quiet < 8; y += step {
			l := term(y)
			if !(l >= total-40) {
				quiet++
			} else {
				quiet = 0
			}
			total = tail.LogSum(total, l)
		}
	}
	return total
}

// peak walks uphill from the mean of the first count, with steps that double and then halve, to the largest term.
func (f field) peak(term func(int) float64) (int, float64) {
	best := int(f.mean1)
	height := term(best)
	for step := 1 + int(math.Sqrt(f.mean1)); step > 0; {
		moved := false
		for _, y := range [2]int{best + step, best - step} {
			if y < 0 {
				y = 0
			}
			if h := term(y); h > height || (math.IsInf(height, -1) && y > best) {
				best, height, moved = y, h, true
				break
			}
		}
		if moved {
			step *= 2
		} else {
			step /= 2
		}
		if step > 1<<40 {
			break
		}
	}
	return best, height
}

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
