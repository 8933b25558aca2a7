package table

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"
)

// Table is a number of columns of equal length. Make one with New, ReadCSV and the like; no verb changes it.
type Table struct {
	cols     []*Column
	byName   map[string]int
	n        int
	trail    trail
	warnings []string
	err      error
}

// New makes a table of columns. Columns of unequal length and names that appear twice make a table with an error.
func New(columns ...*Column) *Table {
	t := &Table{byName: make(map[string]int, len(columns))}
	for i, c := range columns {
		if i == 0 {
			t.n = c.n
		}
		if c.n != t.n {
			return Failed(fmt.Errorf("table: column %q has %d values, column %q has %d", c.name, c.n, columns[0].name, t.n))
		}
		if _, twice := t.byName[c.name]; twice {
			return Failed(fmt.Errorf("table: two columns are named %q", c.name))
		}
		t.byName[c.name] = i
		t.cols = append(t.cols, c)
	}
	if t.n > math.MaxInt32 {
		return Failed(fmt.Errorf("table: %d rows are more than the %d a table can hold", t.n, math.MaxInt32))
	}
	return t
}

// Failed is an empty table that carries an error through every later verb.
func Failed(err error) *Table { return &Table{err: err} }

func (t *Table) fail(format string, args ...any) *Table {
	if t.err != nil {
		return t
	}
	return Failed(fmt.Errorf("table: "+format, args...))
}

func (t *Table) copy() *Table {
	out := *t
	return &out
}

// with is a table of other columns and the same warnings.
func (t *Table) with(cols []*Column, tr trail) *Table {
	out := New(cols...)
	out.warnings = t.warnings
	if out.err == nil {
		out.trail = tr
	}
	return out
}

// Err is the first error of the verbs that made the table; nil if there was none.
func (t *Table) Err() error { return t.err }

// Warnings are the notes that verbs left: what was missing, what was not counted.
func (t *Table) Warnings() []string { return slices.Clone(t.warnings) }

// Warn is the table with one more note under it.
func (t *Table) Warn(format string, args ...any) *Table {
	out := t.copy()
	out.warnings = append(slices.Clone(t.warnings), fmt.Sprintf(format, args...))
	return out
}

// Len is the number of rows.
func (t *Table) Len() int { return t.n }

// Width is the number of columns.
func (t *Table) Width() int { return len(t.cols) }

// Names are the names of the columns in order.
func (t *Table) Names() []string {
	out := make([]string, len(t.cols))
	for i, c := range t.cols {
		out[i] = c.name
	}
	return out
}

// Columns are the columns in order.
func (t *Table) Columns() []*Column { return t.all() }

// Has says whether there is a column of that name.
func (t *Table) Has(name string) bool { _, ok := t.byName[name]; return ok }

// Column is the column of that name; an error lists the names there are.
func (t *Table) Column(name string) (*Column, error) {
	c, err := t.find(name)
	if err != nil {
		return nil, err
	}
	return c.full(), nil
}

// find is the column of that name, which may be one whose values are still to be copied.
func (t *Table) find(name string) (*Column, error) {
	if t.err != nil {
		return nil, t.err
	}
	i, ok := t.byName[name]
	if !ok {
		return nil, fmt.Errorf("table: no column %q; there are %q", name, t.Names())
	}
	return t.cols[i], nil
}

func (t *Table) columnsNamed(names []string) ([]*Column, error) {
	out, err := t.findAll(names)
	for i, c := range out {
		out[i] = c.full()
	}
	return out, err
}

func (t *Table) findAll(names []string) ([]*Column, error) {
	var out []*Column
	var errs []error
	for _, n := range names {
		c, err := t.find(n)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out = append(out, c)
	}
	return out, errors.Join(errs...)
}

// Floats are the numbers of a Float or Int column, NaN where one is missing.
func (t *Table) Floats(name string) ([]float64, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	if c.kind != Float && c.kind != Int {
		return nil, fmt.Errorf("table: column %q holds %s, not numbers", name, c.kind)
	}
	out := make([]float64, c.n)
	for i := range out {
		v, ok := c.Float(i)
		if !ok {
			v = math.NaN()
		}
		out[i] = v
	}
	return out, nil
}

// Ints are the numbers of an Int column. A missing value is an error: there is no number that could stand for it.
func (t *Table) Ints(name string) ([]int64, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	if c.kind != Int {
		return nil, fmt.Errorf("table: column %q holds %s, not whole numbers", name, c.kind)
	}
	if m := c.Missing(); m > 0 {
		return nil, fmt.Errorf("table: %d of %d values of column %q are missing; keep the rows where they are known with Where(Known(%q))", m, c.n, name, name)
	}
	return slices.Clone(c.ints), nil
}

// Texts are the values of any column as texts, empty where one is missing.
func (t *Table) Texts(name string) ([]string, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	out := make([]string, c.n)
	for i := range out {
		out[i] = c.Format(i)
	}
	return out, nil
}

// Times are the instants of a Time column, the zero time where one is missing. A day is its midnight; ask Stamp of the
// column for the precision.
func (t *Table) Times(name string) ([]time.Time, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	if c.kind != Time {
		return nil, fmt.Errorf("table: column %q holds %s, not times", name, c.kind)
	}
	out := make([]time.Time, c.n)
	for i := range out {
		if s, ok := c.Stamp(i); ok {
			out[i] = s.T
		}
	}
	return out, nil
}

// Row is one row of a table.
type Row struct {
	t *Table
	i int
}

// Row is the row of that number, from 0. It panics outside the table, as an index does.
func (t *Table) Row(i int) Row {
	if i < 0 || i >= t.n {
		panic(fmt.Sprintf("table: row %d of %d", i, t.n))
	}
	return Row{t, i}
}

// Rows goes through all rows in order.
func (t *Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range t.n {
			if !yield(Row{t, i}) {
				return
			}
		}
	}
}

// Index is the row's number, from 0.
func (r Row) Index() int { return r.i }

// Marks are the places the row came from.
func (r Row) Marks() []Mark { return r.t.Trace(r.i) }

var noColumn = &Column{}

func (r Row) col(name string) *Column {
	if i, ok := r.t.byName[name]; ok {
		return r.t.cols[i].full()
	}
	return noColumn
}

// Known says whether the row has a value in that column; false if there is no such column.
func (r Row) Known(name string) bool { return r.col(name).Known(r.i) }

// Float is a number of the row; false if it is missing.
func (r Row) Float(name string) (float64, bool) { return r.col(name).Float(r.i) }

// Int is a whole number of the row; false if it is missing.
func (r Row) Int(name string) (int64, bool) { return r.col(name).Int(r.i) }

// Bool is a truth value of the row; false if it is missing.
func (r Row) Bool(name string) (value, known bool) { return r.col(name).Bool(r.i) }

// Text is the row's value in any column as text; empty if it is missing.
func (r Row) Text(name string) string { return r.col(name).Format(r.i) }

// Time is an instant of the row; false if it is missing.
func (r Row) Time(name string) (time.Time, bool) {
	s, ok := r.col(name).Stamp(r.i)
	return s.T, ok
}

// Stamp is a time of the row with offset and precision; false if it is missing.
func (r Row) Stamp(name string) (Stamp, bool) { return r.col(name).Stamp(r.i) }

// Value is the row's value in a column as float64, int64, bool, string, Stamp or orb.Geometry; nil if it is missing.
func (r Row) Value(name string) any { return r.col(name).Value(r.i) }
