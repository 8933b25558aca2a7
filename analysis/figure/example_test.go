package figure_test

import (
	"context"
	"fmt"
	"time"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/chart"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/figure"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/sighting"
)

var summit = time.Date(2023, 9, 13, 0, 0, 0, 0, time.UTC)

func border() *sighting.Dataset {
	d, err := sighting.Open("korea-russia-border")
	if err != nil {
		panic(err)
	}
	return d
}

func show(f *chart.Figure, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f)
}

func ExampleTimeline() {
	show(figure.Timeline(border().At("tumangang").Trains().Between("2023-09-20", "2023-10-10").By("VOA"), chart.Mark(summit, "summit")))
	// Output:
	// start       end         precision  lane  kind  label
	// 2023-09-24              day        VOA   seen  1 train, 225 m
	// 2023-09-24              day        VOA   seen  1 train, 110 m
	// 2023-09-24              day        VOA   seen  1 train, 60 m
	// 2023-10-06              day        VOA   seen  about 5 trains, about 200 m
	// 2023-09-24  2023-10-06  range      VOA   said  number of trains kept changing after 24 Sep, kinds more diverse
}

func ExampleLooks() {
	counts, err := border().At("tumangang").Between("2023-05-01", "2023-10-31").CountsPerLook("train")
	if err != nil {
		fmt.Println(err)
		return
	}
	show(figure.Looks(counts, summit, chart.Mark(summit, "summit")))
	// Output:
	// start       end  status  count  about  low     high   group                     label
	// 2023-05-22       usable  1             0.0253  5.57   before 13 September 2023  VOA
	// 2023-05-30       usable  4             1.09    10.24  before 13 September 2023  VOA
	// 2023-09-14       usable  0             0       3.69   from 13 September 2023    RFA / Chung Songhak
	// 2023-09-24       usable  3             0.62    8.77   from 13 September 2023    VOA
	// 2023-10-06       usable  5      about  1.62    11.67  from 13 September 2023    VOA
	// 5 looks: 5 with a count of trains (1 of them empty).
}

func ExampleEffort() {
	counts, err := border().At("rajin_port").Between("2023-08-01", "2023-12-31").CountsPerLook("ship")
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := figure.Effort(counts)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Notes()[0])
	// Output:
	// 106 days from 26 August 2023 to 9 December 2023: 9 with a usable look (1 of them empty), 0 with a look that gave no count, 97 of which nothing is known.
}

func ExampleLengths() {
	show(figure.Lengths(border().At("tumangang").Trains().Between("2023-09-20", "2023-10-10"), func(s *sighting.Sighting) string { return s.Time.String() }))
	// Output:
	// group       metres  low  high  about  label
	// 2023-09-24  225                       S1-02
	// 2023-09-24  110                       S1-03
	// 2023-09-24  60                        S1-04
	// 2023-10-06  200                about  S1-08
	// 2023-10-06  200                about  S1-08
	// 2023-10-06  200                about  S1-08
	// 2023-10-06  200                about  S1-08
	// 2023-10-06  200                about  S1-08
	// 8 lengths in bins of 20 m, the same for every group and centred on its multiples.
}

func ExampleSensitivity() {
	after, before := rate.Of(36).In(30, "looks").Named("April 2024"), rate.Of(7).In(31, "looks").Named("May 2023")
	guesses := []float64{5, 10, 20, 30}
	varied, err := effort.Vary(rate.Design{}, after, before, guesses, guesses)
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := figure.Sensitivity(varied)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Notes()[0])
	// Output:
	// Ratio after to before: 0.86 to 30.86 over 16 guesses at the effort; growth in 13, decline in 0, not shown in 3.
}

func ExampleResults() {
	var results []inference.Result
	for _, looks := range []float64{30, 15, 10} {
		design := rate.Design{Question: fmt.Sprintf("%.0f looks before", looks)}
		r, err := design.Compare(rate.Of(36).In(30, "looks"), rate.Of(7).In(looks, "looks"))
		if err != nil {
			fmt.Println(err)
			return
		}
		results = append(results, r)
	}
	show(figure.Results(results))
	// Output:
	// name             estimate  low   high   group
	// 30 looks before  5.14      2.26  13.69
	// 15 looks before  2.57      1.13  6.85
	// 10 looks before  1.71      0.75  4.56
}

func ExampleChange() {
	counts := []int{1, 0, 2, 1, 1, 4, 3, 5, 4, 3}
	var dates []time.Time
	for i := range counts {
		dates = append(dates, summit.AddDate(0, 0, 5*(i-4)))
	}
	found, err := changepoint.One(context.Background(), changepoint.Series{Counts: counts}, changepoint.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := figure.Change(found, dates)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Notes()[0])
	// Output:
	// Best date of 9: after 2023-09-13; 6 dates from 2023-08-29 to 2023-09-23 are less than 2.7 below it.
}
