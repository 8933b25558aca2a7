package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// pair is two counts with their exposures.
type pair struct {
	x1, x2 int
	t1, t2 float64
}

// chance returns the binomial chance p (and q = 1-p) that an event belongs to the first sample when the ratio of the
// rates is r.
func (c pair) chance(r float64) (p, q float64) {
	e := c.t1 / c.t2 * r // odds
	if e > 1 {
		return 1 / (1 + 1/e), 1 / e / (1 + 1/e)
	}
	return e / (1 + e), 1 / (1 + e)
}

// ratio turns odds of the conditional binomial into a ratio of rates.
func (c pair) ratio(odds float64) float64 { return odds * (c.t2 / c.t1) }

// slack is the relative tolerance within which two probabilities count as equal, as in R's binom.test.
const slack = 1e-7

// logExact returns the log of the exact binomial P of k successes in n.
func logExact(k, n int, p, q float64, side Side) float64 {
	switch side {
	case Greater:
		return tail.LogBinomialUpper(k, n, p, q)
	case Less:
		return tail.LogBinomialLower(k, n, p, q)
	}
	mean := float64(n) * p
	x := float64(k)
	if x == mean {
		return 0
	}
	bound := tail.LogBinomial(x, float64(n), p, q) + slack
	unlikely := func(i int) bool { return tail.LogBinomial(float64(i), float64(n), p, q) <= bound }
	if x < mean {
		i := firstTrue(int(math.Ceil(mean)), n+1, 2*int(mean)-k, unlikely)
		return math.Min(0, tail.LogSum(tail.LogBinomialLower(k, n, p, q), tail.LogBinomialUpper(i, n, p, q)))
	}
	i := lastTrue(int(math.Floor(mean)), 2*int(mean)-k, unlikely)
	return math.Min(0, tail.LogSum(tail.LogBinomialUpper(k, n, p, q), tail.LogBinomialLower(i, n, p, q)))
}

// logExactOne returns the log of the exact Poisson P of k events where mean are expected.
func logExactOne(k int, mean float64, side Side) float64 {
	lower, upper := tail.LogPoissonTails(k, mean)
	switch side {
	case Greater:
		return upper
	case Less:
		return lower
	}
	x := float64(k)
	if x == mean {
		return 0
	}
	bound := tail.LogPoisson(x, mean) + slack
	unlikely := func(i int) bool { return tail.LogPoisson(float64(i), mean) <= bound }
	if x < mean {
		start := int(math.Ceil(mean))
		stop := start + 16
		for !unlikely(stop) {
			stop = start + 2*(stop-start)
		}
		i := firstTrue(start, stop, 2*int(mean)-k, unlikely)
		_, far := tail.LogPoissonTails(i, mean)
		return math.Min(0, tail.LogSum(lower, far))
	}
	i := lastTrue(int(math.Floor(mean)), 2*int(mean)-k, unlikely)
	far, _ := tail.LogPoissonTails(i, mean)
	return math.Min(0, tail.LogSum(upper, far))
}

// firstTrue returns the smallest i in [lo, hi) with ok(i), or hi; ok turns from false to true once. The search starts
// around the guess.
func firstTrue(lo, hi, guess int, ok func(int) bool) int {
	if lo >= hi {
		return hi
	}
	guess = min(max(guess, lo), hi-1)
	step := 1
	if ok(guess) { // the answer is at or below guess
		hi = guess
		for hi > lo {
			next := max(lo, hi-step)
			if !ok(next) {
				lo = next + 1
				break
			}
			hi, step = next, 2*step
		}
	} else {
		lo = guess + 1
		for lo < hi {
			next := min(hi-1, lo+step-1)
			if ok(next) {
				hi = next
				break
			}
			lo, step = next+1, 2*step
		}
	}
	for lo < hi {
		mid := lo + (hi-lo)/2
		if ok(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// lastTrue returns the largest i in [0, hi] with ok(i), or -1; ok turns from true to false once.
func lastTrue(hi, guess int, ok func(int) bool) int {
	return firstTrue(0, hi+1, max(guess, 0)+1, func(i int) bool { return !ok(i) }) - 1
}

// exactOdds returns the Clopper-Pearson limits of the odds that an event belongs to the first sample; low and high
// are the chances left outside, 0 for an unbounded end.
func exactOdds(k, n int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	if low > 0 && k > 0 {
		lo = tail.BetaOdds(float64(k), float64(n-k)+1, math.Log(low))
	}
	if high > 0 && k < n {
		hi = 1 / tail.BetaOdds(float64(n-k), float64(k)+1, math.Log(high))
	}
	return lo, hi
}

// garwood returns the exact limits of a Poisson mean after k events.
func garwood(k int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	if low > 0 && k > 0 {
		lo = tail.GammaLower(float64(k), math.Log(low))
	}
	if high > 0 {
		hi = tail.GammaUpper(float64(k)+1, math.Log(high))
	}
	return lo, hi
}
