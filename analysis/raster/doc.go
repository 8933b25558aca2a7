// Package raster reads and writes georeferenced grids: GeoTIFF, BigTIFF and COG by window and by overview, PNG and
// JPEG with a world file.
//
// It assumes that column 0, row 0 is the corner of the top left pixel, so that the centre of that pixel is at 0.5, 0.5;
// columns run right and rows run down. A missing sample (the file's nodata value, NaN, or what a mask, a
// mask file or an alpha band hides) reads as NaN in float planes.
// An Image is a handle: opening one reads its directory only, and samples come when asked for. Its GroundDistance is
// the true distance on the ground, in metres, that one pixel covers where it lies; the pixel size that stands in a file
// is no length (a Web Mercator image at latitude 35 has pixels 22 % too long).
//
// Packages register, change and measure take their images from here.
package raster
