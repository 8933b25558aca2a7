package regression_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/regression"
)

func ExampleFit_Sentence() {
	fit, err := regression.Poisson("trains ~ period + weekday + offset(log(looks))", looks())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit.Sentence())
	// Output:
	// 16 rows, 13 residual degrees of freedom; deviance 7.073, dispersion 0.389, log likelihood -24.15, AIC 54.31; intervals of the ratios are 95 %.
}
