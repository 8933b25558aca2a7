// Package smooth draws curves through scattered values: kernel densities with the bandwidths of R (nrd0, nrd, Sheather
// and Jones), local regression (loess) and the robust lowess. Curves are for looking, not for testing: none of them
// has a P. They feed analysis/chart; tests of the same data are in analysis/length.
package smooth

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// check refuses missing values and short lists.
func check(what string, values []float64, least int) error {
	var faults []error
	if len(values) < least {
		faults = append(faults, &InputError{Room: "smooth", What: what, Value: strconv.Itoa(len(values)) + " values", Cause: "need at least " + strconv.Itoa(least)})
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			faults = append(faults, &InputError{Room: "smooth", What: what, Row: i + 1, Value: strconv.FormatFloat(v, 'g', -1, 64), Cause: "is missing or not finite"})
		}
	}
	return errors.Join(faults...)
}

// spread returns the standard deviation and the interquartile range (R's type 7) of values.
func spread(values []float64) (sd, iqr float64) {
	mean := 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		sd += (v - mean) * (v - mean)
	}
	sorted := slices.Sorted(slices.Values(values))
	q := func(p float64) float64 {
		h := p * float64(len(sorted)-1)
		k := int(h)
		if k+1 >= len(sorted) {
			return sorted[k]
		}
		return sorted[k] + (h-float64(k))*(sorted[k+1]-sorted[k])
	}
	return math.Sqrt(sd / float64(len(values)-1)), q(0.75) - q(0.25)
}

// NRD0 is Silverman's rule of thumb, 0.9 times the smaller spread times n^(-1/5): R's default. It smooths away a second
// peak; use SJ to look for one. Errors (*InputError): fewer than 2 values, missing ones.
// Not for several peaks, which it smooths away: use SJ.
func NRD0(values []float64) (float64, error) {
	if err := check("values", values, 2); err != nil {
		return 0, err
	}
	sd, iqr := spread(values)
	low := math.Min(sd, iqr/1.34)
	for _, v := range []float64{sd, math.Abs(values[0]), 1} {
		if low > 0 {
			break
		}
		low = v
	}
	return 0.9 * low * math.Pow(float64(len(values)), -0.2), nil
}

// NRD is Scott's variation, 1.06 times the smaller spread times n^(-1/5). Errors: those of NRD0.
// Not for several peaks: use SJ.
func NRD(values []float64) (float64, error) {
	if err := check("values", values, 2); err != nil {
		return 0, err
	}
	sd, iqr := spread(values)
	return 1.06 * math.Min(sd, iqr/1.34) * math.Pow(float64(len(values)), -0.2), nil
}

// SJ is the plug-in bandwidth of Sheather and Jones (solve the equation), with the 1000 bins and the stopping rule of
// R's bw.SJ, so that its digits agree. Not below some 20 values. Errors: those of NRD0; values that are all equal or
// too lumpy for a solution. Source: Sheather and Jones, J. R. Stat. Soc. B 53 (1991) 683.
func SJ(values []float64) (float64, error) {
	if err := check("values", values, 3); err != nil {
		return 0, err
	}
	n := float64(len(values))
	sd, iqr := spread(values)
	scale := math.Min(sd, iqr/1.349)
	if far := math.Max(math.Abs(slices.Min(values)), math.Abs(slices.Max(values))); !(scale > 0) || far > 1e10*scale {
		return 0, &InputError{Room: "smooth", What: "values", Value: "", Cause: "are too much alike for this bandwidth; use NRD0"}
	}
	bins := pairBins(values)
	td := -bins.phi6(1.23 * scale * math.Pow(n, -1.0/9))
	if !(td > 0) {
		return 0, &InputError{Room: "smooth", What: "values", Value: "", Cause: "are too sparse for this bandwidth; use NRD0"}
	}
	alpha := 1.357 * math.Pow(bins.phi4(1.24*scale*math.Pow(n, -1.0/7))/td, 1.0/7)
	c1 := 1 / (2 * math.Sqrt(math.Pi) * n)
	f := func(h float64) float64 { return math.Pow(c1/bins.phi4(alpha*math.Pow(h, 5.0/7)), 0.2) - h }
	upper := 1.144 * scale * math.Pow(n, -0.2)
	lower := 0.1 * upper
	for step := 1; f(lower)*f(upper) > 0; step++ {
		if step > 99 {
			return 0, &InputError{Room: "smooth", What: "values", Value: "", Cause: "have no Sheather-Jones bandwidth; use NRD0"}
		}
		if step%2 == 1 {
			upper *= 1.2
		} else {
			lower /= 1.2
		}
	}
	return zero(f, lower, upper, 0.1*lower), nil
}

