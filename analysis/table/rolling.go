package table

import (
	"fmt"
	"time"
)

// Rolling adds an aggregate over the rows whose time lies within the window that ends at each row: after t-window, up
// to and including t. The table must be ordered by the time column and have no missing times.
func (t *Table) Rolling(timeColumn string, window time.Duration, agg Agg) *Table {
	if t.err != nil {
		return t
	}
	c, err := t.ordered(timeColumn)
	if err != nil {
		return Failed(err)
	}
	if window <= 0 {
		return t.fail("Rolling: the window must be longer than 0, not %v", window)
	}
	lo, hi := make([]int32, t.n), make([]int32, t.n)
	start, end := 0, 0
	for i, at := range c.ints {
		for c.ints[start] <= at-int64(window) {
			start++
		}
		end = max(end, i)
		for end < t.n && c.ints[end] <= at {
			end++
		}
		lo[i], hi[i] = int32(start), int32(end)
	}
	return t.windowed(lo, hi, agg)
}

func (t *Table) ordered(timeColumn string) (*Column, error) {
	c, err := t.Column(timeColumn)
	if err != nil {
		return nil, err
	}
	if c.kind != Time {
		return nil, fmt.Errorf("table: column %q holds %s, not times", timeColumn, c.kind)
	}
	if m := c.Missing(); m > 0 {
		return nil, fmt.Errorf("table: %d of %d times in column %q are missing", m, c.n, timeColumn)
	}
	for i := 1; i < c.n; i++ {
		if c.ints[i] < c.ints[i-1] {
			return nil, fmt.Errorf("table: the rows are not ordered by %q (row %d is earlier than row %d): call SortBy(%q) first", timeColumn, i, i-1, timeColumn)
		}
	}
	return c, nil
}

// windowed aggregates rows lo[i] to hi[i] for every row i.
func (t *Table) windowed(lo, hi []int32, agg Agg) *Table {
	total := 0
	for i := range lo {
		total += int(hi[i] - lo[i])
	}
	const most = 1 << 28
	if total > most {
		return t.fail("the windows hold %d rows together, more than %d: use a shorter window", total, most)
	}
	rows := make([]int32, 0, total)
	of := make([]uint32, 0, total)
	for i := range lo {
		for r := lo[i]; r < hi[i]; r++ {
			rows, of = append(rows, r), append(of, uint32(i))
		}
	}
	g := &Grouped{t: t.take(rows), g: groups{of: of, first: make([]int32, t.n)}}
	g.prepare([]Agg{agg})
	c, _, err := agg.run(g)
	if err != nil {
		return Failed(err)
	}
	return t.With(c)
}

// WindowByExposure cuts the rows, in order, into windows of equal exposure: a window ends with the row that brings the sum
// of the exposure column (looks, imaged days, hours) to size or beyond. The number of the window, from 0, is added under
// name; rows of a last, unfinished window have it missing and a warning says so, because its rate has another error.
// Exposures must be known and not negative.
func (t *Table) WindowByExposure(name, exposure string, size float64) *Table {
	if t.err != nil {
		return t
	}
	c, err := t.Column(exposure)
	if err != nil {
		return Failed(err)
	}
	if c.kind != Float && c.kind != Int {
		return t.fail("column %q holds %s, not numbers", exposure, c.kind)
	}
	if !(size > 0) {
		return t.fail("WindowByExposure: the size must be above 0, not %v", size)
	}
	b := newBuilder(name, "", Int)
	window, sum, from := int64(0), 0.0, 0
	for i := range t.n {
		v, ok := c.Float(i)
		if !ok || v < 0 {
			return t.fail("WindowByExposure: row %d: exposure %q is missing or negative", i, exposure)
		}
		b.add(window)
		if sum += v; sum >= size {
			window, sum, from = window+1, 0, i+1
		}
	}
	out := b.column()
	if from == t.n {
		return t.With(out)
	}
	var rest []int
	for i := from; i < t.n; i++ {
		rest = append(rest, i)
	}
	return t.With(out.WithMissing(rest...)).Warn("%s: the last %d rows reach an exposure of %g of %g and belong to no window", name, len(rest), sum, size)
}
