package tail

import "math"

// stirling returns log(n!) - log(sqrt(2 pi n) (n/e)^n), the error of Stirling's formula, for real n > 0.
func stirling(n float64) float64 {
	if n < 16 {
		if k := int(2 * n); float64(k) == 2*n {
			return stirlingHalves[k]
		}
		g, _ := math.Lgamma(n + 1)
		return g - (n+0.5)*math.Log(n) + n - halfLog2Pi
	}
	m := n * n
	switch {
	case n > 500:
		return (1.0/12 - 1.0/360/m) / n
	case n > 80:
		return (1.0/12 - (1.0/360-1.0/1260/m)/m) / n
	case n > 35:
		return (1.0/12 - (1.0/360-(1.0/1260-1.0/1680/m)/m)/m) / n
	}
	return (1.0/12 - (1.0/360-(1.0/1260-(1.0/1680-(1.0/1188-691.0/360360/m)/m)/m)/m)/m) / n
}

const halfLog2Pi = 0.918938533204672741780329736406

// stirlingHalves[k] is stirling(k/2), worked out once with 40 digits (mpmath 1.3); entry 0 is never used by the callers.
var stirlingHalves = [...]float64{
	0, 0.15342640972002734529, 0.08106146679532725822, 0.054814121051917653896,
	0.041340695955409294094, 0.033162873519936287485, 0.027677925684998339149, 0.023746163656297495971,
	0.020790672103765093112, 0.018488450532673185231, 0.016644691189821192163, 0.015134973221917378874,
	0.013876128823070747999, 0.012810465242920226924, 0.011896709945891770095, 0.011104559758206917327,
	0.010411265261972096497, 0.0097994161261588032984, 0.0092554621827127329177, 0.008768700134139385463,
	0.0083305634333628712565, 0.0079341145643140205472, 0.007573675487951840795, 0.0072445543013203831795,
	0.0069428401072095298657, 0.0066652470327076824424, 0.0064089941880042070684, 0.0061717122630394576475,
	0.0059513701127588477356, 0.005746216513010115682, 0.005554733551962801371, 0.0053755990329268344936,
}

// deviance returns x log(x/m) + m - x, the Poisson half deviance, without the cancellation near x = m.
func deviance(x, m float64) float64 {
	if x == 0 {
		return m
	}
	if d := (m - x) / x; d > -0.5 && d < 1 {
		return x * excess(d)
	}
	return x*math.Log(x/m) + (m - x)
}

// excess returns d - log(1+d), accurate also for small d.
func excess(d float64) float64 {
	if d < -0.2 || d > 0.25 {
		return d - math.Log1p(d)
	}
	r := d / (2 + d)
	r2 := r * r
	term, sum := 2*r*r2, 0.0
	for j := 3.0; ; j += 2 {
		next := sum + term/j
		if next == sum {
			return d*r - sum
		}
		sum = next
		term *= r2
	}
}
