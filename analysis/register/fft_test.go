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

func TestVectorAndScalarButterfliesGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, s := range []int{8, 16, 40} {
		const m = 4
		x := &lanes{make([]float32, 4*s*m), make([]float32, 4*s*m)}
		for i := range x.re {
			x.re[i], x.im[i] = r.Float32()-0.5, r.Float32()-0.5
		}
		fast, slow := &lanes{make([]float32, 4*s*m), make([]float32, 4*s*m)}, &lanes{make([]float32, 4*s*m), make([]float32, 4*s*m)}
		for k := range m {
			w := [6]float32{r.Float32(), r.Float32(), r.Float32(), r.Float32(), r.Float32(), r.Float32()}
			step(x, fast, s*k, 4*s*k, s*m, s, &w)
			butterfly4(x, slow, s*k, 4*s*k, s*m, s, &w)
		}
		for i := range fast.re {
			if fast.re[i] != slow.re[i] || fast.im[i] != slow.im[i] {
				t.Fatalf("%d of %d: %v %v, %v %v", i, s, fast.re[i], fast.im[i], slow.re[i], slow.im[i])
			}
		}
	}
}
