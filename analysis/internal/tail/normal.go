// Package tail computes both tails of the distributions that counting needs (Poisson, binomial, gamma, beta, normal,
// chi squared, t, F) in logarithms, each tail from its own series or continued fraction, never as one minus the other,
// so that a probability of 1e-300 keeps its digits. The saddle-point form of the probabilities is that of C. Loader,
// "Fast and accurate computation of binomial probabilities" (2000). The tests of analysis/rate and its neighbours stand
// on it; it knows nothing of data.
package tail

import "math"

// logNormalLower returns log P(Z <= z) of a standard normal.
func logNormalLower(z float64) float64 {
	if z > -5 {
		return math.Log(0.5 * math.Erfc(-z/math.Sqrt2))
	}
	return LogNormalUpper(-z)
}

// LogNormalUpper returns log P(Z >= z) of a standard normal, in the far tail by its continued fraction.
func LogNormalUpper(z float64) float64 {
	if z < 5 {
		return math.Log(0.5 * math.Erfc(z/math.Sqrt2))
	}
	if math.IsInf(z, 1) {
		return math.Inf(-1)
	}
	f := 0.0
	for k := 60.0; k >= 1; k-- {
		f = k / (z + f)
	}
	return -0.5*z*z - halfLog2Pi - math.Log(z+f)
}

// roughQuantile is NormalQuantile to two digits or three: a start for better methods (Hastings 1955).
func roughQuantile(logp float64) float64 {
	if logp > -math.Ln2 {
		return -roughQuantile(logComplement(logp))
	}
	s := math.Sqrt(-2 * logp)
	return -(s - (2.30753+0.27061*s)/(1+s*(0.99229+0.04481*s)))
}

// NormalQuantile returns the z with log P(Z <= z) = logp.
func NormalQuantile(logp float64) float64 {
	if logp == 0 {
		return math.Inf(1)
	}
	if logp > -math.Ln2 {
		return -NormalQuantile(logComplement(logp))
	}
	if math.IsInf(logp, -1) {
		return logp
	}
	z := roughQuantile(logp)
	for range 60 {
		g := logNormalLower(z)
		slope := math.Exp(-0.5*z*z - halfLog2Pi - g)
		step := (g - logp) / slope
		z -= step
		if math.Abs(step) < 1e-15*(1+math.Abs(z)) {
			break
		}
	}
	return z
}

// LogChiSquared returns log P(X <= x) and log P(X >= x) of chi squared with df degrees of freedom (real, > 0).
func LogChiSquared(x, df float64) (lower, upper float64) { return LogGammaTails(df/2, x/2) }

// LogStudent returns log P(T <= t) and log P(T >= t) of Student's t with df degrees of freedom.
func LogStudent(t, df float64) (lower, upper float64) {
	x, y := df/(df+t*t), t*t/(df+t*t)
	small, large := LogBetaTails(df/2, 0.5, x, y)
	far := small - math.Ln2
	near := LogSum(-math.Ln2, large-math.Ln2)
	if t < 0 {
		return far, near
	}
	return near, far
}

// StudentQuantile returns the t with log P(T <= t) = logp.
func StudentQuantile(logp, df float64) float64 {
	if logp > -math.Ln2 {
		return -StudentQuantile(logComplement(logp), df)
	}
	odds := BetaOdds(df/2, 0.5, logp+math.Ln2) // odds of df/(df+t^2), that is df/t^2
	return -math.Sqrt(df / odds)
}

// LogF returns log P(X <= x) and log P(X >= x) of the F distribution with d1 and d2 degrees of freedom.
func LogF(x, d1, d2 float64) (lower, upper float64) {
	return LogBetaTails(d1/2, d2/2, d1*x/(d1*x+d2), d2/(d1*x+d2))
}
