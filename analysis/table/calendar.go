package table

import "math"

const dayNanos int64 = 86400e9

// calendar says in which day, month or year each local time of a column lies. It counts the units from the earliest one.
type calendar struct {
	of     *Column
	unit   Precision
	valid  bitmap   // of the result: known, and finely enough
	low    int64    // local midnight of the first day, in nanoseconds since 1970
	number []uint32 // of the unit, by day from low
	starts []int64  // of each unit, in nanoseconds
}

// newCalendar looks at the times once for their range; it says too how many are known less finely than the unit.
func newCalendar(c *Column, unit Precision) (k *calendar, coarse int) {
	k = &calendar{of: c, unit: unit, valid: c.valid}
	if c.precisions != nil || c.precision > unit {
		for i := range c.n {
			if !c.valid.get(i) || c.precisionAt(i) <= unit {
				continue
			}
			if coarse == 0 {
				k.valid = fullBitmap(c.n)
				if c.valid != nil {
					copy(k.valid, c.valid)
				}
			}
			k.valid.clear(i)
			coarse++
		}
	}
	if lo, hi, any := c.reach(k.local, k.valid); any {
		k.count(floorDay(lo), floorDay(hi))
	}
	return k, coarse
}

func floorDay(ns int64) int64 {
	d := ns / dayNanos
	if ns%dayNanos < 0 {
		d--
	}
	return d
}

// count numbers the units of the days from first to last.
func (k *calendar) count(first, last int64) {
	k.low = first * dayNanos
	k.number = make([]uint32, last-first+1)
	for d := first; d <= last; {
		y, m, _ := civil(d)
		from, to := d, d+1
		switch k.unit {
		case Month:
			from = daysBefore(y, m, 1)
			to = from + int64(daysIn(y, m))
		case Year:
			from, to = daysBefore(y, 1, 1), daysBefore(y+1, 1, 1)
		}
		u := uint32(len(k.starts))
		k.starts = append(k.starts, from*dayNanos)
		for ; d < to && d <= last; d++ {
			k.number[d-first] = u
		}
	}
}

// local writes the local times of rows lo to hi.
func (k *calendar) local(lo, hi int, out []uint64) {
	ints := k.of.ints[lo:hi]
	if k.of.offsets != nil {
		for i, ns := range ints {
			if off := k.of.offsets[lo+i]; off != noOffset {
				ns += int64(off) * 60e9
			}
			out[i] = uint64(ns)
		}
		return
	}
	shift := int64(0)
	if k.of.offset != noOffset {
		shift = int64(k.of.offset) * 60e9
	}
	for i, ns := range ints {
		out[i] = uint64(ns + shift)
	}
}

// numbers writes which unit the rows lo to hi lie in, 0 where that is not known.
func (k *calendar) numbers(lo, hi int, out []uint64) {
	k.local(lo, hi, out)
	number, low := k.number, uint64(k.low)
	for i, ns := range out[:hi-lo] {
		d := (ns - low) / uint64(dayNanos)
		if d < uint64(len(number)) {
			out[i] = uint64(number[d])
		} else {
			out[i] = 0
		}
	}
}

// column has the starts of the units of the given rows, of all if rows is nil.
func (k *calendar) column(name string, rows []int32) *Column {
	if rows != nil {
		few := *k
		few.of, few.valid = k.of.take(rows), k.valid.take(rows)
		return few.column(name, nil)
	}
	out := &Column{name: name, kind: Time, n: k.of.n, ints: make([]int64, k.of.n), offset: noOffset, precision: k.unit, valid: k.valid}
	if len(k.starts) == 0 {
		return out
	}
	inParts(out.n, func(_, lo, hi int) {
		var buf [keyBlock]uint64
		for at := lo; at < hi; at += keyBlock {
			end := min(at+keyBlock, hi)
			k.numbers(at, end, buf[:])
			for i := range end - at {
				out.ints[at+i] = k.starts[buf[i]]
			}
		}
	})
	return out
}

// reach is the range of the keys that fill gives for rows that are valid, as signed numbers; false if there are none.
func (c *Column) reach(fill func(lo, hi int, buf []uint64), valid bitmap) (lo, hi int64, any bool) {
	ps := parts(c.n)
	los, his := make([]int64, len(ps)), make([]int64, len(ps))
	inParts(c.n, func(p, from, to int) {
		var buf [keyBlock]uint64
		least, most := int64(math.MaxInt64), int64(math.MinInt64)
		for at := from; at < to; at += keyBlock {
			end := min(at+keyBlock, to)
			fill(at, end, buf[:])
			for i, v := range buf[:end-at] {
				if valid.get(at + i) {
					least, most = min(least, int64(v)), max(most, int64(v))
				}
			}
		}
		los[p], his[p] = least, most
	})
	lo, hi = math.MaxInt64, math.MinInt64
	for p := range ps {
		lo, hi = min(lo, los[p]), max(hi, his[p])
	}
	return lo, hi, lo <= hi
}
