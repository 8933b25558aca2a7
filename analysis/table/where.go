package table

import (
	"fmt"
	"math"
	"math/bits"
	"time"
)

// Cond is a condition on a row. It is true, false, or, where a value is missing, neither.
type Cond struct {
	bind func(t *Table) (test, error)
}

// truth is one of three values, encoded so that & and | are and and or.
type truth uint8

const (
	no      truth = 0
	neither truth = 1
	yes     truth = 3
)

// opposite exchanges yes and no.
var opposite = [4]truth{yes, neither, neither, no}

// test fills out[0:hi-lo] with the truth of rows lo to hi.
type test func(lo, hi int, out []truth)

// Where is the table with the rows for which every condition is true.
func (t *Table) Where(conds ...Cond) *Table {
	if t.err != nil {
		return t
	}
	run, err := And(conds...).bind(t)
	if err != nil {
		return Failed(err)
	}
	return t.take(chosen(t.n, run))
}

// chosen are the numbers of the rows for which the test answers yes. The first pass marks them in a bitmap and counts, the
// second writes their numbers.
func chosen(n int, run test) []int32 {
	const block = 2048
	mask := newBitmap(n)
	counts := make([]int, len(parts(n))+1)
	inParts(n, func(p, lo, hi int) {
		var out [block]truth
		found := 0
		for at := lo; at < hi; at += block {
			end := min(at+block, hi)
			run(at, end, out[:])
			for i := at; i < end; i += 64 {
				var w uint64
				for j, v := range out[i-at : min(i+64, end)-at] {
					w |= uint64(v>>1) << (j & 63) // 1 for yes
				}
				mask[i>>6] = w
				found += bits.OnesCount64(w)
			}
		}
		counts[p+1] = found
	})
	for p := range counts[1:] {
		counts[p+1] += counts[p]
	}
	rows := make([]int32, counts[len(counts)-1])
	inParts(n, func(p, lo, hi int) {
		k := counts[p]
		for w := lo >> 6; w < (hi+63)>>6; w++ {
			for m := mask[w]; m != 0; m &= m - 1 {
				rows[k] = int32(w<<6 + bits.TrailingZeros64(m))
				k++
			}
		}
	})
	return rows
}

// Filter is the table with the rows for which keep answers true. It is slower than Where and can ask anything.
func (t *Table) Filter(keep func(Row) bool) *Table {
	var rows []int32
	for i := range t.n {
		if keep(Row{t, i}) {
			rows = append(rows, int32(i))
		}
	}
	return t.take(rows)
}

// And is true if all conditions are, and false if one of them is.
func And(conds ...Cond) Cond {
	return combine(conds, yes, func(out, more []truth) {
		for i, v := range more[:len(out)] {
			out[i] &= v
		}
	})
}

// Or is true if one of the conditions is, and false if all are.
func Or(conds ...Cond) Cond {
	return combine(conds, no, func(out, more []truth) {
		for i, v := range more[:len(out)] {
			out[i] |= v
		}
	})
}

func combine(conds []Cond, none truth, join func(out, more []truth)) Cond {
	if len(conds) == 1 {
		return conds[0]
	}
	return Cond{func(t *Table) (test, error) {
		tests := make([]test, len(conds))
		for i, c := range conds {
			var err error
			if tests[i], err = c.bind(t); err != nil {
				return nil, err
			}
		}
		return func(lo, hi int, out []truth) {
			if len(tests) == 0 {
				for i := range out[:hi-lo] {
					out[i] = none
				}
				return
			}
			tests[0](lo, hi, out)
			more := make([]truth, hi-lo)
			for _, run := range tests[1:] {
				run(lo, hi, more)
				join(out[:hi-lo], more)
			}
		}, nil
	}}
}

// Not exchanges true and false; what is neither stays so.
func Not(c Cond) Cond {
	return Cond{func(t *Table) (test, error) {
		run, err := c.bind(t)
		if err != nil {
			return nil, err
		}
		return func(lo, hi int, out []truth) {
			run(lo, hi, out)
			for i, v := range out[:hi-lo] {
				out[i] = opposite[v&3]
			}
		}, nil
	}}
}

