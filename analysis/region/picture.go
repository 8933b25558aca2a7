package region

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/palette"
	"github.com/sightline-osint/sightline/analysis/internal/sketch"
)

const (
	sheetSize = 480 // units of the longer side of a picture, at most
	labelled  = 100 // regions, at most, that get a box and a number
)

// Picture draws regions on an image of so many pixels: each in a colour, with the rectangle of Box around it and its
// number in the order given, from 1 on. Of more than a hundred regions the colours alone are drawn. It is nil for an image
// of no size; what lies outside of it is cut.
func Picture(width, height int, regions ...Region) image.Image {
	if width < 1 || height < 1 {
		return nil
	}
	f := math.Max(1, float64(max(width, height))/sheetSize)
	small := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(width)/f)), max(1, int(float64(height)/f))))
	for i := range small.Pix {
		small.Pix[i] = 240
		if i%4 == 3 {
			small.Pix[i] = 255
		}
	}
	for i, g := range regions {
		g.colour(small, f, colours[i%len(colours)])
	}
	photo := sketch.Enlarge(small, min(sheetSize, 24*max(width, height)))
	b := photo.Bounds()
	sheet := sketch.NewSheet(b.Dx(), b.Dy())
	sheet.Place(photo, 0, 0)
	if len(regions) <= labelled {
		for i, g := range regions {
			g.label(sheet, fmt.Sprint(i+1), b, float64(b.Dx())/float64(width), float64(b.Dy())/float64(height))
		}
	}
	return sheet.Image()
}

// colours of regions, the pale ones first.
var colours = [...]color.RGBA{palette.Sky, palette.Orange, palette.Green, palette.Purple, palette.Yellow, palette.Vermillion}

// colour paints the region's pixels, f of them to one of the picture.
func (g Region) colour(img *image.RGBA, f float64, c color.RGBA) {
	b := img.Bounds()
	for _, r := range g.Runs {
		y := min(int(float64(r.Row)/f), b.Max.Y-1)
		if r.Row < 0 || float64(r.Row) >= f*float64(b.Max.Y)+f {
			continue
		}
		from, to := int(float64(max(r.Start, 0))/f), int(math.Ceil(float64(r.End)/f))
		for x := from; x < min(to, b.Max.X); x++ {
			img.SetRGBA(x, y, c)
		}
	}
}

// label draws the rectangle around the region and writes its number on it, or beside it where it is small; fx and fy are
// units a pixel.
func (g Region) label(sheet *sketch.Sheet, number string, within image.Rectangle, fx, fy float64) {
	box := g.Box()
	if box.Length == 0 {
		return
	}
	var ring [][2]float64
	right, low := math.Inf(-1), 0.0
	for _, p := range box.Corners() {
		q := [2]float64{p[0] * fx, p[1] * fy}
		ring = append(ring, q)
		if q[0] > right {
			right, low = q[0], q[1]
		}
	}
	sheet.Line(1.2, sketch.Ink, within, append(ring, ring[0])...)
	w := sketch.Width(number)
	x, y := g.Col*fx-w/2, g.Row*fy+4
	if box.Width*math.Min(fx, fy) < 18 {
		x, y = right+4, low+4
	}
	x, y = math.Max(2, math.Min(x, float64(within.Max.X)-w-4)), math.Max(13, math.Min(y, float64(within.Max.Y)-3))
	sheet.Title(x, y, number, sketch.Ink)
}
