package table

import (
	"math"
	"time"

	"github.com/paulmach/orb"
)

// builder grows one column value by value.
type builder struct {
	c      Column
	in     *interner
	anyGap bool
}

func newBuilder(name, unit string, kind Kind) *builder {
	b := &builder{c: Column{name: name, unit: unit, kind: kind}}
	if kind == Text {
		b.in = newInterner()
	}
	return b
}

func (b *builder) mark(known bool) {
	c := &b.c
	if c.n&63 == 0 {
		c.valid = append(c.valid, 0)
	}
	if known {
		c.valid.set(c.n)
	} else {
		b.anyGap = true
	}
	c.n++
}

func (b *builder) missing() {
	c := &b.c
	switch c.kind {
	case Float:
		c.floats = append(c.floats, 0)
	case Int:
		c.ints = append(c.ints, 0)
	case Time:
		c.ints = append(c.ints, 0)
		c.offsets = append(c.offsets, noOffset)
		c.precisions = append(c.precisions, Day)
	case Bool:
		c.bools = append(c.bools, false)
	case Text:
		c.codes = append(c.codes, b.in.codeOf(""))
	case Geometry:
		c.geoms = append(c.geoms, nil)
	}
	b.mark(false)
}

func (b *builder) stamp(ns int64, off int16, prec Precision) {
	c := &b.c
	c.ints = append(c.ints, ns)
	c.offsets = append(c.offsets, off)
	c.precisions = append(c.precisions, prec)
	b.mark(true)
}

// add appends a value of the column's kind; nil and NaN are missing. The caller has checked the kind.
func (b *builder) add(v any) {
	c := &b.c
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) {
			b.missing()
			return
		}
		c.floats = append(c.floats, v)
	case int:
		b.whole(int64(v))
	case int32:
		b.whole(int64(v))
	case int64:
		b.whole(v)
	case bool:
		c.bools = append(c.bools, v)
	case string:
		c.codes = append(c.codes, b.in.codeOf(v))
	case time.Time:
		b.addStamp(Stamp{T: v, HasOffset: true})
		return
	case Stamp:
		b.addStamp(v)
		return
	case orb.Geometry:
		c.geoms = append(c.geoms, v)
	default:
		b.missing()
		return
	}
	b.mark(true)
}

func (b *builder) whole(v int64) {
	if b.c.kind == Float {
		b.c.floats = append(b.c.floats, float64(v))
		return
	}
	b.c.ints = append(b.c.ints, v)
}

func (b *builder) addStamp(s Stamp) {
	if s.T.IsZero() {
		b.missing()
		return
	}
	off := int16(noOffset)
	if s.HasOffset {
		_, sec := s.T.Zone()
		off = int16(sec / 60)
	}
	b.stamp(s.T.UnixNano(), off, s.Precision)
}

func (b *builder) column() *Column {
	c := b.c
	if !b.anyGap {
		c.valid = nil
	}
	if b.in != nil {
		c.dict = b.in.dict()
	}
	c.squeeze()
	return &c
}

// squeeze keeps one offset and one precision for the whole column where all rows share them.
func (c *Column) squeeze() {
	if c.kind != Time {
		return
	}
	if v, same := constant(c.offsets, c.valid); same {
		c.offset, c.offsets = v, nil
	}
	if v, same := constant(c.precisions, c.valid); same {
		c.precision, c.precisions = v, nil
	}
}

func constant[T comparable](vals []T, valid bitmap) (v T, same bool) {
	first := true
	for i, x := range vals {
		if !valid.get(i) {
			continue
		}
		if first {
			v, first = x, false
		} else if x != v {
			return v, false
		}
	}
	return v, !first
}
