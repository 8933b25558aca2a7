package changepoint

import (
	"math"
	"math/rand/v2"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// scatter throws total events on the counts with chances in proportion to exposure (running sums). Above 50,000 events
// the counts are drawn as independent Poisson numbers instead, which changes nothing that matters then.
func scatter(rng *rand.Rand, counts []float64, total int, exposure []float64) {
	n := len(counts)
	all := exposure[n]
	if total > 50_000 {
		for i := range counts {
			counts[i] = poisson(rng, float64(total)*(exposure[i+1]-exposure[i])/all)
		}
		return
	}
	clear(counts)
	for range total {
		u := rng.Float64() * all
		i := sort.SearchFloat64s(exposure[1:], u)
		counts[min(i, n-1)]++
	}
}

// poisson draws one count.
func poisson(rng *rand.Rand, mean float64) float64 {
	if mean == 0 {
		return 0
	}
	if mean > 20 {
		return distuv.Poisson{Lambda: mean, Src: rng}.Rand()
	}
	limit, k := math.Exp(-mean), 0.0
	for p := rng.Float64(); p > limit; p *= rng.Float64() {
		k++
	}
	return k
}

// ratioOf is the exact ratio of two regimes.
func ratioOf(x1 int, t1 float64, x2 int, t2 float64, level float64) (inference.Result, error) {
	r, err := rate.Design{Level: level, Split: rate.SplitBeforeData}.Compare(
		rate.Of(x1).In(t1, "").Named("after"), rate.Of(x2).In(t2, "").Named("before"))
	return r, err
}
