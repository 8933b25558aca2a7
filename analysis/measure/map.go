package measure

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
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
	bands := []int{m.Band("red"), m.Band("green"), m.Band("blue")}
	if min(bands[0], bands[1], bands[2]) < 0 {
		bands = []int{max(band, 0)}
	}
	planes, err := m.Reduce(ctx, widest, widest, bands...)
	row := newRow(m, "", 0, "")
	return view{planes, m.All(), m.Geo, m.Name, m.Taken, row.Simulated}, err
}

// mark is an object on a map.
type mark struct {
	region region.Region
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
	const gap, top, foot = 10, 38, 32
	img := image.NewRGBA(image.Rect(0, 0, max(b.Dx(), 420)+2*gap, b.Dy()+top+foot))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(img, b.Sub(b.Min).Add(image.Pt(gap, top)), photo, b.Min, draw.Src)
	fx, fy := float64(b.Dx())/float64(v.size.Width), float64(b.Dy())/float64(v.size.Height)
	frame := image.Rect(gap, top, gap+b.Dx(), top+b.Dy())
	for _, m := range marks {
		colour := color.RGBA{255, 220, 0, 255}
		if m.faint {
			colour = color.RGBA{255, 150, 60, 255}
		}
		right, low := 0.0, math.Inf(1)
		for _, polygon := range m.region.Outline() {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					x0, y0, x1, y1 := ring[i-1][0]*fx, ring[i-1][1]*fy, ring[i][0]*fx, ring[i][1]*fy
					stroke(img, frame, x0, y0, x1, y1, colour)
					if x1 > right {
						right, low = x1, y1
					}
				}
			}
		}
		if !math.IsInf(low, 0) {
			x, y := min(gap+int(right)+3, frame.Max.X-7*len(m.label)), max(top+int(low)+5, top+12)
			for _, o := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				sketch.Text(img, x+o[0], y+o[1], m.label, color.Black)
			}
			sketch.Text(img, x, y, m.label, colour)
		}
	}
	if v.simulated {
		head = "SIMULATED - " + head
	}
	title := v.name
	if !v.taken.IsZero() {
		title += ", " + v.taken.UTC().Format("2006-01-02 15:04 UTC")
	}
	sketch.Text(img, gap, 14, sketch.Fit(head, img.Bounds().Dx()-2*gap), color.Gray{90})
	sketch.Text(img, gap, 30, sketch.Fit(title, img.Bounds().Dx()-2*gap), color.Black)
	cx, cy := float64(v.size.Width)/2, float64(v.size.Height)/2
	if dx, _, err := v.geo.GroundDistance(cx, cy); err == nil {
		sketch.ScaleBar(img, gap, frame.Max.Y+12, dx/fx, b.Dx()/3)
	}
	if north, err := v.geo.North(cx, cy); err == nil {
		sketch.North(img, frame.Max.X-24, frame.Max.Y+16, north)
	}
	return img
}

// stroke draws a line two pixels wide inside a frame.
func stroke(img *image.RGBA, frame image.Rectangle, x0, y0, x1, y1 float64, c color.Color) {
	n := int(math.Hypot(x1-x0, y1-y0)) + 1
	for k := range n + 1 {
		t := float64(k) / float64(n)
		x, y := frame.Min.X+int(x0+t*(x1-x0)), frame.Min.Y+int(y0+t*(y1-y0))
		for _, p := range [3]image.Point{{X: x, Y: y}, {X: x + 1, Y: y}, {X: x, Y: y + 1}} {
			if p.In(frame) {
				img.Set(p.X, p.Y, c)
			}
		}
	}
}

// Picture draws the image with the outlines of its ships and their numbers, berthed ones in orange.
func (f *Fleet) Picture() image.Image {
	marks := make([]mark, len(f.Ships))
	for i, s := range f.Ships {
		marks[i] = mark{s.Region, fmt.Sprint(s.Number), s.Berthed}
	}
	return f.view.picture(fmt.Sprintf("%d %s on %.2f km2 of water", len(f.Ships), plural(len(f.Ships), "ship"), f.Water), marks)
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
