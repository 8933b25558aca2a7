package table

import (
	"fmt"
	"math/bits"
	"slices"
	"sort"
)

// Agg is one aggregate of a group: Count, Sum, Mean and so on. Values that are missing do not enter; the table's
// warnings say how many were left out. A group without any known value has a missing result, not 0.
type Agg struct {
	column, name string
	lists        bool
	f            func(g *Grouped, a Agg) (*Column, string, error)
}

// As gives the result's column another name.
func (a Agg) As(name string) Agg { a.name = name; return a }

func (a Agg) run(g *Grouped) (*Column, string, error) { return a.f(g, a) }

// Count is the number of rows, in a column of that name.
func Count(name string) Agg {
	return Agg{name: name, f: func(g *Grouped, a Agg) (*Column, string, error) {
		return &Column{name: a.name, kind: Int, n: g.Len(), ints: g.counts(nil)}, "", nil
	}}
}

// CountKnown is the number of rows where the column has a value.
func CountKnown(column string) Agg {
	return Agg{column: column, name: column + "_known", f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, err := g.t.Column(a.column)
		if err != nil {
			return nil, "", err
		}
		return &Column{name: a.name, kind: Int, n: g.Len(), ints: g.counts(c.valid)}, "", nil
	}}
}

// CountWhere is the number of rows for which the condition is true.
func CountWhere(name string, cond Cond) Agg {
	return Agg{name: name, f: func(g *Grouped, a Agg) (*Column, string, error) {
		run, err := cond.bind(g.t)
		if err != nil {
			return nil, "", err
		}
		out := make([]int64, g.Len())
		mask, _ := holding(g.t.n, run)
		for w, m := range mask {
			for ; m != 0; m &= m - 1 {
				out[g.g.of[w<<6|bits.TrailingZeros64(m)]]++
			}
		}
		return &Column{name: a.name, kind: Int, n: len(out), ints: out}, "", nil
	}}
}

// Distinct is the number of different known values of the column.
func Distinct(column string) Agg {
	return Agg{column: column, name: column + "_distinct", f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, err := g.t.Column(a.column)
		if err != nil {
			return nil, "", err
		}
		if c.kind == Geometry {
			return nil, "", fmt.Errorf("table: column %q holds geometry, which cannot be compared", c.name)
		}
		key := &Column{name: "g", kind: Text, n: g.t.n, codes: g.g.of, dict: &dict{words: make([]string, g.Len())}}
		both := groupBy(g.t.n, []*Column{key, c})
		out := make([]int64, g.Len())
		for _, row := range both.first {
			if c.valid.get(int(row)) {
				out[g.g.of[row]]++
			}
		}
		return &Column{name: a.name, kind: Int, n: len(out), ints: out}, "", nil
	}}
}

// numeric is the column of an aggregate, a note on what is missing, and an error if it holds no numbers.
func (a Agg) numeric(g *Grouped) (*Column, string, error) {
	c, err := g.t.Column(a.column)
	if err != nil {
		return nil, "", err
	}
	if c.kind != Float && c.kind != Int {
		return nil, "", fmt.Errorf("table: %s needs numbers; column %q holds %s", a.name, a.column, c.kind)
	}
	return c, a.gaps(c), nil
}

// gaps is a note on the values of the column that are missing; empty if none is.
func (a Agg) gaps(c *Column) string {
	m := c.Missing()
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%s: %d of %d values of %s are missing and left out", a.name, m, c.n, a.column)
}

// Sum adds the known values: exactly for whole numbers (a sum beyond 64 bits is an error), with Neumaier's compensation for
// floats.
func Sum(column string) Agg {
	return Agg{column: column, name: column + "_sum", f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, note, err := a.numeric(g)
		if err != nil {
			return nil, "", err
		}
		out := &Column{name: a.name, unit: c.unit, kind: c.kind, n: g.Len()}
		if c.valid != nil {
			out.valid = someKnown(g.counts(c.valid))
		}
		if c.kind == Int {
			out.ints = make([]int64, out.n)
			for k, w := range g.intSums(c) {
				var fits bool
				if out.ints[k], fits = w.small(); !fits {
					return nil, "", fmt.Errorf("table: the sum of %s overflows 64 bits", a.column)
				}
			}
			return out, note, nil
		}
		out.floats = make([]float64, out.n)
		for k, e := range g.floatSums(c) {
			out.floats[k] = e.float()
		}
		return out, note, nil
	}}
}

