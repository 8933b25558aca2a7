package change

import (
	"math"
	"runtime"
	"sync"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// SSIM returns one less the structural similarity, averaged over the bands: 0 where the surroundings look alike, up to
// 2. The window is a square of Options.Window pixels (7); pixels nearer to the edge than half of it, or with a missing
// pixel in it, have no score. Variances are the sample's (n - 1), and the constants K1 = 0.01, K2 = 0.03, as
// scikit-image has them.
//
// Source: Z. Wang et al., Image quality assessment: from error visibility to structural similarity, IEEE Trans. Image
// Processing 13 (2004), doi:10.1109/TIP.2003.819861.
func SSIM(before, after *raster.Image, o Options) (*Score, error) {
	p, err := prepare(before, after, o)
	if err != nil {
		return nil, err
	}
	if err := p.normalise(); err != nil {
		return nil, err
	}
	side := o.ssimSide()
	span := o.Range
	if span <= 0 {
		low, high := float32(math.Inf(1)), float32(math.Inf(-1))
		for i := range p.a {
			for _, q := range []raster.Plane{p.a[i], p.b[i]} {
				l, h, _ := q.Range()
				low, high = min(low, l), max(high, h)
			}
		}
		span = math.Max(float64(high-low), 1e-30)
	}
	values := make([]float32, len(p.valid))
	for i := range p.a {
		q := Similarity(p.a[i], p.b[i], side, span)
		for k, at := range p.valid {
			values[k] += (1 - q.Pix[at]) / float32(len(p.a))
		}
	}
	return p.finish("SSIM", false, values)
}

func (o Options) ssimSide() int {
	if o.Window == 0 {
		return 7
	}
	return o.Window | 1
}

// Similarity returns the structural similarity of two planes of one size, -1 to 1, over squares of side pixels (odd,
// at least 3) for values that span a range. It is NaN within half a side of the edge and where a sample in the square
// is missing. Planes of different sizes and other sides give an empty plane.
func Similarity(a, b raster.Plane, side int, span float64) raster.Plane {
	if a.Width != b.Width || a.Height != b.Height || side < 3 || side%2 == 0 || a.Empty() || b.Empty() {
		return raster.Plane{}
	}
	out := raster.NewPlane(a.Width, a.Height)
	nan := float32(math.NaN())
	half := side / 2
	if a.Width < side || a.Height < side {
		for i := range out.Pix {
			out.Pix[i] = nan
		}
		return out
	}
	s := similarity{a: a, b: b, out: out, side: side, c1: square(0.01 * span), c2: square(0.03 * span)}
	workers := min(runtime.GOMAXPROCS(0), (a.Height-2*half+63)/64)
	rows := a.Height - 2*half
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() { s.rows(half+rows*k/workers, half+rows*(k+1)/workers) })
	}
	group.Wait()
	for r := range a.Height {
		row := out.Row(r)
		if r < half || r >= a.Height-half {
			half, row := len(row), row
			for c := range half {
				row[c] = nan
			}
			continue
		}
		for c := range half {
			row[c], row[len(row)-1-c] = nan, nan
		}
	}
	return out
}

func square(x float64) float64 { return x * x }

// similarity keeps, for every column, the sums over the rows of the window; the window then runs along the row.
type similarity struct {
	a, b, out raster.Plane
	side      int
	c1, c2    float64
}

// columnSums are the five sums of a column, beside each other for the cache, and its missing samples.
type columnSums struct {
	x, y, q, xy float64 // q is the sum of both squares: only that is needed
	missing     int32
}

func (s *similarity) rows(from, to int) {
	half := s.side / 2
	complete, most := s.look(from-half, to+half)
	if square(most)*float64(s.side*s.side)*0x1p-53 > 1e-8*s.c2 {
		for r := from; r < to; r++ {
			s.direct(r)
		}
		return
	}
	if complete {
		s.completeRows(from, to)
		return
	}
	sums := make([]columnSums, s.a.Width)
	for r := from - half; r < from+half; r++ {
		s.add(sums, r)
	}
	for r := from; r < to; r++ {
		s.add(sums, r+half)
		if r > from {
			s.drop(sums, r-half-1)
		}
		s.slide(sums, s.out.Row(r))
	}
}

func (s *similarity) add(sums []columnSums, row int) {
	a, b := s.a.Row(row), s.b.Row(row)
	for c := range sums {
		x, y := float64(a[c]), float64(b[c])
		k := &sums[c]
		if v := x + y; v-v != 0 {
			k.missing++
			continue
		}
		k.x += x
		k.y += y
		k.q += x*x + y*y
		k.xy += x * y
	}
}

func (s *similarity) drop(sums []columnSums, row int) {
	a, b := s.a.Row(row), s.b.Row(row)
	for c := range sums {
		x, y := float64(a[c]), float64(b[c])
		k := &sums[c]
		if v := x + y; v-v != 0 {
			k.missing--
			continue
		}
		k.x -= x
		k.y -= y
		k.q -= x*x + y*y
		k.xy -= x * y
	}
}

func (s *similarity) slide(sums []columnSums, out []float32) {
	half := s.side / 2
	n := float64(s.side * s.side)
	in, unbias := 1/n, 1/(n-1)
	nan := float32(math.NaN())
	var x, y, q, xy float64
	var missing int32
	for c := range s.side - 1 {
		k := &sums[c]
		x, y, q, xy, missing = x+k.x, y+k.y, q+k.q, xy+k.xy, missing+k.missing
	}
	for c := half; c < len(sums)-half; c++ {
		k := &sums[c+half]
		x, y, q, xy, missing = x+k.x, y+k.y, q+k.q, xy+k.xy, missing+k.missing
		if missing == 0 {
			mx, my := x*in, y*in
			m2 := mx*mx + my*my
			va := (q - n*m2) * unbias
			cov := (xy - x*my) * unbias
			out[c] = float32(((2*mx*my + s.c1) * (2*cov + s.c2)) / ((m2 + s.c1) * (va + s.c2)))
		} else {
			out[c] = nan
		}
		k = &sums[c-half]
		x, y, q, xy, missing = x-k.x, y-k.y, q-k.q, xy-k.xy, missing-k.missing
	}
}

// direct fills a row without running sums, which lose the digits of numbers that are small beside the largest ones.
func (s *similarity) direct(row int) {
	half, n := s.side/2, float64(s.side*s.side)
	for c := half; c < s.a.Width-half; c++ {
		var mx, my, q, xy float64
		each := func(do func(x, y float64)) {
			for r := row - half; r <= row+half; r++ {
				for i := r*s.a.Width + c - half; i <= r*s.a.Width+c+half; i++ {
					do(float64(s.a.Pix[i]), float64(s.b.Pix[i]))
				}
			}
		}
		each(func(x, y float64) { mx, my = mx+x/n, my+y/n })
		each(func(x, y float64) { q, xy = q+square(x-mx)+square(y-my), xy+(x-mx)*(y-my) })
		v := ((2*mx*my + s.c1) * (2*xy/(n-1) + s.c2)) / ((mx*mx + my*my + s.c1) * (q/(n-1) + s.c2))
		if v-v != 0 {
			v = math.NaN() // a sample is missing
		}
		s.out.Row(row)[c] = float32(v)
	}
}
