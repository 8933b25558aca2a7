package changepoint

import (
	"math"
	"sync"
)

// distances is the v with e^v - 1 - v = t^2/2, of the sign of t, as polynomials in t: one for each short range of t, of
// degree 5 about its middle. The singularity next to the real line is 3.5 away, so they are exact to the last digits.
type distances [2 * widest * perUnit][6]float64

// widest is where the polynomials end, perUnit how many there are to a unit of t.
const (
	widest  = 4
	perUnit = 64
)

// lookUp returns the polynomials, made when they are first asked for.
var lookUp = sync.OnceValue(func() *distances {
	d := new(distances)
	for i := range d {
		t := (float64(i)+0.5)/perUnit - widest
		d[i] = expand(t, distance(t*t/2, t > 0))
	}
	return d
})

// expand returns the Taylor polynomial about t from the value v there: v' (v + t^2/2) = t.
func expand(t, v float64) (a [6]float64) {
	a[0] = v
	g := [6]float64{v + t*t/2} // the coefficients of v + t^2/2
	for m := range 5 {
		sum := [2]float64{t, 1}[min(m, 1)]
		if m > 1 {
			sum = 0
		}
		for i := 1; i <= m; i++ {
			sum -= g[i] * float64(m-i+1) * a[m-i+1]
		}
		a[m+1] = sum / (float64(m+1) * g[0])
		g[m+1] = a[m+1]
		switch m + 1 {
		case 1:
			g[1] += t
		case 2:
			g[2] += 0.5
		}
	}
	return a
}

// at is distance, from the polynomials where they reach.
func (d *distances) at(gap float64, right bool) float64 {
	t := math.Sqrt(2 * gap)
	if !right {
		t = -t
	}
	k := int((t + widest) * perUnit)
	if uint(k) >= uint(len(d)) {
		return distance(gap, right)
	}
	a, h := &d[k], t+widest-(float64(k)+0.5)/perUnit
	h2 := h * h
	return a[0] + a[1]*h + h2*((a[2]+a[3]*h)+h2*(a[4]+a[5]*h))
}

// distance is the v above or below 0 with e^v - 1 - v = gap.
func distance(gap float64, right bool) float64 {
	t := math.Sqrt(2 * gap)
	if !right {
		t = -t
	}
	v := 0.0
	switch {
	case gap < 0.5:
		v = t * (1 - t*(1.0/6-t*(1.0/36-t*(1.0/270-t/4320))))
	case right:
		v = math.Log1p(gap + math.Log1p(gap+t))
	default:
		v = math.Exp(-1-gap) - 1 - gap
	}
	for range 60 {
		e := math.Expm1(v)
		if e == 0 {
			break
		}
		f := e - v - gap
		step := f / (e - f*(e+1)/(2*e))
		v -= step
		if math.Abs(step) <= 1e-5*math.Abs(v) { // the next step would be below 1e-15
			break
		}
	}
	return v
}
