package table_test

import (
	"fmt"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

func trains() *table.Table {
	day := func(s string) table.Stamp { t, _ := table.ParseStamp(s); return t }
	return table.New(
		table.Texts("place", "yard", "yard", "yard", "port", "yard"),
		table.Stamps("seen", day("2023-09-24"), day("2023-09-24"), day("2023-10-06"), day("2023-10-12"), day("2023-10")),
		table.Floats("length", "m", 225, 110, 200, 110, 60.5).WithMissing(3),
		table.Ints("count", "", 1, 1, 5, 1, 2),
	).From("trains.csv", 2)
}

func ExampleTable_GroupBy() {
	fmt.Println(trains().GroupBy("place").Aggregate(table.Count("rows"), table.Sum("count"), table.Mean("length")))
	// Output:
	// place  rows  count_sum  length_mean
	//                                   m
	// yard      4          9      148.875
	// port      1          1            ·
	// 2 rows × 4 columns, 1 missing value (·); from trains.csv
	// note: length_mean: 1 of 5 values of length are missing and left out
}

func ExampleTable_Where() {
	fmt.Println(trains().Where(table.Is("place", "yard"), table.AtLeast("length", 100)).Select("seen", "length"))
	// Output:
	// seen        length
	//                  m
	// 2023-09-24     225
	// 2023-09-24     110
	// 2023-10-06     200
	// 3 rows × 2 columns; from trains.csv
}

func ExampleTable_Trace() {
	total := trains().Where(table.Is("place", "yard")).GroupBy("place").Aggregate(table.Sum("count"))
	fmt.Println(total.Trace(0))
	// Output: [trains.csv:2 trains.csv:3 trains.csv:4 trains.csv:6]
}

func ExampleTable_SortBy() {
	fmt.Println(trains().SortBy("place", "-length").Select("place", "length"))
	// Output:
	// place  length
	//             m
	// port        ·
	// yard    225.0
	// yard    200.0
	// yard    110.0
	// yard     60.5
	// 5 rows × 2 columns, 1 missing value (·); from trains.csv
}

func ExampleTable_Join() {
	places := table.New(table.Texts("place", "yard", "station"), table.Texts("country", "KP", "RU")).From("places.csv", 2)
	fmt.Println(trains().Join(places, table.Left, "place").Select("place", "count", "country"))
	// Output:
	// place  count  country
	// yard       1  KP
	// yard       1  KP
	// yard       5  KP
	// port       1  ·
	// yard       2  KP
	// 5 rows × 3 columns, 1 missing value (·); from trains.csv, places.csv
}

func ExampleTable_Pivot() {
	months := trains().WithMonth("month", "seen")
	fmt.Println(months.Pivot([]string{"place"}, "month", table.Sum("count")))
	// Output:
	// place  2023-09  2023-10
	// yard         2        7
	// port         ·        1
	// 2 rows × 3 columns, 1 missing value (·); from trains.csv
}

func ExampleTable_Rolling() {
	looks := table.New(
		table.Times("at", at("2023-09-24T00:00Z"), at("2023-09-28T00:00Z"), at("2023-10-06T00:00Z")),
		table.Ints("trains", "", 3, 0, 5))
	fmt.Println(looks.Rolling("at", 7*24*time.Hour, table.Sum("trains").As("week")).Select("trains", "week"))
	// Output:
	// trains  week
	//      3     3
	//      0     3
	//      5     5
	// 3 rows × 2 columns
}

func at(s string) time.Time { t, _ := table.ParseStamp(s); return t.T }

func ExampleTable_WindowByExposure() {
	months := table.New(table.Ints("looks", "", 10, 15, 25, 4), table.Ints("trains", "", 2, 5, 9, 1))
	fmt.Println(months.WindowByExposure("window", "looks", 25))
	// Output:
	// looks  trains  window
	//    10       2       0
	//    15       5       0
	//    25       9       1
	//     4       1       ·
	// 4 rows × 3 columns, 1 missing value (·)
	// note: window: the last 1 rows reach an exposure of 4 of 25 and belong to no window
}

func ExampleTable_Describe() {
	fmt.Println(trains().Describe())
	// Output:
	// column  kind   unit  known  missing  distinct  least       q1          middle   q3          most        mean
	// place   text   ·         5        0         2  ·           ·           yard     ·           ·           ·
	// seen    time   ·         5        0         4  2023-09-24  2023-09-24  2023-10  2023-10-06  2023-10-12  ·
	// length  float  m         4        1         4  60.5        60.5        110      200         225         148.875
	// count   int    ·         5        0         3  1           1           1        2           5           2
	// 4 rows × 12 columns, 9 missing values (·)
}

func ExampleParseStamp() {
	for _, text := range []string{"2022-11-04T10:24+09:00", "2023-09", "2022-11-04T10:24", "2023-02-30", "3/4/2023"} {
		s, err := table.ParseStamp(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(s, s.Precision)
	}
	// Output:
	// 2022-11-04T10:24+09:00 minute
	// 2023-09 month
	// table: "2022-11-04T10:24": a time without an offset from UTC (write 2022-11-04T10:24+09:00 or …Z)
	// table: "2023-02-30": no such day in the calendar
	// table: "3/4/2023": an ambiguous date: day and month could be exchanged (write 2023-04-03)
}
