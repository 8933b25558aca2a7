package table

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// The benchmarks compare with gota on the same rows: go test -bench . ./analysis/table. Against pandas and polars, and with ten
// million rows, see bench/run.sh.

// benchRows is 100,000, or what SIGHTLINE_BENCH_ROWS says.
func benchRows() int {
	if n, err := strconv.Atoi(os.Getenv("SIGHTLINE_BENCH_ROWS")); err == nil && n > 0 {
		return n
	}
	return 100_000
}

func benchCSV() []byte {
	var b bytes.Buffer
	t := big(benchRows())
	at, _ := t.Column("at")
	ids := make([]int64, t.n)
	for i := range ids {
		ids[i] = int64(i * 7919 % len(ids))
	}
	if err := New(Ints("id", "", ids...), t.cols[0], at, t.cols[2]).WriteCSV(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func benchTable(b *testing.B, raw []byte) *Table {
	t, err := CSV{}.Read(context.Background(), bytes.NewReader(raw))
	if err != nil {
		b.Fatal(err)
	}
	return t
}

func benchFrame(raw []byte) dataframe.DataFrame {
	return dataframe.ReadCSV(bytes.NewReader(raw))
}

func lookup() (*Table, dataframe.DataFrame) {
	names, land := make([]string, 40), make([]string, 40)
	for i := range names {
		names[i], land[i] = fmt.Sprintf("p%d", i), strings.Repeat("C", 1+i%3)
	}
	return New(Texts("place", names...), Texts("land", land...)), dataframe.New(series.New(names, series.String, "place"), series.New(land, series.String, "land"))
}

func BenchmarkLoad(b *testing.B) {
	raw := benchCSV()
	b.Run("table", func(b *testing.B) {
		for b.Loop() {
			benchTable(b, raw)
		}
	})
	b.Run("gota", func(b *testing.B) {
		for b.Loop() {
			benchFrame(raw)
		}
	})
}

func BenchmarkFilter(b *testing.B) {
	raw := benchCSV()
	b.Run("table", func(b *testing.B) {
		t := benchTable(b, raw)
		for b.Loop() {
			t.Where(Above("count", 2))
		}
	})
	b.Run("gota", func(b *testing.B) {
		df := benchFrame(raw)
		for b.Loop() {
			df.Filter(dataframe.F{Colname: "count", Comparator: series.Greater, Comparando: 2})
		}
	})
}

func BenchmarkGroup(b *testing.B) {
	raw := benchCSV()
	b.Run("table", func(b *testing.B) {
		t := benchTable(b, raw)
		for b.Loop() {
			t.GroupBy("place", "count").Aggregate(Sum("id"))
		}
	})
	b.Run("gota", func(b *testing.B) {
		df := benchFrame(raw)
		for b.Loop() {
			df.GroupBy("place", "count").Aggregation([]dataframe.AggregationType{dataframe.Aggregation_SUM}, []string{"id"})
		}
	})
}

func BenchmarkJoin(b *testing.B) {
	raw := benchCSV()
	ours, theirs := lookup()
	b.Run("table", func(b *testing.B) {
		t := benchTable(b, raw)
		for b.Loop() {
			t.Join(ours, Inner, "place")
		}
	})
	b.Run("gota", func(b *testing.B) {
		df := benchFrame(raw)
		for b.Loop() {
			df.InnerJoin(theirs, "place")
		}
	})
}

func BenchmarkSort(b *testing.B) {
	raw := benchCSV()
	b.Run("table", func(b *testing.B) {
		t := benchTable(b, raw)
		for b.Loop() {
			t.SortBy("at", "count")
		}
	})
	b.Run("gota", func(b *testing.B) {
		df := benchFrame(raw)
		for b.Loop() {
			df.Arrange(dataframe.Sort("at"), dataframe.Sort("count"))
		}
	})
}
