package smooth_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/smooth"
)

func TestBandwidthsAgreeWithR(t *testing.T) {
	x := reference.Column(t, "in_faithful.csv", 0)
	for name, f := range map[string]func([]float64) (float64, error){"nrd0": smooth.NRD0, "nrd": smooth.NRD, "SJ": smooth.SJ} {
		got, err := f(x)
		if err != nil {
			t.Fatal(err)
		}
		reference.Near(t, name, got, reference.R(t, "bw", "faithful$eruptions "+name, "bw"), 1e-9)
	}
}

func TestDensityAgreesWithR(t *testing.T) {
	x := reference.Column(t, "in_faithful.csv", 0)
	h, _ := smooth.NRD0(x)
	c, err := smooth.Density(x, []float64{1.8, 3, 4.5}, h)
	if err != nil {
		t.Fatal(err)
	}
	for i, quantity := range []string{"f(1.8)", "f(3)", "f(4.5)"} {
		reference.Near(t, quantity, c.Y[i], reference.R(t, "kde exact gaussian nrd0", "faithful$eruptions", quantity), 1e-9)
	}
	grid := smooth.Grid(x, h, 2000)
	whole, _ := smooth.Density(x, grid, h)
	area := 0.0
	for i := 1; i < len(grid); i++ {
		area += (grid[i] - grid[i-1]) * (whole.Y[i] + whole.Y[i-1]) / 2
	}
	reference.Near(t, "area", area, 1, 1e-3)
}

func TestLocalRegressionAgreesWithR(t *testing.T) {
	x, y := reference.Column(t, "in_cars.csv", 0), reference.Column(t, "in_cars.csv", 1)
	c, err := smooth.Loess(x, y, 0.75, 2, []float64{5, 10, 15, 20, 25})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range reference.List(t, "reference_R.csv", "loess", "cars span.75 deg2 surface=direct", "fit@5,10,15,20,25") {
		reference.Near(t, "loess", c.Y[i], want, 1e-6)
	}
	l, err := smooth.Lowess(x, y, 2.0/3, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range reference.List(t, "reference_R.csv", "lowess", "cars f=2/3 iter=3 delta=0", "y") {
		reference.Near(t, "lowess", l.Y[i], want, 1e-9)
	}
	for i, want := range reference.List(t, "reference_py.csv", "sm.lowess", "cars 2/3 it3", "y") {
		reference.Near(t, "lowess of statsmodels", l.Y[i], want, 1e-6)
	}
}

func TestBadPointsAreNamed(t *testing.T) {
	x := []float64{1, 2, 3, 4}
	for name, err := range map[string]error{
		"NaN":      second(smooth.NRD0([]float64{1, math.NaN()})),
		"equal":    second(smooth.SJ([]float64{2, 2, 2, 2})),
		"one":      second(smooth.Density([]float64{1}, x, 1)),
		"negative": second(smooth.Density(x, x, -1)),
		"length":   second(smooth.Loess(x, x[:3], 0.5, 1, x)),
		"span":     second(smooth.Loess(x, x, 1.5, 1, x)),
		"degree":   second(smooth.Loess(x, x, 1, 3, x)),
		"fraction": second(smooth.Lowess(x, x, 0, 3)),
	} {
		var bad *smooth.InputError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// Points at one x share one value, also where robust rounds leave none of them a weight. R 4.2.2:
// lowess(x, y, f = 0.4, iter = 3, delta = 0).
func TestEqualPlacesShareOneValueAsInR(t *testing.T) {
	x := []float64{8, 12, 10, 8, 8, 8, 3, 3, 2, 4}
	y := []float64{0.999202291368813, 0.08221125692036868, 0.61661961307534163, 1.0334963495637959, 0.68450851439772609, 1.0174590780178585,
		0.69157007530895409, 0.2685159365858602, 0.38490632529893232, 0.47399486142013159}
	want := []float64{0.38490632529893232, 0.69157007530895409, 0.69157007530895409, 0.47399486142013159, 1.0166895812946972, 1.0166895812946972,
		1.0166895812946972, 1.0166895812946972, 0.61661961307534163, 0.08221125692036868}
	c, err := smooth.Lowess(x, y, 0.4, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range want {
		reference.Near(t, "lowess", c.Y[i], w, 1e-9)
	}
}

// A parabola needs three different points with a weight; the farthest one has none.
func TestALowerDegreeIsSaid(t *testing.T) {
	x, y := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []float64{2, 1, 4, 3, 6, 5, 8, 7, 10, 9}
	c, err := smooth.Loess(x, y, 0.3, 2, []float64{2.1, 5.1})
	if err != nil || !strings.Contains(strings.Join(c.Warnings, ";"), "at 2 of 2 places") {
		t.Errorf("%v %q", err, c.Warnings)
	}
	if c, err = smooth.Loess(x, y, 0.8, 2, []float64{2.1, 5.1}); err != nil || len(c.Warnings) > 0 {
		t.Errorf("a wide span: %v %q", err, c.Warnings)
	}
}
