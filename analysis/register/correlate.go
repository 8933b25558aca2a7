package register

import (
	"math"
	"runtime"
	"sync"

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
	one, two := newTaper(a), newTaper(b)
	if !one.informs || !two.informs {
		return peak{}
	}
	f, p := newField(n), newPlan(n)
	f.forward(p, a.Height, func(row int) {
		one.fill(f.re[row*f.stride:], row)
		two.fill(f.im[row*f.stride:], row)
	})
	f.whiten()
	spectrum := f.low()
	s := newSurface(f)
	f.inverseReal(p, s.enter)
	return s.top(spectrum)
}

// taper is a plane less its mean, in standard deviations, under a Hann window.
type taper struct {
	plane       raster.Plane
	mean, scale float32
	wx, wy      []float32
	informs     bool // false when the plane is empty or of one value
}

func newTaper(p raster.Plane) taper {
	var sum, squares, count float64
	var mu sync.Mutex
	parallel(p.Height, func(from, to int) {
		var s, q float64
		n := 0
		for _, v := range p.Pix[from*p.Width : to*p.Width] {
			if v-v == 0 {
				x := float64(v)
				s, q, n = s+x, q+x*x, n+1
			}
		}
		mu.Lock()
		defer mu.Unlock()
		sum, squares, count = sum+s, squares+q, count+float64(n)
	})
	if count < 64 {
		return taper{}
	}
	mean := sum / count
	spread := squares/count - mean*mean
	if !(spread > 1e-12*mean*mean) || math.IsInf(spread, 0) {
		return taper{}
	}
	return taper{plane: p, mean: float32(mean), scale: float32(1 / math.Sqrt(spread)), wx: hann(p.Width), wy: hann(p.Height), informs: true}
}

// fill writes a row; missing samples, and rows below the plane, stay zero.
func (t taper) fill(dst []float32, row int) {
	if row >= t.plane.Height {
		return
	}
	scale := t.scale * t.wy[row]
	for c, v := range t.plane.Row(row) {
		if v-v == 0 {
			dst[c] = (v - t.mean) * scale * t.wx[c]
		}
	}
}

func hann(n int) []float32 {
	w := make([]float32, n)
	for i := range w {
		w[i] = float32(0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n)))
	}
	return w
}

// parallel calls do for pieces of the range 0 to n, on all processors.
func parallel(n int, do func(from, to int)) {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/16))
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() { do(n*k/workers, n*(k+1)/workers) })
	}
	group.Wait()
}

// whiten turns the joint transform of two real planes into the left half, columns 0 to n/2, of their normalised cross
// power spectrum, conj(A)·B / |A·B|; the right half follows from it.
//
// Frequencies with less than 1e-5 of the strongest amplitude hold rounding errors only and are left out.
func (f *field) whiten() {
	n := f.n
	var most float32
	var mu sync.Mutex
	parallel(n, func(from, to int) {
		var m float32
		for r := from; r < to; r++ {
			re, im := f.re[r*f.stride:][:n], f.im[r*f.stride:][:n]
			for i, a := range re {
				if v := a*a + im[i]*im[i]; v > m {
					m = v
				}
			}
		}
		mu.Lock()
		defer mu.Unlock()
		most = max(most, m)
	})
	floor := 4 * most * 1e-10
	parallel(n/2+1, func(from, to int) {
		for r := from; r < to; r++ {
			s := (n - r) & (n - 1)
			f.whitenRows(r, s, floor)
		}
	})
}

// whitenRows does a row and its mirror image, which hold each other's opposite frequencies.
func (f *field) whitenRows(r, s int, floor float32) {
	n := f.n
	rr, ri := f.re[r*f.stride:][:n], f.im[r*f.stride:][:n]
	sr, si := f.re[s*f.stride:][:n], f.im[s*f.stride:][:n]
	// A = (F(k) + conj F(-k)) / 2, B = (F(k) - conj F(-k)) / 2i
	cross := func(xr, xi, yr, yi float32) (re, im float32) {
		ar, ai := xr+yr, xi-yi
		br, bi := xi+yi, yr-xr
		cr, ci := ar*br+ai*bi, ar*bi-ai*br
		m := float32(math.Sqrt(float64(cr*cr + ci*ci)))
		if m > floor {
			return cr / m, ci / m
		}
		return 0, 0
	}
	for c := range n/2 + 1 {
		d := (n - c) & (n - 1)
		ur, ui := cross(rr[c], ri[c], sr[d], si[d])
		vr, vi := cross(sr[c], si[c], rr[d], ri[d])
		rr[c], ri[c] = ur, ui
		if r != s {
			sr[c], si[c] = vr, vi
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
			at, sign := (v&(f.n-1))*f.stride+u, float32(1)
			if u < 0 { // the half that is not kept
				at, sign = (-v&(f.n-1))*f.stride-u, -1
			}
			r := math.Hypot(float64(u), float64(v)) / float64(l.k)
			if r >= 1 || (u == 0 && v == 0) {
				continue
			}
			w := 0.5 + 0.5*math.Cos(math.Pi*r)
			to := (v+l.k)*side + u + l.k
			l.re[to], l.im[to] = w*float64(f.re[at]), w*float64(sign*f.im[at])
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

// surface is the correlation at every whole shift, with what each row adds to the judgement of its highest place.
type surface struct {
	*field
	best    []int     // column of each row's highest value
	squares []float64 // sum of each row's squares
}

func newSurface(f *field) *surface {
	return &surface{field: f, best: make([]int, f.n), squares: make([]float64, f.n)}
}

// enter notes a finished row.
func (s *surface) enter(r int) {
	row := s.re[r*s.stride:][:s.n]
	most, at := row[0], 0
	var sum float32
	var squares float64
	for i, v := range row {
		sum += v * v
		if v > most {
			most, at = v, i
		}
		if i&63 == 63 {
			squares, sum = squares+float64(sum), 0
		}
	}
	s.best[r], s.squares[r] = at, squares+float64(sum)
}

// top finds the highest place and how far it stands out.
func (s *surface) top(l lowpass) peak {
	n := s.n
	bx, by := 0, 0
	var most float32
	var squares float64
	for r, c := range s.best {
		squares += s.squares[r]
		if v := s.re[r*s.stride+c]; v > most {
			most, bx, by = v, c, r
		}
	}
	var near, rival float64
	for r := range n {
		dy := wrap(r-by, n)
		row := s.re[r*s.stride:][:n]
		if dy*dy > 16 {
			rival = math.Max(rival, float64(row[s.best[r]]))
			continue
		}
		for i, v := range row {
			if dx := wrap(i-bx, n); dx*dx+dy*dy <= 16 {
				near += float64(v) * float64(v)
			} else {
				rival = math.Max(rival, float64(v))
			}
		}
	}
	height := float64(most) / float64(n*n)
	deviation := math.Sqrt(math.Max(0, squares-near)/float64(n*n)) / float64(n*n)
	p := peak{height: height, strong: height / math.Max(deviation, 1e-12), rival: rival / math.Max(float64(most), 1e-12), informs: true}
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
	return consensus(informed(p), p)
}

func informed(p peak) []peak {
	if p.informs {
		return []peak{p}
	}
	return nil
}
