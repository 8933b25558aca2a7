package register

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// peak is the outcome of correlating two planes.
type peak struct {
	dx, dy  float64
	height  float64 // share of the spectrum that agrees, 0 to 1
	strong  float64 // height in standard deviations of the surface around it
	rival   float64 // the second highest place as a share of the highest
	informs bool    // false when a plane is empty or of one value
}

// correlate finds the shift between two planes of one size by phase correlation.
//
// The two real planes travel as the real and imaginary part of one transform. The spectrum is whitened, so that light
// and haze do not matter, and the peak is refined on a grid of 1/100 pixel over the frequencies that a blurred image
// still holds.
//
// Sources: C. D. Kuglin, D. C. Hines, The phase correlation image alignment method, Proc. IEEE Int. Conf. Cybernetics
// and Society (1975); M. Guizar-Sicairos et al., Efficient subpixel image registration algorithms, Optics Letters 33
// (2008), doi:10.1364/OL.33.000156.
func correlate(a, b raster.Plane) peak {
	n := 16
	for n < max(a.Width, a.Height) {
		n *= 2
	}
	f := newField(n)
	okA, okB := taper(f.re, n, a), taper(f.im, n, b)
	if !okA || !okB {
		return peak{}
	}
	f.transform()
	f.whiten()
	spectrum := f.low()
	f.re, f.im = f.im, f.re // swapped: the inverse transform, up to its factor
	f.transform()
	f.re, f.im = f.im, f.re
	return f.top(spectrum)
}

// taper writes a plane less its mean under a Hann window; missing samples become zero. It reports whether the plane
// holds anything to go by.
func taper(dst []float32, n int, p raster.Plane) bool {
	var sum, squares float64
	count := 0
	for _, v := range p.Pix {
		if v-v == 0 {
			sum += float64(v)
			squares += float64(v) * float64(v)
			count++
		}
	}
	if count < 64 {
		return false
	}
	mean := sum / float64(count)
	spread := squares/float64(count) - mean*mean
	if !(spread > 1e-12*mean*mean) || math.IsInf(spread, 0) {
		return false
	}
	scale := float32(1 / math.Sqrt(spread))
	wx, wy := hann(p.Width), hann(p.Height)
	for r := range p.Height {
		for c, v := range p.Row(r) {
			if v-v == 0 {
				dst[r*n+c] = (v - float32(mean)) * scale * wx[c] * wy[r]
			}
		}
	}
	return true
}

func hann(n int) []float32 {
	w := make([]float32, n)
	for i := range w {
		w[i] = float32(0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n)))
	}
	return w
}

// whiten turns the joint transform of two real planes into their normalised cross power spectrum, conj(A)·B / |A·B|.
//
// Frequencies with less than 1e-5 of the strongest amplitude hold rounding errors only and are left out.
func (f *field) whiten() {
	n := f.n
	var most float32
	for i, a := range f.re {
		most = max(most, a*a+f.im[i]*f.im[i])
	}
	floor := 4 * most * 1e-10
	done := func(i, j int) {
		// A = (F(k) + conj F(-k)) / 2, B = (F(k) - conj F(-k)) / 2i
		ar, ai := f.re[i]+f.re[j], f.im[i]-f.im[j]
		br, bi := f.im[i]+f.im[j], f.re[j]-f.re[i]
		cr, ci := ar*br+ai*bi, ar*bi-ai*br
		m := float32(math.Sqrt(float64(cr*cr + ci*ci)))
		if m > floor {
			cr, ci = cr/m, ci/m
		} else {
			cr, ci = 0, 0
		}
		f.re[i], f.im[i] = cr, ci
		f.re[j], f.im[j] = cr, -ci
	}
	for r := range n {
		s := (n - r) & (n - 1)
		if r > s {
			continue
		}
		for c := range n {
			d := (n - c) & (n - 1)
			if r == s && c > d {
				continue
			}
			done(r*n+c, s*n+d)
		}
	}
}

// lowpass is the part of the spectrum, around frequency zero, that the refinement goes by.
type lowpass struct {
	n, k   int // side of the field; frequencies -k to k
	re, im []float64
}

