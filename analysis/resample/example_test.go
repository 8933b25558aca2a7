package resample_test

import (
	"context"
	"fmt"

	"github.com/sightline-osint/sightline/analysis/resample"
)

func ExamplePermutation() {
	september := []float64{225, 110, 60}
	october := []float64{200, 200, 200, 200, 200}
	result, err := resample.Permutation(context.Background(), october, september, resample.Options{Question: "Were the trains longer in October?"})
	fmt.Println(result, err)
	// Output:
	// Were the trains longer in October?
	// method               exact permutation of two groups
	// null hypothesis      the group labels are arbitrary
	// side                 two-sided
	// first                5 values
	// second               3 values
	// difference of means  68.33
	// 95 % interval        -141.8 to 278.5  (Welch)
	// P                    0.107
	// The mean of the first group minus that of the second is 68.33; a difference is not shown (P = 0.107, two-sided).
	// ! fewer than 10 values: the answer hangs on single ones
	// (design: two-sided; 56 divisions, all tried; source: Pitman 1937) <nil>
}

func ExampleSignFlip() {
	result, err := resample.SignFlip(context.Background(), []float64{12, 5, 8, -1, 9, 4, 7}, resample.Options{})
	fmt.Println(result.Sentence(), err)
	// Output:
	// The mean difference is 6.286; a difference is shown (P = 0.0312, two-sided). <nil>
}

func ExamplePlacebo() {
	weekly := []int{1, 0, 2, 1, 1, 0, 1, 2, 4, 3, 5, 4, 3, 6, 4, 5}
	placebos, err := resample.Placebo(weekly, nil, 9, 3, nil, resample.Options{})
	fmt.Println(placebos, err)
	// Output:
	// rate ratio at the claimed date
	// second period begins at  rate ratio
	// count 8                       4.368
	// count 7                       4.091
	// count 9                       4.059  claimed
	// count 10                      3.137
	// count 6                       3.099
	// The claimed date ranks 3 of 11 admissible dates by the change of the rate (P = 0.273).
	// ! only 11 admissible dates: P cannot be below 0.0909
	// (design: two-sided; 11 admissible dates; source: Abadie, Diamond and Hainmueller 2010) <nil>
}

func ExampleBootstrap() {
	lengths := []float64{225, 110, 60, 200, 200, 180, 240, 150, 95, 210, 175}
	b, err := resample.Bootstrap(context.Background(), lengths, mean, resample.Options{Seed: 5})
	fmt.Printf("%.1f, BCa %.0f to %.0f, acceleration %.4f %v\n", b.Result.Estimate, b.BCa.Low, b.BCa.High, b.Acceleration, err)
	// Output:
	// 167.7, BCa 129 to 195, acceleration -0.0310 <nil>
}

func ExampleBlockBootstrap() {
	looks := []float64{0, 0, 3, 3, 3, 0, 1, 1, 0, 0, 2, 2, 2, 0, 0, 4, 4, 0, 0, 1}
	b, err := resample.BlockBootstrap(context.Background(), looks, 3, mean, resample.Options{Seed: 5})
	fmt.Println(b.Result.Method, err)
	// Output:
	// block bootstrap, blocks of 3, percentile interval <nil>
}
