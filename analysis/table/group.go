package table

import (
	"fmt"
	"slices"
	"sync"
)

// Grouped is a table whose rows are gathered by the values of some columns. A missing value is a group of its own.
type Grouped struct {
	t    *Table
	keys []*Column
	g    groups
	err  error

	once   sync.Once
	starts []int32 // rows of group i are order[starts[i]:starts[i+1]]
	order  []int32
}

// GroupBy gathers the rows by the values of one or more columns. Groups keep the order of their first rows.
func (t *Table) GroupBy(names ...string) *Grouped {
	cols, err := t.findAll(names)
	if t.err != nil {
		err = t.err
	}
	if err != nil {
		return &Grouped{t: t, err: err}
	}
	for _, c := range cols {
		if c.kind == Geometry {
			return &Grouped{t: t, err: fmt.Errorf("table: column %q holds geometry, which cannot be grouped", c.name)}
		}
	}
	return &Grouped{t: t, keys: cols, g: groupBy(t.n, cols)}
}

// Len is the number of groups.
func (g *Grouped) Len() int { return len(g.g.first) }

// Err is the error that prevented the grouping, if any.
func (g *Grouped) Err() error { return g.err }

// members lists the rows of each group in their order.
func (g *Grouped) members() (starts, order []int32) {
	g.once.Do(func() {
		g.starts = make([]int32, len(g.g.first)+1)
		for _, c := range g.g.of {
			g.starts[c+1]++
		}
		for i := range g.starts[1:] {
			g.starts[i+1] += g.starts[i]
		}
		at := slices.Clone(g.starts)
		g.order = make([]int32, len(g.g.of))
		for row, c := range g.g.of {
			g.order[at[c]] = int32(row)
			at[c]++
		}
	})
	return g.starts, g.order
}

// Group is the rows of group i, in their order.
func (g *Grouped) Group(i int) *Table {
	if g.err != nil {
		return Failed(g.err)
	}
	if i < 0 || i >= g.Len() {
		return g.t.fail("group %d of %d", i, g.Len())
	}
	starts, order := g.members()
	return g.t.take(order[starts[i]:starts[i+1]])
}

// Aggregate is a table with one row a group: the keys, then one column for each aggregate.
func (g *Grouped) Aggregate(aggs ...Agg) *Table {
	if g.err != nil {
		return Failed(g.err)
	}
	cols := make([]*Column, 0, len(g.keys)+len(aggs))
	for _, k := range g.keys {
		if p := k.pending(); p != nil {
			cols = append(cols, p.column(k.name, g.g.first))
		} else {
			cols = append(cols, k.full().take(g.g.first))
		}
	}
	made := make([]*Column, len(aggs))
	notes := make([]string, len(aggs))
	errs := make([]error, len(aggs))
	g.prepare(aggs)
	var wg sync.WaitGroup
	for i, a := range aggs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			made[i], notes[i], errs[i] = a.run(g)
		}()
	}
	wg.Wait()
	out := g.t
	for i := range aggs {
		if errs[i] != nil {
			return Failed(errs[i])
		}
		if notes[i] != "" {
			out = out.Warn("%s", notes[i])
		}
	}
	var tr trail
	if g.t.trail != nil {
		tr = groupTrail{g.t.trail, g.g.of}
	}
	res := New(append(cols, made...)...)
	if res.err == nil {
		res.warnings, res.trail = out.warnings, tr
	}
	return res
}

// prepare makes the lists of rows if an aggregate needs them, before the aggregates run at the same time.
func (g *Grouped) prepare(aggs []Agg) {
	for _, a := range aggs {
		if a.lists {
			g.members()
			return
		}
	}
}
