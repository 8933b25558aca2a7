package regression

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// NegativeBinomial fits "count ~ terms" with variance mu + mu^2/theta, theta estimated by maximum likelihood together
// with the coefficients.
//
// Standard errors hold theta fixed, as R's MASS::glm.nb does (statsmodels uses the observed joint information, which
// differs by some 3 % in small samples). Coefficients and theta are fully converged; glm.nb stops its alternation earlier
// by default, so that its coefficients differ by up to some millionths of their standard errors, and its standard errors by
// up to 1e-5 of their size (compare with control = glm.control(epsilon = 1e-12, maxit = 200)). When the counts are not over-dispersed theta has no maximum; the fit then
// stops at a large value and warns that Poisson does as well. Not for fewer than some 20 rows: theta is uncertain.
// Errors: those of Poisson. Source: Venables and Ripley, Modern Applied Statistics with S (2002), 7.4.
func NegativeBinomial(formula string, data Columns) (*Fit, error) {
	m, err := build(formula, data)
	if err != nil {
		return nil, err
	}
	c, err := start(m, math.Inf(1))
	if err != nil {
		return nil, err
	}
	name := "negative binomial " + m.formula.text
	if err := c.fit(name); err != nil {
		return nil, err
	}
	last, theta := math.Inf(-1), 0.0
	for round := 0; ; round++ {
		theta = c.theta
		c.theta = bestTheta(m.y, c.mu)
		if err := c.fit(name); err != nil {
			return nil, err
		}
		l := logLikelihood(m.y, c.mu, c.theta)
		flat := math.Abs(l-last) < 1e-12*(1+math.Abs(l))
		settled := flat && (math.Abs(c.theta-theta) < 1e-10*c.theta || round > 50) // the likelihood is flat at its top, so theta must stand still too
		if settled || c.theta >= thetaLimit {
			break
		}
		if round == 200 {
			return nil, &ConvergenceError{name, round, c.deviance}
		}
		last = l
	}
	f := report("negative binomial", c)
	f.AIC += 2
	f.ThetaSE = thetaError(m.y, c.mu)
	if f.N < 20 {
		f.Warnings = append(f.Warnings, "fewer than 20 rows: theta is uncertain, and the standard errors take it as known")
	}
	if c.theta >= thetaLimit {
		f.ThetaSE = math.Inf(1)
		f.Warnings = append(f.Warnings, "the counts are not over-dispersed: theta grows without bound and Poisson fits as well")
	}
	return f, nil
}

const thetaLimit = 1e6

// bestTheta maximises the likelihood in theta for given means, by Newton steps in log theta inside a bracket.
func bestTheta(y, mu []float64) float64 {
	lo, hi := math.Log(1e-8), math.Log(thetaLimit)
	if s, _ := thetaScore(y, mu, thetaLimit); s >= 0 {
		return thetaLimit
	}
	t := math.Log(momentTheta(y, mu))
	t = math.Max(lo, math.Min(hi, t))
	for range 200 {
		theta := math.Exp(t)
		s, info := thetaScore(y, mu, theta)
		if s > 0 {
			lo = t
		} else {
			hi = t
		}
		// derivative of the score in log theta: theta*s, of that theta*s - theta^2*info
		slope := theta*s - theta*theta*info
		next := t - theta*s/slope
		if !(next > lo && next < hi) || slope >= 0 {
			next = (lo + hi) / 2
		}
		if math.Abs(next-t) < 1e-14*(1+math.Abs(t)) {
			return math.Exp(next)
		}
		t = next
	}
	return math.Exp(t)
}

// thetaError is the standard error of theta from the information one Newton step before the end, where MASS::theta.ml
// takes it: its steps stop below the fourth root of the float precision.
func thetaError(y, mu []float64) float64 {
	theta := momentTheta(y, mu)
	info := 0.0
	for range 50 {
		theta = math.Abs(theta)
		var s float64
		s, info = thetaScore(y, mu, theta)
		step := s / info
		theta += step
		if math.Abs(step) <= 1.220703125e-4 {
			break
		}
	}
	return 1 / math.Sqrt(info)
}

func momentTheta(y, mu []float64) float64 {
	s := 0.0
	for i, v := range y {
		r := v/mu[i] - 1
		s += r * r
	}
	return float64(len(y)) / s
}

// thetaScore returns the derivative of the log likelihood in theta and minus its second derivative.
func thetaScore(y, mu []float64, theta float64) (score, info float64) {
	d0, t0 := mathext.Digamma(theta), mathext.Zeta(2, theta)
	memo := map[float64][2]float64{0: {0, 0}}
	for i, v := range y {
		g, ok := memo[v]
		if !ok {
			if v < 40 {
				for k := range int(v) { // exact sums, free of cancellation for large theta
					x := theta + float64(k)
					g[0] += 1 / x
					g[1] += 1 / (x * x)
				}
			} else {
				g = [2]float64{mathext.Digamma(theta+v) - d0, t0 - mathext.Zeta(2, theta+v)}
			}
			memo[v] = g
		}
		q := mu[i] + theta
		score += g[0] - math.Log1p(mu[i]/theta) + (mu[i]-v)/q
		info += g[1] - mu[i]/(theta*q) + (mu[i]-v)/(q*q)
	}
	return score, info
}
