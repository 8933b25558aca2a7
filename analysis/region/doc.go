// Package region turns masks into regions: connected pixels with area, holes, an outline and an oriented
// box.
//
// It works on runs, the stretches of marked pixels in a row, so that its cost follows what is marked and not the size of
// the image. Columns and rows are raster's: the box of a single pixel at 0, 0 has its centre at 0.5, 0.5. Package
// measure measures what is found here.
package region
