package chart_test

import (
	"fmt"
	"math"
	"time"

	"github.com/sightline-osint/sightline/analysis/chart"
)

var korea = time.FixedZone("UTC+9", 9*60*60)

// date is a day of 2023 at the border, where clocks show UTC+9.
func date(month time.Month, day int) time.Time { return time.Date(2023, month, day, 0, 0, 0, 0, korea) }

// shown is the figure that the last example made; the gallery draws it.
var shown *chart.Figure

// show stands for the end of a notebook cell: it prints the text form of a figure.
func show(figure *chart.Figure, err error) {
	shown = figure
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(figure)
}

// What two reports say about the yard at Tumangang in autumn 2023: each date as exactly as it was given.
func ExampleTimeline() {
	events := []chart.Event{
		{Lane: "Tumangang 두만강역", Kind: "observation", Start: date(9, 24), Label: "trains of 225, 110 and 60 m"},
		{Lane: "Tumangang 두만강역", Kind: "observation", Start: date(9, 29), End: date(9, 30), Precision: "range", Label: "blue cargo"},
		{Lane: "Tumangang 두만강역", Kind: "observation", Start: date(10, 6), Label: "about 5 trains"},
		{Lane: "Rajin 라진항", Kind: "observation", Start: date(9, 21), End: date(10, 10), Precision: "fuzzy", Label: "ships"},
		{Lane: "Khasan Хасан", Kind: "claim", Start: date(10, 10), Label: "traffic up since summit"},
		{Lane: "Khasan Хасан", Kind: "claim", Precision: "unknown", Label: "first train of the year"},
	}
	show(chart.Timeline(events, chart.Mark(date(9, 13), "summit, 13 September"),
		chart.Title("What was seen, where, and how exactly it is dated"), chart.Note("Source: VOA on Planet Labs images, 10 October 2023.")))
	// Output:
	// What was seen, where, and how exactly it is dated
	// start       end         precision  lane                kind         label
	// 2023-09-24              day        Tumangang 두만강역  observation  trains of 225, 110 and 60 m
	// 2023-09-29  2023-09-30  range      Tumangang 두만강역  observation  blue cargo
	// 2023-10-06              day        Tumangang 두만강역  observation  about 5 trains
	// 2023-09-21  2023-10-10  fuzzy      Rajin 라진항        observation  ships
	// 2023-10-10              day        Khasan Хасан        claim        traffic up since summit
	//                         unknown    Khasan Хасан        claim        first train of the year
	// Source: VOA on Planet Labs images, 10 October 2023.
	// Not drawn, date not known (1): first train of the year.
}

// Counts of single looks, with looks that found nothing, looks into cloud, and a count that is only a lower bound. The
// numbers are made up.
func ExampleLooks() {
	looks := []chart.Look{
		{Start: date(8, 20), Count: 0, Group: "before"},
		{Start: date(8, 24), Count: 1, Group: "before"},
		{Start: date(8, 29), Status: "cloud"},
		{Start: date(9, 2), Count: 2, Group: "before"},
		{Start: date(9, 9), Count: 0, Group: "before"},
		{Start: date(9, 18), Count: 3, Group: "after"},
		{Start: date(9, 24), Count: 5, Group: "after"},
		{Start: date(9, 27), Status: "cloud"},
		{Start: date(9, 28), Status: "not_imaged"},
		{Start: date(10, 1), Count: 0, Group: "after"},
		{Start: date(10, 6), Count: 5, About: true, Low: 4, High: 6, Group: "after"},
		{Start: date(10, 12), Count: 4, Low: 4, High: math.Inf(1), Group: "after", Label: "stated as at least 4"},
	}
	// The exact interval of package rate would stand here; the square root shows the shape.
	interval := func(n float64) (low, high float64) { return math.Max(0, n-2*math.Sqrt(n)), n + 2*math.Sqrt(n+1) }
	show(chart.Looks(looks, chart.Unit("trains"), chart.Whiskers("approximate 95 % interval", interval),
		chart.Mark(date(9, 13), "summit"), chart.Title("Trains in the yard at each look (made-up numbers)")))
	// Output:
	// Trains in the yard at each look (made-up numbers)
	// start       end  status      count  about  low   high  group   label
	// 2023-08-20       usable      0             0     2     before
	// 2023-08-24       usable      1             0     3.83  before
	// 2023-08-29       cloud
	// 2023-09-02       usable      2             0     5.46  before
	// 2023-09-09       usable      0             0     2     before
	// 2023-09-18       usable      3             0     7     after
	// 2023-09-24       usable      5             0.53  9.9   after
	// 2023-09-27       cloud
	// 2023-09-28       not_imaged
	// 2023-10-01       usable      0             0     2     after
	// 2023-10-06       usable      5      about  4     6     after
	// 2023-10-12       usable      4             4     ∞     after   stated as at least 4
	// 12 looks: 9 with a count of trains (3 of them empty), 2 cloud, 1 no image.
}

