package tail

import "math"

// LogBinomial returns the log probability of x successes in n trials (both may be real, 0 <= x <= n) with chances
// p and q = 1-p, which are given apart so that neither is rounded away when it is small.
func LogBinomial(x, n, p, q float64) float64 {
	switch {
	case p == 0:
		return onlyAt(x == 0)
	case q == 0:
		return onlyAt(x == n)
	case x == 0:
		return n * logOf(q, p)
	case x == n:
		return n * logOf(p, q)
	}
	y := n - x
	return stirling(n) - stirling(x) - stirling(y) - deviance(x, n*p) - deviance(y, n*q) -
		halfLog2Pi - 0.5*math.Log(x*(y/n))
}

func onlyAt(yes bool) float64 {
	if yes {
		return 0
	}
	return math.Inf(-1)
}

// logOf returns log(p) where q = 1-p is known to full precision too.
func logOf(p, q float64) float64 {
	if q < 0.5 {
		return math.Log1p(-q)
	}
	return math.Log(p)
}

// LogBinomialTails returns log P(X <= k) and log P(X >= k) for k successes in n trials of chance p, q = 1-p.
func LogBinomialTails(k, n int, p, q float64) (lower, upper float64) {
	return LogBinomialLower(k, n, p, q), LogBinomialUpper(k, n, p, q)
}

// LogBinomialLower returns log P(X <= k).
func LogBinomialLower(k, n int, p, q float64) float64 {
	switch {
	case k >= n:
		return 0
	case k < 0:
		return math.Inf(-1)
	}
	lower, _ := LogBetaTails(float64(n-k), float64(k)+1, q, p)
	return lower
}

// LogBinomialUpper returns log P(X >= k).
func LogBinomialUpper(k, n int, p, q float64) float64 {
	switch {
	case k <= 0:
		return 0
	case k > n:
		return math.Inf(-1)
	}
	upper, _ := LogBetaTails(float64(k), float64(n-k)+1, p, q)
	return upper
}

// LogBetaTails returns log I_x(a,b) and log(1 - I_x(a,b)), the regularised incomplete beta function and its
// complement, for a, b > 0 and x + y = 1.
func LogBetaTails(a, b, x, y float64) (lower, upper float64) {
	switch {
	case x <= 0:
		return math.Inf(-1), 0
	case y <= 0:
		return 0, math.Inf(-1)
	}
	return betaTails(a, b, x, y, logBetaFront(a, b, x, y))
}

// betaTails is LogBetaTails for x and y inside (0,1), with front = log(x^a y^b / B(a,b)).
func betaTails(a, b, x, y, front float64) (lower, upper float64) {
	if x*(a+b+2) <= a+1 {
		lower = front + math.Log(betaFraction(a, b, x)/a)
		return clip(lower), logComplement(lower)
	}
	upper = front + math.Log(betaFraction(b, a, y)/b)
	return logComplement(upper), clip(upper)
}

// logBetaFront returns log(x^a y^b / B(a,b)).
func logBetaFront(a, b, x, y float64) float64 {
	n := a + b
	return math.Log(a*(b/n)) + LogBinomial(a, n, x, y)
}

// betaFraction evaluates the continued fraction of the incomplete beta function by the method of Lentz; it converges
// fast for x < (a+1)/(a+b+2).
func betaFraction(a, b, x float64) float64 {
	c := 1.0
	d := 1 / nonzero(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m < maxSteps; m++ {
		m2 := 2 * m
		even := m * (b - m) * x / ((a + m2 - 1) * (a + m2))
		d = 1 / nonzero(1+even*d)
		c = nonzero(1 + even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1))
		d = 1 / nonzero(1+odd*d)
		c = nonzero(1 + odd/c)
		step := d * c
		h *= step
		if !(math.Abs(step-1) >= epsilon) {
			break
		}
	}
	return h
}
