package chart_test

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"time"

	"github.com/sightline-osint/sightline/analysis/chart"
)

// three are looks at one place, made up.
var three = []chart.Look{{Start: date(9, 20), Count: 3}, {Start: date(9, 27), Count: 0}, {Start: date(10, 4), Count: 5}}

func ExampleTitle() {
	show(chart.Looks(three, chart.Title("Three looks, eight trains")))
	// Output:
	// Three looks, eight trains
	// start       end  status  count  about  low  high  group  label
	// 2023-09-20       usable  3
	// 2023-09-27       usable  0
	// 2023-10-04       usable  5
	// 3 looks: 3 with a count (1 of them empty).
}

func ExampleSubtitle() {
	figure, err := chart.Looks(three, chart.Title("Three looks"), chart.Subtitle("Tumangang, counted twice by two readers"))
	_, withSubtitle := figure.Size()
	plain, _ := chart.Looks(three, chart.Title("Three looks"))
	_, without := plain.Size()
	fmt.Println(withSubtitle > without, err)
	// Output:
	// true <nil>
}

func ExampleNote() {
	figure, err := chart.Looks(three, chart.Note("Counted on Sentinel-2; nights are not covered."))
	fmt.Println(figure.Notes(), err)
	// Output:
	// [3 looks: 3 with a count (1 of them empty). Counted on Sentinel-2; nights are not covered.] <nil>
}

func ExampleMark() {
	figure, err := chart.Looks(three, chart.Mark(date(9, 13), "summit"), chart.Between(date(9, 15), date(10, 15)))
	fmt.Println(figure.Warnings, err)
	// Output:
	// [mark "summit" (2023-09-13) lies outside the range shown] <nil>
}

func ExampleBetween() {
	figure, err := chart.Looks(three, chart.Between(date(9, 15), date(9, 30)))
	fmt.Println(figure.Notes(), err)
	// Output:
	// [3 looks: 3 with a count (1 of them empty). 1 of 3 looks lie outside the range shown.] <nil>
}

func ExampleIn() {
	late := []chart.Event{{Lane: "Khasan", Start: time.Date(2023, 9, 12, 20, 30, 0, 0, time.UTC), Precision: "minute", Label: "train crosses"}}
	figure, err := chart.Timeline(late, chart.In(korea)) // the axis shows 13 September, as clocks at the border did
	fmt.Println(figure, err)
	// Output:
	// start                    end  precision  lane    kind  label
	// 2023-09-12 20:30 +00:00       minute     Khasan        train crosses <nil>
}

func ExampleSize() {
	figure, err := chart.Looks(three, chart.Size(300, 150))
	width, height := figure.Size()
	fmt.Println(width, height, err)
	// Output:
	// 300 150 <nil>
}

func ExampleXLabel() {
	ratio := []chart.Coefficient{{Name: "after v before", Estimate: 1.67, Low: 0.98, High: 2.91}}
	figure, err := chart.Coefficients(ratio, chart.Ratio(), chart.XLabel("ratio of trains a look"))
	fmt.Println(figure.Plot().X.Label.Text, err)
	// Output:
	// ratio of trains a look <nil>
}

func ExampleYLabel() {
	points := []chart.ProfilePoint{{At: date(9, 1), LogLikelihood: -3}, {At: date(9, 8), LogLikelihood: -1}}
	figure, err := chart.Profile(points, 1.92, chart.YLabel("log likelihood of a change"))
	fmt.Println(figure.Plot().Y.Label.Text, err)
	// Output:
	// log likelihood of a change <nil>
}

func ExampleInteractive() {
	figure, err := chart.Looks(three, chart.Interactive())
	_, hover := figure.SimpleRender()["application/vnd.vegalite.v5+json"]
	fmt.Println(hover, err)
	// Output:
	// true <nil>
}

func ExampleRatio() {
	show(chart.Coefficients([]chart.Coefficient{{Name: "trains", Estimate: 0.5, Low: 0.25, High: 1}, {Name: "cars", Estimate: 2, Low: 1, High: 4}}, chart.Ratio()))
	// Output:
	// name    estimate  low   high  group
	// trains  0.5       0.25  1
	// cars    2         1     4
}

func ExampleBinWidth() {
	lengths := []chart.Length{{Metres: 60}, {Metres: 110}, {Metres: 225}}
	show(chart.Lengths(lengths, chart.BinWidth(50)))
	// Output:
	// group  metres  low  high  about  label
	//        60
	//        110
	//        225
	// 3 lengths in bins of 50 m, the same for every group and centred on its multiples.
}

