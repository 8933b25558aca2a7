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
			in, out := s*k, 4*s*k
			butterfly4(
				x.re[in:in+s], x.re[in+s*m:in+s*m+s], x.re[in+2*s*m:in+2*s*m+s], x.re[in+3*s*m:in+3*s*m+s],
				x.im[in:in+s], x.im[in+s*m:in+s*m+s], x.im[in+2*s*m:in+2*s*m+s], x.im[in+3*s*m:in+3*s*m+s],
				y.re[out:out+4*s], y.im[out:out+4*s],
				[6]float32{p.cos[t], p.sin[t], p.cos[2*t], p.sin[2*t], p.cos[3*t], p.sin[3*t]})
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

func butterfly4(ar, br, cr, dr, ai, bi, ci, di, yr, yi []float32, w [6]float32) {
	s := len(ar)
	br, cr, dr, ai, bi, ci, di = br[:s], cr[:s], dr[:s], ai[:s], bi[:s], ci[:s], di[:s]
	y0, y1, y2, y3 := yr[:s], yr[s:2*s], yr[2*s:3*s], yr[3*s:4*s]
	z0, z1, z2, z3 := yi[:s], yi[s:2*s], yi[2*s:3*s], yi[3*s:4*s]
	w1r, w1i, w2r, w2i, w3r, w3i := w[0], w[1], w[2], w[3], w[4], w[5]
	for i := range ar {
		pr, pi := ar[i]+cr[i], ai[i]+ci[i]
		mr, mi := ar[i]-cr[i], ai[i]-ci[i]
		qr, qi := br[i]+dr[i], bi[i]+di[i]
		jr, ji := bi[i]-di[i], dr[i]-br[i] // -i times (b - d)
		y0[i], z0[i] = pr+qr, pi+qi
		tr, ti := mr+jr, mi+ji
		y1[i], z1[i] = tr*w1r-ti*w1i, tr*w1i+ti*w1r
		tr, ti = pr-qr, pi-qi
		y2[i], z2[i] = tr*w2r-ti*w2i, tr*w2i+ti*w2r
		tr, ti = mr-jr, mi-ji
		y3[i], z3[i] = tr*w3r-ti*w3i, tr*w3i+ti*w3r
	}
}
