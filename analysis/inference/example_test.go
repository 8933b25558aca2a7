package inference_test

import (
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/inference"
)

func ExampleResult() {
	result := inference.Result{
		Question: "Did traffic grow?", Method: "my own test", Null: "the rate ratio is 1", Quantity: "rate ratio", Estimate: 1.668,
		Interval: inference.Interval{Low: 0.977, High: 2.911, Level: 0.95, Method: "my own"}, P: 0.0598, LogP: math.Log(0.0598), Tested: true, Alpha: 0.05,
		Exposure: []inference.Exposure{{Name: "after", Amount: 62, Unit: "looks", Count: 41}, {Name: "before", Amount: 58, Unit: "looks", Count: 23}},
		Warnings: []string{"made by hand"},
	}
	fmt.Println(result.SimpleRender()["text/plain"])
	fmt.Println(result.Rejected())
	// Output:
	// Did traffic grow?
	// method           my own test
	// null hypothesis  the rate ratio is 1
	// side             two-sided
	// after            41 in 62 looks
	// before           23 in 58 looks
	// rate ratio       1.668
	// 95 % interval    0.977 to 2.911  (my own)
	// P                0.0598
	// Rate ratio 1.668 (95 % interval 0.977 to 2.911); that the rate ratio is 1 is not rejected at the 5 % level (two-sided, P = 0.0598).
	// ! made by hand
	// false
}

func ExampleResult_PText() {
	deep := inference.Result{P: 0, LogP: -2059.3, Tested: true}
	fmt.Println(deep.PText())
	// Output:
	// 10^-894.3
}

func ExampleInterval() {
	i := inference.Interval{Low: 0.977, High: 2.911, Level: 0.95}
	fmt.Printf("%v %.3f %v %v\n", i.Contains(1), i.Width(), i.Known(), inference.Interval{Low: math.NaN()}.Known())
	// Output:
	// true 1.934 true false
}

func ExampleResult_Rejected() {
	fmt.Println(inference.Result{Tested: true, P: 0.03, Alpha: 0.05}.Rejected(), inference.Result{P: math.NaN(), Alpha: 0.05}.Rejected())
	// Output:
	// true false
}

func ExampleInterval_Contains() {
	fmt.Println(inference.Interval{Low: 0.98, High: 2.91}.Contains(1))
	// Output:
	// true
}

func ExampleInterval_Width() {
	fmt.Println(inference.Interval{Low: 2, High: math.Inf(1)}.Width())
	// Output:
	// +Inf
}

func ExampleInterval_Known() {
	fmt.Println(inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the rows were ranked"}.Known())
	// Output:
	// false
}

func ExampleSide_Check() {
	fmt.Println(inference.Less.Check("report"), inference.Side(7).Check("report"))
	// Output:
	// <nil> report: side 7: must be TwoSided, Greater or Less
}
