package table_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/table"
)

// number is how many rows a condition chooses of the trains.
func number(c table.Cond) int { return trains().Where(c).Len() }

func ExampleIs() {
	fmt.Println(number(table.Is("place", "yard")), number(table.Is("seen", "2023-10")), number(table.Is("count", 1)))
	// Output: 4 3 3
}

func ExampleIsNot() {
	fmt.Println(number(table.IsNot("length", 225)), "of five: a length that is missing is neither 225 nor another one")
	// Output: 3 of five: a length that is missing is neither 225 nor another one
}

func ExampleIn() {
	fmt.Println(number(table.In("place", "yard", "station")), number(table.In("length", 110, 225)))
	// Output: 4 2
}

func ExampleBelow() {
	fmt.Println(number(table.Below("length", 200)), number(table.Below("seen", "2023-10")))
	// Output: 2 2
}

func ExampleAtMost() {
	fmt.Println(number(table.AtMost("length", 200)), number(table.AtMost("seen", "2023-10")))
	// Output: 3 5
}

func ExampleAbove() {
	fmt.Println(number(table.Above("length", 200)), number(table.Above("seen", "2023-09-24")))
	// Output: 1 3
}

func ExampleAtLeast() {
	fmt.Println(number(table.AtLeast("length", 200)), number(table.AtLeast("seen", "2023-09-24")))
	// Output: 2 5
}

func ExampleBetween() {
	fmt.Println(number(table.Between("length", 100, 200)), number(table.Between("seen", "2023-09-24", "2023-10-06")))
	// Output: 2 3
}

func ExampleAnd() {
	fmt.Println(number(table.And(table.Is("place", "yard"), table.AtLeast("count", 2))))
	// Output: 2
}

func ExampleOr() {
	fmt.Println(number(table.Or(table.Is("place", "port"), table.AtLeast("count", 2))))
	// Output: 3
}

func ExampleKnown() {
	fmt.Println(number(table.Known("length")), number(table.Missing("length")))
	// Output: 4 1
}

func ExampleMissing() {
	fmt.Println(trains().Where(table.Missing("length")).Select("place", "length"))
	// Output:
	// place  length
	//             m
	// port        ·
	// 1 row × 2 columns, 1 missing value (·); from trains.csv
}

func ExampleTable_Filter() {
	fmt.Println(trains().Filter(func(r table.Row) bool {
		length, known := r.Float("length")
		count, _ := r.Int("count")
		return known && length*float64(count) > 200
	}).Select("length", "count"))
	// Output:
	// length  count
	//      m
	//    225      1
	//    200      5
	// 2 rows × 2 columns; from trains.csv
}

func ExampleCount() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.Count("rows"), table.CountKnown("length"), table.CountWhere("long", table.Above("length", 150))))
	// Output:
	// place  rows  length_known  long
	// yard      4             4     2
	// port      1             0     0
	// 2 rows × 4 columns; from trains.csv
}

func ExampleCountKnown() {
	fmt.Println(trains().GroupBy().Aggregate(table.CountKnown("length")))
	// Output:
	// length_known
	//            4
	// 1 row × 1 column; from trains.csv
}

func ExampleCountWhere() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.CountWhere("several", table.Above("count", 1))))
	// Output:
	// place  several
	// yard         2
	// port         0
	// 2 rows × 2 columns; from trains.csv
}

func ExampleSum() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.Sum("count"), table.Distinct("seen")))
	// Output:
	// place  count_sum  seen_distinct
	// yard           9              3
	// port           1              1
	// 2 rows × 3 columns; from trains.csv
}

func ExampleDistinct() {
	fmt.Println(trains().GroupBy().Aggregate(table.Distinct("place"), table.Distinct("length")))
	// Output:
	// place_distinct  length_distinct
	//              2                4
	// 1 row × 2 columns; from trains.csv
}

func ExampleMean() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.Mean("length"), table.Median("length"), table.Min("length"), table.Max("length")))
	// Output:
	// place  length_mean  length_median  length_min  length_max
	//                  m              m           m           m
	// yard       148.875            155        60.5         225
	// port             ·              ·           ·           ·
	// 2 rows × 5 columns, 4 missing values (·); from trains.csv
	// note: length_mean: 1 of 5 values of length are missing and left out
	// note: length_median: 1 of 5 values of length are missing and left out
	// note: length_min: 1 of 5 values of length are missing and left out
	// note: length_max: 1 of 5 values of length are missing and left out
}

