package smooth

import (
	"errors"
	"math"
	"slices"
	"strconv"
)

// Loess is local polynomial regression with tricube weights: at every place of at, a line (degree 1) or parabola
// (degree 2) through the nearest span of the points. It agrees with R's loess(surface = "direct"), whose default
// interpolates and differs in the third digit. Where the span holds too few different points for the degree, a lower one
// is used and a warning says so (R warns of near singularities there and shrinks the value). Not for extrapolation, nor
// for fewer than some 10 points.
// Errors (*InputError, every row): unequal lengths, missing values, span outside (0, 1], degree not 1 or 2, too few
// points in the span. Source: Cleveland, Grosse and Shyu, Local regression models (1992).
func Loess(x, y []float64, span float64, degree int, at []float64) (Curve, error) {
	err := errors.Join(check("x", x, 3), check("y", y, 3), check("places", at, 0))
	if len(x) != len(y) {
		err = errors.Join(err, &InputError{Room: "smooth", What: "y", Value: strconv.Itoa(len(y)) + " values", Cause: "must be as many as x, " + strconv.Itoa(len(x))})
	}
	if !(span > 0 && span <= 1) {
		err = errors.Join(err, &InputError{Room: "smooth", What: "span", Value: strconv.FormatFloat(span, 'g', -1, 64), Cause: "must lie between 0 and 1"})
	}
	if degree != 1 && degree != 2 {
		err = errors.Join(err, &InputError{Room: "smooth", What: "degree", Value: strconv.Itoa(degree), Cause: "must be 1 or 2"})
	}
	if err != nil {
		return Curve{}, err
	}
	q := int(math.Floor(float64(len(x))*span + 1e-5))
	if q < degree+1 {
		return Curve{}, &InputError{Room: "smooth", What: "span", Value: strconv.FormatFloat(span, 'g', -1, 64), Cause: "holds only " + strconv.Itoa(q) + " points"}
	}
	c, lowered := Curve{X: slices.Clone(at)}, 0
	distance := make([]float64, len(x))
	for _, p := range at {
		for i, v := range x {
			distance[i] = math.Abs(v - p)
		}
		rho := slices.Sorted(slices.Values(distance))[q-1]
		w := make([]float64, len(x))
		for i, d := range distance {
			if d < rho || rho == 0 && d == 0 {
				r := 0.0
				if rho > 0 {
					r = d / rho
				}
				w[i] = math.Pow(1-r*r*r, 3)
			}
		}
		value, carried := local(x, y, w, p, degree)
		c.Y = append(c.Y, value)
		if carried < degree {
			lowered++
		}
	}
	c.conclude("loess, degree "+strconv.Itoa(degree), "span "+strconv.FormatFloat(span, 'g', -1, 64), "Cleveland, Grosse and Shyu 1992", x)
	if lowered > 0 {
		c.Warnings = append(c.Warnings, "at "+strconv.Itoa(lowered)+" of "+strconv.Itoa(len(at))+" places the span holds too few different points for degree "+strconv.Itoa(degree)+": a lower degree was used there; widen the span")
	}
	return c, nil
}

// local is the value at p of the weighted polynomial, of the highest degree that the points carry, and that degree.
func local(x, y, w []float64, p float64, degree int) (float64, int) {
	k := degree + 1
	// orthogonal polynomials on the weighted points, by Gram-Schmidt; value at p is the sum of their projections
	basis := [][]float64{}
	at := []float64{}
	sum := 0.0
	for d := range k {
		col, here := make([]float64, len(x)), 0.0
		if d == 0 {
			here = 1
		}
		for i, v := range x {
			col[i] = math.Pow(v-p, float64(d))
		}
		before := inner(col, col, w)
		for range 2 {
			for j, b := range basis {
				s := inner(col, b, w)
				for i := range col {
					col[i] -= s * b[i]
				}
				here -= s * at[j]
			}
		}
		size := math.Sqrt(inner(col, col, w))
		if !(size*size > 1e-20*before) || size == 0 {
			continue
		}
		for i := range col {
			col[i] /= size
		}
		here /= size
		basis, at = append(basis, col), append(at, here)
		sum += here * inner(col, y, w)
	}
	return sum, len(basis) - 1
}

func inner(a, b, w []float64) float64 {
	s := 0.0
	for i, x := range a {
		s += w[i] * x * b[i]
	}
	return s
}

