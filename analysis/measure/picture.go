package measure

import (
	"image"
	"image/color"
	"math"
	"strings"

	"github.com/sightline-osint/sightline/analysis/internal/palette"
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
	alt, _, _ := strings.Cut(text, "\n")
	if b, shown, err := sketch.Embed(p, alt); err == nil {
		out["image/png"], out["text/html"] = b, caption(text, rows)+shown
	}
	return out
}

// Picture draws the profile along the rail, nil when nothing was read.
func (r *Reading) Picture() image.Image {
	if r.profile == nil || len(r.bg.value) == 0 {
		return nil
	}
	const w, h, left, right, top, foot = 860, 190, 40, 24, 44, 26
	const bottom = h - foot
	sheet := sketch.NewSheet(w, h)
	grey := color.RGBA{150, 156, 163, 255}
	x := func(metres float64) float64 { return left + metres/r.Rail*(w-left-right) }
	most := 1.0
	level := make([]float64, len(r.profile.Along))
	for i := range level {
		level[i] = r.profile.distance(r.bg, i)
		if level[i] == level[i] {
			most = math.Max(most, level[i])
		}
	}
	y := func(v float64) float64 { return bottom - v/most*(bottom-top) }
	free := math.Inf(-1) // where the last label ended
	for _, t := range r.Trains {
		sheet.Fill(x(t.From), top, x(t.To), bottom, color.RGBA{219, 234, 246, 255})
		label := t.Length.short()
		if at := math.Min(x(t.From), w-sketch.Width(label)-4); at > free {
			sheet.Text(at, top-5, label, sketch.Ink)
			free = at + sketch.Width(label) + 6
		}
	}
	sheet.Line(1, grey, image.Rectangle{}, [2]float64{left, bottom + 0.5}, [2]float64{w - right, bottom + 0.5})
	curve(sheet, palette.Blue, r.profile.Along, level, x, y)
	head := "contrast to ballast, standard deviations, along the rail"
	if len(r.Trains) > 0 && r.Trains[0].Simulated {
		head = "SIMULATED · " + head
	}
	sheet.Title(left, 15, sketch.Fit(head, w-left-right), sketch.Pale)
	before := func(x, y float64, s string) { sheet.Text(x-sketch.Width(s), y, s, sketch.Pale) }
	before(left-6, y(most)+5, number(most))
	before(left-6, bottom+4, "0")
	sheet.Text(left, h-9, "0 m", sketch.Pale)
	before(w-right, h-9, number(r.Rail)+" m")
	return sheet.Image()
}
