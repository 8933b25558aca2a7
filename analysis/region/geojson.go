package region

import (
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/geojson"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// GeoJSON returns the regions as features in longitude and latitude, after RFC 7946: outlines along the pixels' sides,
// holes and all, outer rings counter-clockwise and holes clockwise, cut where they cross the 180th meridian. What hangs
// together by corners only is a MultiPolygon. Properties are areas in pixels and square metres, the sides in metres and
// the bearing of the box of least area, the number of holes and whether the region touches the edge of the image.
//
// raster.ErrNoPlace without a known coordinate system; places that are none give an error.
func GeoJSON(regions []Region, g raster.Geo) (*geojson.FeatureCollection, error) {
	return features(regions, g, outlineOnMap)
}

// BoxGeoJSON is GeoJSON with the boxes of least area instead of the outlines.
func BoxGeoJSON(regions []Region, g raster.Geo) (*geojson.FeatureCollection, error) {
	return features(regions, g, boxOnMap)
}

func features(regions []Region, g raster.Geo, shape func(Region, raster.Geo) (orb.Geometry, error)) (*geojson.FeatureCollection, error) {
	out := geojson.NewFeatureCollection()
	for i, r := range regions {
		fail := func(err error) error { return fmt.Errorf("region: region %d of %d: %w", i+1, len(regions), err) }
		if len(r.Runs) == 0 || !inOrder(r.Runs) {
			return nil, fail(errors.New("no pixels, or runs that are not in order"))
		}
		s, err := shape(r, g)
		if err != nil {
			return nil, fail(err)
		}
		area, err := r.SquareMetres(g)
		if err != nil {
			return nil, fail(err)
		}
		b := r.Box()
		length, width, err := b.Metres(g)
		if err != nil {
			return nil, fail(err)
		}
		north, err := g.North(b.Col, b.Row)
		if err != nil {
			return nil, fail(err)
		}
		f := geojson.NewFeature(s)
		f.ID = i + 1
		f.Properties["area_px"], f.Properties["area_m2"] = r.Area, round(area)
		f.Properties["length_m"], f.Properties["width_m"] = round(length), round(width)
		f.Properties["bearing_deg"] = math.Round(math.Mod(b.Angle+90-north+720, 180)*10) / 10
		f.Properties["holes"], f.Properties["border"] = r.Holes, r.Border
		out.Append(f)
	}
	return out, nil
}

// boxOnMap returns the box of least area, cut at the 180th meridian by clipping: it is convex.
func boxOnMap(r Region, g raster.Geo) (orb.Geometry, error) {
	c := r.Box().Corners()
	rings, err := onMap(orb.Polygon{{c[0], c[1], c[2], c[3], c[0]}}, g)
	if err != nil {
		return nil, err
	}
	var out orb.MultiPolygon
	for _, turn := range []float64{0, 360, -360} {
		b := orb.Bound{Min: orb.Point{turn - 180, -90}, Max: orb.Point{turn + 180, 90}}
		if p := clip.Polygon(b, rings.Clone()); len(p) > 0 && len(p[0]) > 3 {
			out = append(out, wound(moved(p, -turn)))
		}
	}
	return single(out), nil
}

// outlineOnMap returns the outline. Where the region crosses the 180th meridian, its pixels are parted by the side on
// which their centres lie, and each part has an outline of its own that ends on the meridian.
func outlineOnMap(r Region, g raster.Geo) (orb.Geometry, error) {
	var out orb.MultiPolygon
	parts, err := parted(r, g)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		for _, p := range part.region.Outline() {
			q, err := onMap(p, g)
			if err != nil {
				return nil, err
			}
			q = moved(q, -360*math.Round((q.Bound().Center()[0]-part.near)/360))
			for _, ring := range q {
				for i := range ring {
					ring[i][0] = math.Max(-180, math.Min(180, ring[i][0]))
				}
			}
			out = append(out, wound(q))
		}
	}
	return single(out), nil
}

// side is a region on one side of the 180th meridian, near a longitude within it.
type side struct {
	region Region
	near   float64
}

func parted(r Region, g raster.Geo) ([]side, error) {
	b := r.Bounds
	var low, high float64
	for i, c := range [4][2]int{{b.Col, b.Row}, {b.Col + b.Width, b.Row}, {b.Col, b.Row + b.Height}, {b.Col + b.Width, b.Row + b.Height}} {
		p, err := g.Place(float64(c[0]), float64(c[1]))
		if err != nil {
			return nil, err
		}
		if i == 0 {
			low, high = p[0], p[0]
		}
		low, high = math.Min(low, p[0]), math.Max(high, p[0])
	}
	if high-low < 180 && low >= -180 && high <= 180 {
		return []side{{r, (low + high) / 2}}, nil
	}
	var parts [2]Region
	for _, run := range r.Runs {
		for c := run.Start; c < run.End; c++ {
			p, err := g.Place(float64(c)+0.5, float64(run.Row)+0.5)
			if err != nil {
				return nil, err
			}
			k := 0
			if math.Remainder(p[0], 360) < 0 {
				k = 1
			}
			n := len(parts[k].Runs)
			if n > 0 && parts[k].Runs[n-1].Row == run.Row && parts[k].Runs[n-1].End == c {
				parts[k].Runs[n-1].End++
			} else {
				parts[k].Runs = append(parts[k].Runs, Run{run.Row, c, c + 1})
			}
			parts[k].Area++
		}
	}
	var out []side
	for k, p := range parts {
		if p.Area > 0 {
			p.describe(raster.Mask{})
			out = append(out, side{p, []float64{90, -90}[k]})
		}
	}
	return out, nil
}

// onMap returns a polygon of columns and rows in longitude and latitude, its longitudes running on past 180.
func onMap(p orb.Polygon, g raster.Geo) (orb.Polygon, error) {
	out := make(orb.Polygon, len(p))
	last := math.NaN()
	for k, ring := range p {
		for _, c := range ring {
			q, err := g.Place(c[0], c[1])
			if err != nil {
				return nil, err
			}
			if last == last {
				q[0] += 360 * math.Round((last-q[0])/360)
			}
			last = q[0]
			out[k] = append(out[k], q)
		}
	}
	return out, nil
}

func moved(p orb.Polygon, degrees float64) orb.Polygon {
	for _, ring := range p {
		for i := range ring {
			ring[i][0] += degrees
		}
	}
	return p
}

// wound turns the first ring counter-clockwise and the others clockwise.
func wound(p orb.Polygon) orb.Polygon {
	for i, ring := range p {
		want := orb.CW
		if i == 0 {
			want = orb.CCW
		}
		if ring.Orientation() != want {
			ring.Reverse()
		}
	}
	return p
}

// single returns one polygon as such.
func single(m orb.MultiPolygon) orb.Geometry {
	if len(m) == 1 {
		return m[0]
	}
	return m
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
