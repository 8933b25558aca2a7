package regression_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/regression"
)

func looks() regression.Columns {
	return regression.Columns{
		"trains": []int{2, 0, 1, 3, 1, 0, 4, 3, 5, 2, 6, 3, 4, 2, 5, 4},
		"looks":  []float64{3, 2, 3, 4, 2, 2, 4, 3, 4, 2, 5, 3, 3, 2, 4, 3},
		"period": regression.Factor([]string{"before", "before", "before", "before", "before", "before", "before", "before",
			"after", "after", "after", "after", "after", "after", "after", "after"}, "before", "after"),
		"weekday": []string{"Fri", "Tue", "Fri", "Tue", "Fri", "Tue", "Fri", "Tue", "Fri", "Tue", "Fri", "Tue", "Fri", "Tue", "Fri", "Tue"},
	}
}

func ExamplePoisson() {
	fit, err := regression.Poisson("trains ~ period + weekday + offset(log(looks))", looks())
	fmt.Println(fit, err)
	// Output:
}

func ExampleQuasiPoisson() {
	fit, err := regression.QuasiPoisson("trains ~ period + offset(log(looks))", looks())
	if err != nil {
		fmt.Println(err)
		return
	}
	growth, err := fit.Ratio("periodafter")
	fmt.Println(growth.Sentence(), err)
	// Output:
}

func ExampleNegativeBinomial() {
	data := regression.Columns{"trains": []int{0, 0, 7, 1, 0, 12, 0, 2, 0, 9, 0, 0, 4, 1, 15, 0, 0, 3, 0, 22}}
	fit, err := regression.NegativeBinomial("trains ~ 1", data)
	fmt.Println(fit.Sentence(), err)
	// Output:
}

func ExampleFit_Robust() {
	fit, err := regression.Poisson("trains ~ period + offset(log(looks))", looks())
	if err != nil {
		fmt.Println(err)
		return
	}
	robust, err := fit.Robust(regression.HC3)
	fmt.Printf("%.4f %.4f %v\n", fit.Coefficients[1].SE, robust.Coefficients[1].SE, err)
	// Output:
}

func ExampleFit_NeweyWest() {
	fit, err := regression.Poisson("trains ~ period + offset(log(looks))", looks())
	if err != nil {
		fmt.Println(err)
		return
	}
	slow, err := fit.NeweyWest(2)
	fmt.Printf("%s: %.4f %v\n", slow.Errors, slow.Coefficients[1].SE, err)
	// Output:
}

func ExampleInterruptedSeries() {
	times := []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	trains := []int{2, 3, 2, 4, 3, 3, 7, 8, 7, 9, 8, 10}
	looks := []float64{3, 4, 3, 4, 3, 3, 4, 4, 3, 4, 3, 4}
	series, err := regression.InterruptedSeries(times, trains, looks, 6, 0)
	fmt.Println(series, err)
	// Output:
}

func ExampleFit_Rootogram() {
	fit, err := regression.Poisson("trains ~ 1", looks())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, bar := range fit.Rootogram() {
		fmt.Printf("%d: %.0f seen, %.2f expected\n", bar.Count, bar.Observed, bar.Expected)
	}
	// Output:
}

func ExampleFit_ZeroCheck() {
	fit, err := regression.Poisson("trains ~ 1", regression.Columns{"trains": []int{0, 0, 5, 0, 4, 0, 0, 6, 0, 5, 0, 4}})
	if err != nil {
		fmt.Println(err)
		return
	}
	zeros, err := fit.ZeroCheck()
	fmt.Println(zeros.Sentence(), err)
	fmt.Println(fit.DispersionCheck().Sentence())
	// Output:
}

func ExampleFactor() {
	tension := regression.Factor([]string{"M", "L", "H", "L"}, "L", "M", "H")
	fmt.Println(tension.Levels[0], len(tension.Values))
	// Output:
}
