package measure

import (
	"bytes"
	"encoding/base64"
	"html"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"github.com/sightline-osint/sightline/analysis/internal/sketch"
)

// SimpleRender returns the table of String, as HTML too, and a picture of the profile: contrast against the ballast
// along the rail, trains marked with their lengths.
func (r *Reading) SimpleRender() map[string]any {
	return bundle(r.String(), listing(r.Rows()), r.Picture())
}

// SimpleRender returns the table of String for a notebook, as HTML too, and Picture.
func (f *Fleet) SimpleRender() map[string]any {
	return bundle(f.String(), listing(f.Rows()), f.Picture())
}

// SimpleRender returns the table of String for a notebook, as HTML too, and Picture.
func (y *Yardful) SimpleRender() map[string]any {
	return bundle(y.String(), listing(y.Rows()), y.Picture())
}

// bundle is a table as text and HTML and a picture, inside the HTML too, since front ends show only one of them.
func bundle(text string, rows listing, p image.Image) map[string]any {
	out := map[string]any{"text/plain": text, "text/html": caption(text, rows)}
	if p == nil {
		return out
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err == nil {
		out["image/png"] = b.Bytes()
		alt, _, _ := strings.Cut(text, "\n")
		out["text/html"] = caption(text, rows) + `<img style="max-width:100%" alt="` + html.EscapeString(alt) + `" src="data:image/png;base64,` +
			base64.StdEncoding.EncodeToString(b.Bytes()) + `">`
	}
	return out
}

// Picture draws the profile along the rail, nil when nothing was read.
func (r *Reading) Picture() image.Image {
	if r.profile == nil || len(r.bg.value) == 0 {
		return nil
	}
	const w, h, left, top, foot = 860, 170, 46, 30, 24
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	grey, blue := color.Gray{150}, color.RGBA{30, 80, 160, 255}
	x := func(metres float64) int { return left + int(metres/r.Rail*float64(w-left-20)+0.5) }
	most := 1.0
	level := make([]float64, len(r.profile.Along))
	for i := range level {
		level[i] = r.profile.distance(r.bg, i)
		if level[i] == level[i] {
			most = math.Max(most, level[i])
		}
	}
	y := func(v float64) int { return h - foot - int(v/most*float64(h-foot-top)+0.5) }
	for _, t := range r.Trains {
		draw.Draw(img, image.Rect(x(t.From), top, x(t.To), h-foot), image.NewUniform(color.RGBA{225, 233, 245, 255}), image.Point{}, draw.Src)
		sketch.Text(img, x(t.From), top-4, t.Length.short(), color.Black)
	}
	for k := x(0); k <= x(r.Rail); k++ {
		img.Set(k, y(0)+1, grey)
	}
	px, py := -1, 0
	for i, v := range level {
		if v != v {
			px = -1
			continue
		}
		nx, ny := x(r.profile.Along[i]), y(v)
		if px >= 0 {
			for k := min(py, ny); k <= max(py, ny); k++ {
				img.Set(nx, k, blue)
			}
		}
		img.Set(nx, ny, blue)
		px, py = nx, ny
	}
	head := "contrast to ballast, standard deviations"
	if len(r.Trains) > 0 && r.Trains[0].Simulated {
		head = "SIMULATED - " + head
	}
	sketch.Text(img, left, 12, head, color.Gray{90})
	sketch.Text(img, 4, y(most)+10, number(most), grey)
	sketch.Text(img, 4, y(0), "0", grey)
	sketch.Text(img, left, h-8, "0 m", grey)
	sketch.Text(img, w-70, h-8, number(r.Rail)+" m", grey)
	return img
}
