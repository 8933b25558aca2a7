package register

import (
	"math"
	"runtime"
	"sync"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// peak is the outcome of correlating two planes.
type peak struct {
	dx, dy   float64
	atX, atY float64       // where the moving tile was taken
	sign     float64       // -1 where what was bright is dark now, else 1
	height   float64       // share of the spectrum that agrees, 0 to 1
	strong   float64       // height in standard deviations of the surface around it
	rival    float64       // the second highest place as a share of the highest
	informs  bool          // false when a plane is empty or of one value
	window   raster.Window // of the reference's tile
	low      lowpass
}

// correlate finds the shift between two planes of one size by phase correlation.
//
// The two real planes travel as the real and imaginary part of one transform. The spectrum is whitened, so that light
// and haze do not matter, and the peak, upwards or downwards, is refined by the frequencies that agree on it.
//
// Sources: C. D. Kuglin, D. C. Hines, The phase correlation image alignment method, Proc. IEEE Int. Conf. Cybernetics
// and Society (1975); M. Guizar-Sicairos et al., Efficient subpixel image registration algorithms, Optics Letters 33
// (2008), doi:10.1364/OL.33.000156.
//
// The planes fade out towards their edges over a share of their half side: 1 is a Hann window, less keeps more of what
// planes far apart share.
func correlate(a, b raster.Plane, fade float64) peak {
	n := 16
	for n < max(a.Width, a.Height) {
		n *= 2
	}
	one, two := newTaper(a, fade), newTaper(b, fade)
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

// taper is a plane less its mean, in standard deviations, faded out towards its edges.
type taper struct {
	plane       raster.Plane
	mean, scale float32
	wx, wy      []float32
	informs     bool // false when the plane is empty or of one value
}

func newTaper(p raster.Plane, fade float64) taper {
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
	return taper{plane: p, mean: float32(mean), scale: float32(1 / math.Sqrt(spread)), wx: window(p.Width, fade), wy: window(p.Height, fade), informs: true}
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

func window(n int, fade float64) []float32 {
	w := make([]float32, n)
	for i := range w {
		edge := math.Min(float64(i)+0.5, float64(n-i)-0.5) / (float64(n) / 2 * fade)
		w[i] = float32(0.5 - 0.5*math.Cos(math.Pi*math.Min(1, edge)))
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
// Frequencies with less than 1e-5 of the strongest amplitude hold rounding errors only and are left out, and so are those
// along the axes: they hold the stripes of detectors, which stay where they are when the ground moves.
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

// axis is how many frequencies beside zero belong to an axis: the taper spreads each to its neighbours.
const axis = 1

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
	edge := r <= axis || s <= axis
	for c := range n/2 + 1 {
		if edge || c <= axis {
			rr[c], ri[c], sr[c], si[c] = 0, 0, 0, 0
			continue
		}
		d := (n - c) & (n - 1)
		ur, ui := cross(rr[c], ri[c], sr[d], si[d])
		vr, vi := cross(sr[c], si[c], rr[d], ri[d])
		rr[c], ri[c] = ur, ui
		if r != s {
			sr[c], si[c] = vr, vi
		}
	}
}

// surface is the correlation at every whole shift, with what each row adds to the judgement of its highest place.
type surface struct {
	*field
	best    []int     // column of each row's largest value
	squares []float64 // sum of each row's squares
}

func newSurface(f *field) *surface {
	return &surface{field: f, best: make([]int, f.n), squares: make([]float64, f.n)}
}

// enter notes a finished row.
func (s *surface) enter(r int) {
	row := s.re[r*s.stride:][:s.n]
	most, at := float32(-1), 0
	var sum float32
	var squares float64
	for i, v := range row {
		q := v * v
		sum += q
		if q > most {
			most, at = q, i
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
		if v := s.re[r*s.stride+c]; v*v > most*most {
			most, bx, by = v, c, r
		}
	}
	var near, rival float64
	for r := range n {
		dy := wrap(r-by, n)
		row := s.re[r*s.stride:][:n]
		if dy*dy > 16 {
			rival = math.Max(rival, math.Abs(float64(row[s.best[r]])))
			continue
		}
		for i, v := range row {
			if dx := wrap(i-bx, n); dx*dx+dy*dy <= 16 {
				near += float64(v) * float64(v)
			} else {
				rival = math.Max(rival, math.Abs(float64(v)))
			}
		}
	}
	height, sign := math.Abs(float64(most))/float64(n*n), math.Copysign(1, float64(most))
	deviation := math.Sqrt(math.Max(0, squares-near)/float64(n*n)) / float64(n*n)
	p := peak{height: height, sign: sign, strong: height / math.Max(deviation, 1e-12), rival: rival / math.Max(math.Abs(float64(most)), 1e-12), informs: true, low: l}
	if most == 0 {
		return peak{}
	}
	p.dx, p.dy = float64(wrap(bx, n)), float64(wrap(by, n))
	x, y := p.dx, p.dy
	for range 2 {
		x, y = l.weighed(sign, x, y).refine(x, y)
	}
	if math.Hypot(x-p.dx, y-p.dy) > 1.5 { // the frequencies do not back the place
		p.rival = 1
	}
	p.dx, p.dy = x, y
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
	if reference.Empty() || moving.Empty() {
		return unknown("planes of %d x %d pixels with %d and %d samples", reference.Width, reference.Height, len(reference.Pix), len(moving.Pix))
	}
	p := correlate(reference, moving, 1)
	return consensus(informed(p), p, 1)
}

func informed(p peak) []peak {
	if p.informs {
		return []peak{p}
	}
	return nil
}
