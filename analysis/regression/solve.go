package regression

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

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

// stretch is how many rows are summed at a time. It does not depend on the cores, so that sums do not either.
const stretch = 1024

// worthwhile is how many numbers a pass must touch before other cores are asked: below, waiting for them takes longer.
const worthwhile = 1 << 18

// stretches calls do for every stretch of n rows, on all cores where they and their columns are many.
func stretches(n, columns int, do func(part, from, to int)) {
	parts := (n + stretch - 1) / stretch
	if n*columns < worthwhile {
		for part := range parts {
			do(part, part*stretch, min(n, (part+1)*stretch))
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	work := func() {
		for part := int(next.Add(1)) - 1; part < parts; part = int(next.Add(1)) - 1 {
			do(part, part*stretch, min(n, (part+1)*stretch))
		}
	}
	for range min(parts, runtime.GOMAXPROCS(0)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// cholesky returns the lower triangle of a symmetric matrix, or false where a pivot is not above least times its
// diagonal element.
func cholesky(g [][]float64, least float64) ([][]float64, bool) {
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
				if !(s > least*g[i][i]) || g[i][i] < 1e-280 {
					return nil, false
				}
				l[i][i] = math.Sqrt(s)
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	return l, true
}

// invert returns the inverse of a symmetric positive definite matrix, or false.
func invert(g [][]float64) ([][]float64, bool) {
	l, ok := cholesky(g, 1e-14)
	if !ok {
		return nil, false
	}
	k := len(g)
	inv := make([][]float64, k)
	for i := range inv {
		inv[i] = make([]float64, k)
	}
	z := make([]float64, k)
	for c := range k {
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
