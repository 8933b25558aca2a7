package contract_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/length"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/resample"
	"github.com/sightline-osint/sightline/analysis/smooth"
)

// hostile draws what users hand in by mistake, among what they hand in on purpose.
type hostile struct{ *rand.Rand }

func (h hostile) number() float64 {
	switch h.IntN(12) {
	case 0:
		return math.NaN()
	case 1:
		return math.Inf(1 - 2*h.IntN(2))
	case 2:
		return 0
	case 3:
		return -h.Float64()
	case 4, 5:
		return math.Exp(60 * h.NormFloat64())
	}
	return math.Round(h.ExpFloat64()*100) / 10
}

func (h hostile) count() int {
	switch h.IntN(10) {
	case 0:
		return -1
	case 1:
		return 0
	case 2:
		return h.IntN(1_000_000_000)
	}
	return h.IntN(12)
}

func (h hostile) values(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		if out[i] = math.Round(h.NormFloat64() * 5); h.IntN(40) == 0 {
			out[i] = h.number()
		}
	}
	if h.IntN(6) == 0 { // all equal
		for i := range out {
			out[i] = 3
		}
	}
	return out
}

func (h hostile) counts(n int) []int {
	out := make([]int, n)
	for i := range out {
		if out[i] = h.IntN(6); h.IntN(40) == 0 {
			out[i] = h.count()
		}
	}
	return out
}

func (h hostile) side() inference.Side { return inference.Side(h.IntN(5) - 1) }

// Random mistakes in random places: typed errors or a word, never a panic or a bare NaN.
func TestRandomMistakes(t *testing.T) {
	ctx := context.Background()
	h := hostile{rand.New(rand.NewPCG(20, 26))}
	for i := range 1200 {
		d := rate.Design{Method: rate.Method(h.IntN(5) - 1), Measure: rate.Measure(h.IntN(3)), Side: h.side(), Null: h.number(), Level: h.number()}
		if h.IntN(2) == 0 {
			d.Null, d.Level = 0, 0
		}
		a, b := rate.Of(h.count()).In(h.number(), "looks"), rate.Of(h.count()).In(h.number(), "looks")
		if d.Method == rate.ETest && a.Count+b.Count > 10_000 {
			continue // long, not wrong
		}
		attempt(t, fmt.Sprintf("%d: rates %+v %v %v", i, d, a, b), func() (any, error) { return d.Compare(a, b) })
		attempt(t, fmt.Sprintf("%d: rate %+v %v", i, d, a), func() (any, error) { return d.Rate(a) })
		attempt(t, fmt.Sprintf("%d: varied %+v", i, d), func() (any, error) { return effort.Vary(d, a, b, h.values(2), []float64{h.number(), 3}) })
	}
	for i := range 250 {
		n := h.IntN(14)
		x, y, counts := h.values(n), h.values(n), h.counts(n)
		name := fmt.Sprintf("%d: %v %v %v", i, x, y, counts)
		var exposure []float64
		if h.IntN(2) == 0 {
			exposure = h.values(n)
		}
		group := make([]string, n)
		for j := range group {
			group[j] = string(rune('a' + h.IntN(3)))
		}
		data := regression.Columns{"n": counts, "x": x, "z": y, "g": group}
		attempt(t, name, func() (any, error) {
			f, err := regression.Poisson([]string{"n ~ x + z", "n ~ g + x", "n ~ g + offset(z)", "n ~ g * x"}[h.IntN(4)], data)
			if err == nil {
				attempt(t, name, func() (any, error) { return f.Robust(regression.Covariance(h.IntN(5))) })
				attempt(t, name, func() (any, error) { return f.NeweyWest(h.IntN(5) - 1) })
				for _, r := range f.Results() {
					attempt(t, name, func() (any, error) { return r, nil })
				}
			}
			return f, err
		})
		attempt(t, name, func() (any, error) { return regression.NegativeBinomial("n ~ x", data) })
		s := changepoint.Series{Counts: counts, Exposure: exposure}
		attempt(t, name, func() (any, error) { return changepoint.One(ctx, s, changepoint.Options{Simulations: 99}) })
		attempt(t, name, func() (any, error) { return changepoint.Several(ctx, s, math.Abs(h.number())) })
		attempt(t, name, func() (any, error) { return changepoint.Bayes(s, changepoint.Prior{Shape: 1, Rate: h.number()}, 0) })
		attempt(t, name, func() (any, error) { return regression.InterruptedSeries(x, counts, exposure, h.number(), h.IntN(3)) })
		attempt(t, name, func() (any, error) { return length.MannWhitney(x, y, h.side(), 0) })
		attempt(t, name, func() (any, error) { return length.KolmogorovSmirnov(x, y, h.side()) })
		attempt(t, name, func() (any, error) { return length.MannKendall(nil, x, h.side(), h.number()) })
		attempt(t, name, func() (any, error) {
			return resample.Permutation(ctx, x, y, resample.Options{Draws: 99, Level: h.number()})
		})
		attempt(t, name, func() (any, error) { return smooth.Loess(x, y, h.number(), 1+h.IntN(2), y) })
		attempt(t, name, func() (any, error) { return smooth.Density(x, y, h.number()) })
	}
}
