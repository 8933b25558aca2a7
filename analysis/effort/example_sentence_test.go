package effort_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleSensitivity_Sentence() {
	design := rate.Design{Split: rate.SplitBeforeData}
	table, err := effort.Vary(design, rate.Of(36).Named("after"), rate.Of(7).Named("before"), []float64{12, 25, 50}, []float64{12, 25, 50})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(table.Sentence())
	// Output:
	// Over the exposures tried, the estimate runs from 1.234 to 21.43; the null value is rejected at the 5 % level in 8 of 9 cases.
}
