package table_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

func ExampleNew() {
	fmt.Println(table.New(table.Texts("place", "yard", "port"), table.Floats("length", "m", 225, 105.5), table.Ints("count", "train", 3, 0)))
	// Output:
	// place  length  count
	//             m  train
	// yard    225.0      3
	// port    105.5      0
	// 2 rows × 3 columns
}

func ExampleCSV_Read() {
	ships := "imo,length,seen\n0123456,120,2023-08-26\n9161003,long,3/4/2023\n"
	t, err := table.CSV{Source: "ships.csv", Schema: table.Schema{{Name: "length", Kind: table.Float, Unit: "m"}, {Name: "seen", Kind: table.Time}}}.
		Read(context.Background(), strings.NewReader(ships))
	fmt.Println(t)
	fmt.Println(err)
	// Output:
	// imo      length  seen
	//               m
	// 0123456     120  2023-08-26
	// 9161003       ·  ·
	// 2 rows × 3 columns, 2 missing values (·); from ships.csv
	// note: kinds found by reading, not declared: imo text
	// note: 2 cells could not be read and are missing
	// table: ships.csv: 2 cells could not be read
	// ships.csv:3: column "length": not a number ("long")
	// ships.csv:3: column "seen": an ambiguous date: day and month could be exchanged (write 2023-04-03) ("3/4/2023")
}

func ExampleCSV_Stream() {
	rows := 0
	err := table.CSV{}.Stream(context.Background(), strings.NewReader("a,b\n1,2\n3,4\n"), func(t *table.Table, _ *table.BadCells) error {
		rows += t.Len()
		return nil
	})
	fmt.Println(rows, err)
	// Output: 2 <nil>
}

func ExampleTable_Mutate() {
	t := trains().Mutate("long", func(r table.Row) any {
		if v, ok := r.Float("length"); ok {
			return v >= 200
		}
		return nil
	})
	fmt.Println(t.Select("length", "long").Head(4))
	// Output:
	// length  long
	//      m
	//    225  true
	//    110  false
	//    200  true
	//      ·  ·
	// 4 rows × 2 columns, 2 missing values (·); from trains.csv
}

func ExampleTable_WithMonth() {
	fmt.Println(trains().WithMonth("month", "seen").GroupBy("month").Aggregate(table.Sum("count").As("trains")))
	// Output:
	// month    trains
	// 2023-09       2
	// 2023-10       8
	// 2 rows × 2 columns; from trains.csv
}

func ExampleStack() {
	both := table.Stack(trains().Head(1), trains().Tail(1))
	fmt.Println(both.Trace(0), both.Trace(1))
	// Output: [trains.csv:2] [trains.csv:6]
}

func ExampleNot() {
	t := trains()
	fmt.Println(t.Where(table.Above("length", 100)).Len(), t.Where(table.Not(table.Above("length", 100))).Len(), t.Where(table.Missing("length")).Len())
	// Output: 3 1 1
}

func ExampleQuantile() {
	fmt.Println(trains().GroupBy().Aggregate(table.Quantile("length", 0.25), table.Median("length"), table.Max("length")))
	// Output:
	// length_q25  length_median  length_max
	//          m              m           m
	//     97.625            155         225
	// 1 row × 3 columns; from trains.csv
	// note: length_q25: 1 of 5 values of length are missing and left out
	// note: length_median: 1 of 5 values of length are missing and left out
	// note: length_max: 1 of 5 values of length are missing and left out
}

func ExampleTable_Gota() {
	df, err := trains().Select("place", "count").Gota()
	fmt.Println(df.Nrow(), df.Names(), err)
	back, err := table.FromGota(df, table.Schema{{Name: "count", Kind: table.Int, Unit: "train"}})
	fmt.Println(back.Schema(), err)
	// Output:
	// 5 [place count] <nil>
	// place text, count int [train] <nil>
}

func ExampleReadParquet() {
	dir, err := os.MkdirTemp("", "sightline")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "trains.parquet")
	if err := trains().SaveParquet(path); err != nil {
		fmt.Println(err)
		return
	}
	t, err := table.ReadParquet(path)
	fmt.Println(t.Schema(), t.Len(), err)
	// Output: place text, seen time, length float [m], count int 5 <nil>
}

func ExampleReadJSONLines() {
	var b strings.Builder
	if err := trains().Select("seen", "length").Tail(2).WriteJSONLines(&b); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(b.String())
	t, err := table.ReadJSONLines(strings.NewReader(b.String()), "trains.jsonl", table.Schema{{Name: "seen", Kind: table.Time}, {Name: "length", Kind: table.Float, Unit: "m"}})
	fmt.Println(t.Len(), err)
	// Output:
	// {"seen":"2023-10-12","length":null}
	// {"seen":"2023-10","length":60.5}
	// 2 <nil>
}