func ExampleUnit() {
	show(chart.Looks(three, chart.Unit("containers")))
	// Output:
	// start       end  status  count  about  low  high  group  label
	// 2023-09-20       usable  3
	// 2023-09-27       usable  0
	// 2023-10-04       usable  5
	// 3 looks: 3 with a count of containers (1 of them empty).
}

func ExampleWhiskers() {
	interval := func(n float64) (low, high float64) { return math.Max(0, n-2*math.Sqrt(n)), n + 2*math.Sqrt(n+1) }
	show(chart.Looks(three, chart.Whiskers("two root n", interval)))
	// Output:
	// start       end  status  count  about  low   high  group  label
	// 2023-09-20       usable  3             0     7
	// 2023-09-27       usable  0             0     2
	// 2023-10-04       usable  5             0.53  9.9
	// 3 looks: 3 with a count (1 of them empty).
}

func ExampleCourse() {
	railway := chart.Line{Name: "railway", Points: [][2]float64{{130.61, 42.41}, {130.65, 42.43}}}
	figure, err := chart.Places([]chart.Place{{Name: "Khasan", Lon: 130.65, Lat: 42.43}}, chart.Course(railway))
	fmt.Println(figure, err)
	// Output:
	// name    lon       lat      radius  kind
	// Khasan  130.6500  42.4300  0
	// Equirectangular, WGS 84; north is up. Circles show how far a place extends or may be off. <nil>
}

func ExampleFigure_Plot() {
	figure, err := chart.Looks(three)
	figure.Plot().Y.Label.Text = "trains, both tracks" // any gonum plotter can be added here
	fmt.Println(figure.Plot().Y.Label.Text, err)
	// Output:
	// trains, both tracks <nil>
}

func ExampleFigure_Notes() {
	figure, err := chart.Looks(append([]chart.Look{{Start: date(9, 18), Status: "cloud"}}, three...))
	fmt.Println(figure.Notes(), err)
	// Output:
	// [4 looks: 3 with a count (1 of them empty), 1 cloud.] <nil>
}

func ExampleFigure_Image() {
	figure, err := chart.Looks(three, chart.Size(300, 150))
	fmt.Println(figure.Image(144).Bounds().Dx(), err) // twice the resolution of a screen
	// Output:
	// 600 <nil>
}

func ExampleFigure_Encode() {
	figure, err := chart.Looks(three)
	picture, errEncode := figure.Encode("svg")
	fmt.Println(bytes.HasPrefix(picture, []byte("<?xml")), err, errEncode)
	// Output:
	// true <nil> <nil>
}

func ExampleFigure_Save() {
	figure, err := chart.Looks(three)
	fmt.Println(figure.Save("figure.bmp"), err)
	// Output:
	// chart: figure.bmp: a figure is written as .png, .svg, .pdf or .vl.json <nil>
}

func ExampleFigure_VegaLite() {
	figure, err := chart.Looks(three)
	spec := figure.VegaLite()
	fmt.Println(spec["$schema"], len(spec["data"].(map[string]any)["values"].([]any)), err)
	// Output:
	// https://vega.github.io/schema/vega-lite/v5.json 3 <nil>
}

func ExamplePalette() {
	first := chart.Palette()[0]
	fmt.Printf("#%02x%02x%02x\n", first.R, first.G, first.B)
	// Output:
	// #0072b2
}

func ExampleFigure_Size() {
	figure, err := chart.Looks(three, chart.Size(300, 0)) // the height follows from what is drawn
	width, _ := figure.Size()
	fmt.Println(width, err)
	// Output:
	// 300 <nil>
}

func ExampleFigure_Render() {
	figure, err := chart.Looks(three)
	_, hasPicture := figure.Render().Data["image/png"].([]byte)
	fmt.Println(hasPicture, err)
	// Output:
	// true <nil>
}

func ExampleNorth() {
	shapes := []chart.Shape{{Corners: [][2]float64{{4, 4}, {16, 4}, {16, 8}, {4, 8}}, Label: "train"}}
	figure, err := chart.Overlay(image.NewGray(image.Rect(0, 0, 40, 20)), 10, shapes, chart.North(30))
	fmt.Println(figure, err)
	// Output:
	// label  kind  column  row
	// train        10      6 <nil>
}
