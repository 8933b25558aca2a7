package table

import (
	"sync"
	"sync/atomic"
)

// later is a choice of rows of a column, or the days, months or years of one, that nobody has asked for yet. Most columns of
// a filtered table are never read before the next verb, and most months only group, so that copying is left to the first
// reader.
type later struct {
	mu       sync.Mutex
	of       *Column // nil once data is there, so that the column before can go
	rows     []int32
	calendar *calendar // instead of of and rows
	data     atomic.Pointer[Column]
}

// full is the column with its values.
func (c *Column) full() *Column {
	l := c.later
	if l == nil {
		return c
	}
	if d := l.data.Load(); d != nil {
		return d
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fill(c)
}

// fill is full for who holds the lock.
func (l *later) fill(c *Column) *Column {
	if d := l.data.Load(); d != nil {
		return d
	}
	if l.calendar != nil {
		l.data.Store(l.calendar.column(c.name, nil))
	} else {
		l.data.Store(takeSome([]*Column{l.of}, l.rows, false)[0])
	}
	l.of, l.rows, l.calendar = nil, nil, nil
	return l.data.Load()
}

// pending is the calendar of a column that has no values of its own yet, or nil.
func (c *Column) pending() *calendar {
	if c.later == nil {
		return nil
	}
	c.later.mu.Lock()
	defer c.later.mu.Unlock()
	return c.later.calendar
}

// source is the column that full copies from, and which rows of it; rows is nil if these are all.
func (c *Column) source() (of *Column, rows []int32) {
	l := c.later
	if l == nil {
		return c, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.calendar != nil || l.of == nil {
		return l.fill(c), nil
	}
	return l.of, l.rows
}

// all are the columns with their values.
func (t *Table) all() []*Column {
	out := make([]*Column, len(t.cols))
	for i, c := range t.cols {
		out[i] = c.full()
	}
	return out
}

// choose is the table with the given rows, none of them -1, whose columns are copied when they are asked for. Few rows
// are copied at once: they must not keep a large table in memory.
func (t *Table) choose(rows []int32) *Table {
	if len(rows) < grain || len(rows) < t.n/16 {
		return t.take(rows)
	}
	cols := make([]*Column, len(t.cols))
	composed := map[*int32][]int32{} // by the first row number of the choice before
	for i, c := range t.cols {
		of, before := c.source()
		mine := rows
		if before != nil {
			at := &before[0]
			if composed[at] == nil {
				composed[at] = compose(before, rows)
			}
			mine = composed[at]
		}
		cols[i] = &Column{name: c.name, unit: c.unit, kind: c.kind, n: len(rows), later: &later{of: of, rows: mine}}
	}
	return t.chosen(cols, rows)
}

// compose are the rows of the table before that the given rows of a choice are.
func compose(before, rows []int32) []int32 {
	out := make([]int32, len(rows))
	inParts(len(rows), func(_, lo, hi int) {
		for i, r := range rows[lo:hi] {
			out[lo+i] = before[r]
		}
	})
	return out
}
