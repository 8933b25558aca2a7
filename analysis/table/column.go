package table

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// Column is one named column: values of one kind, their unit, and which of them are missing. It is read-only.
type Column struct {
	name, unit string
	kind       Kind
	n          int
	valid      bitmap // nil: nothing is missing
	later      *later // not nil: only name, unit, kind and n are here; ask full

	floats []float64
	ints   []int64 // values of Int; nanoseconds since 1970 of Time
	bools  []bool
	codes  []uint32 // into dict, for Text
	dict   *dict
	geoms  []orb.Geometry

	// Offsets in minutes and precisions of Time: one a row, or, if nil, the same for all.
	offsets    []int16
	precisions []Precision
	offset     int16
	precision  Precision
}

// Floats makes a column of numbers. NaN stands for a missing value. unit may be empty.
func Floats(name, unit string, values ...float64) *Column {
	c := &Column{name: name, unit: unit, kind: Float, n: len(values), floats: append([]float64(nil), values...)}
	for i, v := range values {
		if math.IsNaN(v) {
			c.miss(i)
		}
	}
	return c
}

// Ints makes a column of whole numbers. unit may be empty.
func Ints(name, unit string, values ...int64) *Column {
	return &Column{name: name, unit: unit, kind: Int, n: len(values), ints: append([]int64(nil), values...)}
}

// Bools makes a column of truth values.
func Bools(name string, values ...bool) *Column {
	return &Column{name: name, kind: Bool, n: len(values), bools: append([]bool(nil), values...)}
}

// Texts makes a column of texts. The empty text is a value; use WithMissing to mark missing ones.
func Texts(name string, values ...string) *Column {
	in := newInterner()
	c := &Column{name: name, kind: Text, n: len(values), codes: make([]uint32, len(values))}
	for i, v := range values {
		c.codes[i] = in.codeOf(v)
	}
	c.dict = in.dict()
	return c
}

// Times makes a column of instants, known to the nanosecond, that keep their offsets. The zero time is missing.
func Times(name string, values ...time.Time) *Column {
	s := make([]Stamp, len(values))
	for i, v := range values {
		s[i] = Stamp{T: v, HasOffset: true}
	}
	return Stamps(name, s...)
}

// Stamps makes a column of times with offset and precision. A stamp whose time is zero is missing.
func Stamps(name string, values ...Stamp) *Column {
	c := &Column{name: name, kind: Time, n: len(values), ints: make([]int64, len(values)),
		offsets: make([]int16, len(values)), precisions: make([]Precision, len(values))}
	for i, v := range values {
		c.offsets[i], c.precisions[i] = noOffset, v.Precision
		if v.T.IsZero() {
			c.miss(i)
			continue
		}
		c.ints[i] = v.T.UnixNano()
		if v.HasOffset {
			_, sec := v.T.Zone()
			c.offsets[i] = int16(sec / 60)
		}
	}
	return c
}

// Geometries makes a column of geometries in longitude and latitude, WGS 84. nil is missing.
func Geometries(name string, values ...orb.Geometry) *Column {
	c := &Column{name: name, kind: Geometry, n: len(values), geoms: append([]orb.Geometry(nil), values...)}
	for i, v := range values {
		if v == nil {
			c.miss(i)
		}
	}
	return c
}

func (c *Column) miss(i int) {
	if c.valid == nil {
		c.valid = fullBitmap(c.n)
	}
	c.valid.clear(i)
}

// WithMissing is the column with the given rows marked missing besides those that are missing already. Rows outside
// the column are ignored.
func (c *Column) WithMissing(rows ...int) *Column {
	out := *c
	out.valid = append(bitmap(nil), c.valid...)
	if c.valid == nil {
		out.valid = fullBitmap(c.n)
	}
	for _, r := range rows {
		if r >= 0 && r < c.n {
			out.valid.clear(r)
		}
	}
	return &out
}

// WithUnit is the column with another unit; values are not converted.
func (c *Column) WithUnit(unit string) *Column { out := *c; out.unit = unit; return &out }

// Named is the column under another name.
func (c *Column) Named(name string) *Column { out := *c; out.name = name; return &out }

