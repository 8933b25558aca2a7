package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb/encoding/wkb"
)

// parquetNote is the key of the file's metadata that keeps what Parquet has no place for: the order of the columns, kinds,
// units, offsets and precisions of times.
const parquetNote = "sightline.table"

type parquetColumn struct {
	Name      string  `json:"name"`
	Kind      string  `json:"kind"`
	Unit      string  `json:"unit,omitempty"`
	Offset    *int16  `json:"offset,omitempty"`    // of all times, in minutes; absent if in a column of its own
	Precision *string `json:"precision,omitempty"` // of all times
}

// Names of the columns that hold the offsets and precisions of a time column where they differ from row to row.
const (
	offsetColumn    = ".offset_min"
	precisionColumn = ".precision"
)

// WriteParquet writes the table as Apache Parquet with Zstandard compression. Times are UTC nanoseconds; where offsets or
// precisions differ from row to row they stand in columns of their own beside it. Geometries are well-known binary. Other
// readers see the columns in alphabetical order; ReadParquet restores the table's.
func (t *Table) WriteParquet(w io.Writer) error {
	if t.err != nil {
		return t.err
	}
	group := parquet.Group{}
	feeds := map[string]func(lo, hi int, out []parquet.Value) []parquet.Value{}
	var notes []parquetColumn
	for _, c := range t.all() {
		note := parquetColumn{Name: c.name, Kind: c.kind.String(), Unit: c.unit}
		group[c.name] = parquet.Optional(parquetNode(c.kind))
		feeds[c.name] = c.parquetValues
		if c.kind == Time {
			if c.offsets == nil {
				note.Offset = &c.offset
			} else {
				group[c.name+offsetColumn] = parquet.Optional(parquet.Int(32))
				feeds[c.name+offsetColumn] = func(lo, hi int, out []parquet.Value) []parquet.Value {
					return smallValues(c, lo, hi, out, func(i int) int32 { return int32(c.offsets[i]) })
				}
			}
			if c.precisions == nil {
				s := c.precision.String()
				note.Precision = &s
			} else {
				group[c.name+precisionColumn] = parquet.Optional(parquet.Int(32))
				feeds[c.name+precisionColumn] = func(lo, hi int, out []parquet.Value) []parquet.Value {
					return smallValues(c, lo, hi, out, func(i int) int32 { return int32(c.precisions[i]) })
				}
			}
		}
		notes = append(notes, note)
	}
	if len(group) != len(feeds) || len(group) == 0 {
		return errors.New("table: a table without columns cannot be written as Parquet")
	}
	note, err := json.Marshal(notes)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	out := parquet.NewGenericWriter[any](w, parquet.NewSchema("table", group), parquet.Compression(&parquet.Zstd), parquet.KeyValueMetadata(parquetNote, string(note)))
	return t.writeParquetRows(out, feeds)
}

func (t *Table) writeParquetRows(out *parquet.GenericWriter[any], feeds map[string]func(lo, hi int, out []parquet.Value) []parquet.Value) error {
	names := make([]string, 0, len(feeds))
	for n := range feeds {
		names = append(names, n)
	}
	sort.Strings(names) // the order of the leaves of a Group
	const chunk, rowGroup = 1 << 13, 1 << 20
	var buf []parquet.Value
	for lo := 0; lo < t.n; lo += chunk {
		hi := min(lo+chunk, t.n)
		for i, w := range out.ColumnWriters() {
			buf = feeds[names[i]](lo, hi, buf[:0])
			if _, err := w.WriteRowValues(buf); err != nil {
				return fmt.Errorf("table: column %q: %w", names[i], err)
			}
		}
		if hi%rowGroup == 0 {
			if err := out.Flush(); err != nil {
				return fmt.Errorf("table: %w", err)
			}
		}
	}
	return out.Close()
}

