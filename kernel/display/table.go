package display

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"
)

// Limits of a table that is shown without asking.
const (
	wholeRows    = 60  // up to so many rows are shown whole
	edgeRows     = 10  // else so many first and last ones
	wholeColumns = 30  // up to so many columns are shown
	edgeColumns  = 12  // else so many first and last ones
	cellRunes    = 120 // longer cells are cut
)

// grid is a table to be shown: the cells that are shown and how many there are in all.
type grid struct {
	records bool // rows are structs or maps, or it has no other form
	head    []string
	rows    [][]string // of the shown rows; nil marks the gap
	number  []bool     // columns of numbers, aligned right
	total   int        // rows
	columns int
}

// source is anything with rows and columns.
type source struct {
	records bool
	head    []string
	rows    int
	cell    func(row, column int) reflect.Value
	numeric func(column int) bool
}

// matrix is implemented by gonum's matrices.
type matrix interface {
	Dims() (rows, columns int)
	At(row, column int) float64
}

// tabulate finds the table in slices of structs, of maps and of slices, in maps and in matrices.
func tabulate(v any) (*grid, bool) {
	if m, ok := v.(matrix); ok && !isNil(v) {
		r, c := m.Dims()
		return source{records: true, head: numbers(c), rows: r,
			cell:    func(i, j int) reflect.Value { return reflect.ValueOf(m.At(i, j)) },
			numeric: func(int) bool { return true }}.grid(), true
	}
	r := reflect.ValueOf(v)
	if _, ok := worded(r); ok {
		return nil, false
	}
	if r.Kind() == reflect.Pointer && !r.IsNil() && (r.Elem().Kind() == reflect.Slice || r.Elem().Kind() == reflect.Map) {
		r = r.Elem()
	}
	switch r.Kind() {
	case reflect.Map:
		return fromMap(r)
	case reflect.Slice, reflect.Array:
		return fromSlice(r)
	}
	return nil, false
}

func fromSlice(r reflect.Value) (*grid, bool) {
	e := r.Type().Elem()
	if fields, ok := columns(e); ok {
		return source{records: true, head: names(fields), rows: r.Len(),
			cell:    func(i, j int) reflect.Value { return field(r.Index(i), fields[j].Index) },
			numeric: func(j int) bool { return isNumber(fields[j].Type) }}.grid(), true
	}
	switch e.Kind() {
	case reflect.Map:
		return fromMaps(r)
	case reflect.Slice, reflect.Array:
		return fromLists(r)
	}
	return nil, false
}

// fromMaps is a slice of maps with text keys: one row a map, one column a key.
func fromMaps(r reflect.Value) (*grid, bool) {
	if r.Type().Elem().Key().Kind() != reflect.String || r.Len() == 0 {
		return nil, false
	}
	seen := map[string]bool{}
	all := reflect.MakeMap(reflect.MapOf(r.Type().Elem().Key(), reflect.TypeOf(true)))
	for i := range r.Len() {
		for _, k := range r.Index(i).MapKeys() {
			if !seen[k.String()] {
				seen[k.String()] = true
				all.SetMapIndex(k, reflect.ValueOf(true))
			}
		}
	}
	keys := sortedKeys(all)
	head := make([]string, len(keys))
	for j, k := range keys {
		head[j] = k.String()
	}
	return source{records: true, head: head, rows: r.Len(),
		cell: func(i, j int) reflect.Value { return r.Index(i).MapIndex(keys[j]) }}.grid(), true
}

// fromLists is a slice of slices: one row a slice. Rows may differ in length.
func fromLists(r reflect.Value) (*grid, bool) {
	inner := r.Type().Elem().Elem()
	if r.Len() < 2 || inner.Kind() == reflect.Uint8 {
		return nil, false
	}
	switch inner.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Chan, reflect.Func:
		return nil, false
	}
	width := 0
	for i := range r.Len() {
		width = max(width, r.Index(i).Len())
	}
	return source{head: numbers(width), rows: r.Len(),
		cell: func(i, j int) reflect.Value {
			if row := r.Index(i); j < row.Len() {
				return row.Index(j)
			}
			return reflect.Value{}
		},
		numeric: func(int) bool { return isNumber(inner) }}.grid(), true
}

// fromMap is a map: one row a key; structs as values become columns.
func fromMap(r reflect.Value) (*grid, bool) {
	if r.Len() == 0 {
		return nil, false
	}
	keys := sortedKeys(r)
	e := r.Type().Elem()
	s := source{head: []string{"key", "value"}, rows: len(keys),
		cell: func(i, j int) reflect.Value {
			if j == 0 {
				return keys[i]
			}
			return r.MapIndex(keys[i])
		},
		numeric: func(j int) bool { return j == 0 && isNumber(r.Type().Key()) || j == 1 && isNumber(e) }}
	if fields, ok := columns(e); ok {
		s.records, s.head = true, append([]string{"key"}, names(fields)...)
		s.cell = func(i, j int) reflect.Value {
			if j == 0 {
				return keys[i]
			}
			return field(r.MapIndex(keys[i]), fields[j-1].Index)
		}
		s.numeric = func(j int) bool { return j == 0 && isNumber(r.Type().Key()) || j > 0 && isNumber(fields[j-1].Type) }
	}
	return s.grid(), true
}

