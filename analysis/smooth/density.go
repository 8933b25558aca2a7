package smooth

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Curve is a smooth curve as points, ready to draw.
//
// Its Result gives the highest point; nothing is tested and there is no interval, because a curve is for looking.
type Curve struct {
	inference.Result
	X, Y      []float64
	Bandwidth float64 // of a density; 0 otherwise
}

// Density is the Gaussian kernel density of values at the places at, computed exactly (R's density interpolates a
// transform on a grid and is off by some 1e-4). A bandwidth of 0 stands for SJ, or NRD0 where that has no solution.
// The area under it is 1. Lengths cannot be negative, but the kernel does not know: read the foot of the curve with
// care, and do not take bumps of single values for groups. Errors (*InputError, every row): fewer than 2 values,
// missing values, a negative bandwidth.
func Density(values, at []float64, bandwidth float64) (Curve, error) {
	err := errors.Join(check("values", values, 2), check("places", at, 0))
	if bandwidth < 0 || math.IsNaN(bandwidth) || math.IsInf(bandwidth, 0) {
		err = errors.Join(err, &InputError{Room: "smooth", What: "bandwidth", Value: strconv.FormatFloat(bandwidth, 'g', -1, 64), Cause: "must be positive, or 0 for SJ"})
	}
	if err != nil {
		return Curve{}, err
	}
	if bandwidth == 0 {
		if bandwidth, err = SJ(values); err != nil {
			if bandwidth, err = NRD0(values); err != nil {
				return Curve{}, err
			}
		}
	}
	c := Curve{X: slices.Clone(at), Y: make([]float64, len(at)), Bandwidth: bandwidth}
	norm := 1 / (float64(len(values)) * bandwidth * math.Sqrt(2*math.Pi))
	for i, x := range at {
		for _, v := range values {
			z := (x - v) / bandwidth
			c.Y[i] += norm * math.Exp(-z*z/2)
		}
	}
	c.conclude("Gaussian kernel density", "bandwidth "+sheet.Number(bandwidth), "Silverman 1986; Sheather and Jones 1991", values)
	if slices.Min(values) == slices.Max(values) {
		c.Warnings = append(c.Warnings, "all values are equal: the width of the curve is the bandwidth's alone")
	}
	if len(values) < 20 {
		c.Warnings = append(c.Warnings, "fewer than 20 values: bumps of the curve are single values, not groups")
	}
	return c, nil
}

// conclude writes the highest point as a result and warns of places outside the points, which are x.
func (c *Curve) conclude(method, design, source string, x []float64) {
	top, at, outside := math.NaN(), math.NaN(), 0
	low, high := slices.Min(x), slices.Max(x)
	for i, y := range c.Y {
		if math.IsNaN(top) || y > top {
			top, at = y, c.X[i]
		}
		if c.X[i] < low || c.X[i] > high {
			outside++
		}
	}
	c.Result = inference.Result{
		Method: method, Null: "none: a curve is for looking", Quantity: "highest point", Estimate: top, P: math.NaN(), N: len(x),
		Interval:   inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: a curve is for looking"},
		Exposure:   []inference.Exposure{{Name: "points", Amount: float64(len(x)), Unit: "values", Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: design, Inputs: strconv.Itoa(len(x)) + " values", Source: source},
		Finding:    "The curve is highest at " + sheet.Number(at) + ", as far as it was asked for at " + strconv.Itoa(len(c.X)) + " places; nothing was tested.",
	}
	if len(c.X) == 0 {
		c.Finding = "No place was asked for."
		c.Warnings = append(c.Warnings, "no place was asked for")
	}
	if c.Bandwidth == 0 && outside > 0 {
		c.Warnings = append(c.Warnings, strconv.Itoa(outside)+" of "+strconv.Itoa(len(c.X))+" places lie outside the points, where the curve says nothing")
	}
}

// String is the text form.
func (c Curve) String() string { return c.sheet().Text() }

// SimpleRender shows up to nine points of the curve, one sentence and warnings.
func (c Curve) SimpleRender() map[string]any { return c.sheet().Render() }

func (c Curve) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: c.Method, Head: []string{"at", "curve"}, Lines: []string{c.Sentence()}, Warnings: c.Warnings, Source: c.Result.Sheet().Source}
	n := len(c.X)
	for k := range min(9, n) {
		i := k
		if n > 9 {
			i = k * (n - 1) / 8
		}
		s.Rows = append(s.Rows, []string{sheet.Number(c.X[i]), sheet.Number(c.Y[i])})
	}
	return s
}

// Grid returns n places from three bandwidths below the smallest value to three above the largest; nil without values,
// with n below 2 or a bandwidth that is no number. Not for curves that may not be asked about outside their points.
func Grid(values []float64, bandwidth float64, n int) []float64 {
	if len(values) == 0 || n < 2 || math.IsNaN(bandwidth) {
		return nil
	}
	low, high := slices.Min(values)-3*bandwidth, slices.Max(values)+3*bandwidth
	out := make([]float64, n)
	for i := range out {
		out[i] = low + (high-low)*float64(i)/float64(n-1)
	}
	return out
}
