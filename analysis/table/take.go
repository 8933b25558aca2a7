package table

import "github.com/paulmach/orb"

// takeAll are the columns with the given rows, in that order; a row of -1 gives missing values.
func takeAll(cols []*Column, rows []int32) []*Column { return takeSome(cols, rows, anyHole(rows)) }

// takeSome is takeAll for who knows whether one of the rows is -1.
func takeSome(cols []*Column, rows []int32, holes bool) []*Column {
	out := make([]*Column, len(cols))
	for i, c := range cols {
		out[i] = c.room(len(rows), holes)
	}
	const piece = 1 << 16 // rows of one column at a time, so that no processor waits for another
	pieces := (len(rows) + piece - 1) / piece
	inTurn(pieces*len(cols), func(k int) {
		i, lo := k%len(cols), k/len(cols)*piece
		cols[i].takePart(out[i], rows, lo, min(lo+piece, len(rows)), holes)
	})
	for _, c := range out {
		if c.valid != nil {
			c.valid = c.valid.compact(c.n)
		}
	}
	return out
}

// take is the column with the given rows, in that order; a row of -1 gives a missing value.
func (c *Column) take(rows []int32) *Column { return takeAll([]*Column{c}, rows)[0] }

func anyHole(rows []int32) bool {
	sign := int32(0)
	for _, r := range rows {
		sign |= r
	}
	return sign < 0
}

// room is a column like c with room for n values.
func (c *Column) room(n int, holes bool) *Column {
	out := *c
	out.n = n
	out.valid = nil
	if c.valid != nil || holes {
		out.valid = newBitmap(n)
	}
	out.floats, out.ints, out.bools, out.codes, out.geoms = nil, nil, nil, nil, nil
	switch c.kind {
	case Float:
		out.floats = make([]float64, n)
	case Int, Time:
		out.ints = make([]int64, n)
	case Bool:
		out.bools = make([]bool, n)
	case Text:
		out.codes = make([]uint32, n)
		if len(c.dict.words) == 0 {
			out.dict = &dict{words: []string{""}}
		}
	case Geometry:
		out.geoms = make([]orb.Geometry, n)
	}
	if c.offsets != nil {
		out.offsets = make([]int16, n)
	}
	if c.precisions != nil {
		out.precisions = make([]Precision, n)
	}
	return &out
}

func (c *Column) takePart(out *Column, rows []int32, lo, hi int, holes bool) {
	if out.valid != nil {
		for i := lo; i < hi; i++ {
			if r := rows[i]; r >= 0 && c.valid.get(int(r)) {
				out.valid.set(i)
			}
		}
	}
	switch c.kind {
	case Float:
		gather(out.floats, c.floats, rows, lo, hi, holes)
	case Int, Time:
		gather(out.ints, c.ints, rows, lo, hi, holes)
	case Bool:
		gather(out.bools, c.bools, rows, lo, hi, holes)
	case Text:
		gather(out.codes, c.codes, rows, lo, hi, holes)
	case Geometry:
		gather(out.geoms, c.geoms, rows, lo, hi, holes)
	}
	if c.offsets != nil {
		gather(out.offsets, c.offsets, rows, lo, hi, holes)
	}
	if c.precisions != nil {
		gather(out.precisions, c.precisions, rows, lo, hi, holes)
	}
}

func gather[T any](dst, src []T, rows []int32, lo, hi int, holes bool) {
	if holes {
		for i := lo; i < hi; i++ {
			if r := rows[i]; r >= 0 {
				dst[i] = src[r]
			}
		}
		return
	}
	d, rr := dst[lo:hi], rows[lo:hi]
	for i, r := range rr {
		d[i] = src[r]
	}
}