// Mean is the arithmetic mean of the known values. Whole numbers are added exactly in 128 bits first.
func Mean(column string) Agg {
	return Agg{column: column, name: column + "_mean", f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, note, err := a.numeric(g)
		if err != nil {
			return nil, "", err
		}
		counts := g.counts(c.valid)
		out := &Column{name: a.name, unit: c.unit, kind: Float, n: g.Len(), floats: make([]float64, g.Len()), valid: someKnown(counts)}
		if c.kind == Int {
			for k, w := range g.intSums(c) {
				out.floats[k] = w.float()
			}
		} else {
			for k, e := range g.floatSums(c) {
				out.floats[k] = e.float()
			}
		}
		for k, n := range counts {
			if n > 0 {
				out.floats[k] /= float64(n)
			}
		}
		return out, note, nil
	}}
}

// Min is the smallest known value of a column of numbers or times.
func Min(column string) Agg { return extreme(column, "_min", func(c int) bool { return c < 0 }) }

// Max is the largest known value of a column of numbers or times.
func Max(column string) Agg { return extreme(column, "_max", func(c int) bool { return c > 0 }) }

func extreme(column, suffix string, better func(int) bool) Agg {
	return Agg{column: column, name: column + suffix, f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, err := g.t.Column(a.column)
		if err != nil {
			return nil, "", err
		}
		if c.kind != Float && c.kind != Int && c.kind != Time {
			return nil, "", fmt.Errorf("table: %s needs numbers or times; column %q holds %s", a.name, a.column, c.kind)
		}
		rows := make([]int32, g.Len())
		for k := range rows {
			rows[k] = -1
		}
		for i, k := range g.g.of {
			if c.valid.get(i) && (rows[k] < 0 || better(c.compareRows(i, int(rows[k])))) {
				rows[k] = int32(i)
			}
		}
		return c.take(rows).Named(a.name), a.gaps(c), nil
	}}
}

// First is the first known value of each group.
func First(column string) Agg {
	return Agg{column: column, name: column + "_first", f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, err := g.t.Column(a.column)
		if err != nil {
			return nil, "", err
		}
		rows := make([]int32, g.Len())
		for k := range rows {
			rows[k] = -1
		}
		for i, k := range g.g.of {
			if rows[k] < 0 && c.valid.get(i) {
				rows[k] = int32(i)
			}
		}
		return c.take(rows).Named(a.name), "", nil
	}}
}

// Median is the middle of the known values, the mean of the two middle ones for an even number.
func Median(column string) Agg {
	a := Quantile(column, 0.5)
	a.name = column + "_median"
	return a
}

// Quantile is the value below which a share q (0 to 1) of the known values lies, interpolated linearly between
// neighbours (type 7 of Hyndman and Fan, Am. Stat. 50, 1996). It panics if q is outside 0 to 1.
func Quantile(column string, q float64) Agg {
	if !(q >= 0 && q <= 1) {
		panic(fmt.Sprintf("table: Quantile(%q, %v): the share must be from 0 to 1", column, q))
	}
	name := fmt.Sprintf("%s_q%g", column, q*100)
	return Agg{column: column, name: name, lists: true, f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, note, err := a.numeric(g)
		if err != nil {
			return nil, "", err
		}
		starts, order := g.members()
		out := &Column{name: a.name, unit: c.unit, kind: Float, n: g.Len(), floats: make([]float64, g.Len()), valid: newBitmap(g.Len())}
		var vals []float64
		for k := range out.floats {
			vals = vals[:0]
			for _, row := range order[starts[k]:starts[k+1]] {
				if v, ok := c.Float(int(row)); ok {
					vals = append(vals, v)
				}
			}
			if len(vals) > 0 {
				out.floats[k] = quantile(vals, q)
				out.valid.set(k)
			}
		}
		out.valid = out.valid.compact(out.n)
		return out, note, nil
	}}
}

func quantile(vals []float64, q float64) float64 {
	sort.Float64s(vals)
	h := q * float64(len(vals)-1)
	i := int(h)
	if i+1 >= len(vals) {
		return vals[len(vals)-1]
	}
	return vals[i] + (h-float64(i))*(vals[i+1]-vals[i])
}

// Gather writes the distinct known texts of the group one after the other, in order of appearance.
func Gather(column, separator string) Agg {
	return Agg{column: column, name: column, lists: true, f: func(g *Grouped, a Agg) (*Column, string, error) {
		c, err := g.t.Column(a.column)
		if err != nil {
			return nil, "", err
		}
		starts, order := g.members()
		words := make([]string, g.Len())
		for k := range words {
			var seen []string
			for _, row := range order[starts[k]:starts[k+1]] {
				if s := c.Format(int(row)); c.Known(int(row)) && !slices.Contains(seen, s) {
					if len(seen) > 0 {
						words[k] += separator
					}
					words[k] += s
					seen = append(seen, s)
				}
			}
		}
		return Texts(a.name, words...), "", nil
	}}
}
