package tail

import "math"

// LogPoisson returns log(mu^x e^-mu / Gamma(x+1)) for real x >= 0 and mu >= 0: the log probability of x events.
func LogPoisson(x, mu float64) float64 {
	switch {
	case mu == 0:
		if x == 0 {
			return 0
		}
		return math.Inf(-1)
	case x == 0:
		return -mu
	case math.IsInf(mu, 1):
		return math.Inf(-1)
	}
	return -stirling(x) - deviance(x, mu) - halfLog2Pi - 0.5*math.Log(x)
}

// LogPoissonTails returns log P(X <= k) and log P(X >= k) of a Poisson count with mean mu. Neither is found by
// subtracting the other from one in its own tail, so both stay exact to about 1e-13 down to the smallest float.
func LogPoissonTails(k int, mu float64) (lower, upper float64) {
	if k < 0 {
		return math.Inf(-1), 0
	}
	_, lower = LogGammaTails(float64(k)+1, mu)
	if k == 0 {
		return lower, 0
	}
	upper, _ = LogGammaTails(float64(k), mu)
	return lower, upper
}

// LogGammaTails returns log P(a, x) and log Q(a, x), the regularised incomplete gamma functions, for a > 0 and x >= 0.
func LogGammaTails(a, x float64) (lower, upper float64) {
	switch {
	case x <= 0:
		return math.Inf(-1), 0
	case math.IsInf(x, 1):
		return 0, math.Inf(-1)
	case x < a+1:
		lower = LogPoisson(a, x) + math.Log(gammaSeries(a, x))
		return clip(lower), logComplement(lower)
	}
	upper = LogPoisson(a, x) + math.Log(a*gammaFraction(a, x))
	return logComplement(upper), clip(upper)
}

// gammaSeries sums 1 + x/(a+1) + x^2/((a+1)(a+2)) + ...
func gammaSeries(a, x float64) float64 {
	sum, term := 1.0, 1.0
	for n := 1.0; n < maxSteps; n++ {
		term *= x / (a + n)
		sum += term
		if !(term >= sum*epsilon) {
			break
		}
	}
	return sum
}

// gammaFraction evaluates Legendre's continued fraction for Gamma(a,x) e^x x^-a by the method of Lentz.
func gammaFraction(a, x float64) float64 {
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for i := 1.0; i < maxSteps; i++ {
		an := -i * (i - a)
		b += 2
		d = 1 / nonzero(an*d+b)
		c = nonzero(b + an/c)
		step := c * d
		h *= step
		if !(math.Abs(step-1) >= epsilon) {
			break
		}
	}
	return h
}

const (
	epsilon  = 4e-16
	tiny     = 1e-300
	maxSteps = 5e6
)

func nonzero(v float64) float64 {
	if math.Abs(v) < tiny {
		return tiny
	}
	return v
}

// clip keeps a log probability at or below zero.
func clip(l float64) float64 { return math.Min(l, 0) }

// logComplement returns log(1 - e^l) for l <= 0.
func logComplement(l float64) float64 {
	switch {
	case l >= 0:
		return math.Inf(-1)
	case l > -math.Ln2:
		return math.Log(-math.Expm1(l))
	}
	return math.Log1p(-math.Exp(l))
}

// LogSum returns log(e^a + e^b).
func LogSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(b, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}

// LogDiff returns log(e^a - e^b) for a >= b.
func LogDiff(a, b float64) float64 {
	if math.IsInf(b, -1) {
		return a
	}
	return a + logComplement(b-a)
}
