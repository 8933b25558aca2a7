// Package geodesy gives true distances on the ground and the two projections that satellite images come in.
//
// It assumes the WGS 84 ellipsoid (GRS 80, which ETRS89 and NAD83 use, differs from it by 0.1 mm in the axis and is
// treated alike). Points are orb.Point{longitude, latitude} in degrees. Package raster uses it to say how many metres
// a pixel covers where it lies; package measure to turn pixels into lengths.
package geodesy
