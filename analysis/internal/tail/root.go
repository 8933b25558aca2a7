package tail

import "math"

// Root finds t in [a, b] with f(t) = 0 by Brent's method, to about the precision of float64; f must differ in sign at
// the ends (otherwise the end where |f| is smaller is returned and ok is false).
func Root(f func(float64) float64, a, b float64) (t float64, ok bool) {
	fa, fb := f(a), f(b)
	if fa == 0 {
		return a, true
	}
	if fb == 0 {
		return b, true
	}
	if (fa > 0) == (fb > 0) || math.IsNaN(fa) || math.IsNaN(fb) {
		if math.Abs(fa) < math.Abs(fb) {
			return a, false
		}
		return b, false
	}
	c, fc := a, fa
	d := b - a
	e := d
	for range 300 {
		if (fb > 0) == (fc > 0) {
			c, fc = a, fa
			d = b - a
			e = d
		}
		if math.Abs(fc) < math.Abs(fb) {
			a, b, c = b, c, b
			fa, fb, fc = fb, fc, fb
		}
		tol := 2.3e-16*math.Abs(b) + 1e-300
		m := (c - b) / 2
		if math.Abs(m) <= tol || fb == 0 {
			return b, true
		}
		if math.Abs(e) < tol || math.Abs(fa) <= math.Abs(fb) {
			d, e = m, m
		} else {
			d, e = interpolate(a, b, c, fa, fb, fc, m, d, e, tol)
		}
		a, fa = b, fb
		if math.Abs(d) > tol {
			b += d
		} else {
			b += math.Copysign(tol, m)
		}
		fb = f(b)
	}
	return b, true
}

// interpolate is the secant or inverse quadratic step of Brent's method, or bisection when that step is too bold.
func interpolate(a, b, c, fa, fb, fc, m, d, e, tol float64) (step, last float64) {
	s := fb / fa
	var p, q float64
	if a == c {
		p, q = 2*m*s, 1-s
	} else {
		r, u := fb/fc, fa/fc
		p = s * (2*m*u*(u-r) - (b-a)*(r-1))
		q = (u - 1) * (r - 1) * (s - 1)
	}
	if p > 0 {
		q = -q
	} else {
		p = -p
	}
	if 2*p < math.Min(3*m*q-math.Abs(tol*q), math.Abs(e*q)) {
		return p / q, d
	}
	return m, m
}

// Widen moves lo down and hi up by growing steps until f, an increasing function, is negative at lo and positive at hi.
func Widen(f func(float64) float64, lo, hi float64) (float64, float64) {
	for step := 1.0; f(lo) > 0 && step < 1e6; step *= 2 {
		lo -= step
	}
	for step := 1.0; f(hi) < 0 && step < 1e6; step *= 2 {
		hi += step
	}
	return lo, hi
}
