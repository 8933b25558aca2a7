package tail

import "math"

// GammaLower returns the x with P(a, x) = e^logp, for a > 0 and logp < 0: the lower Garwood limit of a events.
func GammaLower(a, logp float64) float64 {
	return math.Exp(ascend(logp, startGamma(a, roughQuantile(logp)), func(t float64) (float64, float64, float64) {
		mu := math.Exp(t)
		g, _ := LogGammaTails(a, mu)
		r := a * math.Exp(LogPoisson(a, mu)-g)
		return g, r, r * (a - mu - r)
	}))
}

// GammaUpper returns the x with Q(a, x) = e^logp: with a = k+1, the upper Garwood limit of k events.
func GammaUpper(a, logp float64) float64 {
	return math.Exp(-ascend(logp, -startGamma(a, -roughQuantile(logp)), func(t float64) (float64, float64, float64) {
		mu := math.Exp(-t)
		_, g := LogGammaTails(a, mu)
		r := a * math.Exp(LogPoisson(a, mu)-g)
		return g, r, r * (mu - a - r)
	}))
}

// startGamma is the Wilson-Hilferty guess of the log of a gamma quantile at the normal quantile z.
func startGamma(a, z float64) float64 {
	root := 1 - 1/(9*a) + z/(3*math.Sqrt(a))
	if root < 0.1 { // far out on the left P(a,x) is about x^a/Gamma(a+1)
		g, _ := math.Lgamma(a + 1)
		return (logNormalLower(z) + g) / a
	}
	return math.Log(a) + 3*math.Log(root)
}

// BetaOdds returns the odds x/(1-x) with I_x(a,b) = e^logp, for a, b > 0 and logp < 0.
func BetaOdds(a, b, logp float64) float64 {
	z := roughQuantile(logp)
	t0 := math.Log(a/b) + z*math.Sqrt(1/a+1/b) + (1/b-1/a)/2*(1+z*z/3)
	if a < 2 && z < 0 {
		g, _ := math.Lgamma(a)
		gb, _ := math.Lgamma(b)
		gn, _ := math.Lgamma(a + b)
		t0 = (logp + math.Log(a) + g + gb - gn) / a
		t0 -= math.Log(math.Max(1-math.Exp(t0), 1e-3))
	}
	n := a + b
	constant := stirling(n) - stirling(a) - stirling(b) - halfLog2Pi + 0.5*math.Log(a*(b/n))
	return math.Exp(ascend(logp, t0, func(t float64) (float64, float64, float64) {
		e := math.Exp(-math.Abs(t))
		x, y := 1/(1+e), e/(1+e)
		if t < 0 {
			x, y = y, x
		}
		front := constant - deviance(a, n*x) - deviance(b, n*y)
		g, _ := betaTails(a, b, x, y, front)
		r := math.Exp(front - g)
		return g, r, r * (a*y - b*x - r)
	}))
}

// ascend solves g(t) = goal for an increasing, concave log distribution function g, whose value, slope and curvature
// at t are returned by f. Halley's step is used inside a bracket that shrinks; bisection takes over when it leaves.
func ascend(goal, t float64, f func(t float64) (g, slope, curve float64)) float64 {
	lo, hi := math.Inf(-1), math.Inf(1)
	for range 200 {
		g, slope, curve := f(t)
		miss := g - goal
		if miss == 0 {
			return t
		}
		if miss < 0 {
			lo = t
		} else {
			hi = t
		}
		next := t + 1 // g is flat at its bound: nothing but the bracket helps
		if slope > 0 && !math.IsInf(g, -1) {
			newton := -miss / slope
			bend := 1 - miss*curve/(2*slope*slope)
			if bend > 0.5 && bend < 2 {
				newton /= bend
			}
			if math.Abs(newton) < 1e-5 && math.Abs(miss) < 1e-5 { // Halley's error is cubic in the step
				return t + newton
			}
			next = t + math.Max(-8, math.Min(8, newton))
		} else if miss > 0 {
			next = t - 1
		}
		if !(next > lo && next < hi) {
			next = (lo + hi) / 2
			if math.IsInf(next, 0) || math.IsNaN(next) {
				next = t - math.Copysign(2, miss)
			}
		}
		if next == t {
			break
		}
		t = next
	}
	return t
}