// All lengths of trains that one report gives for two days, over shared bins.
func ExampleLengths() {
	lengths := []chart.Length{
		{Group: "24 September 2023", Metres: 225}, {Group: "24 September 2023", Metres: 110}, {Group: "24 September 2023", Metres: 60},
	}
	for range 5 {
		lengths = append(lengths, chart.Length{Group: "6 October 2023", Metres: 200, About: true})
	}
	show(chart.Lengths(lengths, chart.Title("Three trains against five: no change of length is shown"), chart.BinWidth(20)))
	// Output:
	// Three trains against five: no change of length is shown
	// group              metres  low  high  about  label
	// 24 September 2023  225
	// 24 September 2023  110
	// 24 September 2023  60
	// 6 October 2023     200                about
	// 6 October 2023     200                about
	// 6 October 2023     200                about
	// 6 October 2023     200                about
	// 6 October 2023     200                about
	// 8 lengths in bins of 20 m, the same for every group and centred on its multiples.
}

// A month and a half of looks, a square a day. The numbers are made up.
func ExampleEffort() {
	var looks []chart.Look
	for day := range 44 {
		look := chart.Look{Start: date(9, 1).AddDate(0, 0, day)}
		switch {
		case day%9 == 4:
			continue // nothing is known of this day
		case day%7 == 2:
			look.Status = "cloud"
		case day%11 == 6:
			look.Status = "not_imaged"
		case day%10 == 8:
			look.Status, look.Count = "partial", 2
		default:
			look.Count = float64(day * day % 5)
		}
		looks = append(looks, look)
	}
	figure, err := chart.Effort(looks, chart.Unit("trains"), chart.Mark(date(9, 13), "the summit"), chart.Title("When the yard was looked at (made-up numbers)"))
	if err != nil {
		fmt.Println(err)
		return
	}
	shown = figure
	for _, note := range figure.Notes() {
		fmt.Println(note)
	}
	// Output:
	// 44 days from 1 September 2023 to 14 October 2023: 29 with a usable look (7 of them empty), 10 with a look that gave no count, 5 of which nothing is known.
	// Framed: 13 September 2023, the summit.
}

// One ratio under four assumptions about effort: 36 trains in April 2024 against 7 in May 2023 (exact intervals).
func ExampleCoefficients() {
	rows := []chart.Coefficient{
		{Name: "calendar days, 30 v 31", Estimate: 5.314286, Low: 2.332454, High: 14.151112},
		{Name: "20 looks v 20", Estimate: 5.142857, Low: 2.257214, High: 13.694625},
		{Name: "25 looks v 12", Estimate: 2.468571, Low: 1.083463, High: 6.573420},
		{Name: "12 looks v 25", Estimate: 10.714286, Low: 4.702528, High: 28.530468},
	}
	show(chart.Coefficients(rows, chart.Ratio(), chart.XLabel("ratio of trains a look, logarithmic scale"), chart.Title("The ratio depends on effort that nobody published")))
	// Output:
	// The ratio depends on effort that nobody published
	// name                    estimate  low   high   group
	// calendar days, 30 v 31  5.31      2.33  14.15
	// 20 looks v 20           5.14      2.26  13.69
	// 25 looks v 12           2.47      1.08  6.57
	// 12 looks v 25           10.71     4.7   28.53
}

