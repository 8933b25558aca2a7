package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// WebMercator is EPSG:3857, the projection of web maps. Its "metres" are true at the equator only: at latitude 35
// they are 22 % too long, which is why lengths must never be taken from them.
type WebMercator struct{}

// Forward returns the projected x and y of a point. Latitudes of 90 degrees and points that are no place give NaN.
func (WebMercator) Forward(p orb.Point) (x, y float64) {
	if Check(p) != nil || math.Abs(p[1]) >= 90 {
		return math.NaN(), math.NaN()
	}
	return Axis * radians(p[0]), Axis * math.Asinh(math.Tan(radians(p[1])))
}

// Inverse returns the point at projected x and y.
func (WebMercator) Inverse(x, y float64) orb.Point {
	return orb.Point{degrees(x / Axis), degrees(math.Atan(math.Sinh(y / Axis)))}
}
