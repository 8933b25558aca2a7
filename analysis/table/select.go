package table

import "slices"

// Select is the table with these columns, in this order.
func (t *Table) Select(names ...string) *Table {
	cols, err := t.findAll(names)
	if err != nil {
		return Failed(err)
	}
	out := t.with(cols, t.trail)
	out.n = t.n
	return out
}

// Drop is the table without these columns. A name that is no column is an error.
func (t *Table) Drop(names ...string) *Table {
	if _, err := t.findAll(names); err != nil {
		return Failed(err)
	}
	var cols []*Column
	for _, c := range t.cols {
		if !slices.Contains(names, c.name) {
			cols = append(cols, c)
		}
	}
	out := t.with(cols, t.trail)
	out.n = t.n
	return out
}

// Rename is the table with column old called name.
func (t *Table) Rename(old, name string) *Table {
	if _, err := t.find(old); err != nil {
		return Failed(err)
	}
	cols := slices.Clone(t.cols)
	i := t.byName[old]
	cols[i] = cols[i].full().Named(name)
	return t.with(cols, t.trail)
}

// With is the table with a column added at the right, or put in the place of the one of the same name.
func (t *Table) With(c *Column) *Table {
	if t.err != nil {
		return t
	}
	if len(t.cols) > 0 && c.n != t.n {
		return t.fail("column %q has %d values, the table %d rows", c.name, c.n, t.n)
	}
	cols := slices.Clone(t.cols)
	if i, ok := t.byName[c.name]; ok {
		cols[i] = c
	} else {
		cols = append(cols, c)
	}
	return t.with(cols, t.trail)
}

// Take is the table with the rows of these numbers, in this order.
func (t *Table) Take(rows ...int) *Table {
	idx := make([]int32, len(rows))
	for i, r := range rows {
		if r < 0 || r >= t.n {
			return t.fail("Take: row %d of %d", r, t.n)
		}
		idx[i] = int32(r)
	}
	return t.take(idx)
}

func (t *Table) take(rows []int32) *Table {
	if t.err != nil {
		return t
	}
	return t.chosen(takeAll(t.all(), rows), rows)
}

// chosen is the table of columns that hold the given rows of it.
func (t *Table) chosen(cols []*Column, rows []int32) *Table {
	var tr trail
	if t.trail != nil {
		tr = takeTrail{t.trail, rows}
	}
	out := t.with(cols, tr)
	out.n = len(rows)
	return out
}

// Head is the first n rows, or all if there are fewer.
func (t *Table) Head(n int) *Table { return t.span(0, min(max(n, 0), t.n)) }

// Tail is the last n rows, or all if there are fewer.
func (t *Table) Tail(n int) *Table { return t.span(t.n-min(max(n, 0), t.n), t.n) }

func (t *Table) span(lo, hi int) *Table {
	rows := make([]int32, hi-lo)
	for i := range rows {
		rows[i] = int32(lo + i)
	}
	return t.take(rows)
}