// The same ratio over a grid of guesses at both efforts.
func ExampleSensitivity() {
	var scenarios []chart.Scenario
	for before := 4.0; before <= 30; before += 2 {
		for after := 4.0; after <= 30; after += 2 {
			ratio := (36 / after) / (7 / before)
			scenarios = append(scenarios, chart.Scenario{Before: before, After: after, Ratio: ratio, Low: ratio * 0.4389, High: ratio * 2.6628})
		}
	}
	figure, err := chart.Sensitivity(scenarios, chart.XLabel("looks in May 2023"), chart.YLabel("looks in April 2024"),
		chart.Title("Growth, unless April 2024 was looked at much more often"))
	if err != nil {
		fmt.Println(err)
		return
	}
	shown = figure
	fmt.Println(figure.Notes()[0])
	// Output:
	// Ratio after to before: 0.69 to 38.57 over 196 guesses at the effort; growth in 164, decline in 0, not shown in 32.
}

// How well each date explains ten made-up counts as the date of one change of the rate.
func ExampleProfile() {
	counts := []float64{1, 0, 2, 1, 1, 4, 3, 5, 4, 3}
	part := func(counts []float64) (logLikelihood float64) { // of a Poisson rate, up to a constant
		sum := 0.0
		for _, c := range counts {
			sum += c
		}
		return sum * math.Log(sum/float64(len(counts)))
	}
	var points []chart.ProfilePoint
	for i := 1; i < len(counts); i++ {
		points = append(points, chart.ProfilePoint{At: date(8, 22).AddDate(0, 0, 5*(i-1)), LogLikelihood: part(counts[:i]) + part(counts[i:])})
	}
	show(chart.Profile(points, 1.92, chart.Mark(date(9, 13), "summit"), chart.Title("The best date of a change, and the dates as good")))
	// Output:
	// The best date of a change, and the dates as good
	// start       below maximum  within
	// 2023-08-22  −3.78
	// 2023-08-27  −1.77          yes
	// 2023-09-01  −2.29
	// 2023-09-06  −1.29          yes
	// 2023-09-11  0              yes
	// 2023-09-16  −1.89          yes
	// 2023-09-21  −2.26
	// 2023-09-26  −3.78
	// 2023-10-01  −4.28
	// Best date of 9: after 2023-09-11; 4 dates from 2023-08-27 to 2023-09-16 are less than 1.92 below it. The date of "summit" ranks 1 of 9.
}

// Places of the border with names in three scripts; positions rounded to a hundredth of a degree.
func ExamplePlaces() {
	places := []chart.Place{
		{Name: "Tumangang 두만강역", Lon: 130.61, Lat: 42.41, Radius: 1000, Kind: "rail"},
		{Name: "Khasan Хасан", Lon: 130.65, Lat: 42.43, Radius: 1000, Kind: "rail"},
		{Name: "Rajin port 羅津港", Lon: 130.29, Lat: 42.24, Radius: 1500, Kind: "port"},
	}
	line := chart.Line{Name: "connection, not the track", Dashed: true, Points: [][2]float64{{130.29, 42.24}, {130.61, 42.41}, {130.65, 42.43}}}
	show(chart.Places(places, chart.Course(line), chart.Title("Where the looks were taken")))
	// Output:
	// Where the looks were taken
	// name                lon       lat      radius  kind
	// Tumangang 두만강역  130.6100  42.4100  1000    rail
	// Khasan Хасан        130.6500  42.4300  1000    rail
	// Rajin port 羅津港   130.2900  42.2400  1500    port
	// Equirectangular, WGS 84; north is up. Circles show how far a place extends or may be off.
}
