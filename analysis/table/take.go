package table

import "github.com/paulmach/orb"

// take is the column with the given rows, in that order; a row of -1 gives a missing value.
func (c *Column) take(rows []int32) *Column {
	out := *c
	out.n = len(rows)
	holes := false
	for _, r := range rows {
		if r < 0 {
			holes = true
			break
		}
	}
	out.valid = nil
	if c.valid != nil || holes {
		out.valid = newBitmap(len(rows))
	}
	out.floats, out.ints, out.bools, out.codes, out.geoms = nil, nil, nil, nil, nil
	switch c.kind {
	case Float:
		out.floats = make([]float64, len(rows))
	case Int, Time:
		out.ints = make([]int64, len(rows))
	case Bool:
		out.bools = make([]bool, len(rows))
	case Text:
		out.codes = make([]uint32, len(rows))
		if len(c.dict.words) == 0 {
			out.dict = &dict{words: []string{""}}
		}
	case Geometry:
		out.geoms = make([]orb.Geometry, len(rows))
	}
	if c.offsets != nil {
		out.offsets = make([]int16, len(rows))
	}
	if c.precisions != nil {
		out.precisions = make([]Precision, len(rows))
	}
	inParts(len(rows), func(_, lo, hi int) { c.takePart(&out, rows, lo, hi, holes) })
	if out.valid != nil {
		out.valid = out.valid.compact(out.n)
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
