package measure

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"
	"time"

	"github.com/sightline-osint/sightline/analysis/internal/sketch"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// widest is the width and height in pixels of the photograph in a map, at most.
const widest = 860

// view is a small photograph of an image and where it lies.
type view struct {
	planes    []raster.Plane
	size      raster.Window // of the image that it shows
	geo       raster.Geo
	name      string
	taken     time.Time
	simulated bool
}

// viewOf reduces an image to a photograph: red, green and blue if it has them, else one band.
func viewOf(ctx context.Context, m *raster.Image, band int) (view, error) {
	planes, err := m.Reduce(ctx, widest, widest, colours(m, max(band, 0))...)
	return view{planes, m.All(), m.Geo, m.Name, m.Taken, m.Simulated()}, err
}

// colours are the bands of a photograph: red, green and blue if the image has them, else another.
func colours(m *raster.Image, other int) []int {
	if bands := []int{m.Band("red"), m.Band("green"), m.Band("blue")}; min(bands[0], bands[1], bands[2]) >= 0 {
		return bands
	}
	return []int{other}
}

// mark is an object on a map.
type mark struct {
	region region.Region
	line   [][2]float64 // columns and rows, instead of a region
	label  string
	faint  bool
}

// picture draws the photograph with the outlines and labels of objects, a scale bar and north.
func (v view) picture(head string, marks []mark) image.Image {
	if len(v.planes) == 0 || v.planes[0].Width == 0 {
		return nil
	}
	photo := sketch.Enlarge(sketch.Photo(v.planes, sketch.Stretch(v.planes...)), widest)
	b := photo.Bounds()
	const gap, top, foot = 12, 42, 34
	width := max(b.Dx(), 420) + 2*gap
	sheet := sketch.NewSheet(width, b.Dy()+top+foot)
	sheet.Place(photo, gap, top)
	fx, fy := float64(b.Dx())/float64(v.size.Width), float64(b.Dy())/float64(v.size.Height)
	frame := image.Rect(gap, top, gap+b.Dx(), top+b.Dy())
	at := func(p [2]float64) [2]float64 {
		return [2]float64{gap + (p[0]-float64(v.size.Col))*fx, top + (p[1]-float64(v.size.Row))*fy}
	}
	for _, m := range marks {
		if len(m.line) > 0 {
			ruler(sheet, frame, m, at)
			continue
		}
		colour := color.RGBA{255, 220, 0, 255}
		if m.faint {
			colour = color.RGBA{255, 150, 60, 255}
		}
		right, low := 0.0, math.Inf(1)
		for _, polygon := range m.region.Outline() {
			for _, ring := range polygon {
				line := make([][2]float64, len(ring))
				for i, p := range ring {
					line[i] = at(p)
					if line[i][0] > right {
						right, low = line[i][0], line[i][1]
					}
				}
				sheet.Line(1.5, colour, frame, line...)
			}
		}
		if !math.IsInf(low, 0) {
			x, y := math.Min(right+4, float64(frame.Max.X)-sketch.Width(m.label)-4), math.Max(low+5, top+13)
			sheet.Outlined(x, y, m.label, colour)
		}
	}
	if v.simulated {
		head = "SIMULATED · " + head
	}
	title := v.name
	if !v.taken.IsZero() {
		title += ", " + v.taken.UTC().Format("2006-01-02 15:04 UTC")
	}
	sheet.Text(gap, 14, sketch.Fit(title, float64(width-2*gap)), sketch.Pale)
	sheet.Title(gap, 32, sketch.Fit(head, 0.94*float64(width-2*gap)), sketch.Ink)
	cx, cy := float64(v.size.Col)+float64(v.size.Width)/2, float64(v.size.Row)+float64(v.size.Height)/2
	if dx, _, err := v.geo.GroundDistance(cx, cy); err == nil {
		sheet.ScaleBar(gap, float64(frame.Max.Y+16), dx/fx, float64(b.Dx()/3))
	}
	if north, err := v.geo.North(cx, cy); err == nil {
		sheet.North(float64(frame.Max.X-20), float64(frame.Max.Y+16), north)
	}
	return sheet.Image()
}

// Picture draws the image with the outlines of its ships and their numbers, berthed ones in orange.
func (f *Fleet) Picture() image.Image {
	marks := make([]mark, len(f.Ships))
	for i, s := range f.Ships {
		marks[i] = mark{region: s.Region, label: fmt.Sprint(s.Number), faint: s.Berthed}
	}
	return f.view.picture(fmt.Sprintf("%d %s on %.2f km² of water", len(f.Ships), plural(len(f.Ships), "ship"), f.Water), marks)
}

// Picture draws the image with the outlines of the patches and their numbers.
func (y *Yardful) Picture() image.Image {
	marks := make([]mark, len(y.Stacks))
	for i, s := range y.Stacks {
		marks[i] = mark{region: s.Region, label: fmt.Sprint(s.Number)}
	}
	return y.view.picture(fmt.Sprintf("%s cover, %s, in %d %s", y.Colour, y.Total.short(), len(marks), plural(len(marks), "patch")), marks)
}

// plural returns a word for a number of things.
func plural(n int, word string) string {
	switch {
	case n == 1:
		return word
	case word == "patch":
		return "patches"
	}
	return word + "s"
}
