package table

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"
)

// Mutate adds a column (or replaces the one of that name) whose values are computed row by row. The results decide the
// kind: float64, int or int64, bool, string, time.Time, Stamp or orb.Geometry; nil is missing. Results of different
// kinds are an error, except that whole numbers among floats become floats. For large tables MutateFloat is faster.
func (t *Table) Mutate(name string, f func(Row) any) *Table {
	if t.err != nil {
		return t
	}
	values := make([]any, t.n)
	for i := range values {
		values[i] = f(Row{t, i})
	}
	c, err := columnOf(name, values)
	if err != nil {
		return Failed(err)
	}
	return t.With(c)
}

// MutateFloat adds a column of numbers in the given unit; false as second result makes the value missing.
func (t *Table) MutateFloat(name, unit string, f func(Row) (float64, bool)) *Table {
	if t.err != nil {
		return t
	}
	c := &Column{name: name, unit: unit, kind: Float, n: t.n, floats: make([]float64, t.n), valid: newBitmap(t.n)}
	for i := range c.floats {
		v, ok := f(Row{t, i})
		if ok && v == v {
			c.floats[i] = v
			c.valid.set(i)
		}
	}
	c.valid = c.valid.compact(c.n)
	return t.With(c)
}

// columnOf makes a column of values of one kind; nil is missing. A column of nothing but nil is text.
func columnOf(name string, values []any) (*Column, error) {
	kind := Kind(0)
	for i, v := range values {
		k, err := kindOf(v)
		if err != nil {
			return nil, fmt.Errorf("table: column %q, row %d: %w", name, i, err)
		}
		switch {
		case k == 0 || k == kind:
		case kind == 0, kind == Int && k == Float:
			kind = k
		case kind == Float && k == Int:
		default:
			return nil, fmt.Errorf("table: column %q, row %d: %s after %s", name, i, k, kind)
		}
	}
	b := newBuilder(name, "", max(kind, Float))
	if kind == 0 {
		b = newBuilder(name, "", Text)
	}
	for _, v := range values {
		b.add(v)
	}
	return b.column(), nil
}

func kindOf(v any) (Kind, error) {
	switch v.(type) {
	case nil:
		return 0, nil
	case float64:
		return Float, nil
	case int, int64, int32:
		return Int, nil
	case bool:
		return Bool, nil
	case string:
		return Text, nil
	case time.Time, Stamp:
		return Time, nil
	case orb.Geometry:
		return Geometry, nil
	}
	return 0, fmt.Errorf("a value of type %T", v)
}

// WithMonth adds a column with the month of a time column, in the offset each time was written with.
func (t *Table) WithMonth(name, timeColumn string) *Table {
	return t.withCalendar(name, timeColumn, Month)
}

// WithDay adds a column with the day of a time column, in the offset each time was written with. A time known to the
// month only has no day: it is missing, and the warnings say how many are.
func (t *Table) WithDay(name, timeColumn string) *Table { return t.withCalendar(name, timeColumn, Day) }

// WithYear adds a column with the year of a time column, in the offset each time was written with.
func (t *Table) WithYear(name, timeColumn string) *Table {
	return t.withCalendar(name, timeColumn, Year)
}

func (t *Table) withCalendar(name, timeColumn string, unit Precision) *Table {
	c, err := t.Column(timeColumn)
	if err != nil {
		return Failed(err)
	}
	if c.kind != Time {
		return t.fail("column %q holds %s, not times", timeColumn, c.kind)
	}
	out := &Column{name: name, kind: Time, n: c.n, ints: make([]int64, c.n), offset: noOffset, precision: unit, valid: c.valid}
	inParts(c.n, func(_, lo, hi int) { truncate(c, out.ints, lo, hi, unit) })
	coarse := 0
	if c.precisions != nil || c.precision > unit {
		for i := range c.n {
			if c.valid.get(i) && c.precisionAt(i) > unit {
				if coarse == 0 {
					out.valid = append(bitmap(nil), c.valid...)
				}
				out.miss(i)
				coarse++
			}
		}
	}
	res := t.With(out)
	if coarse > 0 {
		res = res.Warn("%s: %d of %d values of %s are known less finely than the %s and left missing", name, coarse, c.n, timeColumn, unit)
	}
	return res
}

// truncate writes the start of the calendar unit each local time lies in. Neighbouring rows often share a day, so the
// last answer is kept.
func truncate(c *Column, out []int64, lo, hi int, unit Precision) {
	const day = 86400e9
	from, to, start := int64(1), int64(0), int64(0) // the local interval of the last answer
	for i := lo; i < hi; i++ {
		ns := c.ints[i]
		if off := c.offsetAt(i); off != noOffset {
			ns += int64(off) * 60e9
		}
		if ns < from || ns >= to {
			days := ns / day
			if ns < 0 && ns%day != 0 {
				days--
			}
			y, m, _ := civil(days)
			switch unit {
			case Day:
				from, to = days*day, (days+1)*day
			case Month:
				from = daysBefore(y, m, 1) * day
				to = from + int64(daysIn(y, m))*day
			default:
				from, to = daysBefore(y, 1, 1)*day, daysBefore(y+1, 1, 1)*day
			}
			start = from
		}
		out[i] = start
	}
}
