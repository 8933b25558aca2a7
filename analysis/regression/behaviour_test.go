package regression_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/rate"
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

// A group without events drifts to minus infinity while theta is sought; that is told of, and no reason to give up.
func TestASeparatedGroupDoesNotStopTheNegativeBinomial(t *testing.T) {
	data := regression.Columns{
		"y": []int{0, 0, 0, 707, 0, 14, 0, 9, 0, 0, 0, 0, 0, 8, 0, 0, 0, 12603, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 486, 0, 113, 248, 0, 0},
		"f": strings.Fields("a a b b a b a a a b a c a a c a b b c a c a a c c b b c c c a a c c b c b a c a"),
		"h": strings.Fields("q p p p q p q p p q q q q q q q p q p q p p q p q p q q p p p q p q q q p q p q"),
		"x": []float64{0.7046, -1.475, -0.1245, 1.202, -2.027, -0.2711, -0.2061, 0.007428, 1.101, -1.581, -1.885, 0.7352, 0.2868, 0.9304, 0.9755, -1.548, -0.8797, -0.1151, -0.1652, 1.042, 0.1692, -0.352, 1.641, -0.2963, 0.1368, 1.352, -0.4834, -0.3439, -1.239, 0.5669, -0.4883, 0.1475, -1.671, -0.1036, 0.4282, -1.42, -1.046, -0.6607, 1.598, -1.15},
		"e": []float64{0.2284, 0.009921, 0.01409, 219.8, 0.004781, 40.5, 2.717, 194.1, 0.38, 140.9, 0.01148, 0.01904, 77.83, 387.4, 0.01186, 0.2626, 0.09196, 280.5, 38.61, 0.04248, 8.553, 0.5232, 1.012, 50.41, 0.02679, 0.5531, 0.01276, 0.3237, 3.267, 0.2923, 8.534, 0.008758, 10.9, 0.002649, 59.7, 2.16, 27.11, 300.3, 0.07482, 0.002824},
	}
	fit, err := regression.NegativeBinomial("y ~ f*h + x + offset(log(e))", data)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(fit.Warnings, ";"), "separation") {
		t.Errorf("warnings %q", fit.Warnings)
	}
	// R 4.2.2, MASS 7.3-58: glm.nb(y ~ f*h + x + offset(log(e)), control = glm.control(epsilon = 1e-12, maxit = 200))
	for name, want := range map[string]float64{"(Intercept)": -1.933765439512, "fb": 2.744558542102, "fc": -2.306757105957, "hq": 0.242498882483, "x": -0.180001547753, "fb:hq": 1.698568065911} {
		c, err := fit.Coefficient(name)
		if err != nil {
			t.Fatal(err)
		}
		reference.Near(t, name, c.Estimate, want, 1e-6)
	}
	reference.Near(t, "theta", fit.Theta, 0.37236968411, 1e-6)
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

func TestASeriesSaysWhenItsDateWasChosen(t *testing.T) {
	times, counts := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int{1, 0, 1, 2, 1, 6, 5, 7, 8, 6}
	for _, c := range []struct {
		split        []rate.Split
		warning, way string
	}{
		{nil, "the counts themselves would choose", ""},
		{[]rate.Split{rate.SplitBeforeData}, "", rate.SplitBeforeData.String()},
		{[]rate.Split{rate.SplitAfterData}, "chosen after the counts were seen", rate.SplitAfterData.String()},
	} {
		s, err := regression.InterruptedSeries(times, counts, nil, 6, 0, c.split...)
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(s.Level.Warnings, ";")
		if c.warning == "" && (strings.Contains(said, "choose") || strings.Contains(said, "chosen")) || !strings.Contains(said, c.warning) || !strings.Contains(s.Level.Provenance.Design, c.way) {
			t.Errorf("%v: warnings %q, design %q", c.split, said, s.Level.Provenance.Design)
		}
	}
	for _, split := range [][]rate.Split{{7}, {rate.SplitBeforeData, rate.SplitAfterData}} {
		var bad *regression.InputError
		if _, err := regression.InterruptedSeries(times, counts, nil, 6, 0, split...); !errors.As(err, &bad) {
			t.Errorf("%v: %v", split, err)
		}
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