func ExampleMedian() {
	fmt.Println(trains().GroupBy().Aggregate(table.Median("length").As("middle")))
	// Output:
	// middle
	//      m
	//    155
	// 1 row × 1 column; from trains.csv
	// note: middle: 1 of 5 values of length are missing and left out
}

func ExampleMin() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.Min("seen"), table.First("count")))
	// Output:
	// place  seen_min    count_first
	// yard   2023-09-24            1
	// port   2023-10-12            1
	// 2 rows × 3 columns; from trains.csv
}

func ExampleMax() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.Max("seen")))
	// Output:
	// place  seen_max
	// yard   2023-10-06
	// port   2023-10-12
	// 2 rows × 2 columns; from trains.csv
}

func ExampleFirst() {
	fmt.Println(trains().SortBy("-length").GroupBy("place").Aggregate(table.First("seen").As("longest seen")))
	// Output:
	// place  longest seen
	// yard   2023-09-24
	// port   2023-10-12
	// 2 rows × 2 columns; from trains.csv
}

func ExampleGather() {
	fmt.Println(trains().GroupBy("seen").Aggregate(table.Gather("place", ", ")))
	// Output:
	// seen        place
	// 2023-09-24  yard
	// 2023-10-06  yard
	// 2023-10-12  port
	// 2023-10     yard
	// 4 rows × 2 columns; from trains.csv
}

func ExampleGrouped_Group() {
	byPlace := trains().GroupBy("place")
	fmt.Println(byPlace.Len(), byPlace.Err())
	fmt.Println(byPlace.Group(1).Select("place", "seen"))
	fmt.Println(trains().GroupBy("harbour").Err())
	// Output:
	// 2 <nil>
	// place  seen
	// port   2023-10-12
	// 1 row × 2 columns; from trains.csv
	// table: no column "harbour"; there are ["place" "seen" "length" "count"]
}

func ExampleTable_MutateFloat() {
	total := trains().MutateFloat("total", "m", func(r table.Row) (float64, bool) {
		length, known := r.Float("length")
		count, _ := r.Int("count")
		return length * float64(count), known
	})
	fmt.Println(total.Select("length", "count", "total"))
	// Output:
	// length  count  total
	//      m             m
	//  225.0      1    225
	//  110.0      1    110
	//  200.0      5   1000
	//      ·      1      ·
	//   60.5      2    121
	// 5 rows × 3 columns, 2 missing values (·); from trains.csv
}

func ExampleTable_WithDay() {
	t := trains().WithDay("day", "seen").WithMonth("month", "seen").WithYear("year", "seen")
	fmt.Println(t.Select("seen", "day", "month", "year"))
	// Output:
	// seen        day         month    year
	// 2023-09-24  2023-09-24  2023-09  2023
	// 2023-09-24  2023-09-24  2023-09  2023
	// 2023-10-06  2023-10-06  2023-10  2023
	// 2023-10-12  2023-10-12  2023-10  2023
	// 2023-10     ·           2023-10  2023
	// 5 rows × 4 columns, 1 missing value (·); from trains.csv
	// note: day: 1 of 5 values of seen are known less finely than the day and left missing
}

func ExampleTable_Select() {
	t := trains().Drop("count").Rename("length", "length_m").With(table.Bools("moving", false, false, true, true, false))
	fmt.Println(t.Take(2, 0).Select("moving", "length_m", "place"))
	fmt.Println(t.Select("speed").Err())
	// Output:
	// moving  length_m  place
	//                m
	// true         200  yard
	// false        225  yard
	// 2 rows × 3 columns; from trains.csv
	// table: no column "speed"; there are ["place" "seen" "length_m" "moving"]
}

func ExampleTable_Head() {
	t := trains()
	fmt.Println(t.Head(1).Len()+t.Tail(2).Len(), t.Len(), t.Width(), t.Has("speed"), t.Names())
	for _, c := range t.Columns() {
		fmt.Println(c)
	}
	// Output:
	// 3 5 4 false [place seen length count]
	// place text, 5 values, 0 missing
	// seen time, 5 values, 0 missing
	// length [m] float, 5 values, 1 missing
	// count int, 5 values, 0 missing
}

