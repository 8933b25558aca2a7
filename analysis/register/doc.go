// Package register finds how far one image lies off another and resamples images.
//
// It assumes that the two images have the same grid and differ by a shift that is the same everywhere, apart from
// clouds and from what changed on the ground. A Shift is in pixels: what lies at column c, row r of the reference lies
// at c + DX, r + DY of the moving image. Package change uses it before it compares two dates.
package register