// Missing is true where the column has no value.
func Missing(column string) Cond { return Not(Known(column)) }

// Known is true where the column has a value.
func Known(column string) Cond {
	return Cond{func(t *Table) (test, error) {
		c, err := t.Column(column)
		if err != nil {
			return nil, err
		}
		return func(lo, hi int, out []truth) {
			for i := lo; i < hi; i++ {
				out[i-lo] = no
				if c.valid.get(i) {
					out[i-lo] = yes
				}
			}
		}, nil
	}}
}

// Is is true where the column equals the value: a text, number, bool, time.Time or Stamp. A Stamp or an ISO date given
// as text to a Time column matches every instant inside it: Is("t", "2023-09") is the whole month.
func Is(column string, value any) Cond { return In(column, value) }

// IsNot is true where the column has a value that differs.
func IsNot(column string, value any) Cond { return Not(Is(column, value)) }

// In is true where the column equals one of the values.
func In(column string, values ...any) Cond {
	return Cond{func(t *Table) (test, error) {
		c, err := t.Column(column)
		if err != nil {
			return nil, err
		}
		switch c.kind {
		case Text:
			return textIn(c, values)
		case Bool:
			return boolIn(c, values)
		case Float, Int, Time:
			var any []Cond
			for _, v := range values {
				lo, hi, err := bounds(c, v)
				if err != nil {
					return nil, err
				}
				any = append(any, inside(c, lo, hi))
			}
			return Or(any...).bind(t)
		}
		return nil, fmt.Errorf("table: column %q holds %s, which cannot be compared", column, c.kind)
	}}
}

func textIn(c *Column, values []any) (test, error) {
	hit := make([]truth, len(c.dict.words))
	for _, v := range values {
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("table: column %q holds text and is compared with %v (%T)", c.name, v, v)
		}
		for code, w := range c.dict.words {
			if w == s {
				hit[code] = yes
			}
		}
	}
	return func(lo, hi int, out []truth) {
		codes := c.codes[lo:hi]
		for i, code := range codes {
			out[i] = hit[code]
		}
		c.blank(lo, hi, out)
	}, nil
}

func boolIn(c *Column, values []any) (test, error) {
	var hit [2]truth
	for _, v := range values {
		b, ok := v.(bool)
		if !ok {
			return nil, fmt.Errorf("table: column %q holds bool and is compared with %v (%T)", c.name, v, v)
		}
		if b {
			hit[1] = yes
		} else {
			hit[0] = yes
		}
	}
	return func(lo, hi int, out []truth) {
		for i, b := range c.bools[lo:hi] {
			out[i] = hit[0]
			if b {
				out[i] = hit[1]
			}
		}
		c.blank(lo, hi, out)
	}, nil
}

// blank marks the missing rows as neither.
func (c *Column) blank(lo, hi int, out []truth) {
	if c.valid == nil {
		return
	}
	for i := lo; i < hi; i++ {
		if !c.valid.get(i) {
			out[i-lo] = neither
		}
	}
}

// Below is true where the column is less than (before) the value.
func Below(column string, value any) Cond { return compare(column, value, below) }

// AtMost is true where the column is less than or equal to the value; a day as value includes the whole day.
func AtMost(column string, value any) Cond { return compare(column, value, atMost) }

// Above is true where the column is greater than (after) the value; a day as value excludes the whole day.
func Above(column string, value any) Cond { return compare(column, value, above) }

// AtLeast is true where the column is greater than or equal to the value.
func AtLeast(column string, value any) Cond { return compare(column, value, atLeast) }

// Between is true from low to high, both included; a day as high includes the whole day.
func Between(column string, low, high any) Cond {
	return And(AtLeast(column, low), AtMost(column, high))
}

type comparison uint8

const (
	below comparison = iota
	atMost
	above
	atLeast
)

