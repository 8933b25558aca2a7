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
	k, coarse := newCalendar(c, unit)
	out := &Column{name: name, kind: Time, n: c.n, later: &later{calendar: k}}
	if c.n < grain {
		out = k.column(name, nil)
	}
	res := t.With(out)
	if coarse > 0 {
		res = res.Warn("%s: %d of %d values of %s are known less finely than the %s and left missing", name, coarse, c.n, timeColumn, unit)
	}
	return res
}
