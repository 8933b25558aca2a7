package table

// Pivot turns the distinct values of one column into columns: a row for each distinct combination of the other keys, the
// aggregate in the cells. A combination that has no rows is missing, never 0. The new columns are ordered by value.
func (t *Table) Pivot(rows []string, column string, agg Agg) *Table {
	if t.err != nil {
		return t
	}
	c, err := t.Column(column)
	if err != nil {
		return Failed(err)
	}
	long := t.GroupBy(append(append([]string(nil), rows...), column)...).Aggregate(agg)
	if long.err != nil {
		return long
	}
	heads := t.Select(column).Where(Known(column)).GroupBy(column).Aggregate().SortBy(column)
	if heads.err != nil {
		return heads
	}
	out := t.GroupBy(rows...).Aggregate()
	head := heads.cols[0].full()
	value := long.cols[len(long.cols)-1].full()
	for i := range heads.n {
		name := head.Format(i)
		if out.Has(name) {
			return t.fail("Pivot: a value of %q is called %q like another column", c.name, name)
		}
		part := long.Where(same(column, head, i)).Select(append(append([]string(nil), rows...), value.name)...).Rename(value.name, name)
		if len(rows) == 0 {
			out = New(append(out.all(), part.all()...)...)
		} else {
			out = out.leftMissing(part, rows, name)
		}
		if out.err != nil {
			return out
		}
	}
	out.warnings = long.warnings
	if m := c.Missing(); m > 0 {
		out = out.Warn("%d rows have no value in %s and are in no column", m, column)
	}
	return out
}

// same is true where the column equals row i of another column of its kind.
func same(column string, of *Column, i int) Cond {
	v := of.Value(i)
	return Cond{func(t *Table) (test, error) {
		c, err := t.Column(column)
		if err != nil {
			return nil, err
		}
		if c.kind == Text || c.kind == Bool {
			return Is(column, v).bind(t)
		}
		b := bound{}
		if c.kind == Float {
			b.f = of.floats[i]
		} else {
			b.i = of.ints[i]
		}
		if c.kind == Time { // the same time, however finely it is known
			return instants(c, b, b), nil
		}
		return inside(c, b, b).bind(t)
	}}
}

// leftMissing joins as Left does, except that a missing key matches a missing key.
func (t *Table) leftMissing(part *Table, keys []string, name string) *Table {
	both := Stack(t.Select(keys...), part.Select(keys...))
	if both.err != nil {
		return both
	}
	g := both.GroupBy(keys...)
	at := make([]int32, g.Len())
	for i := range at {
		at[i] = -1
	}
	for i := range part.n {
		at[g.g.of[t.n+i]] = int32(i)
	}
	rows := make([]int32, t.n)
	for i := range rows {
		rows[i] = at[g.g.of[i]]
	}
	c, err := part.Column(name)
	if err != nil {
		return Failed(err)
	}
	return t.With(c.take(rows))
}