func ExampleTable_Rows() {
	for r := range trains().Head(2).Rows() {
		seen, _ := r.Stamp("seen")
		at, _ := r.Time("seen")
		count, _ := r.Int("count")
		fmt.Println(r.Index(), r.Text("place"), seen, at.Weekday(), count, r.Known("length"), r.Value("length"), r.Marks())
	}
	_, known := trains().Row(3).Float("length")
	fmt.Println(known)
	// Output:
	// 0 yard 2023-09-24 Sunday 1 true 225 [trains.csv:2]
	// 1 yard 2023-09-24 Sunday 1 true 110 [trains.csv:3]
	// false
}

func ExampleTable_Floats() {
	t := trains()
	lengths, err := t.Floats("length")
	fmt.Println(lengths, err)
	counts, err := t.Ints("count")
	fmt.Println(counts, err)
	places, err := t.Texts("place")
	fmt.Println(places, err)
	times, err := t.Times("seen")
	fmt.Println(len(times), err)
	_, err = t.Ints("length")
	fmt.Println(err)
	// Output:
	// [225 110 200 NaN 60.5] <nil>
	// [1 1 5 1 2] <nil>
	// [yard yard yard port yard] <nil>
	// 5 <nil>
	// table: column "length" holds float, not whole numbers
}

func ExampleTable_Column() {
	c, err := trains().Column("length")
	fmt.Println(c.Name(), c.Unit(), c.Kind(), c.Len(), c.Missing(), err)
	v, known := c.Float(3)
	fmt.Println(v, known, c.Known(0), c.Format(4), c.Value(3))
	fmt.Println(c.WithUnit("km").Named("length_km").WithMissing(0, 1))
	_, err = trains().Column("speed")
	fmt.Println(err)
	// Output:
	// length m float 5 1 <nil>
	// 0 false true 60.5 <nil>
	// length_km [km] float, 5 values, 3 missing
	// table: no column "speed"; there are ["place" "seen" "length" "count"]
}

func ExampleFloats() {
	fmt.Println(table.New(
		table.Floats("length", "m", 225, 110),
		table.Ints("trains", "", 1, 2),
		table.Bools("moving", true, false).WithMissing(1),
		table.Texts("place", "yard", "port"),
		table.Geometries("where", orb.Point{130.64, 42.42}, orb.Point{130.3, 42.23}),
	))
	// Output:
	// length  trains  moving  place  where
	//      m
	//    225       1  true    yard   POINT(130.64 42.42)
	//    110       2  ·       port   POINT(130.3 42.23)
	// 2 rows × 5 columns, 1 missing value (·)
}

func ExampleInts() {
	c := table.Ints("trains", "", 3, 1)
	n, known := c.Int(0)
	fmt.Println(c, n, known)
	// Output: trains int, 2 values, 0 missing 3 true
}

func ExampleBools() {
	c := table.Bools("moving", true, false).WithMissing(1)
	moving, known := c.Bool(1)
	fmt.Println(c, moving, known)
	// Output: moving bool, 2 values, 1 missing false false
}

func ExampleTexts() {
	c := table.Texts("place", "yard", "port", "yard")
	place, known := c.Text(2)
	fmt.Println(c, place, known)
	// Output: place text, 3 values, 0 missing yard true
}

func ExampleTimes() {
	image, _ := table.ParseStamp("2022-11-04T10:24+09:00")
	c := table.Times("taken", image.T)
	s, known := c.Stamp(0)
	fmt.Println(s, known)
	// Output: 2022-11-04T10:24:00+09:00 true
}

func ExampleStamps() {
	day, _ := table.ParseStamp("2023-09-24")
	month, _ := table.ParseStamp("2023-10")
	fmt.Println(table.New(table.Stamps("seen", day, month)))
	fmt.Println(day.End().Format("2006-01-02"), month.End().Format("2006-01-02"))
	// Output:
	// seen
	// 2023-09-24
	// 2023-10
	// 2 rows × 1 column
	// 2023-09-25 2023-11-01
}

func ExampleGeometries() {
	c := table.Geometries("where", orb.Point{130.64, 42.42}, nil)
	g, known := c.Geometry(0)
	fmt.Println(c, g, known, c.Format(0))
	// Output: where geometry, 2 values, 1 missing [130.64 42.42] true POINT(130.64 42.42)
}

func ExampleKindNamed() {
	k, known := table.KindNamed("time")
	fmt.Println(k, known, table.Day)
	// Output: time true day
}

