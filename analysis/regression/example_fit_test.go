package regression_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/regression"
)

// trucks are counts at a crossing, over-dispersed, before and after a date.
var trucks = regression.Columns{
	"trucks": []int{2, 0, 5, 1, 0, 9, 3, 1, 4, 12, 0, 7, 15, 6, 2, 21, 9, 4, 11, 3},
	"week":   []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20},
}

func ExampleFit_Coefficient() {
	fit, err := regression.Poisson("trucks ~ week", trucks)
	week, missing := fit.Coefficient("week")
	_, wrong := fit.Coefficient("day")
	fmt.Printf("%.4f ± %.4f %v %v\n%v\n", week.Estimate, week.SE, err, missing, wrong)
	// Output:
	// 0.0747 ± 0.0171 <nil> <nil>
	// regression: coefficient "day": is not in the model, which has (Intercept), week
}

func ExampleFit_Ratio() {
	fit, err := regression.QuasiPoisson("trucks ~ week", trucks)
	week, missing := fit.Ratio("week")
	fmt.Println(week, err, missing)
	// Output:
	// rate ratio of week
	// method              quasi-Poisson regression, model standard errors
	// null hypothesis     the rate ratio of week is 1
	// side                two-sided
	// rows                115 in 20 rows
	// rate ratio of week  1.078
	// 95 % interval       0.9987 to 1.163  (Wald on the log scale)
	// t                   2.064
	// P                   0.0537
	// Rate ratio of week 1.078 (95 % interval 0.9987 to 1.163); that the rate ratio of week is 1 is not rejected at the 5 % level (two-sided, P = 0.0537).
	// (design: quasi-Poisson regression, log link; trucks ~ week, 20 rows; source: McCullagh and Nelder 1989) <nil> <nil>
}

func ExampleFit_At() {
	fit, err := regression.QuasiPoisson("trucks ~ week", trucks)
	wide, bad := fit.At(0.99)
	fmt.Printf("%.3f to %.3f at 95 %%, %.3f to %.3f at 99 %% %v %v\n", fit.Coefficients[1].Interval.Low, fit.Coefficients[1].Interval.High,
		wide.Coefficients[1].Interval.Low, wide.Coefficients[1].Interval.High, err, bad)
	// Output:
	// -0.001 to 0.151 at 95 %, -0.029 to 0.179 at 99 % <nil> <nil>
}

func ExampleFit_Converged() {
	fit, err := regression.Poisson("trucks ~ week", trucks)
	fmt.Printf("%.6f as R stops, %.6f in the end %v\n", fit.Coefficients[1].SE, fit.Converged().Coefficients[1].SE, err)
	// Output:
	// 0.017072 as R stops, 0.017072 in the end <nil>
}

func ExampleFit_Observed() {
	fit, err := regression.NegativeBinomial("trucks ~ week", trucks)
	joint, failed := fit.Observed()
	fmt.Printf("theta %.2f ± %.2f; week ± %.4f with theta held, ± %.4f jointly %v %v\n", fit.Theta, fit.ThetaSE, fit.Coefficients[1].SE, joint.Coefficients[1].SE, err, failed)
	// Output:
	// theta 1.54 ± 0.69; week ± 0.0364 with theta held, ± 0.0396 jointly <nil> <nil>
}

func ExampleFit_Results() {
	fit, err := regression.Poisson("trains ~ month + post", regression.Columns{
		"trains": []int{1, 0, 2, 1, 3, 4, 2, 6, 5, 4}, "month": []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "post": []float64{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}})
	for _, r := range fit.Results() {
		fmt.Printf("%s: %.3f [%.3f, %.3f], P = %s\n", r.Question, r.Estimate, r.Interval.Low, r.Interval.High, r.PText())
	}
	fmt.Println(err)
	// Output:
	// month: 1.155 [0.886, 1.506], P = 0.287
	// post: 1.459 [0.301, 7.078], P = 0.639
	// <nil>
}
