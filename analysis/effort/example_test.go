package effort_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleVary() {
	design := rate.Design{Question: "Did traffic grow after the summit?", Split: rate.SplitBeforeData}
	after, before := rate.Of(36).Named("after"), rate.Of(7).Named("before")
	after.Unit, before.Unit = "looks", "looks"
	table, err := effort.Vary(design, after, before, []float64{12, 25}, []float64{12, 25})
	fmt.Println(table, err)
	// Output:
	// Did traffic grow after the summit?
	// looks after  looks before  estimate    low   high         P
	// 12                     12     5.143  2.257  13.69  8.96e-06
	// 25                     12     2.469  1.083  6.573    0.0225
	// 12                     25     10.71  4.703  28.53  5.65e-12
	// 25                     25     5.143  2.257  13.69  8.96e-06
	// Over the exposures tried, the estimate runs from 2.469 to 10.71; the null value is rejected at the 5 % level in 4 of 4 cases.
	// (design: rate ratio, exact conditional, two-sided, level 0.95; source: R poisson.test) <nil>
}

func ExampleEmptyLooks() {
	design := rate.Design{Split: rate.SplitBeforeData}
	unseen, err := effort.EmptyLooks(design, rate.Of(36).In(30, "looks").Named("after"), rate.Of(7).In(31, "looks").Named("before"))
	fmt.Println(unseen, err)
	// Output:
	// How many unseen empty looks would erase the result?
	// published effort, after  30
	// empty looks needed       43
	// P as published           4.11e-06
	// P with them              0.0652
	// 43 unseen empty looks in after, beside the 30 published, would erase the result (P from 4.11e-06 to 0.0652).
	// (design: rate ratio, exact conditional, two-sided, level 0.95; source: R poisson.test) <nil>
}

func ExampleSensitivity_Contour() {
	after, before := rate.Of(36).In(30, "looks"), rate.Of(7).In(31, "looks")
	table, err := effort.Vary(rate.Design{}, after, before, []float64{10, 30, 90}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	grid := table.Contour()
	fmt.Printf("%v by %v: %.2f\n", grid.X, grid.Y, grid.Estimate[0])
	// Output:
	// [10 30 90] by [31]: [15.94 5.31 1.77]
}

func ExampleOccupancy() {
	result, err := effort.Occupancy(49, 109, 0.95)
	fmt.Println(result, err)
	// Output:
	// occupancy per look
	// method              share of looks, exact interval
	// null hypothesis     none: nothing was tested
	// present             49 in 109 looks
	// occupancy per look  0.4495
	// 95 % interval       0.3541 to 0.5478  (Clopper-Pearson)
	// Something was there at 45 % of the looks (95 % interval 35.4 to 54.8 %); this is presence per look, not a number of visits.
	// (design: level 0.95; source: Clopper and Pearson 1934) <nil>
}

func ExampleCompareOccupancy() {
	result, err := effort.CompareOccupancy(effort.Share{Present: 37, Looks: 49}, effort.Share{Present: 12, Looks: 49}, inference.TwoSided, 0.95)
	fmt.Println(result.Sentence(), err)
	// Output:
	// The odds of presence are 9.243 times those of the second (95 % interval 3.472 to 26.57); a difference is shown (P = 7.41e-07). <nil>
}

func ExampleLooksToSee() {
	looks, err := effort.LooksToSee(0.2, 0.95)
	fmt.Println(looks, err)
	// Output:
	// 14 <nil>
}
