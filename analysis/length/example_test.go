package length_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/length"
)

func ExampleMannWhitney() {
	result, err := length.MannWhitney(later, trains, inference.TwoSided, 0.95)
	fmt.Println(result, err)
	// Output:
	// share of pairs in which the first is larger
	// method                                       Mann-Whitney, exact
	// null hypothesis                              both groups come from one distribution
	// side                                         two-sided
	// first                                        5 values
	// second                                       3 values
	// share of pairs in which the first is larger  0.6667
	// 95 % interval                                0.01335 to 1  (DeLong)
	// W                                            10
	// P                                            0.571
	// In 66.7 % of the pairs the value of the first group is the larger; a difference is not shown (P = 0.571, two-sided).
	// ! ties: P is exact for the mid-ranks; the normal approximation, which R uses then, gives 0.495
	// ! fewer than 10 values in all
	// (design: two-sided; source: R wilcox.test) <nil>
}

func ExampleKolmogorovSmirnov() {
	result, err := length.KolmogorovSmirnov(trains, later, inference.TwoSided)
	fmt.Println(result.Sentence(), err)
	// Output:
	// The cumulative shares differ by at most 0.667; a difference of the distributions is not shown (P = 0.107, two-sided). <nil>
}

func ExampleMannKendall() {
	trend, err := length.MannKendall(nil, []float64{60, 110, 95, 120, 140, 135, 180, 200, 190, 225, 210}, inference.TwoSided, 0.95)
	fmt.Println(trend.Result.Sentence(), err)
	// Output:
	// The median slope is 15 per unit of time (95 % interval 11.43 to 20); a trend is shown (P = 3.42e-04, two-sided). <nil>
}

func ExampleClassify() {
	ships := []length.Class{{Name: "coaster", Mean: 85, SD: 12, Share: 0.4}, {Name: "RO-RO of the Angara type", Mean: 123, SD: 3, Share: 0.2}, {Name: "handysize", Mean: 170, SD: 12, Share: 0.3}}
	answer, err := length.Classify(100, 8, ships, 20, 300)
	fmt.Println(answer, err)
	// Output:
	// Class by length
	// class                     likelihood per m  probability
	// coaster                             0.0161        0.914
	// RO-RO of the Angara type           0.00125       0.0354
	// handysize                         2.12e-07     9.02e-06
	// other                              0.00357       0.0507
	// A length of 100 ± 8 m fits coaster best (probability 0.914 with the shares given).
	// (design: coaster 85 ± 12 m with share 0.4, RO-RO of the Angara type 123 ± 3 m with share 0.2, handysize 170 ± 12 m with share 0.3; the rest other; one length; source: Bayes' rule) <nil>
}

func ExampleMannWhitneyNormal() {
	p, err := length.MannWhitneyNormal(trains, later, inference.TwoSided)
	fmt.Printf("%.4f %v\n", p, err)
	// Output:
	// 0.4945 <nil>
}
