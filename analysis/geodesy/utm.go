package geodesy

import (
	"math"
	"math/cmplx"

	"github.com/paulmach/orb"
)

// UTM is one zone of the Universal Transverse Mercator projection; its coordinates are metres east and north.
type UTM struct {
	Zone  int  // 1 to 60
	South bool // northings count from 10,000 km at the equator
}

// ZoneOf returns the UTM zone of a point by longitude alone (the exceptions of Norway and Svalbard are not applied).
func ZoneOf(p orb.Point) UTM {
	z := int(math.Floor(math.Mod(p[0]+540, 360)/6)) + 1
	return UTM{Zone: min(max(z, 1), 60), South: p[1] < 0}
}

// series holds the coefficients of Krueger's series in the third flattening, to the sixth order.
type series struct {
	scale       float64 // metres of the rectifying sphere times the scale on the central meridian
	alpha, beta [6]float64
}

const (
	utmScale  = 0.9996
	utmEast   = 500000.0
	utmNorth  = 10000000.0
	zoneWidth = 6.0
)

// krueger returns the series for WGS 84.
//
// Source: C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, Journal of Geodesy 85 (2011),
// doi:10.1007/s00190-011-0445-3, equations 35 and 36.
func krueger() series {
	n := Flattening / (2 - Flattening)
	poly := func(power int, c ...float64) float64 {
		var s float64
		for i := len(c) - 1; i >= 0; i-- {
			s = s*n + c[i]
		}
		return s * math.Pow(n, float64(power))
	}
	n2 := n * n
	return series{
		scale: utmScale * Axis / (1 + n) * (1 + n2/4 + n2*n2/64 + n2*n2*n2/256),
		alpha: [6]float64{
			poly(1, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
			poly(2, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
			poly(3, 61./240, -103./140, 15061./26880, 167603./181440),
			poly(4, 49561./161280, -179./168, 6601661./7257600),
			poly(5, 34729./80640, -3418889./1995840),
			poly(6, 212378941./319334400),
		},
		beta: [6]float64{
			poly(1, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
			poly(2, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
			poly(3, 17./480, -37./840, -209./4480, 5569./90720),
			poly(4, 4397./161280, -11./504, -830251./7257600),
			poly(5, 4583./161280, -108847./3991680),
			poly(6, 20648693./638668800),
		},
	}
}

var wgs84 = krueger() // constant

// meridian returns the longitude of the zone's central meridian in degrees.
func (u UTM) meridian() float64 { return float64(u.Zone)*zoneWidth - 183 }

// Forward returns metres east and north of a point. It agrees with PROJ to 1e-6 m within 10 degrees of the zone's
// central meridian. Points that are no place, or 80 degrees and more away, give NaN.
func (u UTM) Forward(p orb.Point) (east, north float64) {
	dl := math.Remainder(p[0]-u.meridian(), 360)
	if Check(p) != nil || math.Abs(dl) >= 80 {
		return math.NaN(), math.NaN()
	}
	e := math.Sqrt(Flattening * (2 - Flattening))
	s, c := math.Sincos(radians(p[1]))
	tau := s / c
	sigma := math.Sinh(e * math.Atanh(e*s))
	taup := tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
	sl, cl := math.Sincos(radians(dl))
	xi := math.Atan2(taup, cl)
	eta := math.Asinh(sl / math.Hypot(taup, cl))
	z := complex(xi, eta)
	w := z
	for i, a := range wgs84.alpha {
		w += complex(a, 0) * cmplx.Sin(complex(2*float64(i+1), 0)*z)
	}
	east = utmEast + wgs84.scale*imag(w)
	north = wgs84.scale * real(w)
	if u.South {
		north += utmNorth
	}
	return east, north
}

// Inverse returns the point at metres east and north. NaN or infinite input gives NaN.
func (u UTM) Inverse(east, north float64) orb.Point {
	if u.South {
		north -= utmNorth
	}
	w := complex(north/wgs84.scale, (east-utmEast)/wgs84.scale)
	if cmplx.IsNaN(w) || cmplx.IsInf(w) || math.Abs(imag(w)) > 20 {
		return orb.Point{math.NaN(), math.NaN()}
	}
	z := w
	for i, b := range wgs84.beta {
		z -= complex(b, 0) * cmplx.Sin(complex(2*float64(i+1), 0)*w)
	}
	sx, cx := math.Sincos(real(z))
	sh := math.Sinh(imag(z))
	taup := sx / math.Hypot(sh, cx)
	lon := math.Atan2(sh, cx)
	e2 := Flattening * (2 - Flattening)
	e := math.Sqrt(e2)
	tau := taup
	for range 6 { // Newton's method on the conformal latitude; two rounds suffice on the earth
		sigma := math.Sinh(e * math.Atanh(e*tau/math.Hypot(1, tau)))
		got := tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
		d := (taup - got) / math.Hypot(1, got) * (1 + (1-e2)*tau*tau) / ((1 - e2) * math.Hypot(1, tau))
		tau += d
		if math.Abs(d) < 1e-15*math.Max(1, math.Abs(tau)) {
			break
		}
	}
	return orb.Point{math.Remainder(degrees(lon)+u.meridian(), 360), degrees(math.Atan(tau))}
}
