package regression

import (
	"math"
	"strings"
)

// basis is an orthonormal basis of the columns of a model matrix, rows together, with the triangle that leads back.
type basis struct {
	n, k int
	q    []float64   // n rows of k
	r    [][]float64 // upper triangle: x = q r
}

// orthonormal factors the columns by Gram-Schmidt done twice, and names the columns that the others already contain.
func orthonormal(m *matrix) (*basis, error) {
	n, k := len(m.y), len(m.cols)
	b := &basis{n: n, k: k, q: make([]float64, n*k), r: make([][]float64, k)}
	for i := range b.r {
		b.r[i] = make([]float64, k)
	}
	var done [][]float64
	var aliased []string
	for j, col := range m.cols {
		v := append([]float64(nil), col...)
		before := norm(v)
		for range 2 {
			for i, u := range done {
				d := dot(u, v)
				b.r[i][j] += d
				for t := range v {
					v[t] -= d * u[t]
				}
			}
		}
		after := norm(v)
		if after <= 1e-9*before || after == 0 {
			aliased = append(aliased, m.names[j])
			continue
		}
		b.r[len(done)][j] = after
		for t := range v {
			v[t] /= after
		}
		done = append(done, v)
	}
	if len(aliased) > 0 {
		return nil, &InputError{Room: "regression", What: "term", Value: strings.Join(aliased, ", "), Cause: "is already contained in the other terms (or is 0 everywhere): leave it out"}
	}
	for j, u := range done {
		for i, x := range u {
			b.q[i*k+j] = x
		}
	}
	return b, nil
}

func norm(v []float64) float64 { return math.Sqrt(dot(v, v)) }

func dot(a, b []float64) float64 {
	s := 0.0
	for i, x := range a {
		s += x * b[i]
	}
	return s
}

// gram returns q' diag(w) q.
func (b *basis) gram(w []float64) [][]float64 {
	k := b.k
	flat := make([]float64, k*k)
	for i := range b.n {
		row := b.q[i*k : i*k+k]
		wi := w[i]
		for a, x := range row {
			s := wi * x
			out := flat[a*k : a*k+a+1]
			for c := range out {
				out[c] += s * row[c]
			}
		}
	}
	g := make([][]float64, k)
	for a := range g {
		g[a] = make([]float64, k)
	}
	for a := range k {
		for c := range a + 1 {
			g[a][c], g[c][a] = flat[a*k+c], flat[a*k+c]
		}
	}
	return g
}

// invert returns the inverse of a symmetric positive definite matrix, or false.
func invert(g [][]float64) ([][]float64, bool) {
	k := len(g)
	l := make([][]float64, k)
	for i := range l {
		l[i] = make([]float64, k)
		for j := range i + 1 {
			s := g[i][j]
			for t := range j {
				s -= l[i][t] * l[j][t]
			}
			if i == j {
				if !(s > 1e-14*g[i][i]) || g[i][i] < 1e-280 {
					return nil, false
				}
				l[i][i] = math.Sqrt(s)
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	inv := make([][]float64, k)
	for i := range inv {
		inv[i] = make([]float64, k)
	}
	for c := range k {
		z := make([]float64, k)
		for i := range k {
			s := 0.0
			if i == c {
				s = 1
			}
			for t := range i {
				s -= l[i][t] * z[t]
			}
			z[i] = s / l[i][i]
		}
		for i := k - 1; i >= 0; i-- {
			s := z[i]
			for t := i + 1; t < k; t++ {
				s -= l[t][i] * inv[t][c]
			}
			inv[i][c] = s / l[i][i]
		}
	}
	return inv, true
}

// back solves r x = g for a vector in the basis.
func (b *basis) back(g []float64) []float64 {
	x := make([]float64, b.k)
	for i := b.k - 1; i >= 0; i-- {
		s := g[i]
		for j := i + 1; j < b.k; j++ {
			s -= b.r[i][j] * x[j]
		}
		x[i] = s / b.r[i][i]
	}
	return x
}

// backBoth turns a covariance in the basis into one of the coefficients: r^-1 c r^-T.
func (b *basis) backBoth(c [][]float64) [][]float64 {
	half := make([][]float64, b.k) // rows: columns of r^-1 c
	for j := range c {
		col := make([]float64, b.k)
		for i := range c {
			col[i] = c[i][j]
		}
		half[j] = b.back(col)
	}
	out := make([][]float64, b.k)
	for i := range out {
		row := make([]float64, b.k)
		for j := range half {
			row[j] = half[j][i]
		}
		out[i] = b.back(row)
	}
	return out
}

// times returns q g.
func (b *basis) times(g []float64) []float64 {
	out := make([]float64, b.n)
	for i := range out {
		out[i] = dot(b.q[i*b.k:i*b.k+b.k], g)
	}
	return out
}
