// Package palette names the colours of figures and pictures.
package palette

import "image/color"

// The colours of Okabe and Ito, told apart by readers with any common colour blindness: M. Okabe, K. Ito, Color Universal Design
// (2008). They are opaque, so that color.NRGBA holds the same numbers.
var (
	Blue       = color.RGBA{0, 114, 178, 255}
	Sky        = color.RGBA{86, 180, 233, 255}
	Green      = color.RGBA{0, 158, 115, 255}
	Yellow     = color.RGBA{240, 228, 66, 255}
	Orange     = color.RGBA{230, 159, 0, 255}
	Vermillion = color.RGBA{213, 94, 0, 255}
	Purple     = color.RGBA{204, 121, 167, 255}
)
