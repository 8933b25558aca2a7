package resample

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// moments returns mean and variance (n-1) of values.
func moments(v []float64) (mean, variance float64) {
	mean = centre(v)
	for _, x := range v {
		variance += (x - mean) * (x - mean)
	}
	return mean, variance / float64(len(v)-1)
}

// around puts an interval of t around an estimate.
func around(estimate, se, df float64, o Options, name string) inference.Interval {
	i := inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: name}
	out := 1 - o.Level
	if o.Side == inference.TwoSided {
		out /= 2
	}
	reach := -tail.StudentQuantile(math.Log(out), df) * se
	if o.Side != inference.Less {
		i.Low = estimate - reach
	}
	if o.Side != inference.Greater {
		i.High = estimate + reach
	}
	return i
}

// welch is the interval of a difference of means; unbounded when a group has one value only.
func welch(a, b []float64, o Options) inference.Interval {
	if len(a) < 2 || len(b) < 2 {
		return inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: "a group of one value has no interval"}
	}
	ma, va := moments(a)
	mb, vb := moments(b)
	sa, sb := va/float64(len(a)), vb/float64(len(b))
	if math.IsInf(sa+sb, 1) || math.IsNaN(sa+sb) {
		return inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: "the squares of the values overflow"}
	}
	if sa+sb == 0 {
		return inference.Interval{Low: ma - mb, High: ma - mb, Level: o.Level, Method: "Welch"}
	}
	df := (sa + sb) * (sa + sb) / (sa*sa/float64(len(a)-1) + sb*sb/float64(len(b)-1))
	return around(ma-mb, math.Sqrt(sa+sb), df, o, "Welch")
}

// student is the interval of a mean.
func student(v []float64, o Options) inference.Interval {
	m, variance := moments(v)
	if math.IsInf(variance, 1) || math.IsNaN(variance) {
		return inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: "the squares of the values overflow"}
	}
	if variance == 0 {
		return inference.Interval{Low: m, High: m, Level: o.Level, Method: "Student"}
	}
	return around(m, math.Sqrt(variance/float64(len(v))), float64(len(v)-1), o, "Student")
}