func ExampleSchema_Field() {
	s := trains().Schema()
	f, known := s.Field("length")
	fmt.Println(s)
	fmt.Println(f.Unit, known)
	// Output:
	// place text, seen time, length float [m], count int
	// m true
}

func ExampleFailed() {
	t := table.Failed(errors.New("the image is cloudy")).Where(table.Is("place", "yard")).SortBy("seen")
	fmt.Println(t.Err())
	fmt.Println(t)
	// Output:
	// the image is cloudy
	// error: the image is cloudy
}

func ExampleTable_Warn() {
	t := trains().Warn("%d of the images are cloudy", 2).Head(1).Select("place")
	fmt.Println(t.Warnings())
	fmt.Println(t)
	// Output:
	// [2 of the images are cloudy]
	// place
	// yard
	// 1 row × 1 column; from trains.csv
	// note: 2 of the images are cloudy
}

func ExampleTable_From() {
	t := table.New(table.Texts("place", "yard", "port")).FromMarks([]table.Mark{{Source: "image.tif"}, {Source: "notes.csv", Line: 7}})
	fmt.Println(t.Sources(), t.Trace(1), t.From("copy.csv", 2).Trace(1))
	// Output: [image.tif notes.csv] [notes.csv:7] [copy.csv:3]
}

func ExampleReadCSV() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "trains.csv")
	os.WriteFile(path, []byte("place,length,imo\nyard,225,0123456\nport,about 110,9161003\n"), 0o644)
	t, err := table.ReadCSV(path, table.Field{Name: "length", Kind: table.Float, Unit: "m"})
	fmt.Println(t)
	var bad *table.BadCells
	fmt.Println(errors.As(err, &bad))
	fmt.Println(bad.Table())
	// Output:
	// place  length  imo
	//             m
	// yard      225  0123456
	// port        ·  9161003
	// 2 rows × 3 columns, 1 missing value (·); from trains.csv
	// note: kinds found by reading, not declared: place text, imo text
	// note: 1 cell could not be read and is missing
	// true
	// line  column  text       cause
	//    3  length  about 110  not a number
	// 1 row × 4 columns
}

func ExampleTable_WriteCSV() {
	if err := trains().Head(2).WriteCSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// place,seen,length,count
	// yard,2023-09-24,225,1
	// yard,2023-09-24,110,1
}

func ExampleTable_SaveParquet() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	fmt.Println(trains().SaveParquet(filepath.Join(dir, "trains.parquet")), trains().SaveCSV(filepath.Join(dir, "trains.csv")))
	back, err := table.ReadParquet(filepath.Join(dir, "trains.parquet"))
	fmt.Println(back.Schema(), err)
	var b strings.Builder
	fmt.Println(trains().WriteParquet(&b), b.Len() > 0)
	// Output:
	// <nil> <nil>
	// place text, seen time, length float [m], count int <nil>
	// <nil> true
}

func ExampleTable_HTML() {
	html := trains().HTML()
	fmt.Println(strings.Count(html, "<tr>"), strings.Contains(html, "<script"), strings.Contains(html, "<style"))
	// Output: 6 false false
}

func ExampleCSV_ReadFile() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "yard.csv")
	os.WriteFile(path, []byte("seen;length\n2023-09-24;225\n2023-09-28;n/a\n"), 0o644)
	t, err := table.CSV{Comma: ';', Missing: []string{"n/a"}}.ReadFile(context.Background(), path)
	fmt.Println(t, err)
	// Output:
	// seen        length
	// 2023-09-24     225
	// 2023-09-28       ·
	// 2 rows × 2 columns, 1 missing value (·); from yard.csv
	// note: kinds found by reading, not declared: seen time, length int <nil>
}

func ExampleFromGota() {
	df := dataframe.New(series.New([]string{"yard", "port"}, series.String, "place"), series.New([]int{3, 1}, series.Int, "trains"))
	t, err := table.FromGota(df, table.Schema{{Name: "trains", Kind: table.Int}})
	fmt.Println(t, err)
	_, err = table.FromGota(df, table.Schema{{Name: "place", Kind: table.Float}})
	fmt.Println(err)
	// Output:
	// place  trains
	// yard        3
	// port        1
	// 2 rows × 2 columns <nil>
	// table: data frame: 2 cells could not be read
	// data frame:1: column "place": not a number ("yard")
	// data frame:2: column "place": not a number ("port")
}
