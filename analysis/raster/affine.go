package raster

import "math"

// Affine maps pixel coordinates to map coordinates: x = A*col + B*row + C, y = D*col + E*row + F.
type Affine struct{ A, B, C, D, E, F float64 }

// Identity is the transform of an image without one.
func Identity() Affine { return Affine{A: 1, E: 1} }

// NorthUp returns the transform of an image whose top left corner is at x, y, with square to rectangular pixels of
// dx by dy map units, north up.
func NorthUp(x, y, dx, dy float64) Affine { return Affine{A: dx, C: x, E: -dy, F: y} }

// Map returns the map coordinates of a pixel position.
func (t Affine) Map(col, row float64) (x, y float64) {
	return t.A*col + t.B*row + t.C, t.D*col + t.E*row + t.F
}

// Pixel returns the pixel position of map coordinates, NaN when the transform cannot be turned round.
func (t Affine) Pixel(x, y float64) (col, row float64) {
	det := t.A*t.E - t.B*t.D
	if det == 0 {
		return math.NaN(), math.NaN()
	}
	x, y = x-t.C, y-t.F
	return (t.E*x - t.B*y) / det, (t.A*y - t.D*x) / det
}

// Shift returns the transform of a grid whose pixel 0, 0 is at col, row of this one.
func (t Affine) Shift(col, row float64) Affine {
	t.C, t.F = t.Map(col, row)
	return t
}

// Scale returns the transform of a grid whose pixels are sx by sy of this one's.
func (t Affine) Scale(sx, sy float64) Affine {
	t.A, t.D, t.B, t.E = t.A*sx, t.D*sx, t.B*sy, t.E*sy
	return t
}

// sound reports whether the transform is finite and can be turned round.
func (t Affine) sound() bool {
	det := t.A*t.E - t.B*t.D
	sum := t.A + t.B + t.C + t.D + t.E + t.F
	return det != 0 && !math.IsNaN(det) && !math.IsInf(det, 0) && sum-sum == 0
}
