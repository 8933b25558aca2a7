package regression_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/rate"
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
	// Poisson: trains ~ period + weekday + offset(log(looks))
	// term         coefficient  std. error       z       P   ratio     low   high
	// (Intercept)      -0.4268      0.2999   -1.42   0.155  0.6526  0.3626  1.175
	// periodafter       0.6583      0.3232    2.04  0.0417   1.932   1.025  3.639
	// weekdayTue       -0.1517      0.3086  -0.491   0.623  0.8593  0.4693  1.573
	// 16 rows, 13 residual degrees of freedom; deviance 7.073, dispersion 0.389, log likelihood -24.15, AIC 54.31; intervals of the ratios are 95 %.
	// (model standard errors; McCullagh and Nelder 1989) <nil>
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
	// Rate ratio of periodafter 1.959 (95 % interval 1.291 to 2.971); that the rate ratio of periodafter is 1 is rejected at the 5 % level (two-sided, P = 0.00382). <nil>
}

func ExampleNegativeBinomial() {
	data := regression.Columns{"trains": []int{0, 0, 7, 1, 0, 12, 0, 2, 0, 9, 0, 0, 4, 1, 15, 0, 0, 3, 0, 22}}
	fit, err := regression.NegativeBinomial("trains ~ 1", data)
	fmt.Println(fit.Sentence(), err)
	// Output:
	// 20 rows, 19 residual degrees of freedom; deviance 18.38, dispersion 0.6565, log likelihood -43.68, AIC 91.37, theta 0.2657 (std. error 0.1125); intervals of the ratios are 95 %. <nil>
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
	// 0.3220 0.2338 <nil>
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
	// Newey-West, lag 2: 0.1797 <nil>
}

func ExampleInterruptedSeries() {
	times := []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	trains := []int{2, 3, 2, 4, 3, 3, 7, 8, 7, 9, 8, 10}
	looks := []float64{3, 4, 3, 4, 3, 3, 4, 4, 3, 4, 3, 4}
	series, err := regression.InterruptedSeries(times, trains, looks, 6, 0, rate.SplitBeforeData)
	fmt.Println(series, err)
	// Output:
	// Interrupted time series at 6
	// term         coefficient  std. error       z      P   ratio     low   high
	// (Intercept)      -0.4028      0.4653  -0.866  0.387  0.6685  0.2685  1.664
	// t                0.09319      0.1468   0.635  0.525   1.098  0.8233  1.463
	// post              0.4613      0.6006   0.768  0.442   1.586  0.4888  5.147
	// since           -0.02177       0.168   -0.13  0.897  0.9785   0.704   1.36
	// Step in the rate at the date 1.586 (95 % interval 0.4888 to 5.147); that the rate makes no step at the date is not rejected at the 5 % level (two-sided, P = 0.442).
	// Factor on the trend after the date 0.9785 (95 % interval 0.704 to 1.36); that the trend goes on unchanged is not rejected at the 5 % level (two-sided, P = 0.897).
	// ! the counts vary less than independent events do (0.0389 times the model's variance): are they counts of separate events, and none made up or smoothed?
	// ! only 8 residual degrees of freedom: the normal approximation is rough
	// (model standard errors; McCullagh and Nelder 1989) <nil>
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
	// 0: 2 seen, 0.96 expected
	// 1: 2 seen, 2.70 expected
	// 2: 3 seen, 3.80 expected
	// 3: 3 seen, 3.56 expected
	// 4: 3 seen, 2.51 expected
	// 5: 2 seen, 1.41 expected
	// 6: 1 seen, 0.66 expected
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
	// 7 zeros were seen where the fit expects 1.624 (P = 2.21e-08). <nil>
	// Dispersion 3.182 (95 % interval 1.597 to 9.173); that the variance is what the family says is rejected at the 5 % level (one-sided, greater, P = 2.48e-04).
}

func ExampleFactor() {
	tension := regression.Factor([]string{"M", "L", "H", "L"}, "L", "M", "H")
	fmt.Println(tension.Levels[0], len(tension.Values))
	// Output:
	// L 4
}

func ExampleFit_DispersionCheck() {
	fit, err := regression.Poisson("trains ~ 1", regression.Columns{"trains": []int{0, 0, 9, 8, 0, 0, 7, 0, 11, 0, 1, 6}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit.DispersionCheck().Sentence())
	// Output:
	// Dispersion 5.325 (95 % interval 2.672 to 15.35); that the variance is what the family says is rejected at the 5 % level (one-sided, greater, P = 1.71e-08).
}