// Lowess is Cleveland's robust local line: fraction of the points used at each place, and rounds of re-weighting that
// take the force from outliers (3 is usual, 0 to 20). x may come in any order; the curve is in order of x, with one
// point a value; equal x share one value. It agrees with R's lowess with delta = 0. Errors (*InputError, every row): those of Loess.
// Source: Cleveland, JASA 74 (1979) 829.
// Not for forecasts: outside the points it says nothing.
func Lowess(x, y []float64, fraction float64, rounds int) (Curve, error) {
	err := errors.Join(check("x", x, 2), check("y", y, 2))
	if len(x) != len(y) {
		err = errors.Join(err, &InputError{Room: "smooth", What: "y", Value: strconv.Itoa(len(y)) + " values", Cause: "must be as many as x, " + strconv.Itoa(len(x))})
	}
	if !(fraction > 0 && fraction <= 1) || rounds < 0 || rounds > 20 {
		err = errors.Join(err, &InputError{Room: "smooth", What: "fraction and rounds", Value: strconv.FormatFloat(fraction, 'g', -1, 64) + ", " + strconv.Itoa(rounds), Cause: "must lie in (0, 1] and 0 to 20"})
	}
	if err != nil {
		return Curve{}, err
	}
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if x[a] < x[b] {
			return -1
		}
		if x[a] > x[b] {
			return 1
		}
		return 0
	})
	xs, ys := make([]float64, len(x)), make([]float64, len(x))
	for i, o := range order {
		xs[i], ys[i] = x[o], y[o]
	}
	weights := make([]float64, len(x))
	for i := range weights {
		weights[i] = 1
	}
	var fit []float64
	for round := 0; ; round++ {
		fit = lines(xs, ys, weights, fraction)
		if round == rounds || !reweigh(ys, fit, weights) {
			c := Curve{X: xs, Y: fit}
			c.conclude("lowess, "+strconv.Itoa(rounds)+" robust rounds", "fraction "+strconv.FormatFloat(fraction, 'g', -1, 64), "Cleveland 1979", x)
			return c, nil
		}
	}
}

// lines fits the local lines once; xs is sorted.
func lines(xs, ys, weights []float64, fraction float64) []float64 {
	n := len(xs)
	ns := max(2, min(n, int(fraction*float64(n)+1e-7)))
	fit := make([]float64, n)
	left, right := 0, ns-1
	reach := xs[n-1] - xs[0]
	for i, p := range xs {
		if i > 0 && p == xs[i-1] { // one place has one value, also where none of its points counts
			fit[i] = fit[i-1]
			continue
		}
		for right < n-1 && p-xs[left] > xs[right+1]-p {
			left++
			right++
		}
		h := math.Max(p-xs[left], xs[right]-p)
		var sum, mean float64
		w := make([]float64, 0, ns)
		from := left
		for j := left; j < n; j++ {
			r := math.Abs(xs[j] - p)
			if r > 0.999*h && r > 0 {
				if xs[j] > p {
					break
				}
				w = append(w, 0)
				continue
			}
			v := weights[j]
			if r > 0.001*h {
				u := r / h
				u = 1 - u*u*u
				v *= u * u * u
			}
			w = append(w, v)
			sum += v
		}
		if sum <= 0 {
			fit[i] = ys[i]
			continue
		}
		for j := range w {
			w[j] /= sum
			mean += w[j] * xs[from+j]
		}
		spread := 0.0
		for j := range w {
			d := xs[from+j] - mean
			spread += w[j] * d * d
		}
		tilt := 0.0
		if math.Sqrt(spread) > 0.001*reach {
			tilt = (p - mean) / spread
		}
		for j := range w {
			fit[i] += w[j] * (1 + tilt*(xs[from+j]-mean)) * ys[from+j]
		}
	}
	return fit
}

// reweigh sets the bisquare weights of the residuals; false when the fit is already perfect.
func reweigh(ys, fit, weights []float64) bool {
	n := len(ys)
	size := make([]float64, n)
	mean := 0.0
	for i := range ys {
		size[i] = math.Abs(ys[i] - fit[i])
		mean += size[i] / float64(n)
	}
	sorted := slices.Sorted(slices.Values(size))
	six := 6 * sorted[n/2]
	if n%2 == 0 {
		six = 3 * (sorted[n/2-1] + sorted[n/2])
	}
	if six < 1e-7*mean {
		return false
	}
	for i, r := range size {
		switch {
		case r <= 0.001*six:
			weights[i] = 1
		case r <= 0.999*six:
			u := 1 - (r/six)*(r/six)
			weights[i] = u * u
		default:
			weights[i] = 0
		}
	}
	return true
}
