package changepoint_test

import (
	"context"
	"fmt"

	"github.com/sightline-osint/sightline/analysis/changepoint"
)

var weekly = changepoint.Series{Counts: []int{1, 0, 2, 1, 1, 0, 1, 2, 4, 3, 5, 4, 3, 6, 4, 5}, Labels: nil}

func ExampleOne() {
	change, err := changepoint.One(context.Background(), weekly, changepoint.Options{Seed: 2023})
	fmt.Println(change, err)
	// Output:
	// One change of rate
	// last of the first regime  count 8
	// its interval              count 6 to count 9
	// rate before               1
	// rate after                4.25
	// method                    one change of a Poisson rate, exact likelihood, simulated
	// null hypothesis           the rate did not change
	// side                      two-sided
	// after                     34 in 8 looks
	// before                    8 in 8 looks
	// rate ratio                4.25
	// 95 % interval             1.931 to 10.63  (Clopper-Pearson)
	// 2 log likelihood ratio    17.32
	// P                         5.00e-04
	// The rate changed after count 8 (95 % interval count 6 to count 9), from 1 to 4.25 (P = 5.00e-04).
	// ! the place of the change was found in the counts: the interval of the ratio does not allow for that (P does)
	// ! no simulation reached the observed statistic: P is an upper bound
	// (design: level 0.95, 1999 simulations; seed 2023; source: Worsley 1986) <nil>
}

func ExampleBayes() {
	posterior, err := changepoint.Bayes(weekly, changepoint.Prior{Shape: 1, Rate: 1}, 0.95)
	fmt.Println(posterior, err)
	// Output:
	// One change of rate, Bayes
	// last of the first regime  probability
	// count 7                         0.404
	// count 8                         0.388
	// count 6                         0.119
	// count 9                        0.0406
	// count 10                       0.0213
	// If the rate changed once, it most likely did after count 7 (probability 0.404; 95 % credible count 6 to count 10); the Bayes factor against no change is 121.8.
	// (design: level 0.95, uniform place, gamma(1, 1) rates; 16 counts; source: Raftery and Akman 1986) <nil>
}

func ExampleSeveral() {
	parts, err := changepoint.Several(context.Background(), weekly, 0)
	fmt.Println(parts, err)
	// Output:
	// Segments of one rate
	// from           to  events  exposure  rate
	// count 1   count 8       8         8     1
	// count 9  count 16      34         8  4.25
	// The rate changed once, after count 8 (penalty 5.545 a change).
	// (design: penalty 5.545 a change; 16 counts; source: optimal partition, functional pruning; Killick, Fearnhead and Eckley 2012; Maidstone et al. 2017) <nil>
}

func ExampleWatch() {
	chart, err := changepoint.Watch(weekly, 1, 3, 4)
	fmt.Println(chart.Sentence(), err)
	// Output:
	// The sum passes the limit of 4 at count 11; the change seems to begin with count 8. <nil>
}

func ExampleMean() {
	shift, err := changepoint.Mean([]float64{61, 58, 60, 110, 112, 109, 111}, 2)
	fmt.Println(shift.K, shift.Before, shift.After, err)
	// Output:
	// 3 59.66666666666667 110.5 <nil>
}
