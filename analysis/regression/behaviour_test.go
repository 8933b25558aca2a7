package regression_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/regression"
)

func TestBadModelsAreNamed(t *testing.T) {
	data := regression.Columns{"y": []int{1, 2, 0, 4, 3}, "x": []float64{1, 2, 3, 4, 5}, "twice": []float64{2, 4, 6, 8, 10},
		"gap": []float64{1, math.NaN(), 3, math.NaN(), 5}, "g": []string{"a", "b", "a", "b", "a"}, "short": []float64{1}, "neg": []int{1, -2, 0, 4, -3},
		"half": []float64{1, .5, 0, 2, 2}, "none": []int{0, 0, 0, 0, 0}}
	for formula, part := range map[string]string{
		"y x": "must read", "y ~ ": "must read", "y ~ z": "not in the data", "y ~ x + twice": "twice", "y ~ gap": "row 4",
		"y ~ short": "1 rows", "neg ~ x": "row 5", "half ~ x": "whole number", "none ~ x": "0 everywhere", "y ~ log(gap)": "row 2",
		"y ~ (x": "brackets", "y ~ exp(x)": "none of log", "y ~ x + offset(log(none))": "row 1", "g ~ x": "must be numbers", "y ~ x^2": "cannot read",
		"y ~ x*g + factor(twice)": "more than",
	} {
		_, err := regression.Poisson(formula, data)
		var bad *regression.InputError
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %v", formula, err)
		}
	}
}

func TestSeparationIsSaid(t *testing.T) {
	fit, err := regression.Poisson("y ~ g", regression.Columns{"y": []int{3, 4, 5, 0, 0, 0}, "g": []string{"a", "a", "a", "b", "b", "b"}})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(fit.Warnings, ";"), "separation") {
		t.Errorf("warnings %q, coefficients %v", fit.Warnings, fit.Coefficients)
	}
}

func TestOverDispersionIsSaidAndCured(t *testing.T) {
	fit, err := regression.Poisson("breaks ~ wool*tension", warpbreaks(t))
	mustFit(t, fit, err)
	if !strings.Contains(strings.Join(fit.Warnings, ";"), "over-dispersed") {
		t.Errorf("warnings %q", fit.Warnings)
	}
	robust, err := fit.Robust(regression.HC3)
	if mustFit(t, robust, err); strings.Contains(strings.Join(robust.Warnings, ";"), "over-dispersed") {
		t.Errorf("robust: %q", robust.Warnings)
	}
	nb, err := regression.NegativeBinomial("y ~ 1", regression.Columns{"y": []int{2, 2, 2, 2, 3, 2, 2}})
	if mustFit(t, nb, err); !strings.Contains(strings.Join(nb.Warnings, ";"), "not over-dispersed") {
		t.Errorf("under-dispersed: %q theta %v", nb.Warnings, nb.Theta)
	}
}

// A Poisson model with one factor is a table of means, so its coefficients are known in closed form.
func TestGroupMeansAreTheFit(t *testing.T) {
	if _, err := regression.Poisson("y ~ g + offset(log(e))", regression.Columns{"y": []int{41, 23}[:2:2], "g": []string{"b", "a"}, "e": []float64{62, 58}}); err == nil {
		t.Fatal("two rows for two coefficients were accepted")
	}
	fit, err := regression.Poisson("y ~ g + offset(log(e))", regression.Columns{"y": []int{40, 1, 20, 3}, "g": []string{"b", "b", "a", "a"}, "e": []float64{60, 2, 50, 8}})
	mustFit(t, fit, err)
	reference.Near(t, "ratio", math.Exp(fit.Coefficients[1].Estimate), 41.0/62/(23.0/58), 1e-12)
	reference.Near(t, "se", fit.Converged().Coefficients[1].SE, math.Sqrt(1.0/41+1.0/23), 1e-9)
}

func TestZeroInflationIsFound(t *testing.T) {
	var y []int
	for i := range 200 {
		if i%2 == 0 {
			y = append(y, 0)
		} else {
			y = append(y, 3+i%4)
		}
	}
	fit, err := regression.Poisson("y ~ 1", regression.Columns{"y": y})
	mustFit(t, fit, err)
	r, err := fit.ZeroCheck()
	if err != nil || r.P > 1e-6 {
		t.Errorf("%v %v", r, err)
	}
	coalFit, err := regression.Poisson("count ~ t0 + D + since", coal(t))
	mustFit(t, coalFit, err)
	if r, err := coalFit.ZeroCheck(); err != nil || r.P < 0.05 {
		t.Errorf("coal: %v %v", r, err)
	}
	sum := 0.0
	for _, b := range coalFit.Rootogram() {
		sum += b.Expected
	}
	if math.Abs(sum-112) > 2 {
		t.Errorf("the rootogram expects %v rows of 112", sum)
	}
	if got := len(reference.Column(t, "in_coal_yearly.csv", 1)); got != 112 {
		t.Fatal(got)
	}
}

func TestSeriesOutOfOrderIsRefused(t *testing.T) {
	_, err := regression.InterruptedSeries([]float64{1, 3, 2, 5}, []int{1, 2, 3, 4}, nil, 3, 0)
	if err == nil || !strings.Contains(err.Error(), "row 3") {
		t.Error(err)
	}
	_, err = regression.InterruptedSeries([]float64{1, 2, 3, 4, 5}, []int{1, 2, 3, 4, 5}, []float64{1, 0, 1, -1, 1}, 3, 0)
	if err == nil || !strings.Contains(err.Error(), "row 4") {
		t.Error(err)
	}
	_, err = regression.InterruptedSeries([]float64{1, 2, 3, 4, 5}, []int{1, 2, 3, 4, 5}, nil, 9, 0)
	if err == nil || !strings.Contains(err.Error(), "each side") {
		t.Error(err)
	}
}

func BenchmarkPoissonOfTenThousandByTen(b *testing.B) {
	const n = 10_000
	data := regression.Columns{}
	y := make([]int, n)
	formula := "y ~ x1"
	state := uint64(7)
	next := func() float64 {
		state = state*6364136223846793005 + 1442695040888963407
		return float64(state>>11) / (1 << 53)
	}
	for j := 1; j < 10; j++ {
		x := make([]float64, n)
		for i := range x {
			x[i] = next() - 0.5
		}
		name := "x" + string(rune('0'+j))
		data[name] = x
		if j > 1 {
			formula += " + " + name
		}
	}
	for i := range y {
		limit, p := math.Exp(-math.Exp(0.5+data["x1"].([]float64)[i])), 1.0
		for p *= next(); p > limit; p *= next() {
			y[i]++
		}
	}
	data["y"] = y
	b.ResetTimer()
	for b.Loop() {
		if _, err := regression.Poisson(formula, data); err != nil {
			b.Fatal(err)
		}
	}
}
