package measure

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/internal/sketch"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// LengthOn is Length with a picture of the part of the image around the line, on which the line and its length stand. Its
// errors are those of Length, and those of reading the image.
func LengthOn(m *raster.Image, line orb.LineString, o Marks) (Estimate, image.Image, error) {
	length, err := Length(m, line, o)
	if err != nil {
		return length, nil, err
	}
	at := make([][2]float64, len(line))
	for i, p := range line {
		if at[i][0], at[i][1], err = m.Geo.Pixel(p); err != nil {
			return length, nil, fmt.Errorf("measure: %s: %w", m.Name, err)
		}
	}
	v, err := viewAround(context.Background(), m, at)
	if err != nil {
		return length, nil, err
	}
	return length, v.picture("length "+length.short(), []mark{{line: at, label: length.short()}}), nil
}

// viewAround is a photograph of what lies around some places, as fine as it can be shown; the whole image where that is
// too much to read at once.
func viewAround(ctx context.Context, m *raster.Image, at [][2]float64) (view, error) {
	c0, c1, r0, r1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range at {
		c0, c1, r0, r1 = math.Min(c0, p[0]), math.Max(c1, p[0]), math.Min(r0, p[1]), math.Max(r1, p[1])
	}
	room := math.Max(12, (c1-c0+r1-r0)/6)
	w := raster.Window{Col: int(c0 - room), Row: int(r0 - room), Width: int(c1 - c0 + 2*room), Height: int(r1 - r0 + 2*room)}.Intersect(m.All())
	if !m.Measured.Empty() {
		w = w.Intersect(m.Measured)
	}
	v := view{size: w, geo: m.Geo, name: m.Name, taken: m.Taken, simulated: m.Simulated()}
	if w.Empty() || w.Width > widest || w.Height > widest {
		return viewOf(ctx, m, 0)
	}
	var err error
	v.planes, err = m.Read(w, colours(m, m.DataBands()[0])...)
	return v, err
}

// ruler draws a line with a tick across each end and its label above its middle.
func ruler(sheet *sketch.Sheet, frame image.Rectangle, m mark, at func(p [2]float64) [2]float64) {
	line := make([][2]float64, len(m.line))
	for i, p := range m.line {
		line[i] = at(p)
	}
	tick := func(end, next [2]float64) [][2]float64 {
		dx, dy := next[0]-end[0], next[1]-end[1]
		n := math.Max(math.Hypot(dx, dy), 1e-9)
		dx, dy = 7*dx/n, 7*dy/n
		return [][2]float64{{end[0] - dy, end[1] + dx}, {end[0] + dy, end[1] - dx}}
	}
	last := len(line) - 1
	for _, pass := range []struct {
		width float64
		c     color.Color
	}{{3.5, color.Black}, {1.5, color.RGBA{255, 220, 0, 255}}} {
		sheet.Line(pass.width, pass.c, frame, line...)
		sheet.Line(pass.width, pass.c, frame, tick(line[0], line[1])...)
		sheet.Line(pass.width, pass.c, frame, tick(line[last], line[last-1])...)
	}
	x := (line[0][0]+line[last][0])/2 - sketch.Width(m.label)/2
	y := math.Min(line[0][1], line[last][1]) - 12
	if y < float64(frame.Min.Y)+14 { // no room above
		y = math.Min(math.Max(line[0][1], line[last][1])+22, float64(frame.Max.Y)-4)
	}
	x = math.Max(float64(frame.Min.X)+4, math.Min(x, float64(frame.Max.X)-sketch.Width(m.label)-6))
	sheet.Outlined(x, y, m.label, color.RGBA{255, 220, 0, 255})
}
