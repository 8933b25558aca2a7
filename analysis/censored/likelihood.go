package censored

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// logChance is the log probability that a Poisson count with this mean lies in the interval.
func (c Count) logChance(mean float64) float64 {
	if c.Low == c.High {
		return tail.LogPoisson(float64(c.Low), mean)
	}
	_, fromLow := tail.LogPoissonTails(c.Low, mean)
	if c.High == Unbounded {
		return fromLow
	}
	if mean < float64(c.Low) {
		_, above := tail.LogPoissonTails(c.High+1, mean)
		return tail.LogDiff(fromLow, above)
	}
	toHigh, _ := tail.LogPoissonTails(c.High, mean)
	below, _ := tail.LogPoissonTails(c.Low-1, mean)
	return tail.LogDiff(toHigh, below)
}

// slope is the derivative of logChance in the mean.
func (c Count) slope(mean float64) float64 {
	l := c.logChance(mean)
	s := 0.0
	if c.Low > 0 {
		s += math.Exp(tail.LogPoisson(float64(c.Low-1), mean) - l)
	}
	if c.High != Unbounded {
		s -= math.Exp(tail.LogPoisson(float64(c.High), mean) - l)
	}
	return s
}

// logLik of a rate for all looks.
func logLik(looks []Look, rate float64) float64 {
	l := 0.0
	for _, k := range looks {
		l += k.Count.logChance(rate * k.Exposure)
	}
	return l
}

// best returns the rate of the highest likelihood: 0 when every count may be 0, +Inf when none has an upper end.
func best(looks []Look) float64 {
	zero, open := true, true
	low, high, exposure := 0.0, 0.0, 0.0
	for _, k := range looks {
		zero = zero && k.Count.Low == 0
		open = open && k.Count.High == Unbounded
		low += float64(k.Count.Low)
		high += float64(max(k.Count.High, k.Count.Low))
		exposure += k.Exposure
	}
	if zero {
		return 0
	}
	if open {
		return math.Inf(1)
	}
	f := func(t float64) float64 {
		rate := math.Exp(t)
		s := 0.0
		for _, k := range looks {
			s -= k.Count.slope(rate*k.Exposure) * k.Exposure
		}
		return s
	}
	a, b := tail.Widen(f, math.Log(math.Max(low, 0.1)/exposure)-0.1, math.Log((high+1)/exposure)+0.1)
	t, _ := tail.Root(f, a, b)
	return math.Exp(t)
}

// profile returns the ends where the likelihood has fallen by drop below its maximum at rate; 0 or +Inf where it never
// does.
func profile(looks []Look, rate, drop float64) (low, high float64) {
	low, high = 0, math.Inf(1)
	top := logLik(looks, rate)
	if math.IsInf(rate, 1) {
		top = 0
	}
	fallen := func(t float64) float64 { return top - drop - logLik(looks, math.Exp(t)) }
	start := math.Log(rate)
	if rate == 0 {
		start = -30
	}
	if math.IsInf(rate, 1) {
		start = 30
	}
	if rate > 0 {
		if a, ok := walk(fallen, start, -0.25); ok {
			low = math.Exp(a)
		}
	}
	if !math.IsInf(rate, 1) {
		if b, ok := walk(fallen, start, 0.25); ok {
			high = math.Exp(b)
		}
	}
	return low, high
}

// walk goes from start by growing steps until f is positive and returns its zero.
func walk(f func(float64) float64, start, step float64) (float64, bool) {
	from := start
	for range 80 {
		to := from + step
		if f(to) > 0 {
			return tail.Root(f, from, to)
		}
		from, step = to, step*1.5
		if math.Abs(to) > 650 {
			break
		}
	}
	return 0, false
}
