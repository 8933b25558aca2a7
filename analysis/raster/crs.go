package raster

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/geodesy"
)

// CRS is the coordinate system of an image by its EPSG code; zero means that there is none.
//
// Known here are WGS 84, NAD83 and ETRS89 in degrees (4326, 4269, 4258), their UTM zones (326zz, 327zz, 269zz, 258zz)
// and Web Mercator (3857 and its older codes). Of any other, only the code is kept.
type CRS struct {
	EPSG int
	Name string // the citation in the file, where there is one
}

// String returns "EPSG:32652", or "none".
func (c CRS) String() string {
	if c.EPSG == 0 {
		return "none"
	}
	return fmt.Sprintf("EPSG:%d", c.EPSG)
}

// projection turns map coordinates into places and back.
type projection interface {
	Forward(orb.Point) (x, y float64)
	Inverse(x, y float64) orb.Point
}

type degrees struct{}

func (degrees) Forward(p orb.Point) (x, y float64) { return p[0], p[1] }
func (degrees) Inverse(x, y float64) orb.Point     { return orb.Point{x, y} }

// projection returns nil for a system that is not known here.
func (c CRS) projection() projection {
	zone := c.EPSG % 100
	switch {
	case c.Geographic():
		return degrees{}
	case c.EPSG == 3857 || c.EPSG == 3785 || c.EPSG == 900913 || c.EPSG == 102100 || c.EPSG == 102113:
		return geodesy.WebMercator{}
	case zone < 1 || zone > 60:
		return nil
	case c.EPSG/100 == 326:
		return geodesy.UTM{Zone: zone}
	case c.EPSG/100 == 327:
		return geodesy.UTM{Zone: zone, South: true}
	case c.EPSG/100 == 269 && zone <= 23, c.EPSG/100 == 258 && zone >= 28 && zone <= 38:
		return geodesy.UTM{Zone: zone}
	}
	return nil
}

// Geographic reports whether the map coordinates are degrees of longitude and latitude.
func (c CRS) Geographic() bool { return c.EPSG == 4326 || c.EPSG == 4269 || c.EPSG == 4258 }

// Known reports whether places on the earth can be worked out in this system.
func (c CRS) Known() bool { return c.projection() != nil }

// UTM returns the system of a WGS 84 UTM zone.
func UTM(zone int, south bool) CRS {
	if south {
		return CRS{EPSG: 32700 + zone}
	}
	return CRS{EPSG: 32600 + zone}
}
