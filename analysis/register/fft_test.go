package register

import (
	"math"
	"math/rand/v2"
	"testing"
)

// wave returns the transform of a field at one frequency, by the definition.
func (f *field) wave(col, row int) (re, im float64) {
	for r := range f.n {
		for c := range f.n {
			s, k := math.Sincos(-2 * math.Pi * float64(col*c+row*r) / float64(f.n))
			x, y := float64(f.re[r*f.stride+c]), float64(f.im[r*f.stride+c])
			re, im = re+x*k-y*s, im+x*s+y*k
		}
	}
	return re, im
}

func random(n int) *field {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	f := newField(n)
	for i := range f.re {
		f.re[i], f.im[i] = r.Float32()-0.5, r.Float32()-0.5
	}
	return f
}

func TestTransformIsTheFourierTransform(t *testing.T) {
	for _, n := range []int{16, 32, 64} {
		f, in := random(n), random(n)
		f.forward(newPlan(n), n, nil)
		for _, k := range [][2]int{{0, 0}, {1, 0}, {0, 1}, {3, 5}, {n - 1, n / 2}, {7, n - 2}} {
			re, im := in.wave(k[0], k[1])
			if at := k[1]*f.stride + k[0]; math.Abs(re-float64(f.re[at])) > 1e-4 || math.Abs(im-float64(f.im[at])) > 1e-4 {
				t.Errorf("%d at %v: %v %v, not %v %v", n, k, f.re[at], f.im[at], re, im)
			}
		}
	}
}

func TestInverseOfHalfASpectrumGivesRealSamples(t *testing.T) {
	for _, n := range []int{16, 32, 128} {
		f, in := random(n), random(n)
		for i := range f.im {
			f.im[i] = 0
		}
		p := newPlan(n)
		f.forward(p, n, nil)
		for r := range n {
			for c := n/2 + 1; c < n; c++ {
				f.re[r*f.stride+c], f.im[r*f.stride+c] = 1e9, -1e9 // not needed
			}
		}
		f.inverseReal(p, nil)
		for r := range n {
			for c := range n {
				got, want := f.re[r*f.stride+c]/float32(n*n), in.re[r*in.stride+c]
				if math.Abs(float64(got-want)) > 1e-5 {
					t.Fatalf("%d at %d, %d: %v, not %v", n, c, r, got, want)
				}
			}
		}
	}
}

func TestRowsThatAreZeroMayBeLeftOut(t *testing.T) {
	const n, rows = 64, 20
	f, g := random(n), random(n)
	for _, x := range []*field{f, g} {
		clear(x.re[rows*x.stride:])
		clear(x.im[rows*x.stride:])
	}
	f.forward(newPlan(n), rows, nil)
	g.forward(newPlan(n), n, nil)
	for i := range f.re {
		if i%f.stride < n && (f.re[i] != g.re[i] || f.im[i] != g.im[i]) {
			t.Fatalf("%d: %v, not %v", i, f.re[i], g.re[i])
		}
	}
}

func TestVectorAndScalarStepsGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	buffer := func(n int) *lanes {
		x := &lanes{make([]float32, n), make([]float32, n)}
		for i := range x.re {
			x.re[i], x.im[i] = r.Float32()-0.5, r.Float32()-0.5
		}
		return x
	}
	for _, s := range []int{8, 16, 40} {
		for _, m := range []int{1, 2, 5} {
			x, fast, slow := buffer(4*s*m), buffer(4*s*m), buffer(4*s*m)
			w := buffer(6 * m).re
			stage4(x, fast, m, s, w)
			stage4Scalar(x, slow, m, s, w)
			same(t, fast, slow)
			stage2(x, fast, 2*s*m)
			stage2Scalar(x.re, slow.re, 2*s*m)
			stage2Scalar(x.im, slow.im, 2*s*m)
			same(t, fast, slow)
		}
		x, fast, slow := buffer(9*s), buffer(9*s), buffer(9*s)
		copy(slow.re, fast.re)
		copy(slow.im, fast.im)
		transpose(fast.re, s, x.re, s+1)
		transposeScalar(slow.re, s, x.re, s+1)
		same(t, fast, slow)
		if s >= 16 {
			copyRows(fast.re, s, x.re, s+1, 5, 16)
			copyRowsScalar(slow.re, s, x.re, s+1, 5, 16)
			same(t, fast, slow)
		}
	}
}

func same(t *testing.T, a, b *lanes) {
	t.Helper()
	for i := range a.re {
		if a.re[i] != b.re[i] || a.im[i] != b.im[i] {
			t.Fatalf("%d: %v %v, %v %v", i, a.re[i], a.im[i], b.re[i], b.im[i])
		}
	}
}
