package smooth_test

import (
	"errors"
	"math"
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
