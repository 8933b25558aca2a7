package regression

import (
	"math"
	"strings"
)

// basis is an orthonormal basis of the columns of a model matrix, with the triangle that leads back. It is kept in blocks
// of rows: of a block all of the first column, then all of the second, and so on, with zeros up to whole blocks and to a
// multiple of four columns.
type basis struct {
	n, k  int
	block int // rows
	wide  int // columns with those of zeros
	q     []float64
	r     [][]float64 // upper triangle: x = q r
	ones  []float64   // of a block
}

// tile is how many rows a block has; they and their columns stay in the nearest cache. A stretch holds whole blocks.
const tile = 128

func newBasis(n, k int) *basis {
	b := &basis{n: n, k: k, block: min(tile, (n+3)&^3), wide: (k + 3) &^ 3}
	b.q = make([]float64, (n+b.block-1)/b.block*b.block*b.wide)
	b.ones = make([]float64, b.block)
	for i := range b.ones {
		b.ones[i] = 1
	}
	return b
}

// orthonormal factors the columns, and names those that the others already contain. Columns that are far from containing
// each other are factored over their products, in one pass; the basis is then orthonormal to some eight digits, which is
// as good as exact for what is solved in it. Others take Gram-Schmidt, done twice.
func orthonormal(m *matrix) (*basis, error) {
	if b, ok := overProducts(m); ok {
		return b, nil
	}
	return gramSchmidt(m)
}

// overProducts divides the columns by Cholesky's triangle of their products; not where a column is nearly contained in
// those before it.
func overProducts(m *matrix) (*basis, bool) {
	n, k := len(m.y), len(m.cols)
	b := newBasis(n, k)
	parts, size := (n+stretch-1)/stretch, k*b.wide
	flats := make([]float64, parts*size)
	stretches(n, b.wide, func(part, from, to int) {
		b.fill(m.cols, from, to)
		for at := from; at < to; at += b.block {
			b.addGram(flats[part*size:(part+1)*size], b.ones, at)
		}
	})
	g := b.square(flats, parts, size)
	long := make([]float64, k)
	for i := range long {
		if long[i] = math.Sqrt(g[i][i]); !(long[i] > 1e-100 && long[i] < 1e100) {
			return nil, false
		}
	}
	for i := range g {
		for j := range g {
			g[i][j] /= long[i] * long[j]
		}
	}
	l, ok := cholesky(g, 1e-8)
	if !ok {
		return nil, false
	}
	b.r = make([][]float64, k)
	for i := range b.r {
		b.r[i] = make([]float64, k)
		for j := i; j < k; j++ {
			b.r[i][j] = l[j][i] * long[j]
		}
	}
	b.divide()
	return b, true
}

// divide solves q r = x in place.
func (b *basis) divide() {
	factors, inverse := make([]float64, b.k*b.k), make([]float64, b.k)
	for j := range b.k {
		inverse[j] = 1 / b.r[j][j]
		for i := range j {
			factors[j*b.k+i] = -b.r[i][j]
		}
	}
	stretches(b.n, b.wide, func(_, from, to int) {
		for at := from; at < to; at += b.block {
			first := b.columns(at)
			for j := range b.k {
				col := first[j*b.block:][:b.block]
				combine(col, factors[j*b.k:j*b.k+j], first, b.block)
				for i := range col {
					col[i] *= inverse[j]
				}
			}
		}
	})
}

// gramSchmidt factors the columns by Gram-Schmidt done twice, and names the columns that the others already contain.
func gramSchmidt(m *matrix) (*basis, error) {
	n, k := len(m.y), len(m.cols)
	b := newBasis(n, k)
	b.r = make([][]float64, k)
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
	b.fill(done, 0, n)
	return b, nil
}

// fill copies some rows of columns, from a whole block on.
func (b *basis) fill(cols [][]float64, from, to int) {
	for at := from; at < to; at += b.block {
		first := b.columns(at)
		for j, col := range cols {
			copy(first[j*b.block:], col[at:min(at+b.block, to)])
		}
	}
}

// columns are the columns of the block that begins at a row.
func (b *basis) columns(at int) []float64 { return b.q[at*b.wide:][:b.block*b.wide] }

// row fills out with one row.
func (b *basis) row(i int, out []float64) []float64 {
	first := b.columns(i / b.block * b.block)
	for j := range out {
		out[j] = first[j*b.block+i%b.block]
	}
	return out
}

// gram returns q' diag(w) q.
func (b *basis) gram(w []float64) [][]float64 {
	parts, size := (b.n+stretch-1)/stretch, b.k*b.wide
	flats := make([]float64, parts*size)
	stretches(b.n, b.wide, func(part, from, to int) {
		var few [tile]float64
		for at := from; at < to; at += b.block {
			clear(few[copy(few[:], w[at:min(at+b.block, to)]):])
			b.addGram(flats[part*size:(part+1)*size], few[:b.block], at)
		}
	})
	return b.square(flats, parts, size)
}

// square adds so many lower triangles, that begin every step numbers, into one symmetric matrix.
func (b *basis) square(flats []float64, parts, step int) [][]float64 {
	k := b.k
	room := make([]float64, k*k)
	g := make([][]float64, k)
	for a := range g {
		g[a] = room[a*k : (a+1)*k]
	}
	for part := range parts {
		flat := flats[part*step:]
		for a := range k {
			for c, v := range flat[a*b.wide:][:a+1] {
				g[a][c] += v
			}
		}
	}
	for a := range k {
		for c := range a {
			g[c][a] = g[a][c]
		}
	}
	return g
}

// addGram adds the products of the columns of the block that begins at a row, weighed, to rows of wide numbers. Those
// above the diagonal may be wrong.
func (b *basis) addGram(flat, w []float64, at int) {
	first := b.columns(at)
	for a := range b.k {
		col := first[a*b.block:][:b.block]
		for c := 0; c <= a; c += 4 {
			weighted4((*[4]float64)(flat[a*b.wide+c:]), col, w, first[c*b.block:], b.block)
		}
	}
}

// addScore adds q' s of the block that begins at a row.
func (b *basis) addScore(out, s []float64, at int) {
	first := b.columns(at)
	for c := 0; c < b.wide; c += 4 {
		weighted4((*[4]float64)(out[c:]), s, b.ones, first[c*b.block:], b.block)
	}
}

// score returns q' v.
func (b *basis) score(v []float64) []float64 {
	out := make([]float64, b.wide)
	var few [tile]float64
	for at := 0; at < b.n; at += b.block {
		clear(few[copy(few[:], v[at:min(at+b.block, b.n)]):])
		b.addScore(out, few[:b.block], at)
	}
	return out[:b.k]
}
