package measure

import "math"

// lab returns lightness, green to red and blue to yellow of a linear colour whose white is 1, 1, 1.
//
// Source: CIE 15:2004, Colorimetry; primaries of IEC 61966-2-1 (sRGB), white D65.
func lab(r, g, b float64) (l, a, bb float64) {
	x := (0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047
	y := 0.2126729*r + 0.7151522*g + 0.0721750*b
	z := (0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	fx, fy, fz := f(x), f(y), f(z)
	return 116*fy - 16, 500 * (fx - fy), 200 * (fy - fz)
}

// index of a colour for a kind of cover: larger is more like it.
type index func(l, a, b float64) float64

// blueIndex is how far the colour leans to blue, red and green leanings held against it.
func blueIndex(_, a, b float64) float64 { return -b - 0.5*math.Abs(a) }

// whiteIndex is lightness less twice the colour.
func whiteIndex(l, a, b float64) float64 { return l - 2*math.Hypot(a, b) }