// binned is the number of pairs of values by the distance of their bins.
type binned struct {
	count []float64
	width float64
	n     float64
}

func pairBins(values []float64) binned {
	const bins = 1000
	low, high := slices.Min(values), slices.Max(values)
	b := binned{count: make([]float64, bins), width: (high - low) * 1.01 / bins, n: float64(len(values))}
	cell := make([]float64, 0, bins)
	at := make([]int, len(values))
	for i, v := range values {
		at[i] = int(v / b.width)
	}
	slices.Sort(at)
	where := []int{}
	for _, a := range at {
		if len(where) == 0 || where[len(where)-1] != a {
			where, cell = append(where, a), append(cell, 0)
		}
		cell[len(cell)-1]++
	}
	for i := range where {
		b.count[0] += cell[i] * (cell[i] - 1) / 2
		for j := range i {
			b.count[min(where[i]-where[j], bins-1)] += cell[i] * cell[j]
		}
	}
	return b
}

// sum adds a polynomial of the squared distance under the normal kernel over all pairs.
func (b binned) sum(h float64, poly func(d float64) float64) float64 {
	s := 0.0
	for i, c := range b.count {
		d := float64(i) * b.width / h
		d *= d
		if d >= 1000 {
			break
		}
		s += c * math.Exp(-d/2) * poly(d)
	}
	return 2*s + b.n*poly(0)
}

func (b binned) phi4(h float64) float64 {
	s := b.sum(h, func(d float64) float64 { return d*d - 6*d + 3 })
	return s / (b.n * (b.n - 1) * math.Pow(h, 5) * math.Sqrt(2*math.Pi))
}

func (b binned) phi6(h float64) float64 {
	s := b.sum(h, func(d float64) float64 { return d*d*d - 15*d*d + 45*d - 15 })
	return s / (b.n * (b.n - 1) * math.Pow(h, 7) * math.Sqrt(2*math.Pi))
}

// zero is Brent's method with an absolute tolerance, stopping where R's uniroot stops.
func zero(f func(float64) float64, a, b, tol float64) float64 {
	fa, fb := f(a), f(b)
	c, fc := a, fa
	for range 1000 {
		last := b - a
		if math.Abs(fc) < math.Abs(fb) {
			a, b, c = b, c, b
			fa, fb, fc = fb, fc, fb
		}
		act := 2*2.220446049250313e-16*math.Abs(b) + tol/2
		step := (c - b) / 2
		if math.Abs(step) <= act || fb == 0 {
			return b
		}
		if math.Abs(last) >= act && math.Abs(fa) > math.Abs(fb) {
			var p, q float64
			cb := c - b
			if a == c {
				r := fb / fa
				p, q = cb*r, 1-r
			} else {
				u, v, w := fa/fc, fb/fc, fb/fa
				p = w * (cb*u*(u-v) - (b-a)*(v-1))
				q = (u - 1) * (v - 1) * (w - 1)
			}
			if p > 0 {
				q = -q
			} else {
				p = -p
			}
			if p < 0.75*cb*q-math.Abs(act*q)/2 && p < math.Abs(last*q/2) {
				step = p / q
			}
		}
		if math.Abs(step) < act {
			step = math.Copysign(act, step)
		}
		a, fa = b, fb
		b += step
		fb = f(b)
		if fb > 0 && fc > 0 || fb < 0 && fc < 0 {
			c, fc = a, fa
		}
	}
	return b
}
