package regression

import (
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
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

// dot adds four running sums, so that one addition need not wait for the one before.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// stretch is how many rows are summed by one goroutine. It does not depend on the cores, so that sums do not either.
const stretch = 2048

// stretches calls do for every stretch of n rows, on all cores where there are several.
func stretches(n int, do func(part, from, to int)) {
	parts := (n + stretch - 1) / stretch
	if parts == 1 {
		do(0, 0, n)
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(parts, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for part := int(next.Add(1)) - 1; part < parts; part = int(next.Add(1)) - 1 {
				do(part, part*stretch, min(n, (part+1)*stretch))
			}
		})
	}
	wg.Wait()
}

// gram returns q' diag(w) q.
func (b *basis) gram(w []float64) [][]float64 {
	k := b.k
	flats := make([][]float64, (b.n+stretch-1)/stretch)
	stretches(b.n, func(part, from, to int) {
		flats[part] = make([]float64, k*k)
		b.addGram(flats[part], w, from, to)
	})
	for _, f := range flats[1:] {
		for i, v := range f {
			flats[0][i] += v
		}
	}
	g := make([][]float64, k)
	for a := range g {
		g[a] = make([]float64, k)
	}
	for a := range k {
		for c := range a + 1 {
			v := flats[0][a*k+c]
			g[a][c], g[c][a] = v, v
		}
	}
	return g
}

// addGram adds the lower triangle over some rows, four at a time.
func (b *basis) addGram(flat, w []float64, from, to int) {
	k := b.k
	i := from
	for ; i+4 <= to; i += 4 {
		rows := b.q[i*k : (i+4)*k]
		r0, r1, r2, r3 := rows[:k], rows[k:2*k], rows[2*k:3*k], rows[3*k:4*k]
		for a := range k {
			s0, s1, s2, s3 := w[i]*r0[a], w[i+1]*r1[a], w[i+2]*r2[a], w[i+3]*r3[a]
			out := flat[a*k : a*k+a+1]
			t0, t1, t2, t3 := r0[:len(out)], r1[:len(out)], r2[:len(out)], r3[:len(out)]
			for c := range out {
				out[c] += (s0*t0[c] + s1*t1[c]) + (s2*t2[c] + s3*t3[c])
			}
		}
	}
	for ; i < to; i++ {
		row := b.q[i*k : i*k+k]
		for a, x := range row {
			s := w[i] * x
			out := flat[a*k : a*k+a+1]
			for c := range out {
				out[c] += s * row[c]
			}
		}
	}
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
	stretches(b.n, func(_, from, to int) {
		for i := from; i < to; i++ {
			out[i] = dot(b.q[i*b.k:i*b.k+b.k], g)
		}
	})
	return out
}
