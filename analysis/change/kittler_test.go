package change_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
)

// leastError is the criterion of Kittler and Illingworth by its definition, on numbers of pixels by grey level: the upper end
// of the lower group.
func leastError(count []float64) int {
	best, at := math.Inf(1), -1
	for cut := range count[:len(count)-1] {
		var n, mean, spread [2]float64
		group := func(x int) int {
			if x <= cut {
				return 0
			}
			return 1
		}
		for x, c := range count {
			n[group(x)] += c
			mean[group(x)] += c * float64(x)
		}
		for x, c := range count {
			k := group(x)
			spread[k] += c * (float64(x) - mean[k]/n[k]) * (float64(x) - mean[k]/n[k])
		}
		j, all := 1.0, n[0]+n[1]
		for k := range n {
			p := n[k] / all
			j += p*math.Log(spread[k]/n[k]) - 2*p*math.Log(p)
		}
		if n[0] >= 2 && n[1] >= 2 && spread[0] > 0 && spread[1] > 0 && j < best {
			best, at = j, cut
		}
	}
	return at
}

// On grey levels the threshold is the definition's, also where a long tail leaves most scores to a few levels, and wherever
// they begin and however large their steps are.
func TestKittlerIllingworthIsTheDefinitionOnGreyLevels(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for k := range 60 {
		count := make([]float64, 256)
		var levels []int
		low, high := 8+10*r.Float64(), 60+100*r.Float64()
		for range 4000 {
			x := low + (1.5+low/6)*r.NormFloat64()
			switch {
			case k%3 == 1 && r.IntN(8) == 0, k%3 != 1 && r.IntN(20) == 0:
				x = high + high/8*r.NormFloat64()
			case k%3 == 2 && r.IntN(100) == 0:
				x = 255 - 40*r.ExpFloat64()
			}
			v := min(255, max(0, int(math.Round(x))))
			count[v]++
			levels = append(levels, v)
		}
		want := leastError(count)
		for _, as := range []struct{ from, step, tail float64 }{{0, 1, 0}, {0, 1e-3, 0}, {5000, 1, 0}, {-100, 1, 0}, {0, 1, 30000}, {5000, 1, 8000}, {-100, 1, 20000}} {
			var v []float32
			for _, l := range levels {
				v = append(v, float32(as.from+as.step*float64(l)))
			}
			if as.tail > 0 { // one far score, which changes the definition's choice little
				v = append(v, float32(as.tail))
			}
			cut, err := change.KittlerIllingworth(v)
			if err != nil {
				t.Errorf("%d: %+v: %v", k, as, err)
				continue
			}
			level := (cut - as.from) / as.step
			within := 0.01
			if as.tail > 0 {
				if level < 0 || level > high+high/4 {
					t.Errorf("%d: %+v: %.2f, without the far score %d", k, as, level, want)
				}
				continue
			}
			if below := math.Floor(level + within); int(below) != want && count[int(below)] > 0 {
				t.Errorf("%d: %+v: %.2f, not %d", k, as, level, want)
			}
		}
	}
}
