package table

import (
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"
)

// builder grows one column value by value.
type builder struct {
	c     Column
	in    *interner
	times bool // a time was added: c.offset and c.precision are those of all times so far unless the slices are there
}

func newBuilder(name, unit string, kind Kind) *builder {
	b := &builder{c: Column{name: name, unit: unit, kind: kind}}
	if kind == Text {
		b.in = newInterner()
	}
	return b
}

// grow makes room for n values.
func (b *builder) grow(n int) {
	c := &b.c
	switch c.kind {
	case Float:
		c.floats = slices.Grow(c.floats, n)
	case Int, Time:
		c.ints = slices.Grow(c.ints, n)
	case Bool:
		c.bools = slices.Grow(c.bools, n)
	case Text:
		c.codes = slices.Grow(c.codes, n)
	}
}

// mark counts a value that was appended. The bitmap is made when the first one is missing.
func (b *builder) mark(known bool) {
	c := &b.c
	if c.valid == nil {
		if known {
			c.n++
			return
		}
		c.valid = fullBitmap(c.n)
	}
	if c.n&63 == 0 {
		c.valid = append(c.valid, 0)
	}
	if known {
		c.valid.set(c.n)
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
		if c.offsets != nil {
			c.offsets = append(c.offsets, noOffset)
		}
		if c.precisions != nil {
			c.precisions = append(c.precisions, Day)
		}
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
	if !b.times {
		b.times, c.offset, c.precision = true, off, prec
	}
	if c.offsets == nil && off != c.offset {
		c.offsets = slices.Repeat([]int16{c.offset}, len(c.ints))
	}
	if c.precisions == nil && prec != c.precision {
		c.precisions = slices.Repeat([]Precision{c.precision}, len(c.ints))
	}
	if c.offsets != nil {
		c.offsets = append(c.offsets, off)
	}
	if c.precisions != nil {
		c.precisions = append(c.precisions, prec)
	}
	c.ints = append(c.ints, ns)
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
	if b.in != nil {
		c.dict = b.in.dict()
	}
	if c.kind == Time && !b.times { // nothing but missing times
		c.offset, c.precision = noOffset, Day
	}
	return &c
}
