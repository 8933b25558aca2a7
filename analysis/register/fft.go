package register

import (
	"math"
	"runtime"
	"sync"
)

// field is a square grid of complex numbers, side a power of two, real and imaginary parts apart. Its rows lie a little
// more than n samples apart, so that a column does not fall on one line of the processor's caches.
type field struct {
	n, stride int
	re, im    []float32
}

func newField(n int) *field {
	stride := n + 16
	return &field{n: n, stride: stride, re: make([]float32, n*stride), im: make([]float32, n*stride)}
}

// batch is how many rows or columns are transformed side by side: a cache line of float32.
const batch = 16

// plan holds the twiddle factors of a length, stage after stage.
type plan struct {
	n      int
	stages [][]float32 // of each radix-4 stage: six numbers, the real and imaginary parts of w, w^2 and w^3, for every k
}

func newPlan(n int) *plan {
	p := &plan{n: n}
	for m := n; m >= 4; m /= 4 {
		t := make([]float32, 0, 6*m/4)
		for k := range m / 4 {
			for j := 1; j <= 3; j++ {
				s, c := math.Sincos(-2 * math.Pi * float64(j*k) / float64(m))
				t = append(t, float32(c), float32(s))
			}
		}
		p.stages = append(p.stages, t)
	}
	return p
}

// forward is the Fourier transform of the field in both directions, in place. Each batch of rows is made by fill, when
// it is not nil, just before it is transformed; rows from `rows` on hold zeros and are left alone.
func (f *field) forward(p *plan, rows int, fill func(row int)) {
	w := min(batch, f.n)
	f.each(rows, w, func(at int, a, b *lanes) {
		for l := range w {
			if fill != nil && at+l < f.n {
				fill(at + l)
			}
		}
		f.load(a, at, f.stride, w)
		a = p.run(a, b, w)
		f.store(f.re, at, f.stride, a.re, w)
		f.store(f.im, at, f.stride, a.im, w)
	})
	f.columns(p, f.n)
}

// columns transforms the first n columns, and what more there is in the last batch.
func (f *field) columns(p *plan, n int) {
	w := min(batch, f.n)
	f.each(n, w, func(at int, a, b *lanes) {
		copyRows(a.re, w, f.re[at:], f.stride, f.n, w)
		copyRows(a.im, w, f.im[at:], f.stride, f.n, w)
		a = p.run(a, b, w)
		copyRows(f.re[at:], f.stride, a.re, w, f.n, w)
		copyRows(f.im[at:], f.stride, a.im, w, f.n, w)
	})
}

// inverseReal turns the half of a spectrum that columns 0 to n/2 hold, of real samples, into n*n times these samples,
// which it leaves in re. Two rows of real samples travel as one of complex ones; done is called with each finished row.
func (f *field) inverseReal(p *plan, done func(row int)) {
	f.re, f.im = f.im, f.re // swapped before and after, the forward transform is the inverse one
	f.columns(p, f.n/2+1)
	w := min(batch, f.n/2)
	f.each(f.n, 2*w, func(at int, a, b *lanes) {
		for l := range w {
			f.joinRows(at + 2*l)
		}
		f.load(a, at, 2*f.stride, w)
		a = p.run(a, b, w)
		f.store(f.re, at, 2*f.stride, a.im, w)
		f.store(f.re, at+1, 2*f.stride, a.re, w)
		if done != nil {
			for l := range 2 * w {
				done(at + l)
			}
		}
	})
}

// joinRows makes, of the spectra of the real rows r and r+1, that of row r and i times row r+1, and puts it into row r.
// Real and imaginary parts are swapped.
func (f *field) joinRows(r int) {
	n, half := f.n, f.n/2
	ar, ai := f.im[r*f.stride:][:n], f.re[r*f.stride:][:n]
	br, bi := f.im[(r+1)*f.stride:][:half+1], f.re[(r+1)*f.stride:][:half+1]
	for c := range br {
		x, y, u, v := ar[c], ai[c], br[c], bi[c]
		if c > 0 && c < half {
			ar[n-c], ai[n-c] = x+v, u-y
		}
		ar[c], ai[c] = x-v, y+u
	}
}

// lanes are interleaved sequences: element i of sequence l is at i*w + l.
type lanes struct{ re, im []float32 }

// load interleaves w rows from row `at` on, which lie a number of samples apart.
func (f *field) load(a *lanes, at, apart, w int) {
	for l := 0; l < w; l += 8 {
		for i := 0; i < f.n; i += 8 {
			from, to := at*f.stride+l*apart+i, i*w+l
			transpose(a.re[to:], w, f.re[from:], apart)
			transpose(a.im[to:], w, f.im[from:], apart)
		}
	}
}

// store writes w interleaved rows to dst.
func (f *field) store(dst []float32, at, apart int, a []float32, w int) {
	for l := 0; l < w; l += 8 {
		for i := 0; i < f.n; i += 8 {
			transpose(dst[at*f.stride+l*apart+i:], apart, a[i*w+l:], w)
		}
	}
}

// transposeScalar writes the columns of an 8 by 8 square as rows.
func transposeScalar(dst []float32, dstStride int, src []float32, srcStride int) {
	for i := range 8 {
		for j := range 8 {
			dst[i*dstStride+j] = src[j*srcStride+i]
		}
	}
}

func copyRowsScalar(dst []float32, dstStride int, src []float32, srcStride, rows, w int) {
	for i := range rows {
		copy(dst[i*dstStride:][:w], src[i*srcStride:][:w])
	}
}

// each calls do for every group of w of n lines, on all processors, with two buffers of its own.
func (f *field) each(n, w int, do func(at int, a, b *lanes)) {
	groups := (n + w - 1) / w
	workers := min(runtime.GOMAXPROCS(0), groups)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() {
			a := &lanes{make([]float32, f.n*w), make([]float32, f.n*w)}
			b := &lanes{make([]float32, f.n*w), make([]float32, f.n*w)}
			for g := groups * k / workers; g < groups*(k+1)/workers; g++ {
				do(g*w, a, b)
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
	for _, t := range p.stages {
		m := n / 4
		stage4(x, y, m, s, t)
		x, y = y, x
		n, s = m, 4*s
	}
	if n == 2 {
		stage2(x, y, s)
		x = y
	}
	return x
}

// stage4Scalar is the scalar twin of stage4AVX2. The conversions keep a compiler that may from fusing multiplication and
// addition, so that both give the same bits.
func stage4Scalar(x, y *lanes, m, s int, twiddles []float32) {
	quarter := s * m
	for k := range m {
		in, out := s*k, 4*s*k
		w := twiddles[6*k:][:6]
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
}

// stage2Scalar is the last step of odd powers of two: sums and differences of the two halves.
func stage2Scalar(x, y []float32, s int) {
	a, b := x[:s], x[s:][:s]
	sum, diff := y[:s], y[s:][:s]
	for i := range a {
		sum[i], diff[i] = a[i]+b[i], a[i]-b[i]
	}
}
