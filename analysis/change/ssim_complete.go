package change

import "math"

// look reports whether no sample of some rows is missing or infinite, and the size of the largest one that is neither.
func (s *similarity) look(from, to int) (complete bool, most float64) {
	const size, infinite = 0x7fffffff, 0x7f800000 // of the bits: sizes are ordered as whole numbers are
	w := s.a.Width
	var high, finite uint32
	for _, p := range [][]float32{s.a.Pix[from*w : to*w], s.b.Pix[from*w : to*w]} {
		for _, v := range p {
			high = max(high, math.Float32bits(v)&size)
		}
	}
	if high < infinite {
		return true, float64(math.Float32frombits(high))
	}
	for _, p := range [][]float32{s.a.Pix[from*w : to*w], s.b.Pix[from*w : to*w]} {
		for _, v := range p {
			if b := math.Float32bits(v) & size; b < infinite {
				finite = max(finite, b)
			}
		}
	}
	return false, float64(math.Float32frombits(finite))
}

// completeRows is rows for samples none of which is missing: sums of x, y, both squares and x*y lie apart, so that
// several columns are worked on at a time.
func (s *similarity) completeRows(from, to int) {
	half, w := s.side/2, s.a.Width
	sums := [4][]float64{make([]float64, w), make([]float64, w), make([]float64, w), make([]float64, w)}
	nothing := make([]float32, w)
	for r := from - half; r < from+half; r++ {
		moveSums(&sums, s.a.Row(r), s.b.Row(r), nothing, nothing)
	}
	n := float64(s.side * s.side)
	k := [6]float64{1 / n, n, 1 / (n - 1), s.c1, s.c2, 2}
	for r := from; r < to; r++ {
		oldA, oldB := nothing, nothing
		if r > from {
			oldA, oldB = s.a.Row(r-half-1), s.b.Row(r-half-1)
		}
		moveSums(&sums, s.a.Row(r+half), s.b.Row(r+half), oldA, oldB)
		similar(s.out.Row(r)[half:w-half], &sums, s.side, &k)
	}
}

// The scalar twins of kernel_amd64.s, from column `from` on; the conversions keep a compiler from fusing operations.

func moveSumsScalar(s *[4][]float64, a, b, oldA, oldB []float32, from int) {
	for i := from; i < len(a); i++ {
		x, y, u, v := float64(a[i]), float64(b[i]), float64(oldA[i]), float64(oldB[i])
		s[0][i] += x - u
		s[1][i] += y - v
		s[2][i] += (float64(x*x) + float64(y*y)) - (float64(u*u) + float64(v*v))
		s[3][i] += float64(x*y) - float64(u*v)
	}
}

func similarScalar(out []float32, s *[4][]float64, side int, k *[6]float64, from int) {
	in, n, unbias, c1, c2 := k[0], k[1], k[2], k[3], k[4]
	for i := from; i < len(out); i++ {
		x, y, q, xy := s[0][i], s[1][i], s[2][i], s[3][i]
		for j := i + 1; j < i+side; j++ {
			x, y, q, xy = x+s[0][j], y+s[1][j], q+s[2][j], xy+s[3][j]
		}
		mx, my := x*in, y*in
		m2 := float64(mx*mx) + float64(my*my)
		va := (q - float64(n*m2)) * unbias
		cov := (xy - float64(x*my)) * unbias
		out[i] = float32((float64(2*mx*my) + c1) * (float64(2*cov) + c2) / ((m2 + c1) * (va + c2)))
	}
}
