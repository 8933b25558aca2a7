package changepoint

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// walk is the process whose highest place is the limit law of an estimated change: a Brownian motion from 0 in both
// directions, with drift -1/2 and variance 1 to the left, drift -1/2 and variance sigma^2 to the right. Its highest value
// is exponential with rate 1 on the left and theta = 1/sigma^2 on the right.
type walk struct{ theta, sigma float64 }

// left is the chance that the highest place lies left of 0.
func (w walk) left() float64 { return w.theta / (1 + w.theta) }

// beyond is the chance that the highest place lies more than u > 0 to the right.
//
// The motion is highest at time t and height m when it first comes to m at t and never exceeds it after; integrated over
// t > u that is exp(-theta m) Phi((m - u/2) / s) - Phi(-(m + u/2) / s), s = sigma sqrt(u), times theta dm, and the left
// side stays below m with chance 1 - exp(-m). The integral over m has a closed form.
func (w walk) beyond(u float64) float64 {
	s, b, theta := w.sigma*math.Sqrt(u), u/2, w.theta
	phi := math.Exp(-b*b/(2*s*s)) / math.Sqrt(2*math.Pi)
	low := normal(-b / s)
	// of exp(-a m) Phi((m-b)/s), and of exp(-a m) Phi(-(m+b)/s)
	rising := func(a float64) float64 {
		return (low + math.Exp(-a*b+a*a*s*s/2+logNormal((b-a*s*s)/s))) / a
	}
	falling := func(a float64) float64 {
		return (low - math.Exp(a*b+a*a*s*s/2+logNormal(-(b+a*s*s)/s))) / a
	}
	return theta * (rising(theta) - rising(theta+1) - (s*phi - b*low) + falling(1))
}

// mirrored is the process seen from the other side, in units in which its right side has drift 1/2 and its left side
// variance 1: time is stretched by 1/sigma^2.
func (w walk) mirrored() (walk, float64) {
	return walk{theta: 1 / w.theta, sigma: 1 / w.sigma}, w.sigma * w.sigma
}

// quantile is the u that the place exceeds with the given chance.
func (w walk) quantile(chance float64) float64 {
	high := 1.0
	for w.beyond(high) > chance {
		high *= 2
	}
	t, _ := tail.Root(func(u float64) float64 { return chance - w.beyond(u) }, 1e-12, high)
	return t
}

// quantileLeft is the distance to the left that the place exceeds with the given chance.
func (w walk) quantileLeft(chance float64) float64 {
	m, stretch := w.mirrored()
	return m.quantile(chance) * stretch
}

func logNormal(z float64) float64 { return tail.LogNormalUpper(-z) }

func normal(z float64) float64 { return math.Exp(logNormal(z)) }
