package measure

import (
	"math"
	"math/rand/v2"
	"sort"
	"testing"
)

// The median is the one that sorting gives, bit by bit, whatever the order and however many are equal.
func TestTheMedianIsThatOfSorting(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		for kind := range 7 {
			v := make([]float64, n)
			for i := range v {
				switch kind {
				case 0:
					v[i] = r.NormFloat64()
				case 1:
					v[i] = float64(r.IntN(3))
				case 2:
					v[i] = float64(i)
				case 3:
					v[i] = float64(n - i)
				case 4:
					v[i] = math.Min(float64(i), float64(n-i))
				case 5:
					v[i] = []float64{math.Inf(1), math.Inf(-1), 0, 5, 1e308}[r.IntN(5)]
				case 6:
					v[i] = []float64{math.NaN(), 1, 2, 3}[r.IntN(4)]
				}
			}
			want := math.NaN()
			if s := append([]float64(nil), v...); n > 0 {
				sort.Float64s(s)
				want = (s[(n-1)/2] + s[n/2]) / 2
			}
			if got := medianOf(v); got != want && (got == got || want == want) {
				t.Fatalf("%d values of kind %d: %v, not %v", n, kind, got, want)
			}
		}
	}
}
