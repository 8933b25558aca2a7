package smooth_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/smooth"
)

var lengths = []float64{60, 110, 95, 120, 140, 135, 180, 200, 190, 225, 210, 205, 198}

func ExampleDensity() {
	curve, err := smooth.Density(lengths, []float64{100, 150, 200}, 0)
	fmt.Printf("%.1f m: %.5f %v\n", curve.Bandwidth, curve.Y, err)
	// Output:
	// 17.7 m: [0.00457 0.00390 0.00963] <nil>
}

func ExampleNRD0() {
	width, err := smooth.NRD0(lengths)
	fmt.Printf("%.3f %v\n", width, err)
	// Output:
	// 28.013 <nil>
}

func ExampleNRD() {
	width, err := smooth.NRD(lengths)
	fmt.Printf("%.3f %v\n", width, err)
	// Output:
	// 32.993 <nil>
}

func ExampleSJ() {
	width, err := smooth.SJ(lengths)
	fmt.Printf("%.3f %v\n", width, err)
	// Output:
	// 17.731 <nil>
}

func ExampleLoess() {
	weeks := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}
	curve, err := smooth.Loess(weeks, lengths, 0.75, 2, []float64{3, 7, 11})
	fmt.Printf("%.1f %v\n", curve.Y, err)
	// Output:
	// [104.2 171.6 212.8] <nil>
}

func ExampleLowess() {
	weeks := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}
	curve, err := smooth.Lowess(weeks, lengths, 2.0/3, 3)
	fmt.Printf("%.1f %v\n", curve.Y[:3], err)
	// Output:
	// [68.6 85.4 102.4] <nil>
}

func ExampleGrid() {
	fmt.Println(smooth.Grid([]float64{0, 10}, 1, 5))
	// Output:
	// [-3 1 5 9 13]
}

func ExampleCurve() {
	curve, err := smooth.Density(lengths, []float64{50, 100, 150, 200, 250}, 0)
	fmt.Println(curve, err)
	// Output:
	// Gaussian kernel density
	// at       curve
	// 50    0.001552
	// 100   0.004574
	// 150   0.003896
	// 200   0.009631
	// 250  0.0009078
	// The curve is highest at 200, as far as it was asked for at 5 places; nothing was tested.
	// ! fewer than 20 values: bumps of the curve are single values, not groups
	// (design: bandwidth 17.73; 13 values; source: Silverman 1986; Sheather and Jones 1991) <nil>
}
