package table

import (
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// readLeaf reads one flat column of all row groups.
func readLeaf(pf *parquet.File, col *parquet.Column, index int) (*Column, error) {
	kind, add, err := leafReader(col.Type())
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
			b.stamp(int64(v.Int32())*86400e9, noOffset, Day)
			return nil
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
	if kind != parquet.Int32 && kind != parquet.Int64 || scale < 0 || scale >= len(pow10) {
		return 0, nil, fmt.Errorf("decimals with %d decimal places kept as %s are not read", scale, kind)
	}
	return Float, func(b *builder, v parquet.Value) error {
		n := int64(v.Int32())
		if kind == parquet.Int64 {
			n = v.Int64()
		}
		if n > 1e15 || n < -1e15 {
			return fmt.Errorf("the decimal %d / 10^%d has more digits than a floating-point number keeps", n, scale)
		}
		b.add(float64(n) / pow10[scale])
		return nil
	}, nil
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

func timestampReader(utc bool, unit int64) (Kind, func(*builder, parquet.Value) error, error) {
	if !utc {
		return 0, nil, errors.New("times without an offset are not read: there is no telling when they were")
	}
	return Time, func(b *builder, v parquet.Value) error {
		n := v.Int64()
		if n > math.MaxInt64/unit || n < math.MinInt64/unit {
			return errors.New(yearsBounds)
		}
		b.stamp(n*unit, 0, Nanosecond)
		return nil
	}, nil
}
