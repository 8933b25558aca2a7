package table

import "fmt"

// And is true if all conditions are, and false if one of them is.
func And(conds ...Cond) Cond {
	return combine(conds, true, func(out, more answers) {
		for i, y := range more.yes {
			out.yes[i] &= y
			out.no[i] |= more.no[i]
		}
	})
}

// Or is true if one of the conditions is, and false if all are.
func Or(conds ...Cond) Cond {
	return combine(conds, false, func(out, more answers) {
		for i, y := range more.yes {
			out.yes[i] |= y
			out.no[i] &= more.no[i]
		}
	})
}

// combine joins the answers of all conditions; none is the answer if there are no conditions.
func combine(conds []Cond, none bool, join func(out, more answers)) Cond {
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
		if len(tests) == 0 {
			return func(lo, hi int, out answers) { out.all(none, hi-lo) }, nil
		}
		return func(lo, hi int, out answers) {
			tests[0](lo, hi, out)
			n := len(out.yes)
			room := make([]uint64, 2*n)
			more := answers{room[:n:n], room[n:]}
			for _, run := range tests[1:] {
				run(lo, hi, more)
				join(out, more)
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
		return func(lo, hi int, out answers) { run(lo, hi, answers{out.no, out.yes}) }, nil
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
		return func(lo, hi int, out answers) {
			out.set(c, lo, hi)
			for i, y := range out.yes {
				out.no[i] = rowBits(hi-lo-i*64) &^ y
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

// Below is true where the column is less than (before) the value. A time that is known to the month or the year only is neither, here and in the other comparisons, if part of it lies on either
// side.
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
