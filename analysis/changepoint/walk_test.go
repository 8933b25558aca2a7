package changepoint

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The closed form against walks drawn in small steps, for unequal spreads and for both sides.
func TestTheLimitLawOfThePlaceOfAShift(t *testing.T) {
	const paths, step, reach = 4000, 0.02, 60.0
	rng := rand.New(rand.NewPCG(4, 2))
	for _, sigma := range []float64{0.6, 1, 1.5} {
		w := walk{theta: 1 / (sigma * sigma), sigma: sigma}
		if got, want := w.beyond(1e-12), 1-w.left(); math.Abs(got-want) > 1e-5 {
			t.Errorf("sigma %v: right of 0 with %v, want %v", sigma, got, want)
		}
		right, left := 0, 0
		edge, other := w.quantile(0.1), w.quantileLeft(0.1)
		for range paths {
			best, at := 0.0, 0.0
			for _, side := range []float64{-1, 1} {
				spread := sigma
				if side < 0 {
					spread = 1
				}
				v := 0.0
				for u := step; u < reach; u += step {
					v += spread*math.Sqrt(step)*rng.NormFloat64() - step/2
					if v > best {
						best, at = v, side*u
					}
					if v < best-20 {
						break
					}
				}
			}
			if at > edge {
				right++
			}
			if -at > other {
				left++
			}
		}
		for side, n := range map[string]int{"right": right, "left": left} {
			if share := float64(n) / paths; math.Abs(share-0.1) > 0.022 { // 4 standard errors and the steps
				t.Errorf("sigma %v, %s: %v of the walks beyond the 10 %% point", sigma, side, share)
			}
		}
	}
}

// The distance must solve its equation to the last digits, near and far, on both sides.
func TestTheDistanceOfACrossing(t *testing.T) {
	for gap := 1e-12; gap < 600; gap *= 1.7 {
		for _, right := range []bool{true, false} {
			v := distance(gap, right)
			slope := math.Abs(math.Expm1(v))
			if off := math.Abs(math.Expm1(v)-v-gap) / slope; (v > 0) != right || !(off <= 1e-14*(1+math.Abs(v))+1e-16/math.Abs(v)) {
				t.Errorf("gap %v, right %v: %v is off by %v", gap, right, v, off)
			}
		}
	}
}
