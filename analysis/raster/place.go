package raster

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/geodesy"
)

// Geo says where an image lies: its transform from pixels to map coordinates and the system those are in.
type Geo struct {
	Transform Affine
	CRS       CRS
}

// Place returns the longitude and latitude of a pixel position in degrees, ErrNoPlace without a known system.
func (g Geo) Place(col, row float64) (orb.Point, error) {
	p := g.CRS.projection()
	if p == nil {
		return orb.Point{math.NaN(), math.NaN()}, fmt.Errorf("raster: coordinate system %v: %w", g.CRS, ErrNoPlace)
	}
	q := p.Inverse(g.Transform.Map(col, row))
	if err := geodesy.Check(q); err != nil {
		return q, fmt.Errorf("raster: pixel %.1f, %.1f: %w", col, row, err)
	}
	return q, nil
}

// Pixel returns the pixel position of a longitude and latitude in degrees, ErrNoPlace without a known system.
func (g Geo) Pixel(p orb.Point) (col, row float64, err error) {
	proj := g.CRS.projection()
	if proj == nil {
		return math.NaN(), math.NaN(), fmt.Errorf("raster: coordinate system %v: %w", g.CRS, ErrNoPlace)
	}
	col, row = g.Transform.Pixel(proj.Forward(p))
	if math.IsNaN(col) || math.IsNaN(row) {
		return col, row, fmt.Errorf("raster: %v lies outside of the coordinate system %v", p, g.CRS)
	}
	return col, row, nil
}

// GroundDistance returns the metres on the ground that one pixel covers along a row (dx) and along a column (dy) at a
// pixel position: geodesic lengths, whatever the projection. ErrNoPlace without a known system.
func (g Geo) GroundDistance(col, row float64) (dx, dy float64, err error) {
	step := func(dc, dr float64) (float64, error) {
		a, err := g.Place(col-dc/2, row-dr/2)
		if err != nil {
			return math.NaN(), err
		}
		b, err := g.Place(col+dc/2, row+dr/2)
		if err != nil {
			return math.NaN(), err
		}
		return geodesy.Distance(a, b)
	}
	if dx, err = step(1, 0); err != nil {
		return dx, dx, err
	}
	dy, err = step(0, 1)
	return dx, dy, err
}

// Distance returns the metres on the ground between two pixel positions, ErrNoPlace without a known system.
func (g Geo) Distance(col0, row0, col1, row1 float64) (float64, error) {
	a, err := g.Place(col0, row0)
	if err != nil {
		return math.NaN(), err
	}
	b, err := g.Place(col1, row1)
	if err != nil {
		return math.NaN(), err
	}
	return geodesy.Distance(a, b)
}

// North returns the direction of true north in the image at a pixel position, in degrees clockwise from up.
func (g Geo) North(col, row float64) (float64, error) {
	p, err := g.Place(col, row)
	if err != nil {
		return math.NaN(), err
	}
	c, r, err := g.Pixel(orb.Point{p[0], math.Min(p[1]+1e-4, 90)})
	if err != nil {
		return math.NaN(), err
	}
	return math.Atan2(c-col, row-r) * 180 / math.Pi, nil
}

// Bounds returns the box of longitudes and latitudes around a grid of the given size.
func (g Geo) Bounds(width, height int) (orb.Bound, error) {
	w, h := float64(width), float64(height)
	var b orb.Bound
	for i, c := range [][2]float64{{0, 0}, {w, 0}, {0, h}, {w, h}} {
		p, err := g.Place(c[0], c[1])
		if err != nil {
			return b, err
		}
		if i == 0 {
			b = orb.Bound{Min: p, Max: p}
		}
		b = b.Extend(p)
	}
	return b, nil
}
