package rate_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleDesign_Compare() {
	design := rate.Design{Question: "Did traffic grow after the summit?", Split: rate.SplitBeforeData}
	after := rate.Of(41).In(62, "looks").Named("after")
	before := rate.Of(23).In(58, "looks").Named("before")
	result, err := design.Compare(after, before)
	fmt.Println(result, err)
	// Output:
	// Did traffic grow after the summit?
	// method           exact conditional comparison of two rates
	// null hypothesis  the rate ratio is 1
	// side             two-sided
	// after            41 in 62 looks
	// before           23 in 58 looks
	// rate ratio       1.668
	// 95 % interval    0.9774 to 2.911  (Clopper-Pearson)
	// P                0.0598
	// The rate in after is 1.668 times that in before (95 % interval 0.9774 to 2.911); a difference is not shown at the 5 % level (P = 0.0598).
	// (design: rate ratio, exact conditional, two-sided, level 0.95; source: R poisson.test) <nil>
}

func ExampleDesign_Compare_difference() {
	design := rate.Design{Measure: rate.Difference, Method: rate.Score, Split: rate.SplitBeforeData}
	result, err := design.Compare(rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks"))
	fmt.Println(result.Sentence(), err)
	// Output:
	// The rate in first minus that in second is 0.2647 (95 % interval 0.003394 to 0.5371); a difference is shown at the 5 % level (P = 0.0472). <nil>
}

func ExampleDesign_Rate() {
	nothing := rate.Of(0).In(12, "looks")
	result, err := rate.Design{Question: "How often could it have happened unseen?"}.Rate(nothing)
	fmt.Println(result, err)
	// Output:
	// How often could it have happened unseen?
	// method           exact (Garwood) interval of a rate
	// null hypothesis  none: nothing was tested
	// sample           0 in 12 looks
	// rate per look    0
	// 95 % interval    0 to 0.3074  (Garwood)
	// Nothing was seen; the rate per look may still be up to 0.3074 (95 % interval 0 to 0.3074).
	// ! fewer than 5 events: the interval is wide because little was seen
	// (design: exact conditional, two-sided, level 0.95; source: Garwood 1936) <nil>
}

func ExampleDesign_Equivalence() {
	design := rate.Design{Margin: rate.Within(0.8, 1.25), Split: rate.SplitBeforeData}
	result, err := design.Equivalence(rate.Of(405).In(400, "looks"), rate.Of(398).In(400, "looks"))
	fmt.Println(result.Sentence(), err)
	// Output:
	// The rate ratio is 1.018 (90 % interval 0.9038 to 1.146); that it is between 0.8 and 1.25 is shown (P = 0.00201). <nil>
}

func ExampleDispersion() {
	result, err := rate.Dispersion([]int{0, 0, 9, 8, 0, 0, 7, 0, 11, 0})
	fmt.Println(result.Sentence(), err)
	// Output:
	// The counts vary 6.11 times as much as independent events would (P = 1.22e-08). <nil>
}

func ExampleEach() {
	sample := rate.Each([]int{0, 3, 1, 0, 2})
	fmt.Println(sample.Count, sample.Exposure, sample.Unit)
	// Output:
	// 6 5 looks
}

func ExampleOf() {
	fmt.Println(rate.Of(36).In(30, "looks").Named("after").Rate())
	// Output:
	// 1.2
}

func ExampleWithin() {
	design := rate.Design{Margin: rate.Within(0.8, 1.25), Split: rate.SplitBeforeData}
	few, err := design.Equivalence(rate.Of(12).In(20, "looks"), rate.Of(12).In(20, "looks"))
	fmt.Println(few.Sentence(), err)
	// Output:
	// The rate ratio is 1 (90 % interval 0.4693 to 2.131); that it is between 0.8 and 1.25 is not shown (P = 0.364). <nil>
}

func ExampleAtLeast() {
	design := rate.Design{Margin: rate.AtLeast(0.5), Split: rate.SplitBeforeData}
	result, err := design.Equivalence(rate.Of(38).In(40, "looks"), rate.Of(41).In(40, "looks"))
	fmt.Println(result.Sentence(), err)
	// Output:
	// The rate ratio is 0.9268 (95 % interval 0.6234 to ∞); that it is above 0.5 is shown (P = 0.00459). <nil>
}

func ExampleAtMost() {
	design := rate.Design{Margin: rate.AtMost(2), Split: rate.SplitBeforeData}
	result, err := design.Equivalence(rate.Of(38).In(40, "looks"), rate.Of(41).In(40, "looks"))
	fmt.Println(result.Sentence(), err)
	// Output:
	// The rate ratio is 0.9268 (95 % interval 0 to 1.376); that it is below 2 is shown (P = 5.06e-04). <nil>
}

func ExampleDesign_SimpleRender() {
	design := rate.Design{Question: "Did traffic grow after the summit?", Split: rate.SplitBeforeData, Margin: rate.Within(0.8, 1.25)}
	fmt.Println(design.SimpleRender()["text/plain"])
	fmt.Println(rate.Design{Measure: rate.Difference, Method: rate.Score, Side: rate.Greater, Level: 2})
	// Output:
	// Did traffic grow after the summit?
	// measure     rate ratio
	// method      exact conditional
	// side        two-sided
	// null value  1
	// level       95 %
	// margin      0.8 to 1.25
	// split       fixed before the counts were seen
	// design
	// measure     rate difference
	// method      score
	// side        one-sided, greater
	// null value  0
	// level       2
	// margin      none
	// split       not stated
	// ! rate: level 2: must lie between 0 and 1
}
