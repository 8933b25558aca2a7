package changepoint_test

import (
	"context"
	"fmt"

	"github.com/sightline-osint/sightline/analysis/changepoint"
)

func ExamplePosterior_Sentence() {
	posterior, err := changepoint.Bayes(weekly, changepoint.Prior{Shape: 1, Rate: 1}, 0.9)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(posterior.Sentence())
	// Output:
	// If the rate changed once, it most likely did after count 7 (probability 0.404; 90 % credible count 6 to count 9); the Bayes factor against no change is 121.8.
}

func ExamplePartition_Sentence() {
	for _, penalty := range []float64{2, 8, 60} {
		parts, err := changepoint.Several(context.Background(), weekly, penalty)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(parts.Sentence())
	}
	// Output:
	// The rate changed once, after count 8 (penalty 2 a change).
	// The rate changed once, after count 8 (penalty 8 a change).
	// No change of the rate is worth its penalty of 60.
}

func ExampleShift_Sentence() {
	shift, err := changepoint.Mean([]float64{61, 58, 60, 64, 57, 66, 110, 92, 119, 101, 111, 97}, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(shift.Sentence())
	// Output:
	// If the mean shifted once, it did after value 6 (95 % interval 5 to 7), from 61 to 105; that it shifted was not tested.
}

func ExampleChart_Sentence() {
	for _, limit := range []float64{4, 40} {
		chart, err := changepoint.Watch(weekly, 1, 3, limit)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(chart.Sentence())
	}
	// Output:
	// The sum passes the limit of 4 at count 11; the change seems to begin with count 8.
	// The sum never passes the limit of 40.
}
