package table

import (
	"errors"
	"fmt"
	"io"
	"math"

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
	switch t.Kind() {
	case parquet.Boolean:
		return Bool, func(b *builder, v parquet.Value) error { b.add(v.Boolean()); return nil }, nil
	case parquet.Int32:
		if _, date := logical.(*format.DateType); date {
			return Time, func(b *builder, v parquet.Value) error {
				b.stamp(int64(v.Int32())*86400e9, noOffset, Day)
				return nil
			}, nil
		}
		return Int, whole(func(v parquet.Value) int64 { return int64(v.Int32()) }), nil
	case parquet.Int64:
		if ts, ok := logical.(*format.TimestampType); ok && ts.Unit.Value != nil {
			return timestampReader(ts.IsAdjustedToUTC, int64(ts.Unit.Value.Duration()))
		}
		return Int, whole(func(v parquet.Value) int64 { return v.Int64() }), nil
	case parquet.Float:
		return Float, func(b *builder, v parquet.Value) error { b.add(float64(v.Float())); return nil }, nil
	case parquet.Double:
		return Float, func(b *builder, v parquet.Value) error { b.add(v.Double()); return nil }, nil
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return Text, func(b *builder, v parquet.Value) error {
			b.c.codes = append(b.c.codes, b.in.code(v.ByteArray()))
			b.mark(true)
			return nil
		}, nil
	}
	return 0, nil, fmt.Errorf("values of type %s are not read", t)
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
