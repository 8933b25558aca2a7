package regression_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/table"
)

func counted() *table.Table {
	return table.New(
		table.Ints("trains", "", 2, 1, 3, 5, 4, 6),
		table.Floats("looks", "looks", 3, 2, 3, 3, 2, 4),
		table.Texts("period", "a before", "a before", "a before", "after", "after", "after"),
		table.Bools("weekend", true, false, false, true, false, false),
	)
}

func TestAMissingCellOfATableIsRefusedByRow(t *testing.T) {
	data, err := regression.From(table.New(table.Ints("y", "", 1, 2, 3), table.Floats("x", "", 1, 2, 3).WithMissing(1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := regression.Poisson("y ~ x", data); err == nil || !strings.Contains(err.Error(), "row 2") {
		t.Error(err)
	}
}

func ExampleFrom() {
	data, err := regression.From(counted())
	if err != nil {
		fmt.Println(err)
		return
	}
	fit, err := regression.Poisson("trains ~ period + weekend + offset(log(looks))", data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit.Sentence())
	// Output:
	// 6 rows, 3 residual degrees of freedom; deviance 0.625, dispersion 0.2068, log likelihood -9.317, AIC 24.63; intervals of the ratios are 95 %.
}
