package table

import (
	"errors"
	"fmt"
	"io"
	"math"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// readLeaf reads one flat column of all row groups.
func readLeaf(pf *parquet.File, col *parquet.Column, index int) (*Column, error) {
	kind, add, err := leafReader(col.Type())
	if err == nil && isHalf(pf, col) {
		err = errors.New("values of type FLOAT16 are not read")
	}
	if err != nil {
		return nil, err
	}
	b := newBuilder(col.Name(), "", kind)
	for _, rg := range pf.RowGroups() {
		if err := readPages(rg.ColumnChunks()[col.Index()], b, add); err != nil {
			return nil, err
		}
	}
	return b.column(), nil
}

// isHalf says whether a column holds floating-point numbers of 16 bits, which the decoder shows as two bytes.
func isHalf(pf *parquet.File, col *parquet.Column) bool {
	if col.Type().Kind() != parquet.FixedLenByteArray || col.Type().Length() != 2 {
		return false
	}
	for _, e := range pf.Metadata().Schema {
		if _, half := e.LogicalType.Value.(*format.Float16Type); half && e.Name == col.Name() {
			return true
		}
	}
	return false
}

func readPages(chunk parquet.ColumnChunk, b *builder, add func(*builder, parquet.Value) error) error {
	pages := chunk.Pages()
	defer pages.Close()
	buf := make([]parquet.Value, 4096)
	for {
		page, err := pages.ReadPage()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		vals := page.Values()
		for {
			n, err := vals.ReadValues(buf)
			for _, v := range buf[:n] {
				if v.IsNull() {
					b.missing()
					continue
				}
				if err := add(b, v); err != nil {
					parquet.Release(page)
					return fmt.Errorf("row %d: %w", b.c.n, err)
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				parquet.Release(page)
				return err
			}
		}
		parquet.Release(page)
	}
}

// leafReader says which kind a Parquet type becomes and how a value is added.
func leafReader(t parquet.Type) (Kind, func(*builder, parquet.Value) error, error) {
	whole := func(of func(parquet.Value) int64) func(*builder, parquet.Value) error {
		return func(b *builder, v parquet.Value) error { b.add(of(v)); return nil }
	}
	var logical any
	if lt := t.LogicalType(); lt != nil {
		logical = lt.Value
	}
	switch l := logical.(type) {
	case *format.DateType:
		return Time, func(b *builder, v parquet.Value) error {
			const most = int64(math.MaxInt64) / dayNanos
			if d := int64(v.Int32()); d >= -most && d <= most {
				b.stamp(d*dayNanos, noOffset, Day)
				return nil
			}
			return errors.New(yearsBounds)
		}, nil
	case *format.TimestampType:
		if t.Kind() == parquet.Int64 && l.Unit.Value != nil {
			return timestampReader(l.IsAdjustedToUTC, int64(l.Unit.Value.Duration()))
		}
	case *format.DecimalType:
		return decimalReader(t.Kind(), int(l.Scale))
	case *format.IntType:
		if !l.IsSigned {
			return unsignedReader(t.Kind())
		}
	case *format.NullType:
		return Text, func(*builder, parquet.Value) error { return errors.New("a value in a column of none") }, nil
	case *format.TimeType, *format.Float16Type, *format.UUIDType, *format.BsonType, *format.VariantType:
		return 0, nil, fmt.Errorf("values of type %s are not read", t)
	}
	switch t.Kind() {
	case parquet.Boolean:
		return Bool, func(b *builder, v parquet.Value) error { b.add(v.Boolean()); return nil }, nil
	case parquet.Int32:
		return Int, whole(func(v parquet.Value) int64 { return int64(v.Int32()) }), nil
	case parquet.Int64:
		return Int, whole(func(v parquet.Value) int64 { return v.Int64() }), nil
	case parquet.Float:
		return Float, func(b *builder, v parquet.Value) error { b.add(float64(v.Float())); return nil }, nil
	case parquet.Double:
		return Float, func(b *builder, v parquet.Value) error { b.add(v.Double()); return nil }, nil
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return Text, func(b *builder, v parquet.Value) error {
			b.c.codes = append(b.c.codes, b.in.codeOf(string(v.ByteArray())))
			b.mark(true)
			return nil
		}, nil
	}
	return 0, nil, fmt.Errorf("values of type %s are not read", t)
}

// decimalReader reads decimals of at most 15 digits, which floating-point numbers tell apart.
func decimalReader(kind parquet.Kind, scale int) (Kind, func(*builder, parquet.Value) error, error) {
	if kind != parquet.Int32 && kind != parquet.Int64 && kind != parquet.FixedLenByteArray && kind != parquet.ByteArray || scale < 0 || scale >= len(pow10) {
		return 0, nil, fmt.Errorf("decimals with %d decimal places kept as %s are not read", scale, kind)
	}
	return Float, func(b *builder, v parquet.Value) error {
		n, fits := int64(0), true
		switch kind {
		case parquet.Int32:
			n = int64(v.Int32())
		case parquet.Int64:
			n = v.Int64()
		default:
			n, fits = signed(v.ByteArray())
		}
		if !fits {
			return fmt.Errorf("a decimal of %d places has more digits than a floating-point number keeps", scale)
		}
		if n > 1e15 || n < -1e15 {
			return fmt.Errorf("the decimal %d / 10^%d has more digits than a floating-point number keeps", n, scale)
		}
		b.add(float64(n) / pow10[scale])
		return nil
	}, nil
}

// signed is a whole number in two's complement, highest byte first; false if it needs more than 64 bits.
func signed(b []byte) (int64, bool) {
	fill := byte(0)
	if len(b) > 0 && b[0] >= 0x80 {
		fill = 0xff
	}
	for len(b) > 8 {
		if b[0] != fill {
			return 0, false
		}
		b = b[1:]
	}
	if len(b) == 8 && b[0]&0x80 != fill&0x80 {
		return 0, false
	}
	n := int64(int8(fill))
	for _, x := range b {
		n = n<<8 | int64(x)
	}
	return n, true
}

func unsignedReader(kind parquet.Kind) (Kind, func(*builder, parquet.Value) error, error) {
	return Int, func(b *builder, v parquet.Value) error {
		if kind == parquet.Int32 {
			b.add(int64(v.Uint32()))
			return nil
		}
		if v.Uint64() > math.MaxInt64 {
			return errors.New(tooLarge)
		}
		b.add(int64(v.Uint64()))
		return nil
	}, nil
}

// checkTexts is an error if a column of texts holds something else.
func checkTexts(c *Column) error {
	if c.kind != Text {
		return nil
	}
	for _, w := range c.dict.words {
		if !utf8.ValidString(w) {
			return fmt.Errorf("column %q: %s (%q)", c.name, notUTF8, clip(w))
		}
	}
	return nil
}

// timestampReader reads instants as times. Local times of unknown offset are no instants: they are kept as text.
func timestampReader(utc bool, unit int64) (Kind, func(*builder, parquet.Value) error, error) {
	bounded := func(v parquet.Value) (int64, error) {
		n := v.Int64()
		if n > math.MaxInt64/unit || n < math.MinInt64/unit {
			return 0, errors.New(yearsBounds)
		}
		return n * unit, nil
	}
	if !utc {
		return Text, func(b *builder, v parquet.Value) error {
			ns, err := bounded(v)
			if err == nil {
				b.add(time.Unix(0, ns).UTC().Format(stampLayouts[Nanosecond]))
			}
			return err
		}, nil
	}
	return Time, func(b *builder, v parquet.Value) error {
		ns, err := bounded(v)
		if err == nil {
			b.stamp(ns, 0, Nanosecond)
		}
		return err
	}, nil
}

// local says whether a column holds local times of unknown offset.
func local(t parquet.Type) bool {
	if lt := t.LogicalType(); lt != nil {
		if l, ok := lt.Value.(*format.TimestampType); ok {
			return !l.IsAdjustedToUTC
		}
	}
	return false
}
