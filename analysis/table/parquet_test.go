package table

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func foreignFile[T any](t *testing.T, rows ...T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.parquet")
	if err := parquet.WriteFile(path, rows); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestParquetOfOtherWriters(t *testing.T) {
	type row struct {
		Local int64    `parquet:"local,timestamp(microsecond:local)"`
		UTC   int64    `parquet:"utc,timestamp(millisecond)"`
		Price [9]byte  `parquet:"price,decimal(2:20)"`
		Day   int32    `parquet:"day,date"`
		Tags  []string `parquet:"tags"`
		Name  *string  `parquet:"name,dict,zstd"`
	}
	name := "é"
	path := foreignFile(t, row{Local: 1_667_525_040_000_001, UTC: 1_667_525_040_000, Price: [9]byte{7: 1, 8: 2}, Day: 19000, Name: &name},
		row{Price: [9]byte{255, 255, 255, 255, 255, 255, 255, 255, 133}, Tags: []string{"a", "b"}})
	if _, err := ReadParquet(path); err == nil || !strings.Contains(err.Error(), `column "tags" is nested`) {
		t.Errorf("%v", err)
	}
	tb, err := ReadParquet(path, "local", "utc", "price", "day", "name")
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{"local": "2022-11-04T01:24:00.000001", "utc": "2022-11-04T01:24:00Z", "price": "2.58", "day": "2022-01-08", "name": "é"} {
		if got := tb.Row(0).Text(column); got != want {
			t.Errorf("%s is %s, want %s", column, got, want)
		}
	}
	if tb.Row(1).Text("price") != "-1.23" || tb.Row(1).Known("name") || len(tb.Warnings()) != 1 || !strings.Contains(tb.Warnings()[0], `without an offset are kept as text, because there is no telling when they were: "local"`) {
		t.Errorf("%s\n%q", tb, tb.Warnings())
	}
	if _, err := ReadParquet(path, "nme"); err == nil || !strings.Contains(err.Error(), `no column "nme"`) {
		t.Errorf("%v", err)
	}
}

func TestParquetValuesThatWouldBeLostAreErrors(t *testing.T) {
	for path, want := range map[string]string{
		foreignFile(t, struct {
			D int32 `parquet:"d,date"`
		}{2932896}): yearsBounds, // 9999-12-31
		foreignFile(t, struct {
			T int64 `parquet:"t,timestamp(millisecond)"`
		}{253402300799000}): yearsBounds,
		foreignFile(t, struct {
			U uint64 `parquet:"u"`
		}{math.MaxUint64}): tooLarge,
		foreignFile(t, struct {
			P [16]byte `parquet:"p,decimal(2:38)"`
		}{[16]byte{1}}): "more digits",
		foreignFile(t, struct {
			P int64 `parquet:"p,decimal(2:18)"`
		}{123456789012345678}): "more digits",
	} {
		if _, err := ReadParquet(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "row 0") {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestOnlySomeColumnsOfAParquetFileOfOurs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.parquet")
	all := mixed()
	if err := all.SaveParquet(path); err != nil {
		t.Fatal(err)
	}
	for _, name := range all.Names() {
		got, err := ReadParquet(path, name)
		if err != nil {
			t.Fatal(err)
		}
		sameTable(t, got, all.Select(name).From("", 0))
	}
}
