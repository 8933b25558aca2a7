package table

import "slices"

// Stack puts tables on top of each other. All need the same columns: names, kinds and units; their order is that of the
// first table.
func Stack(tables ...*Table) *Table {
	if len(tables) == 0 {
		return New()
	}
	first := tables[0]
	var tr stackTrail
	for i, t := range tables {
		if t.err != nil {
			return t
		}
		if t.Width() != first.Width() {
			return t.fail("Stack: table %d has %d columns, the first one %d", i, t.Width(), first.Width())
		}
		start := 0
		if i > 0 {
			start = tr.starts[i-1] + tables[i-1].n
		}
		tr.starts, tr.of = append(tr.starts, start), append(tr.of, t.trail)
	}
	cols := make([]*Column, first.Width())
	for i, c := range first.cols {
		part := make([]*Column, len(tables))
		for j, t := range tables {
			o, err := t.Column(c.name)
			if err != nil {
				return Failed(err)
			}
			if o.kind != c.kind || o.unit != c.unit {
				return t.fail("Stack: column %q of table %d is %s [%s], of the first one %s [%s]", c.name, j, o.kind, o.unit, c.kind, c.unit)
			}
			part[j] = o
		}
		cols[i] = stack(part)
	}
	out := New(cols...)
	if out.err != nil {
		return out
	}
	out.trail = tr
	for _, t := range tables {
		out.warnings = append(out.warnings, t.warnings...)
	}
	return out
}

// stack appends columns of one kind.
func stack(cols []*Column) *Column {
	out := *cols[0]
	if len(cols) == 1 {
		return &out
	}
	out.n, out.valid = 0, nil
	total := 0
	sameOffset, samePrecision := true, true
	for _, c := range cols {
		total += c.n
		sameOffset = sameOffset && c.offsets == nil && c.offset == cols[0].offset
		samePrecision = samePrecision && c.precisions == nil && c.precision == cols[0].precision
	}
	out.floats, out.ints, out.bools, out.geoms = nil, nil, nil, nil
	out.codes, out.offsets, out.precisions = nil, nil, nil
	var in *interner
	if out.kind == Text {
		in = newInterner()
		out.codes = make([]uint32, 0, total)
	}
	for _, c := range cols {
		out.valid = appendBits(out.valid, out.n, c.valid, c.n)
		switch c.kind {
		case Float:
			out.floats = append(slices.Grow(out.floats, total-out.n), c.floats...)
		case Int, Time:
			out.ints = append(slices.Grow(out.ints, total-out.n), c.ints...)
		case Bool:
			out.bools = append(out.bools, c.bools...)
		case Geometry:
			out.geoms = append(out.geoms, c.geoms...)
		case Text:
			out.codes = appendCodes(out.codes, c, in)
		}
		if out.kind == Time {
			for i := range c.n {
				if !sameOffset {
					out.offsets = append(out.offsets, c.offsetAt(i))
				}
				if !samePrecision {
					out.precisions = append(out.precisions, c.precisionAt(i))
				}
			}
		}
		out.n += c.n
	}
	if in != nil {
		out.dict = in.dict()
	}
	return &out
}

func appendCodes(codes []uint32, c *Column, in *interner) []uint32 {
	translate := make([]uint32, len(c.dict.words))
	for i, w := range c.dict.words {
		translate[i] = in.codeOf(w)
	}
	for _, code := range c.codes {
		codes = append(codes, translate[code])
	}
	return codes
}