// low copies the lowest frequencies, up to half of the highest one, weighted by a Hann window.
func (f *field) low() lowpass {
	l := lowpass{n: f.n, k: min(f.n/4, 128)}
	side := 2*l.k + 1
	l.re, l.im = make([]float64, side*side), make([]float64, side*side)
	for v := -l.k; v <= l.k; v++ {
		for u := -l.k; u <= l.k; u++ {
			at := (v&(f.n-1))*f.n + u&(f.n-1)
			r := math.Hypot(float64(u), float64(v)) / float64(l.k)
			if r >= 1 || (u == 0 && v == 0) {
				continue
			}
			w := 0.5 + 0.5*math.Cos(math.Pi*r)
			to := (v+l.k)*side + u + l.k
			l.re[to], l.im[to] = w*float64(f.re[at]), w*float64(f.im[at])
		}
	}
	return l
}

// at returns the correlation at a grid of shifts: x0 + i*step, y0 + j*step for i, j below count.
func (l lowpass) at(x0, y0, step float64, count int) []float64 {
	side := 2*l.k + 1
	rowRe, rowIm := make([]float64, side*count), make([]float64, side*count)
	for i := range count {
		x := 2 * math.Pi * (x0 + float64(i)*step) / float64(l.n)
		c, s := make([]float64, side), make([]float64, side)
		for u := range side {
			s[u], c[u] = math.Sincos(x * float64(u-l.k))
		}
		for v := range side {
			var re, im float64
			for u, a := range l.re[v*side : (v+1)*side] {
				b := l.im[v*side+u]
				re += a*c[u] - b*s[u]
				im += a*s[u] + b*c[u]
			}
			rowRe[v*count+i], rowIm[v*count+i] = re, im
		}
	}
	out := make([]float64, count*count)
	for j := range count {
		y := 2 * math.Pi * (y0 + float64(j)*step) / float64(l.n)
		for v := range side {
			s, c := math.Sincos(y * float64(v-l.k))
			for i := range count {
				out[j*count+i] += rowRe[v*count+i]*c - rowIm[v*count+i]*s
			}
		}
	}
	return out
}

// refine returns the shift near x, y where the low frequencies agree best.
func (l lowpass) refine(x, y float64) (float64, float64) {
	for _, g := range []struct {
		step  float64
		count int
	}{{0.25, 13}, {0.05, 13}, {0.01, 13}} {
		half := float64(g.count-1) / 2 * g.step
		v := l.at(x-half, y-half, g.step, g.count)
		best := 0
		for i := range v {
			if v[i] > v[best] {
				best = i
			}
		}
		x, y = x-half+float64(best%g.count)*g.step, y-half+float64(best/g.count)*g.step
	}
	return x, y
}

// top finds the highest place of the correlation surface and how far it stands out.
func (f *field) top(l lowpass) peak {
	n := f.n
	best := 0
	var squares float64
	for i, v := range f.re {
		squares += float64(v) * float64(v)
		if v > f.re[best] {
			best = i
		}
	}
	bx, by := best%n, best/n
	var near, rival float64
	for i, v := range f.re {
		dx, dy := wrap(i%n-bx, n), wrap(i/n-by, n)
		if dx*dx+dy*dy <= 16 {
			near += float64(v) * float64(v)
		} else {
			rival = math.Max(rival, float64(v))
		}
	}
	height := float64(f.re[best]) / float64(n*n)
	deviation := math.Sqrt(math.Max(0, squares-near)/float64(n*n)) / float64(n*n)
	p := peak{height: height, strong: height / math.Max(deviation, 1e-12), rival: rival / math.Max(float64(f.re[best]), 1e-12), informs: true}
	p.dx, p.dy = l.refine(float64(wrap(bx, n)), float64(wrap(by, n)))
	return p
}

// wrap returns i modulo n, between -n/2 and n/2.
func wrap(i, n int) int {
	i &= n - 1
	if i > n/2 {
		i -= n
	}
	return i
}

// Correlate returns the shift between two planes of one size by a single phase correlation, without tiles; see
// Translation for the sure way. Quality is the share of the spectrum that agrees.
func Correlate(reference, moving raster.Plane) Shift {
	if reference.Width != moving.Width || reference.Height != moving.Height {
		return unknown("planes of %d x %d and %d x %d pixels", reference.Width, reference.Height, moving.Width, moving.Height)
	}
	p := correlate(reference, moving)
	return consensus(informed(p), p, 0, 0)
}

func informed(p peak) []peak {
	if p.informs {
		return []peak{p}
	}
	return nil
}
