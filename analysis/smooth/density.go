package smooth

import (
	"errors"
	"math"
	"slices"
	"strconv"
)

// Curve is a smooth curve as points, ready to draw.
type Curve struct {
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
	return c, nil
}

// Grid returns n places from three bandwidths below the smallest value to three above the largest, n at least 2.
func Grid(values []float64, bandwidth float64, n int) []float64 {
	low, high := slices.Min(values)-3*bandwidth, slices.Max(values)+3*bandwidth
	out := make([]float64, n)
	for i := range out {
		out[i] = low + (high-low)*float64(i)/float64(max(n-1, 1))
	}
	return out
}