func parquetNode(k Kind) parquet.Node {
	switch k {
	case Float:
		return parquet.Leaf(parquet.DoubleType)
	case Int:
		return parquet.Int(64)
	case Bool:
		return parquet.Leaf(parquet.BooleanType)
	case Time:
		return parquet.Timestamp(parquet.Nanosecond)
	case Geometry:
		return parquet.Leaf(parquet.ByteArrayType)
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

func (c *Column) parquetValues(lo, hi int, out []parquet.Value) []parquet.Value {
	for i := lo; i < hi; i++ {
		v := parquet.NullValue().Level(0, 0, 0)
		if c.valid.get(i) {
			switch c.kind {
			case Float:
				v = parquet.DoubleValue(c.floats[i])
			case Int, Time:
				v = parquet.Int64Value(c.ints[i])
			case Bool:
				v = parquet.BooleanValue(c.bools[i])
			case Text:
				v = parquet.ByteArrayValue([]byte(c.dict.words[c.codes[i]]))
			case Geometry:
				b, err := wkb.Marshal(c.geoms[i])
				if err != nil {
					b = nil
				}
				v = parquet.ByteArrayValue(b)
			}
			v = v.Level(0, 1, 0)
		}
		out = append(out, v)
	}
	return out
}

func smallValues(c *Column, lo, hi int, out []parquet.Value, of func(int) int32) []parquet.Value {
	for i := lo; i < hi; i++ {
		if c.valid.get(i) {
			out = append(out, parquet.Int32Value(of(i)).Level(0, 1, 0))
		} else {
			out = append(out, parquet.NullValue().Level(0, 0, 0))
		}
	}
	return out
}

// SaveParquet writes the table to a file, which appears only when it is complete.
func (t *Table) SaveParquet(path string) error { return saveTo(path, t.WriteParquet) }

// ReadParquet reads a Parquet file of flat columns: one of ours, or one of whole numbers, decimals, floating-point numbers,
// booleans, texts, dates and timestamps from elsewhere; all of them, or those that are named. Timestamps without an offset are
// kept as text, and the table's warnings name them. Columns that cannot be read (nested ones, values that would be lost) are an
// error that names them: name the others to leave them out.
func ReadParquet(path string, columns ...string) (t *Table, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	source := filepath.Base(path)
	defer func() { // the decoder panics on some damaged files
		if p := recover(); p != nil {
			t, err = nil, fmt.Errorf("table: %s: damaged: %v", source, p)
		}
	}()
	pf, err := parquet.OpenFile(f, st.Size())
	if err != nil {
		return nil, fmt.Errorf("table: %s: %w", source, err)
	}
	t, err = readParquet(pf, columns)
	if err != nil {
		return nil, fmt.Errorf("table: %s: %w", source, err)
	}
	t.trail = lineTrail{source: source}
	return t, nil
}

func readParquet(pf *parquet.File, wanted []string) (*Table, error) {
	var notes []parquetColumn
	if text, ok := pf.Lookup(parquetNote); ok {
		if err := json.Unmarshal([]byte(text), &notes); err != nil {
			return nil, fmt.Errorf("its note %s is damaged: %w", parquetNote, err)
		}
	}
	byName := map[string]*Column{}
	var order, offsetless []string
	var errs []error
	for _, n := range wanted {
		if !slices.ContainsFunc(pf.Root().Columns(), func(c *parquet.Column) bool { return c.Name() == n }) {
			errs = append(errs, fmt.Errorf("there is no column %q", n))
		}
	}
	if len(wanted) > 0 && notes != nil {
		notes = slices.DeleteFunc(notes, func(n parquetColumn) bool { return !slices.Contains(wanted, n.Name) })
	}
	for i, col := range pf.Root().Columns() {
		if len(wanted) > 0 && notes == nil && !slices.Contains(wanted, col.Name()) {
			continue
		}
		if !col.Leaf() || col.Repeated() {
			errs = append(errs, fmt.Errorf("column %q is nested or repeated", col.Name()))
			continue
		}
		c, err := readLeaf(pf, col, i)
		if err != nil {
			errs = append(errs, fmt.Errorf("column %q: %w", col.Name(), err))
			continue
		}
		byName[col.Name()] = c
		order = append(order, col.Name())
		if notes == nil && local(col.Type()) {
			offsetless = append(offsetless, strconv.Quote(col.Name()))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if notes == nil {
		var cols []*Column
		for _, n := range order {
			cols = append(cols, byName[n])
			errs = append(errs, checkTexts(byName[n]))
		}
		if err := errors.Join(errs...); err != nil {
			return nil, err
		}
		t := New(cols...)
		if len(offsetless) > 0 {
			t = t.Warn("times without an offset are kept as text, because there is no telling when they were: %s", strings.Join(offsetless, ", "))
		}
		return t, t.err
	}
	return restore(notes, byName)
}

// restore puts order, kinds, units, offsets and precisions back.
func restore(notes []parquetColumn, byName map[string]*Column) (*Table, error) {
	var cols []*Column
	for _, n := range notes {
		c, ok := byName[n.Name]
		kind, known := KindNamed(n.Kind)
		if !ok || !known {
			return nil, fmt.Errorf("column %q of the note is not in the file", n.Name)
		}
		c.unit = n.Unit
		switch {
		case kind == Geometry && c.kind == Text:
			g, err := geometryColumn(c)
			if err != nil {
				return nil, err
			}
			c = g
		case kind != c.kind:
			return nil, fmt.Errorf("column %q holds %s, its note says %s", n.Name, c.kind, kind)
		case kind == Time:
			if err := restoreTime(c, n, byName); err != nil {
				return nil, err
			}
		}
		if err := checkTexts(c); err != nil {
			return nil, err
		}
		cols = append(cols, c)
	}
	t := New(cols...)
	return t, t.err
}

func restoreTime(c *Column, n parquetColumn, byName map[string]*Column) error {
	if n.Offset != nil {
		c.offset = *n.Offset
	} else if o := byName[n.Name+offsetColumn]; o != nil && o.kind == Int && o.n == c.n {
		c.offsets = make([]int16, c.n)
		for i := range c.offsets {
			c.offsets[i] = int16(o.ints[i])
		}
	} else {
		return fmt.Errorf("column %q has no offsets", n.Name)
	}
	if n.Precision != nil {
		for p, name := range precisionNames {
			if name == *n.Precision {
				c.precision = Precision(p)
				return nil
			}
		}
		return fmt.Errorf("column %q: unknown precision %q", n.Name, *n.Precision)
	}
	p := byName[n.Name+precisionColumn]
	if p == nil || p.kind != Int || p.n != c.n {
		return fmt.Errorf("column %q has no precisions", n.Name)
	}
	c.precisions = make([]Precision, c.n)
	for i := range c.precisions {
		if v := p.ints[i]; v < 0 || v > int64(Year) {
			return fmt.Errorf("column %q, row %d: unknown precision %d", n.Name, i, v)
		}
		c.precisions[i] = Precision(p.ints[i])
	}
	return nil
}

func geometryColumn(c *Column) (*Column, error) {
	b := newBuilder(c.name, c.unit, Geometry)
	for i := range c.n {
		s, ok := c.Text(i)
		if !ok {
			b.missing()
			continue
		}
		g, err := wkb.Unmarshal([]byte(s))
		if err != nil {
			return nil, fmt.Errorf("column %q, row %d: %w", c.name, i, err)
		}
		b.add(g)
	}
	return b.column(), nil
}
