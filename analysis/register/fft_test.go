package register

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestTransformIsTheFourierTransform(t *testing.T) {
	for _, n := range []int{16, 32} {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		f := newField(n)
		for i := range f.re {
			f.re[i], f.im[i] = r.Float32()-0.5, r.Float32()-0.5
		}
		in := &field{n: n, re: append([]float32(nil), f.re...), im: append([]float32(nil), f.im...)}
		f.transform()
		for _, k := range [][2]int{{0, 0}, {1, 0}, {0, 1}, {3, 5}, {n - 1, n / 2}, {7, n - 2}} {
			var re, im float64
			for i := range in.re {
				s, c := math.Sincos(-2 * math.Pi * float64(k[0]*(i%n)+k[1]*(i/n)) / float64(n))
				re += float64(in.re[i])*c - float64(in.im[i])*s
				im += float64(in.re[i])*s + float64(in.im[i])*c
			}
			at := k[1]*n + k[0]
			if math.Abs(re-float64(f.re[at])) > 1e-4 || math.Abs(im-float64(f.im[at])) > 1e-4 {
				t.Errorf("%d at %v: %v %v, not %v %v", n, k, f.re[at], f.im[at], re, im)
			}
		}
	}
}
