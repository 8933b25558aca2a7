package raster

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/image/draw"
)

const (
	lookSize = 960     // pixels of the picture's longer side, shown at half of that
	lookMost = 1 << 26 // samples that are read for it
)

// SimpleRender shows what the image is, with its bands and warnings (text/plain, text/html), and a picture of it
// (image/png, in the HTML too): the red, green and blue bands, or the first one, each between its 2nd and 98th percentile;
// missing pixels are pale grey. The picture of a simulated image has the legend that says so. Large images without
// overviews are not read for a picture. It is for looking: its colours cannot be compared between two images, as those of
// a change score can.
func (m *Image) SimpleRender() map[string]any {
	lines := m.lines()
	pic, err := m.look()
	switch {
	case err != nil:
		lines = append(lines, "no picture: "+err.Error())
	case m.Simulated():
		lines = append(lines, "SIMULATED image")
	}
	out := bundle(lines, pic, m.Name)
	if m.Simulated() && m.Measured.Empty() { // such a picture is not to be without the line that says so
		delete(out, "image/png")
	}
	return out
}

// bundle is what a front end shows: lines of text, and a picture where there is one.
func bundle(lines []string, pic *image.NRGBA, alt string) map[string]any {
	text := strings.Join(lines, "\n")
	page := "<pre style=\"margin:0\">" + html.EscapeString(text) + "</pre>"
	out := map[string]any{}
	if pic != nil {
		var b bytes.Buffer
		pic = sharp(pic)
		if png.Encode(&b, pic) == nil {
			out["image/png"] = b.Bytes()
			page += fmt.Sprintf(`<img width="%d" style="max-width:100%%" alt="%s" src="data:image/png;base64,%s">`,
				shownWidth(pic.Bounds()), html.EscapeString(alt), base64.StdEncoding.EncodeToString(b.Bytes()))
		}
	}
	out["text/plain"], out["text/html"] = text, page
	return out
}

// sharp repeats the pixels of a small picture, which a front end would smear if it enlarged them.
func sharp(pic *image.NRGBA) *image.NRGBA {
	w, h := pic.Bounds().Dx(), pic.Bounds().Dy()
	k := min(lookSize/2/max(w, h, 1), 24)
	if k < 2 {
		return pic
	}
	out := image.NewNRGBA(image.Rect(0, 0, k*w, k*h))
	draw.NearestNeighbor.Scale(out, out.Bounds(), pic, pic.Bounds(), draw.Src, nil)
	return out
}

// shownWidth is the width in CSS pixels: half of what a large picture has.
func shownWidth(r image.Rectangle) int {
	w := float64(r.Dx())
	return int(math.Round(w * max(0.5, min(1, lookSize/2/math.Max(w, float64(r.Dy()))))))
}

// lines say what the image is.
func (m *Image) lines() []string {
	lines := []string{m.String()}
	var names []string
	for i, b := range m.Bands {
		name := b.Name
		if name == "" {
			name = fmt.Sprintf("%d", i+1)
		}
		if b.Role != "" && b.Role != b.Name {
			name += " (" + b.Role + ")"
		}
		names = append(names, name)
	}
	about := "bands: " + strings.Join(names, ", ")
	if m.Sensor != "" {
		about = m.Sensor + ", " + about
	}
	if m.Taken.IsZero() {
		about += "; date not known: set Taken"
	} else if t := m.Taken.UTC(); !t.Equal(t.Truncate(24 * time.Hour)) {
		about += "; taken at " + t.Format("15:04 UTC")
	}
	lines = append(lines, about)
	for _, w := range m.Warnings {
		lines = append(lines, "warning: "+w)
	}
	return lines
}

// Simulated reports whether the image says that it is SIMULATED.
func (h *Header) Simulated() bool { return strings.Contains(h.Tags["STATUS"], "SIMULATED") }

// look is a small picture of the image.
func (m *Image) look() (*image.NRGBA, error) {
	bands := []int{m.Band("red"), m.Band("green"), m.Band("blue")}
	if slices.Min(bands) < 0 {
		bands = []int{0}
	}
	src := m.Fit(min(m.Width, lookSize))
	if float64(src.Width)*float64(src.Height)*float64(len(bands)) > lookMost {
		return nil, fmt.Errorf("%d x %d pixels without overviews, which gdaladdo makes", src.Width, src.Height)
	}
	planes, err := m.Reduce(context.Background(), lookSize, lookSize, bands...)
	if err != nil {
		return nil, err
	}
	pic := photo(planes)
	if m.Simulated() && !m.Measured.Empty() {
		whole, err := m.bare().Reduce(context.Background(), lookSize, lookSize, bands[:1]...)
		if err != nil {
			return nil, err
		}
		for i, v := range whole[0].Pix {
			if gone := planes[0].Pix[i]; v == v && gone != gone { // the letters of the legend
				pic.SetNRGBA(i%whole[0].Width, i/whole[0].Width, color.NRGBA{40, 44, 50, 255})
			}
		}
	}
	return pic, nil
}

// bare is the image with its legend as samples like others.
func (m *Image) bare() *Image {
	b := *m
	b.Measured, b.overviews = Window{}, nil
	for _, o := range m.overviews {
		b.overviews = append(b.overviews, o.bare())
	}
	return &b
}

// photo draws one plane in grey, or three in colour.
func photo(planes []Plane) *image.NRGBA {
	w, h := planes[0].Width, planes[0].Height
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.SetNRGBA(i%w, i/w, color.NRGBA{225, 225, 225, 255})
	}
	for channel := range 3 {
		pix := planes[min(channel, len(planes)-1)].Pix[:w*h]
		low, high := limits(pix)
		for i, v := range pix {
			if share := (float64(v) - low) / (high - low); v == v {
				img.Pix[4*i+channel] = uint8(255*math.Max(0, math.Min(1, share)) + 0.5)
			}
		}
	}
	return img
}

// limits are the values shown dark and bright.
func limits(pix []float32) (low, high float64) {
	seen := make([]float32, 0, len(pix))
	for _, v := range pix {
		if v-v == 0 {
			seen = append(seen, v)
		}
	}
	if len(seen) == 0 {
		return 0, 1
	}
	slices.Sort(seen)
	last := len(seen) - 1
	low, high = float64(seen[last/50]), float64(seen[(last*49+49)/50])
	if low == high {
		return low - 1, high + 1
	}
	return low, high
}
