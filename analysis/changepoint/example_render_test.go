package changepoint_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/changepoint"
)

func ExampleShift_At() {
	lengths := []float64{61, 58, 60, 64, 57, 66, 110, 92, 119, 101, 111, 97}
	shift, err := changepoint.Mean(lengths, 2)
	wide, bad := shift.At(0.999)
	fmt.Println(shift, err)
	fmt.Println(wide.Sentence(), bad)
	// Output:
	// One shift of a mean
	// regime  values  mean  std. deviation
	// before       6    61           3.162
	// after        6   105           9.183
	// If the mean shifted once, it did after value 6 (95 % interval 5 to 7), from 61 to 105; that it shifted was not tested.
	// ! fewer than 20 values in a regime: the interval of the place is only a guide
	// (design: level 0.95; 12 values; source: least squares; interval by the limit law of Bai 1997) <nil>
	// If the mean shifted once, it did after value 6 (99.9 % interval 4 to 7), from 61 to 105; that it shifted was not tested. <nil>
}

func ExamplePosterior() {
	posterior, err := changepoint.Bayes(changepoint.Series{Counts: []int{1, 0, 2, 1, 0, 4, 3, 5, 2, 6}}, changepoint.Prior{Shape: 1, Rate: 1}, 0)
	fmt.Println(posterior.SimpleRender()["text/plain"], err)
	// Output:
	// One change of rate, Bayes
	// last of the first regime  probability
	// count 5                         0.711
	// count 2                        0.0748
	// count 4                        0.0695
	// count 6                        0.0569
	// count 3                        0.0337
	// If the rate changed once, it most likely did after count 5 (probability 0.711; 95 % credible count 2 to count 7); the Bayes factor against no change is 9.343.
	// (design: level 0.95, uniform place, gamma(1, 1) rates; 10 counts; source: Raftery and Akman 1986) <nil>
}

func ExampleChart() {
	chart, err := changepoint.Watch(changepoint.Series{Counts: []int{1, 0, 2, 1, 0, 4, 3, 5, 2, 6}}, 1, 3, 4)
	fmt.Println(chart.SimpleRender()["text/plain"], err)
	// Output:
	// CUSUM
	// count     events     sum
	// count 3        2  0.1795
	// count 4        1       0
	// count 5        0       0
	// count 6        4    2.18
	// count 7        3   3.359
	// count 8        5   6.539
	// count 9        2   6.718
	// count 10       6    10.9
	// The sum passes the limit of 4 at count 8; the change seems to begin with count 6.
	// (design: rate 1 against 3, limit 4, reference value 1.82 a unit of exposure; 10 counts; source: Lucas 1985) <nil>
}
