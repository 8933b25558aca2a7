package table

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// Gota is the table as a gota data frame, for code that works with those. gota has no times, units or geometries: they
// become text in ISO 8601 and well-known text, and units and trails stay behind. A missing value becomes gota's NaN. A text
// that reads "NaN" would turn into a missing value there, and two columns of the same name cannot be: both are errors.
// See gota.md beside this file for the verbs of gota that give wrong results.
func (t *Table) Gota() (dataframe.DataFrame, error) {
	if t.err != nil {
		return dataframe.DataFrame{}, t.err
	}
	out := make([]series.Series, len(t.cols))
	for i, c := range t.all() {
		s, err := c.gota()
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		out[i] = s
	}
	df := dataframe.New(out...)
	return df, df.Err
}

func (c *Column) gota() (series.Series, error) {
	typ := series.String
	switch c.kind {
	case Float:
		typ = series.Float
	case Int:
		typ = series.Int
	case Bool:
		typ = series.Bool
	}
	vals := make([]any, c.n)
	for i := range vals {
		if !c.Known(i) {
			continue // nil is gota's NaN
		}
		switch c.kind {
		case Float:
			vals[i] = c.floats[i]
		case Int:
			v := int(c.ints[i])
			if int64(v) != c.ints[i] {
				return series.Series{}, fmt.Errorf("table: column %q, row %d: %d does not fit gota's int", c.name, i, c.ints[i])
			}
			vals[i] = v
		case Bool:
			vals[i] = c.bools[i]
		default:
			s := c.Format(i)
			if s == "NaN" {
				return series.Series{}, fmt.Errorf("table: column %q, row %d: gota would take the text \"NaN\" for a missing value", c.name, i)
			}
			vals[i] = s
		}
	}
	return series.New(vals, typ, c.name), nil
}

// FromGota makes a table of a gota data frame. The schema declares what each column shall be; columns it does not name
// keep gota's type. gota's NaN becomes a missing value. If a conversion would lose something (a fraction in an Int column,
// a text that is no time, a column that is not there) the error names every such cell; a data frame that carries an error
// of its own gives that.
func FromGota(df dataframe.DataFrame, schema Schema) (*Table, error) {
	if df.Err != nil {
		return nil, fmt.Errorf("table: the data frame carries an error: %w", df.Err)
	}
	var errs []error
	names := df.Names()
	for _, f := range schema {
		found := false
		for _, n := range names {
			found = found || n == f.Name
		}
		if !found {
			errs = append(errs, fmt.Errorf("table: the data frame has no column %q; it has %q", f.Name, names))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	bad := &BadCells{Source: "data frame"}
	var cols []*Column
	for _, n := range names {
		s := df.Col(n)
		f, declared := schema.Field(n)
		if !declared {
			f = Field{Name: n, Kind: kindOfGota(s.Type())}
		}
		cols = append(cols, fromSeries(s, f, bad))
	}
	t := New(cols...)
	if t.err == nil && bad.Total > 0 {
		return t, bad
	}
	return t, t.err
}

func kindOfGota(t series.Type) Kind {
	switch t {
	case series.Float:
		return Float
	case series.Int:
		return Int
	case series.Bool:
		return Bool
	}
	return Text
}

// fromSeries converts cell by cell. Lines of bad cells are rows, counted from 1.
func fromSeries(s series.Series, f Field, bad *BadCells) *Column {
	b := newBuilder(f.Name, f.Unit, f.Kind)
	for i := range s.Len() {
		e := s.Elem(i)
		if e.IsNA() {
			b.missing()
			continue
		}
		cell := gotaText(e)
		if f.Kind == Int && s.Type() == series.Float {
			if v := e.Float(); v == math.Trunc(v) && math.Abs(v) < 1<<53 {
				cell = strconv.FormatInt(int64(v), 10)
			}
		}
		if cause := b.parse([]byte(cell)); cause != "" {
			b.missing()
			bad.add(BadCell{Line: i + 1, Column: f.Name, Text: cell, Cause: cause})
		}
	}
	return b.column()
}

// gotaText is the element without gota's rounding to six decimals.
func gotaText(e series.Element) string {
	switch v := e.Val().(type) {
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case string:
		return v
	}
	return e.String()
}
