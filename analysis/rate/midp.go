package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// logMidP returns the exact log P with half the probability of the observed outcome taken off, as statsmodels'
// "cond-midp" does also for two sides (twice the smaller one-sided mid-p is another definition, not used here).
func logMidP(k, n int, p, q float64, side Side) float64 {
	return tail.LogDiff(logExact(k, n, p, q, side), tail.LogBinomial(float64(k), float64(n), p, q)-math.Ln2)
}

func logMidPOne(k int, mean float64, side Side) float64 {
	return tail.LogDiff(logExactOne(k, mean, side), tail.LogPoisson(float64(k), mean)-math.Ln2)
}

// midOdds returns the limits of the odds at which the one-sided mid-p values are low and high.
func midOdds(k, n int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	if low > 0 && k > 0 {
		lo = math.Exp(midRoot(low, exactStart(k, n, low), func(t float64) float64 {
			p, q := 1/(1+math.Exp(-t)), 1/(1+math.Exp(t))
			_, up := tail.LogBinomialTails(k, n, p, q)
			return tail.LogDiff(up, tail.LogBinomial(float64(k), float64(n), p, q)-math.Ln2)
		}))
	}
	if high > 0 && k < n {
		hi = math.Exp(-midRoot(high, exactStart(n-k, n, high), func(t float64) float64 {
			p, q := 1/(1+math.Exp(t)), 1/(1+math.Exp(-t))
			down, _ := tail.LogBinomialTails(k, n, p, q)
			return tail.LogDiff(down, tail.LogBinomial(float64(k), float64(n), p, q)-math.Ln2)
		}))
	}
	return lo, hi
}

func exactStart(k, n int, alpha float64) float64 {
	return math.Log(tail.BetaOdds(float64(k), float64(n-k)+1, math.Log(alpha)))
}

// midGarwood returns the mid-p limits of a Poisson mean after k events.
func midGarwood(k int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	if low > 0 && k > 0 {
		start := math.Log(tail.GammaLower(float64(k), math.Log(low)))
		lo = math.Exp(midRoot(low, start, func(t float64) float64 {
			mu := math.Exp(t)
			_, up := tail.LogPoissonTails(k, mu)
			return tail.LogDiff(up, tail.LogPoisson(float64(k), mu)-math.Ln2)
		}))
	}
	if high > 0 {
		start := -math.Log(tail.GammaUpper(float64(k)+1, math.Log(high)))
		hi = math.Exp(-midRoot(high, start, func(t float64) float64 {
			mu := math.Exp(-t)
			down, _ := tail.LogPoissonTails(k, mu)
			return tail.LogDiff(down, tail.LogPoisson(float64(k), mu)-math.Ln2)
		}))
	}
	return lo, hi
}

// midRoot solves f(t) = log(alpha) for an increasing f near its exact counterpart, which lies a little to the left.
func midRoot(alpha, start float64, f func(float64) float64) float64 {
	goal := math.Log(alpha)
	g := func(t float64) float64 { return f(t) - goal }
	lo, hi := tail.Widen(g, start-1e-9, start+0.5)
	t, _ := tail.Root(g, lo, hi)
	return t
}
