package table

import "strconv"

// Describe is a table with one row a column: kind, unit, how many values are known and missing, how many differ, and the
// smallest, the quartiles (q1, middle, q3) and the largest, and the mean of numbers. Quartiles are values that the column holds,
// the lower of two in the middle, so that dates have them too; texts have the most frequent one as middle. What a column
// has not is missing.
func (t *Table) Describe() *Table {
	if t.err != nil {
		return t
	}
	var names, kinds, units []string
	var marks [6][]string
	var known, missing, distinct []int64
	for _, c := range t.all() {
		names, kinds, units = append(names, c.name), append(kinds, c.kind.String()), append(units, c.unit)
		m := c.Missing()
		known, missing = append(known, int64(c.n-m)), append(missing, int64(m))
		d, texts := c.summary()
		distinct = append(distinct, d)
		for i, text := range texts {
			marks[i] = append(marks[i], text)
		}
	}
	blank := func(c *Column) *Column {
		for i := range c.n {
			if s, _ := c.Text(i); s == "" {
				c.miss(i)
			}
		}
		return c
	}
	return New(Texts("column", names...), Texts("kind", kinds...), blank(Texts("unit", units...)),
		Ints("known", "", known...), Ints("missing", "", missing...), Ints("distinct", "", distinct...),
		blank(Texts("least", marks[0]...)), blank(Texts("q1", marks[1]...)), blank(Texts("middle", marks[2]...)),
		blank(Texts("q3", marks[3]...)), blank(Texts("most", marks[4]...)), blank(Texts("mean", marks[5]...)))
}

// summary is the number of values that differ, and least, q1, middle, q3, most and mean as texts.
func (c *Column) summary() (distinct int64, marks [6]string) {
	if c.kind == Geometry || c.Missing() == c.n {
		return 0, marks
	}
	g := groupBy(c.n, []*Column{c})
	distinct = int64(len(g.first))
	if c.Missing() > 0 {
		distinct--
	}
	if c.kind == Text || c.kind == Bool {
		count := make([]int, len(g.first))
		for i, k := range g.of {
			if c.valid.get(i) {
				count[k]++
			}
		}
		best := 0
		for k := range count {
			if count[k] > count[best] {
				best = k
			}
		}
		marks[2] = c.Format(int(g.first[best]))
		return distinct, marks
	}
	rows := sortRows(c.n, []*Column{c}, []bool{false})
	last := c.n - c.Missing() - 1
	for i := range 5 {
		marks[i] = c.Format(int(rows[last*i/4]))
	}
	if c.kind == Int || c.kind == Float {
		mean := New(c).GroupBy().Aggregate(Mean(c.name)).all()[0]
		marks[5] = strconv.FormatFloat(mean.floats[0], 'g', 6, 64)
	}
	return distinct, marks
}