func compare(column string, value any, how comparison) Cond {
	return Cond{func(t *Table) (test, error) {
		c, err := t.Column(column)
		if err != nil {
			return nil, err
		}
		if c.kind == Text {
			return nil, fmt.Errorf("table: column %q holds text: an order of texts is not offered as a condition", column)
		}
		lo, hi, err := bounds(c, value)
		if err != nil {
			return nil, err
		}
		least, most := bound{math.Inf(-1), math.MinInt64}, bound{math.Inf(1), math.MaxInt64}
		switch how {
		case below: // up to the value before
			if c.kind == Float && math.IsInf(lo.f, -1) || lo.i == math.MinInt64 && c.kind != Float {
				return inside(c, most, least).bind(t)
			}
			return inside(c, least, bound{math.Nextafter(lo.f, math.Inf(-1)), lo.i - 1}).bind(t)
		case atMost:
			return inside(c, least, hi).bind(t)
		case above: // from the value after
			if c.kind == Float && math.IsInf(hi.f, 1) || hi.i == math.MaxInt64 && c.kind != Float {
				return inside(c, most, least).bind(t)
			}
			return inside(c, bound{math.Nextafter(hi.f, math.Inf(1)), hi.i + 1}, most).bind(t)
		}
		return inside(c, lo, most).bind(t)
	}}
}

// bound is an end of a closed range of a column, as float64 or as int64.
type bound struct {
	f float64
	i int64
}

// bounds is the closed range of stored values that equal v.
func bounds(c *Column, v any) (lo, hi bound, err error) {
	if c.kind == Time {
		s, ok := v.(Stamp)
		switch v := v.(type) {
		case time.Time:
			s, ok = Stamp{T: v, HasOffset: true}, true
		case string:
			if s, err = ParseStamp(v); err != nil {
				return lo, hi, err
			}
			ok = true
		}
		if !ok {
			return lo, hi, fmt.Errorf("table: column %q holds times and is compared with %v (%T)", c.name, v, v)
		}
		return bound{i: s.T.UnixNano()}, bound{i: s.End().UnixNano() - 1}, nil
	}
	f, i, whole, ok := number(v)
	if !ok {
		return lo, hi, fmt.Errorf("table: column %q holds %s and is compared with %v (%T)", c.name, c.kind, v, v)
	}
	if c.kind == Int && !whole {
		return bound{i: ceilInt(f)}, bound{i: floorInt(f)}, nil
	}
	return bound{f, i}, bound{f, i}, nil
}

func ceilInt(f float64) int64  { return clampInt(math.Ceil(f)) }
func floorInt(f float64) int64 { return clampInt(math.Floor(f)) }

func clampInt(f float64) int64 {
	switch {
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

func number(v any) (f float64, i int64, whole, ok bool) {
	switch v := v.(type) {
	case int:
		return float64(v), int64(v), true, true
	case int64:
		return float64(v), v, true, true
	case int32:
		return float64(v), int64(v), true, true
	case float64:
		w := v == math.Trunc(v) && math.Abs(v) < 1<<53
		if !w {
			return v, 0, false, !math.IsNaN(v)
		}
		return v, int64(v), true, true
	}
	return 0, 0, false, false
}

// one is 1 for true; it compiles to one instruction without a branch, which for values without order is ten times as fast.
func one(b bool) truth {
	var t truth
	if b {
		t = 1
	}
	return t
}

// inside is true where lo <= value <= hi; nowhere if lo is above hi.
func inside(c *Column, lo, hi bound) Cond {
	return Cond{func(*Table) (test, error) {
		if c.kind == Float {
			return func(from, to int, out []truth) {
				out = out[:to-from]
				for i, v := range c.floats[from:to] {
					out[i] = yes * (one(v >= lo.f) & one(v <= hi.f))
				}
				c.blank(from, to, out)
			}, nil
		}
		if lo.i > hi.i {
			return func(from, to int, out []truth) {
				clear(out[:to-from])
				c.blank(from, to, out)
			}, nil
		}
		width := uint64(hi.i) - uint64(lo.i)
		return func(from, to int, out []truth) {
			out = out[:to-from]
			for i, v := range c.ints[from:to] {
				out[i] = yes * one(uint64(v)-uint64(lo.i) <= width)
			}
			c.blank(from, to, out)
		}, nil
	}}
}