// columns are the fields of a struct, or pointer to one, as columns; embedded structs are flattened. Types that have a
// text of their own (times, addresses) are no tables, nor are structs of another package that export nothing.
func columns(t reflect.Type) ([]reflect.StructField, bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	hasText := t.Implements(typeStringer) || reflect.PointerTo(t).Implements(typeStringer)
	var exported, all []reflect.StructField
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous && inner(f.Type).Kind() == reflect.Struct && !f.Type.Implements(typeStringer) {
			continue
		}
		all = append(all, f)
		if f.IsExported() {
			exported = append(exported, f)
		}
	}
	fields := exported
	if len(exported) == 0 || t.PkgPath() == "main" {
		fields = all
	}
	if len(fields) == 0 || hasText && len(exported) == 0 || t == typeTime {
		return nil, false
	}
	return fields, true
}

var (
	typeStringer = reflect.TypeFor[fmt.Stringer]()
	typeTime     = reflect.TypeFor[time.Time]()
	typeDuration = reflect.TypeFor[time.Duration]()
)

func inner(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func names(fields []reflect.StructField) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.Name
	}
	return out
}

func numbers(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i)
	}
	return out
}

// field follows an index path; nil pointers on the way give the zero Value.
func field(v reflect.Value, index []int) reflect.Value {
	for _, i := range index {
		for v.IsValid() && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) {
			v = v.Elem()
		}
		if !v.IsValid() {
			return v
		}
		v = open(open(v).Field(i))
	}
	return v
}

func isNumber(t reflect.Type) bool {
	t = inner(t)
	k := t.Kind()
	return k >= reflect.Int && k <= reflect.Float64 && t != typeDuration && !t.Implements(typeStringer)
}

// grid takes the rows and columns that are shown.
func (s source) grid() *grid {
	g := &grid{records: s.records, total: s.rows, columns: len(s.head)}
	cols := edges(len(s.head), wholeColumns, edgeColumns)
	for _, j := range cols {
		if j < 0 {
			g.head, g.number = append(g.head, "…"), append(g.number, false)
			continue
		}
		g.head = append(g.head, s.head[j])
		g.number = append(g.number, s.numeric != nil && s.numeric(j))
	}
	for _, i := range edges(s.rows, wholeRows, edgeRows) {
		if i < 0 {
			g.rows = append(g.rows, nil)
			continue
		}
		row := make([]string, len(cols))
		for n, j := range cols {
			row[n] = "…"
			if j >= 0 {
				row[n] = short(s.cell(i, j))
			}
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// edges are the indexes that are shown of n: all, or the first and last with -1 between.
func edges(n, whole, edge int) []int {
	var out []int
	for i := range n {
		if n <= whole || i < edge || i >= n-edge {
			out = append(out, i)
		} else if i == edge {
			out = append(out, -1)
		}
	}
	return out
}

// short is a value in one cell of a table. Missing values (nil) are a dash.
func short(v reflect.Value) string {
	for v.IsValid() && (v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer) {
		if v.IsNil() {
			return "–"
		}
		if _, ok := worded(v); ok {
			break
		}
		v = v.Elem()
	}
	if !v.IsValid() {
		return "–"
	}
	v = open(v)
	if t, ok := instant(v); ok {
		return day(t)
	}
	if _, ok := worded(v); !ok && v.CanFloat() {
		return decimal(v.Float())
	}
	p := &printer{limit: 4 * cellRunes, elements: 50}
	p.value(v, 1)
	s := p.String()
	if utf8.RuneCountInString(s) > cellRunes {
		s = string([]rune(s)[:cellRunes]) + "…"
	}
	return s
}

func instant(v reflect.Value) (time.Time, bool) {
	if v.IsValid() && v.Type() == typeTime && v.CanInterface() {
		return v.Interface().(time.Time), true
	}
	return time.Time{}, false
}

// day writes a time as short as it is precise. The zero time is a missing one.
func day(t time.Time) string {
	switch {
	case t.IsZero():
		return "–"
	case t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())):
		return t.Format("2006-01-02")
	case t.Second() == 0 && t.Nanosecond() == 0:
		return t.Format("2006-01-02 15:04 MST")
	}
	return t.Format("2006-01-02 15:04:05.999 MST")
}

// decimal writes a number with at most seven significant digits after the point, and never loses those before it.
func decimal(x float64) string {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return fmt.Sprint(x)
	case a != 0 && (a < 1e-4 || a >= 1e15):
		return strconv.FormatFloat(x, 'g', 6, 64)
	}
	exact := strconv.FormatFloat(x, 'f', -1, 64)
	if len(exact) <= 9 {
		return exact
	}
	digits := 6
	for b := a; b >= 1 && digits > 0; b /= 10 {
		digits--
	}
	if a < 1 {
		digits = 6
	}
	return strconv.FormatFloat(x, 'f', digits, 64)
}
