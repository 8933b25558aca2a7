package censored_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/censored"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleRate() {
	answer, err := censored.Rate(censored.Each(censored.About(5).Within(2), censored.AtLeast(3), censored.Exactly(4)), 0.95)
	fmt.Println(answer, err)
	// Output:
	// rate per unit of exposure
	// method                     likelihood of interval counts
	// null hypothesis            none: nothing was tested
	// looks                      10 in 3 units of exposure (at least 10 in all)
	// rate per unit of exposure  4.655
	// 95 % interval              2.25 to 8.458  (profile likelihood)
	// The rate is 4.655 (95 % interval 2.25 to 8.458); the counts alone allow 3.333 to ∞.
	// ! 1 of 3 counts have no upper end: the worst case is unbounded
	// ! 2 of 3 counts are not exact: the answer rests on the widths that were named
	// (design: level 0.95; 3 looks; source: interval-censored Poisson likelihood) <nil>
}

func ExampleCompare() {
	october := []censored.Look{{Count: censored.About(5).Within(1), Exposure: 1}, {Count: censored.Exactly(20), Exposure: 9}}
	september := []censored.Look{{Count: censored.Exactly(3), Exposure: 4}, {Count: censored.AtMost(2), Exposure: 6}}
	c, err := censored.Compare(rate.Design{Question: "Were there more trains in October?", Split: rate.SplitBeforeData}, october, september, "looks")
	fmt.Println(c, err)
	// Output:
	// Were there more trains in October?
	// method                  likelihood ratio of interval counts
	// null hypothesis         the rate ratio is 1
	// side                    two-sided
	// first                   24 in 10 looks (24 to 26 in all)
	// second                  3 in 10 looks (3 to 5 in all)
	// rate ratio              5.649
	// 95 % interval           2.183 to 20.94  (profile likelihood)
	// 2 log likelihood ratio  14.86 on 1 df
	// P                       1.16e-04
	// worst case, least       4.8, interval 1.795 to 16.11, P = 5.46e-04
	// worst case, most        8.667, interval 2.656 to 44.74, P = 1.52e-05
	// Rate ratio 5.649 (95 % interval 2.183 to 20.94); that the rate ratio is 1 is rejected at the 5 % level (two-sided, P = 1.16e-04).
	// (design: level 0.95; source: interval-censored Poisson likelihood) <nil>
}

func ExampleAbout() {
	fmt.Println(censored.About(5).Within(2))
	// Output:
	// about 5 (± 2)
}

func ExampleZeroTruncated() {
	result, err := censored.ZeroTruncated([]int{1, 3, 2, 1, 4, 2, 1}, 0.95)
	fmt.Println(result.Sentence(), err)
	// Output:
	// Rate per look 1.594 (95 % interval 0.7214 to 2.886). <nil>
}

func ExampleTurnbull() {
	law, err := censored.Turnbull([]censored.Span{{Low: 150, High: 250}, {Low: 200, High: 300}, {Low: 60, High: 110}})
	for _, m := range law.Masses {
		fmt.Printf("%.0f to %.0f m: %.3f\n", m.Low, m.High, m.Probability)
	}
	fmt.Println(err)
	// Output:
	// 60 to 110 m: 0.333
	// 200 to 250 m: 0.667
	// <nil>
}

func ExampleTotal() {
	fmt.Println(censored.Total(censored.Each(censored.Exactly(4), censored.AtMost(2), censored.Between(3, 6))))
	// Output:
	// 7 to 12
}

func ExampleAtLeast() {
	fmt.Println(censored.AtLeast(70), "/", censored.MoreThan(70), "/", censored.FewerThan(5))
	// Output:
	// at least 70 / more than 70 / fewer than 5
}

func ExampleLaw() {
	law, err := censored.Turnbull([]censored.Span{{Low: 150, High: 250}, {Low: 200, High: 300}, {Low: 60, High: 110}})
	fmt.Println(law, err)
	// Output:
	// Where the values lie
	// above  up to  probability  share above
	// 60       110        0.333        0.667
	// 200      250        0.667            0
	// Half of the values lie below a median between 200 and 250; where in a span its probability lies is not known.
	// ! fewer than 10 spans: the law behind them is hardly known
	// (design: nonparametric maximum likelihood; 3 spans; source: Turnbull 1976) <nil>
}
