package change

import (
	"context"
	"fmt"
	"image"
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/sketch"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// panel is the width of each of the three pictures, in units of a sheet.
const panel = 340

// picture is a date as it is shown: up to three bands, reduced.
type picture struct{ planes []raster.Plane }

// look reads what is shown of an image: red, green and blue where it has them, else its first band.
func look(ctx context.Context, m *raster.Image) (picture, error) {
	bands := []int{m.Band("red"), m.Band("green"), m.Band("blue")}
	if bands[0] < 0 || bands[1] < 0 || bands[2] < 0 {
		bands = []int{0}
	}
	if m.Bands[bands[0]].Role == "alpha" {
		bands = m.DataBands()[:1]
	}
	planes, err := m.Reduce(ctx, panel, panel, bands...)
	return picture{planes}, err
}

// SimpleRender returns the text of String and a picture for a notebook: before, after, and the score with its colour
// bar, a scale bar and north.
func (s *Score) SimpleRender() map[string]any {
	out := map[string]any{"text/plain": s.String()}
	if b, err := sketch.Encode(s.Picture()); err == nil {
		out["image/png"] = b
	}
	return out
}

// Render is SimpleRender with the size at which to show the picture, in CSS pixels: its own pixels are twice as fine.
func (s *Score) Render() struct{ Data, Metadata, Transient map[string]any } {
	w, h := sketch.Shown(s.Picture())
	size := map[string]any{"width": w, "height": h}
	return struct{ Data, Metadata, Transient map[string]any }{Data: s.SimpleRender(), Metadata: map[string]any{"image/png": size}}
}

// Picture draws before, after and score beside each other.
func (s *Score) Picture() image.Image {
	stretch := sketch.Stretch(append(append([]raster.Plane(nil), s.beforePicture.planes...), s.afterPicture.planes...)...)
	shown := [3]image.Image{sketch.Photo(s.beforePicture.planes, stretch), sketch.Photo(s.afterPicture.planes, stretch), nil}
	low, high := s.colourRange()
	shown[2] = sketch.Map(s.small(), low, high, s.Signed)
	h := 60 // the colour bar's numbers need as much
	for i, p := range shown {
		shown[i] = sketch.Enlarge(p, panel)
		p = shown[i]
		h = max(h, p.Bounds().Dy())
	}
	const gap, top, foot, bar = 12, 40, 34, 76
	sheet := sketch.NewSheet(3*panel+4*gap+bar, h+top+foot)
	titles := [3]string{title("before", s.Before), title("after", s.After), s.Method}
	if s.Unit != "" {
		titles[2] += " in " + s.Unit
	}
	for i, p := range shown {
		x := gap + i*(panel+gap)
		sheet.Place(p, x, top)
		sheet.Title(float64(x), 32, sketch.Fit(titles[i], panel*0.94), sketch.Ink)
	}
	sheet.Text(gap, 14, sketch.Fit(s.caption(), 3*panel+2*gap+bar), sketch.Pale)
	sheet.ColourBar(image.Rect(3*panel+4*gap-4, top, 3*panel+4*gap+10, top+h), low, high, s.Signed, s.Threshold)
	g := s.Before.Geo
	factor := float64(s.Before.Width) / float64(shown[0].Bounds().Dx())
	under := float64(h + top + 16)
	if dx, _, err := g.GroundDistance(float64(s.Before.Width)/2, float64(s.Before.Height)/2); err == nil {
		sheet.ScaleBar(gap, under, dx*factor, panel/2)
	}
	if north, err := g.North(float64(s.Before.Width)/2, float64(s.Before.Height)/2); err == nil {
		sheet.North(gap+panel-16, under, north)
	}
	return sheet.Image()
}

func title(what string, h raster.Header) string {
	if h.Taken.IsZero() {
		return what + ": " + h.Name
	}
	return what + ": " + h.Taken.UTC().Format("2006-01-02")
}

func (s *Score) caption() string {
	c := "normalisation " + string(s.Normalise) + ", " + s.Shift.String()
	dx, dy, err := s.Before.Geo.GroundDistance(float64(s.Before.Width)/2, float64(s.Before.Height)/2)
	if err == nil && math.Abs(math.Log(dx/dy)) > 0.05 { // the scale bar is right along the rows only
		c += fmt.Sprintf(", pixels of %.3g x %.3g m", dx, dy)
	}
	if s.simulated() {
		c = "SIMULATED · " + c
	}
	return c
}

// small returns the scores at the size of a panel: of each cell the largest in size, so that small changes show.
func (s *Score) small() raster.Plane {
	f := math.Max(1, math.Max(float64(s.Plane.Width), float64(s.Plane.Height))/panel)
	w, h := max(1, int(float64(s.Plane.Width)/f)), max(1, int(float64(s.Plane.Height)/f))
	out := raster.NewPlane(w, h)
	nan := float32(math.NaN())
	for i := range out.Pix {
		out.Pix[i] = nan
	}
	for r := range s.Plane.Height {
		to := out.Row(r * h / s.Plane.Height)
		for c, v := range s.Plane.Row(r) {
			k := c * w / s.Plane.Width
			if v == v && !(to[k] == to[k] && math.Abs(float64(to[k])) >= math.Abs(float64(v))) {
				to[k] = v
			}
		}
	}
	return out
}

// colourRange spans the scores without the outermost half percent.
func (s *Score) colourRange() (low, high float64) {
	low, high = sketch.Percentiles(s.Plane, 0.005, 0.995)
	if s.Signed {
		m := math.Max(math.Abs(low), math.Abs(high))
		return -m, m
	}
	return low, high
}
