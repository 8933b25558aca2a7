package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// logNormal returns the log P of a standard normal statistic.
func logNormal(z float64, side Side) float64 {
	switch side {
	case Greater:
		return tail.LogNormalUpper(z)
	case Less:
		return tail.LogNormalUpper(-z)
	}
	return math.Min(0, math.Ln2+tail.LogNormalUpper(math.Abs(z)))
}

// upperZ returns the z that a standard normal exceeds with chance alpha; +Inf for 0.
func upperZ(alpha float64) float64 {
	if alpha == 0 {
		return math.Inf(1)
	}
	return -tail.NormalQuantile(math.Log(alpha))
}

// statistic returns the test statistic of two counts; rho is the null ratio times t1/t2. It falls as x2 grows.
func statistic(m Method, x1, x2, rho float64) float64 {
	var top, below float64
	switch m {
	case Wald, ETestWald:
		top, below = x1-x2*rho, x1+x2*rho*rho
	case SquareRoot:
		return 2 * (math.Sqrt(x1+0.375) - math.Sqrt((x2+0.375)*rho)) / math.Sqrt(1+rho)
	default:
		top, below = x1-x2*rho, (x1+x2)*rho
	}
	if top == 0 {
		return 0
	}
	return top / math.Sqrt(below)
}

// scoreOdds inverts the score test: the odds o with (k - (n-k) o)^2 = z^2 n o (Wilson's limits as odds).
func scoreOdds(k, n int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	x, y, total := float64(k), float64(n-k), float64(n)
	root := func(z float64, upper bool) float64 {
		b := 2*x*y + z*z*total
		s := z * math.Sqrt(total*(4*x*y+z*z*total))
		if !upper {
			s = -s
		}
		if s >= 0 {
			return (b + s) / (2 * y * y)
		}
		return 2 * x * x / (b - s)
	}
	if low > 0 && k > 0 {
		lo = root(upperZ(low), false)
	}
	if high > 0 && k < n {
		hi = root(upperZ(high), true)
	}
	return lo, hi
}

// scoreMean inverts the score test of one Poisson mean.
func scoreMean(k int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	x := float64(k)
	if low > 0 && k > 0 {
		z := upperZ(low)
		mid := x + z*z/2
		lo = x * x / (mid + z*math.Sqrt(x+z*z/4))
	}
	if high > 0 {
		z := upperZ(high)
		hi = x + z*z/2 + z*math.Sqrt(x+z*z/4)
	}
	return lo, hi
}

// statisticOdds inverts the Wald or square-root statistic numerically in the odds rho.
func statisticOdds(m Method, k, n int, low, high float64) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	x1, x2 := float64(k), float64(n-k)
	at := math.Log((x1 + 0.5) / (x2 + 0.5))
	solve := func(z float64) (float64, bool) {
		f := func(t float64) float64 { return z - statistic(m, x1, x2, math.Exp(t)) }
		a, b := at-1, at+1
		for step := 1.0; f(a) > 0 && step < 512; step *= 2 {
			a -= step
		}
		for step := 1.0; f(b) < 0 && step < 512; step *= 2 {
			b += step
		}
		t, ok := tail.Root(f, a, b)
		return math.Exp(t), ok
	}
	if low > 0 && k > 0 {
		if v, ok := solve(upperZ(low)); ok {
			lo = v
		}
	}
	if high > 0 && k < n {
		if v, ok := solve(-upperZ(high)); ok {
			hi = v
		}
	}
	return lo, hi
}
