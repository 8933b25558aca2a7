package table

// Describe is a table with one row a column: kind, unit, how many values are known and missing, how many differ, and the
// smallest, middle and largest ones (the most frequent one for texts).
func (t *Table) Describe() *Table {
	if t.err != nil {
		return t
	}
	var names, kinds, units, least, middle, most []string
	var known, missing, distinct []int64
	for _, c := range t.all() {
		names, kinds, units = append(names, c.name), append(kinds, c.kind.String()), append(units, c.unit)
		m := c.Missing()
		known, missing = append(known, int64(c.n-m)), append(missing, int64(m))
		d, lo, mid, hi := c.summary()
		distinct, least, middle, most = append(distinct, d), append(least, lo), append(middle, mid), append(most, hi)
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
		blank(Texts("least", least...)), blank(Texts("middle", middle...)), blank(Texts("most", most...)))
}

func (c *Column) summary() (distinct int64, least, middle, most string) {
	if c.kind == Geometry || c.Missing() == c.n {
		return 0, "", "", ""
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
		return distinct, "", c.Format(int(g.first[best])), ""
	}
	rows := sortRows(c.n, []*Column{c}, []bool{false})
	last := c.n - c.Missing() - 1
	return distinct, c.Format(int(rows[0])), c.Format(int(rows[last/2])), c.Format(int(rows[last]))
}
