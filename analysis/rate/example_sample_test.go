package rate_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleSample_In() {
	byLooks := rate.Of(36).In(25, "looks")
	byDays := rate.Of(36).In(30, "days")
	fmt.Printf("%.2f a look, %.2f a day\n", byLooks.Rate(), byDays.Rate())
	// Output:
	// 1.44 a look, 1.20 a day
}

func ExampleSample_Named() {
	r, err := rate.Design{Split: rate.SplitBeforeData}.Compare(rate.Of(41).In(62, "looks").Named("after the summit"), rate.Of(23).In(58, "looks").Named("before it"))
	fmt.Println(r.Sentence(), err)
	// Output:
	// The rate in after the summit is 1.668 times that in before it (95 % interval 0.9774 to 2.911); a difference is not shown at the 5 % level (P = 0.0598). <nil>
}

func ExampleSample_Rate() {
	fmt.Println(rate.Each([]int{0, 2, 1, 1}).Rate())
	// Output:
	// 1
}
