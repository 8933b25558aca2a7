package inference_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/inference"
)

func ExampleResult_Sentence() {
	growth := inference.Result{Quantity: "rate ratio", Estimate: 1.67, Null: "the rates are equal", Tested: true, P: 0.0577, Alpha: 0.05,
		Interval: inference.Interval{Low: 0.983, High: 2.91, Level: 0.95}}
	fmt.Println(growth.Sentence())
	growth.Finding = "Traffic grew by two thirds, which chance alone would do once in 17 times."
	fmt.Println(growth.Sentence())
	// Output:
	// Rate ratio 1.67 (95 % interval 0.983 to 2.91); that the rates are equal is not rejected at the 5 % level (two-sided, P = 0.0577).
	// Traffic grew by two thirds, which chance alone would do once in 17 times.
}

func ExampleResult_Sheet() {
	growth := inference.Result{Question: "Did traffic grow?", Quantity: "rate ratio", Estimate: 1.67, N: 120, Warnings: []string{"the date was chosen late"},
		Interval: inference.Interval{Low: 0.983, High: 2.91, Level: 0.95, Method: "exact"}}
	page := growth.Sheet()
	page.Title = "The yard"
	page.Rows = append(page.Rows, []string{"clouded looks", "31"})
	fmt.Println(page.Text())
	// Output:
	// The yard
	// n              120
	// rate ratio     1.67
	// 95 % interval  0.983 to 2.91  (exact)
	// clouded looks  31
	// Rate ratio 1.67 (95 % interval 0.983 to 2.91).
	// ! the date was chosen late
}
