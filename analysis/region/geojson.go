package region

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// GeoJSON returns the regions' boxes as polygons in longitude and latitude, with their areas in pixels and square
// metres, sides in metres, holes and border flags as properties. raster.ErrNoPlace without a known coordinate system.
func GeoJSON(regions []Region, g raster.Geo) (*geojson.FeatureCollection, error) {
	out := geojson.NewFeatureCollection()
	for i, r := range regions {
		b := r.Box()
		ring := make(orb.Ring, 0, 5)
		for _, c := range b.Corners() {
			p, err := g.Place(c[0], c[1])
			if err != nil {
				return nil, fmt.Errorf("region: region %d: %w", i+1, err)
			}
			ring = append(ring, p)
		}
		ring = append(ring, ring[0])
		if orb.Ring(ring).Orientation() == orb.CW {
			ring.Reverse()
		}
		area, err := r.SquareMetres(g)
		if err != nil {
			return nil, err
		}
		length, width, err := b.Metres(g)
		if err != nil {
			return nil, err
		}
		f := geojson.NewFeature(orb.Polygon{ring})
		f.ID = i + 1
		f.Properties["area_px"], f.Properties["area_m2"] = r.Area, round(area)
		f.Properties["length_m"], f.Properties["width_m"] = round(length), round(width)
		f.Properties["holes"], f.Properties["border"] = r.Holes, r.Border
		out.Append(f)
	}
	return out, nil
}

func round(v float64) float64 { return float64(int64(v*100+0.5)) / 100 }

// SquareMetres returns the region's area on the ground, with the ground distance at its centre.
func (g Region) SquareMetres(geo raster.Geo) (float64, error) {
	dx, dy, err := geo.GroundDistance(g.Col, g.Row)
	return float64(g.Area) * dx * dy, err
}

// Metres returns length and width of the box on the ground, geodesic.
func (b Box) Metres(geo raster.Geo) (length, width float64, err error) {
	c := b.Corners()
	if length, err = geo.Distance((c[0][0]+c[3][0])/2, (c[0][1]+c[3][1])/2, (c[1][0]+c[2][0])/2, (c[1][1]+c[2][1])/2); err != nil {
		return length, length, err
	}
	width, err = geo.Distance((c[0][0]+c[1][0])/2, (c[0][1]+c[1][1])/2, (c[2][0]+c[3][0])/2, (c[2][1]+c[3][1])/2)
	return length, width, err
}
