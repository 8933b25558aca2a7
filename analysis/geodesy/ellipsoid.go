package geodesy

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Axis is the equatorial radius of WGS 84 in metres, Flattening its flattening.
const (
	Axis       = 6378137.0
	Flattening = 1 / 298.257223563
)

// ErrAntipodal says that two points lie so nearly opposite each other that the distance iteration does not settle.
var ErrAntipodal = errors.New("geodesy: points are nearly antipodal: the distance does not converge")

// Distance returns the length in metres of the shortest line between two points on the ellipsoid, to about 0.1 mm.
//
// NaN or infinite coordinates and latitudes outside [-90, 90] give an error, nearly antipodal points ErrAntipodal.
//
// Source: T. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid with application of nested
// equations, Survey Review 23 (1975), doi:10.1179/sre.1975.23.176.88.
func Distance(a, b orb.Point) (float64, error) {
	for _, p := range []orb.Point{a, b} {
		if err := Check(p); err != nil {
			return math.NaN(), err
		}
	}
	const f = Flattening
	polar := Axis * (1 - f)
	u1 := math.Atan((1 - f) * math.Tan(radians(a[1])))
	u2 := math.Atan((1 - f) * math.Tan(radians(b[1])))
	su1, cu1 := math.Sincos(u1)
	su2, cu2 := math.Sincos(u2)
	l := radians(math.Remainder(b[0]-a[0], 360))
	lambda := l
	for range 200 {
		sl, cl := math.Sincos(lambda)
		sinS := math.Hypot(cu2*sl, cu1*su2-su1*cu2*cl)
		if sinS == 0 {
			return 0, nil
		}
		cosS := su1*su2 + cu1*cu2*cl
		sigma := math.Atan2(sinS, cosS)
		sinA := cu1 * cu2 * sl / sinS
		cos2A := 1 - sinA*sinA
		cos2M := 0.0
		if cos2A > 1e-15 {
			cos2M = cosS - 2*su1*su2/cos2A
		}
		c := f / 16 * cos2A * (4 + f*(4-3*cos2A))
		next := l + (1-c)*f*sinA*(sigma+c*sinS*(cos2M+c*cosS*(2*cos2M*cos2M-1)))
		settled := math.Abs(next-lambda) < 1e-13
		lambda = next
		if !settled {
			continue
		}
		u := cos2A * (Axis*Axis - polar*polar) / (polar * polar)
		ka := 1 + u/16384*(4096+u*(-768+u*(320-175*u)))
		kb := u / 1024 * (256 + u*(-128+u*(74-47*u)))
		ds := kb * sinS * (cos2M + kb/4*(cosS*(2*cos2M*cos2M-1)-kb/6*cos2M*(4*sinS*sinS-3)*(4*cos2M*cos2M-3)))
		return polar * ka * (sigma - ds), nil
	}
	return math.NaN(), ErrAntipodal
}

// PathLength returns the length in metres of a line of points, and zero for fewer than two. Errors are Distance's.
func PathLength(line orb.LineString) (float64, error) {
	var sum float64
	for i := 1; i < len(line); i++ {
		d, err := Distance(line[i-1], line[i])
		if err != nil {
			return math.NaN(), err
		}
		sum += d
	}
	return sum, nil
}

// Check returns an error when p is no place on the earth: NaN, infinite, or a latitude outside [-90, 90].
// Longitudes may run past 180.
func Check(p orb.Point) error {
	if math.IsNaN(p[0]) || math.IsInf(p[0], 0) || !(p[1] >= -90 && p[1] <= 90) || math.Abs(p[0]) > 540 {
		return &PlaceError{Point: p}
	}
	return nil
}

func radians(d float64) float64 { return d * math.Pi / 180 }
func degrees(r float64) float64 { return r * 180 / math.Pi }
