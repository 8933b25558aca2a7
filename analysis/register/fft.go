package register

import (
	"math"
	"runtime"
	"sync"
)

// field is a square grid of complex numbers, side a power of two, real and imaginary parts apart.
type field struct {
	n      int
	re, im []float32
}

func newField(n int) *field { return &field{n: n, re: make([]float32, n*n), im: make([]float32, n*n)} }

// batch is how many rows or columns are transformed side by side: a cache line of float32.
const batch = 16

// plan holds the twiddle factors of a length.
type plan struct {
	n        int
	cos, sin []float32 // of -2 pi k / n
}

func newPlan(n int) *plan {
	p := &plan{n: n, cos: make([]float32, n), sin: make([]float32, n)}
	for k := range n {
		s, c := math.Sincos(-2 * math.Pi * float64(k) / float64(n))
		p.cos[k], p.sin[k] = float32(c), float32(s)
	}
	return p
}

// transform is the forward Fourier transform of the field in both directions, in place. The inverse is had by swapping
// re and im before and after, and dividing by n*n.
func (f *field) transform() {
	p := newPlan(f.n)
	w := min(batch, f.n)
	f.each(w, func(at int, a, b *lanes) { // rows
		for l := range w {
			row := (at + l) * f.n
			for i := range f.n {
				a.re[i*w+l], a.im[i*w+l] = f.re[row+i], f.im[row+i]
			}
		}
		a = p.run(a, b, w)
		for l := range w {
			row := (at + l) * f.n
			for i := range f.n {
				f.re[row+i], f.im[row+i] = a.re[i*w+l], a.im[i*w+l]
			}
		}
	})
	f.each(w, func(at int, a, b *lanes) { // columns
		for i := range f.n {
			copy(a.re[i*w:(i+1)*w], f.re[i*f.n+at:])
			copy(a.im[i*w:(i+1)*w], f.im[i*f.n+at:])
		}
		a = p.run(a, b, w)
		for i := range f.n {
			copy(f.re[i*f.n+at:i*f.n+at+w], a.re[i*w:])
			copy(f.im[i*f.n+at:i*f.n+at+w], a.im[i*w:])
		}
	})
}

// lanes are interleaved sequences: element i of sequence l is at i*w + l.
type lanes struct{ re, im []float32 }

// each calls do for every group of w lines, on all processors, with two buffers of its own.
func (f *field) each(w int, do func(at int, a, b *lanes)) {
	workers := min(runtime.GOMAXPROCS(0), f.n/w)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() {
			a := &lanes{make([]float32, f.n*w), make([]float32, f.n*w)}
			b := &lanes{make([]float32, f.n*w), make([]float32, f.n*w)}
			for at := k * w; at < f.n; at += workers * w {
				do(at, a, b)
			}
		})
	}
	group.Wait()
}

// run transforms w interleaved sequences and returns the buffer that holds the result.
//
// It is Stockham's self-sorting method with radix 4, and one step of radix 2 for odd powers of two; the sequences run
// innermost, so that one twiddle factor serves a whole row.
func (p *plan) run(x, y *lanes, w int) *lanes {
	n, s := p.n, w
	for n >= 4 {
		m := n / 4
		for k := range m {
			t := k * (p.n / n)
			w := [6]float32{p.cos[t], p.sin[t], p.cos[2*t], p.sin[2*t], p.cos[3*t], p.sin[3*t]}
			step(x, y, s*k, 4*s*k, s*m, s, &w)
		}
		x, y = y, x
		n, s = m, 4*s
	}
	if n == 2 {
		for i := range s {
			ar, ai, br, bi := x.re[i], x.im[i], x.re[i+s], x.im[i+s]
			y.re[i], y.im[i], y.re[i+s], y.im[i+s] = ar+br, ai+bi, ar-br, ai-bi
		}
		x = y
	}
	return x
}

// butterfly4 is the scalar twin of butterfly4AVX2. The conversions keep a compiler that may from fusing multiplication and
// addition, so that both give the same bits.
func butterfly4(x, y *lanes, in, out, quarter, s int, w *[6]float32) {
	ar, br, cr, dr := x.re[in:][:s], x.re[in+quarter:][:s], x.re[in+2*quarter:][:s], x.re[in+3*quarter:][:s]
	ai, bi, ci, di := x.im[in:][:s], x.im[in+quarter:][:s], x.im[in+2*quarter:][:s], x.im[in+3*quarter:][:s]
	y0, y1, y2, y3 := y.re[out:][:s], y.re[out+s:][:s], y.re[out+2*s:][:s], y.re[out+3*s:][:s]
	z0, z1, z2, z3 := y.im[out:][:s], y.im[out+s:][:s], y.im[out+2*s:][:s], y.im[out+3*s:][:s]
	w1r, w1i, w2r, w2i, w3r, w3i := w[0], w[1], w[2], w[3], w[4], w[5]
	for i := range ar {
		pr, pi := ar[i]+cr[i], ai[i]+ci[i]
		mr, mi := ar[i]-cr[i], ai[i]-ci[i]
		qr, qi := br[i]+dr[i], bi[i]+di[i]
		jr, ji := bi[i]-di[i], dr[i]-br[i] // -i times (b - d)
		y0[i], z0[i] = pr+qr, pi+qi
		tr, ti := mr+jr, mi+ji
		y1[i], z1[i] = float32(tr*w1r)-float32(ti*w1i), float32(tr*w1i)+float32(ti*w1r)
		tr, ti = pr-qr, pi-qi
		y2[i], z2[i] = float32(tr*w2r)-float32(ti*w2i), float32(tr*w2i)+float32(ti*w2r)
		tr, ti = mr-jr, mi-ji
		y3[i], z3[i] = float32(tr*w3r)-float32(ti*w3i), float32(tr*w3i)+float32(ti*w3r)
	}
}