// Name of the column.
func (c *Column) Name() string { return c.name }

// Unit of the values; empty if none was declared.
func (c *Column) Unit() string { return c.unit }

// Kind of the values.
func (c *Column) Kind() Kind { return c.kind }

// Len is the number of rows, missing ones included.
func (c *Column) Len() int { return c.n }

// Missing is the number of missing values.
func (c *Column) Missing() int { return c.n - c.valid.count(c.n) }

// Known says whether the value of a row is there; false outside the column.
func (c *Column) Known(row int) bool { return row >= 0 && row < c.n && c.valid.get(row) }

// Float is the number in a row of a Float or Int column; false if it is missing or the column holds something else.
func (c *Column) Float(row int) (float64, bool) {
	if !c.Known(row) {
		return 0, false
	}
	switch c.kind {
	case Float:
		return c.floats[row], true
	case Int:
		return float64(c.ints[row]), true
	}
	return 0, false
}

// Int is the whole number in a row of an Int column; false if it is missing or the column holds something else.
func (c *Column) Int(row int) (int64, bool) {
	if !c.Known(row) || c.kind != Int {
		return 0, false
	}
	return c.ints[row], true
}

// Bool is the truth value in a row; false, false if it is missing or the column holds something else.
func (c *Column) Bool(row int) (value, known bool) {
	if !c.Known(row) || c.kind != Bool {
		return false, false
	}
	return c.bools[row], true
}

// Text is the text in a row of a Text column; false if it is missing or the column holds something else.
func (c *Column) Text(row int) (string, bool) {
	if !c.Known(row) || c.kind != Text {
		return "", false
	}
	return c.dict.words[c.codes[row]], true
}

// Stamp is the time in a row with its offset and precision; false if it is missing or the column holds something else.
func (c *Column) Stamp(row int) (Stamp, bool) {
	if !c.Known(row) || c.kind != Time {
		return Stamp{}, false
	}
	off, prec := c.offsetAt(row), c.precisionAt(row)
	return makeStamp(c.ints[row], off, prec), true
}

func (c *Column) offsetAt(row int) int16 {
	if c.offsets == nil {
		return c.offset
	}
	return c.offsets[row]
}

func (c *Column) precisionAt(row int) Precision {
	if c.precisions == nil {
		return c.precision
	}
	return c.precisions[row]
}

// Geometry is the geometry in a row; false if it is missing or the column holds something else.
func (c *Column) Geometry(row int) (orb.Geometry, bool) {
	if !c.Known(row) || c.kind != Geometry {
		return nil, false
	}
	return c.geoms[row], true
}

// Value is the value in a row as float64, int64, bool, string, Stamp or orb.Geometry; nil if it is missing.
func (c *Column) Value(row int) any {
	if !c.Known(row) {
		return nil
	}
	switch c.kind {
	case Float:
		return c.floats[row]
	case Int:
		return c.ints[row]
	case Bool:
		return c.bools[row]
	case Text:
		return c.dict.words[c.codes[row]]
	case Time:
		return makeStamp(c.ints[row], c.offsetAt(row), c.precisionAt(row))
	case Geometry:
		return c.geoms[row]
	}
	return nil
}

// Format writes the value in a row without loss, as CSV holds it; empty if it is missing.
func (c *Column) Format(row int) string {
	if !c.Known(row) {
		return ""
	}
	switch c.kind {
	case Float:
		return strconv.FormatFloat(c.floats[row], 'g', -1, 64)
	case Int:
		return strconv.FormatInt(c.ints[row], 10)
	case Bool:
		return strconv.FormatBool(c.bools[row])
	case Text:
		return c.dict.words[c.codes[row]]
	case Time:
		return makeStamp(c.ints[row], c.offsetAt(row), c.precisionAt(row)).String()
	case Geometry:
		return wkt.MarshalString(c.geoms[row])
	}
	return ""
}

// String names the column: its name, unit, kind and number of values.
func (c *Column) String() string {
	unit := ""
	if c.unit != "" {
		unit = " [" + c.unit + "]"
	}
	return fmt.Sprintf("%s%s %s, %d values, %d missing", c.name, unit, c.kind, c.n, c.Missing())
}
