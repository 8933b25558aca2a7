package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Place is a point on the map.
type Place struct {
	Name     string
	Lon, Lat float64 // degrees, WGS 84
	Radius   float64 // metres that the place may extend or be off; 0: not stated
	Kind     string  // gives the colour
}

// Line is a course on the map, a railway or a border.
type Line struct {
	Name   string
	Points [][2]float64 // longitude, latitude in degrees
	Dashed bool
}

// Course adds a line to a map of places.
func Course(line Line) Option { return func(s *settings) { s.lines = append(s.lines, line) } }

// Places draws places on a plain graticule, true to shape in its middle (an equirectangular projection with the middle
// latitude as its standard parallel; for regions up to some hundred kilometres), with names, radii and a scale bar; north is
// up. There is no background: borders and coasts are the reader's to add as a Course. Coordinates off the globe, missing
// numbers, negative radii, regions above 80 degrees or across 180 degrees of longitude are errors that name every place.
// Not for areas, nor where a shift of some metres matters: Overlay on the image does that.
func Places(places []Place, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	if err := checkPlaces(s, places); err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	g := newMap(l, s, places)
	h := l.newHeader(s, s.width-2*marginX, g.legend())
	f.plot.X.Min, f.plot.X.Max, f.plot.Y.Min, f.plot.Y.Max = g.west, g.east, g.south, g.north
	f.plot.X.Tick.Marker = degreeTicks{most: 5, negative: "W", positive: "E"}
	f.plot.Y.Tick.Marker = degreeTicks{most: 5, negative: "S", positive: "N"}
	f.plot.Add(layer{paint: g.paintGraticule}, layer{paint: g.paintPlaces}, h)
	f.rows = rows{columns: []string{"name", "lon", "lat", "radius", "kind"}}
	for _, p := range places {
		f.rows.add(p.Name, degreesText(p.Lon), degreesText(p.Lat), p.Radius, p.Kind)
	}
	f.notes = append([]string{"Equirectangular, WGS 84; north is up. Circles show how far a place extends or may be off."}, f.notes...)
	f.spec = g.spec()
	f.finish(s, h, g.panelHeight+20)
	return f, nil
}

func degreesText(v float64) string { return fmt.Sprintf("%.4f", v) }

func checkPlaces(s *settings, places []Place) error {
	var bad []string
	west, east := math.Inf(1), math.Inf(-1)
	check := func(name string, lon, lat float64) {
		if !(lon >= -180 && lon <= 180) || !(lat >= -80 && lat <= 80) {
			bad = append(bad, fmt.Sprintf("%s: longitude %g, latitude %g", name, lon, lat))
		}
		west, east = math.Min(west, lon), math.Max(east, lon)
	}
	for i, p := range places {
		name := fmt.Sprintf("place %d (%s)", i+1, p.Name)
		check(name, p.Lon, p.Lat)
		if !(p.Radius >= 0) || math.IsInf(p.Radius, 0) {
			bad = append(bad, fmt.Sprintf("%s: radius %g m", name, p.Radius))
		}
	}
	for _, line := range s.lines {
		for i, q := range line.Points {
			check(fmt.Sprintf("course %s, point %d", line.Name, i), q[0], q[1])
		}
	}
	if len(places) == 0 {
		bad = append(bad, "no places")
	} else if east-west > 180 {
		bad = append(bad, "the places span more than 180 degrees of longitude")
	}
	return badRows("places", bad)
}

const metresPerDegree = 111319.49079327358 // of latitude on a sphere of the earth's equatorial radius (6378137 m)

type placeMap struct {
	letters                  *letters
	places                   []Place
	lines                    []Line
	kinds                    []kind
	west, east, south, north float64
	panelHeight, panelWidth  float64 // points
	labels                   []placeLabel
}

// newMap chooses the extent: all places with their radii, a margin, and the shape of the panel.
func newMap(l *letters, s *settings, places []Place) *placeMap {
	g := &placeMap{letters: l, places: places, lines: s.lines, panelWidth: s.width - 2*marginX - 52}
	g.west, g.south, g.east, g.north = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	var events []Event
	for _, p := range places {
		events = append(events, Event{Kind: p.Kind})
		dy := p.Radius / metresPerDegree
		dx := dy / math.Cos(p.Lat*math.Pi/180)
		g.west, g.east = math.Min(g.west, p.Lon-dx), math.Max(g.east, p.Lon+dx)
		g.south, g.north = math.Min(g.south, p.Lat-dy), math.Max(g.north, p.Lat+dy)
	}
	g.kinds = kindColors(events)
	shrink := math.Cos((g.south + g.north) / 2 * math.Pi / 180) // length of a degree of longitude over one of latitude
	width, height := math.Max((g.east-g.west)*shrink, 0.004)*1.25, math.Max(g.north-g.south, 0.002)*1.25
	ratio := math.Min(math.Max(height/width, 0.4), 0.6)
	if height/width > ratio {
		width = height / ratio
	} else {
		height = width * ratio
	}
	x, y := (g.west+g.east)/2, (g.south+g.north)/2
	g.west, g.east = x-width/shrink/2, x+width/shrink/2
	g.south, g.north = y-height/2, y+height/2
	g.panelHeight = g.panelWidth * ratio
	g.placeLabels()
	return g
}

// scale is metres per point of the panel.
func (g *placeMap) scale() float64 {
	return (g.north - g.south) * metresPerDegree / g.panelHeight
}

func (g *placeMap) point(lon, lat float64) (x, y float64) {
	return (lon - g.west) / (g.east - g.west) * g.panelWidth, (lat - g.south) / (g.north - g.south) * g.panelHeight
}

type placeLabel struct {
	text   string
	dx, dy float64 // points from the place
	align  draw.XAlignment
}

// placeLabels tries eight positions round each place and takes the first that meets neither a place nor a label.
func (g *placeMap) placeLabels() {
	type box struct{ x0, y0, x1, y1 float64 }
	var taken []box
	for _, p := range g.places {
		x, y := g.point(p.Lon, p.Lat)
		taken = append(taken, box{x - 4, y - 4, x + 4, y + 4})
	}
	taken = append(taken, box{0, 0, 130, 24}) // the scale bar
	for i, p := range g.places {
		x, y := g.point(p.Lon, p.Lat)
		text := g.letters.cut(p.Name, textSize, g.panelWidth*0.45)
		w := g.letters.width(text, textSize, false)
		near := 7.0 // points between place and name, outside of small rings
		if r := p.Radius / g.scale(); r < 18 {
			near = math.Max(near, r+4)
		}
		best, least := placeLabel{text: text, dx: near}, math.Inf(1)
		for _, try := range []placeLabel{{text, near, 0, 0}, {text, -near, 0, -1}, {text, 0, near + 3, -0.5}, {text, 0, -near - 3, -0.5}, {text, 6, 8, 0}, {text, 6, -8, 0}, {text, -6, 8, -1}, {text, -6, -8, -1}, {text, 8, 18, 0}, {text, 8, -18, 0}, {text, -8, 18, -1}, {text, -8, -18, -1}} {
			b := box{x + try.dx + float64(try.align)*w, y + try.dy - 6, 0, y + try.dy + 6}
			b.x1 = b.x0 + w
			cost := 0.0
			for k, t := range taken {
				if k != i && b.x0 < t.x1 && t.x0 < b.x1 && b.y0 < t.y1 && t.y0 < b.y1 {
					cost++
				}
			}
			if b.x0 < 2 || b.x1 > g.panelWidth-2 || b.y0 < 2 || b.y1 > g.panelHeight-2 {
				cost += 2
			}
			if cost < least {
				best, least = try, cost
			}
		}
		g.labels = append(g.labels, best)
		x0 := x + best.dx + float64(best.align)*w
		taken = append(taken, box{x0, y + best.dy - 6, x0 + w, y + best.dy + 6})
	}
}

func (g *placeMap) paintGraticule(p pen) {
	p.rect(band, p.Min.X, p.Min.Y, p.Max.X, p.Max.Y)
	for _, t := range (degreeTicks{most: 5}).Ticks(g.west, g.east) {
		p.vertical(grid, 0.7, p.x(t.Value), p.Min.Y, p.Max.Y)
	}
	for _, t := range (degreeTicks{most: 5}).Ticks(g.south, g.north) {
		p.horizontal(grid, 0.7, p.y(t.Value), p.Min.X, p.Max.X)
	}
	p.frame(rule, 0.6, nil, p.Min.X, p.Min.Y, p.Max.X, p.Max.Y)
}

func (g *placeMap) paintPlaces(p pen) {
	for _, line := range g.lines {
		g.paintCourse(p, line)
	}
	for _, place := range g.places {
		at := vg.Point{X: p.x(place.Lon), Y: p.y(place.Lat)}
		if r := place.Radius / g.scale() * (p.Max.Y - p.Min.Y).Points() / g.panelHeight; r > 4 {
			p.ring(at, r, tint(g.color(place.Kind), 0.6), 0.9, []vg.Length{2.5, 2})
		}
	}
	for i, place := range g.places {
		at := vg.Point{X: p.x(place.Lon), Y: p.y(place.Lat)}
		label := g.labels[i]
		if math.Abs(label.dy) > 12 {
			p.line(rule, 0.6, at, vg.Point{X: at.X + vg.Points(label.dx), Y: at.Y + vg.Points(label.dy)})
		}
		p.disc(at, 3.6, g.color(place.Kind), paper, 0.9)
		s := g.letters.style(textSize, ink, false)
		s.XAlign = label.align
		p.writeHalo(s, vg.Point{X: at.X + vg.Points(label.dx), Y: at.Y + vg.Points(label.dy)}, label.text)
	}
	g.paintScale(p)
}

// paintCourse draws a line, cut at the frame.
func (g *placeMap) paintCourse(p pen, line Line) {
	var path []vg.Point
	for _, q := range line.Points {
		path = append(path, vg.Point{X: p.x(q[0]), Y: p.y(q[1])})
	}
	var dash []vg.Length
	if line.Dashed {
		dash = []vg.Length{4, 2.5}
	}
	for _, part := range p.ClipLinesXY(path) {
		p.dashed(faded, 1.3, dash, part...)
	}
}

// paintScale draws a bar of a round length, about a fifth of the map, and says how long it is.
func (g *placeMap) paintScale(p pen) {
	perPoint := g.scale() * g.panelHeight / (p.Max.Y - p.Min.Y).Points()
	metres, text := g.bar(perPoint)
	x, y, end := p.Min.X+10, p.Min.Y+9, p.Min.X+10+vg.Points(metres/perPoint)
	p.horizontal(ink, 1.6, y, x, end)
	p.vertical(ink, 1.2, x, y-2.5, y+2.5)
	p.vertical(ink, 1.2, end, y-2.5, y+2.5)
	p.writeHalo(g.letters.style(tickSize, ink, false), vg.Point{X: end + 5, Y: y}, text)
}

// bar is the length of the scale bar in metres and in words, where a point is so many metres.
func (g *placeMap) bar(perPoint float64) (metres float64, text string) {
	if metres = roundStep(perPoint * g.panelWidth / 7); metres >= 1000 {
		return metres, short(metres/1000) + " km"
	}
	return metres, short(metres) + " m"
}

func (g *placeMap) color(name string) color.NRGBA {
	for _, k := range g.kinds {
		if k.name == name {
			return k.color
		}
	}
	return Blue
}

func (g *placeMap) legend() []legendEntry {
	var out []legendEntry
	if len(g.kinds) > 1 {
		for _, k := range g.kinds {
			out = append(out, legendEntry{firstOf(k.name, "no kind"), dotSwatch(k.color, k.color)})
		}
	}
	for _, line := range g.lines {
		if line.Name != "" {
			var dash []vg.Length
			if line.Dashed {
				dash = []vg.Length{4, 2.5}
			}
			out = append(out, legendEntry{line.Name, lineSwatch(faded, 1.3, dash)})
		}
	}
	return out
}

// degreeTicks label degrees with a hemisphere, in minutes or degrees with as many decimals as they need.
type degreeTicks struct {
	most               int
	negative, positive string
}

// Ticks implements plot.Ticker.
func (t degreeTicks) Ticks(low, high float64) []plot.Tick {
	step := roundStep((high - low) / float64(t.most))
	var out []plot.Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-9; i++ {
		v := i * step
		side := t.positive
		if v < 0 {
			side = t.negative
		}
		out = append(out, plot.Tick{Value: v, Label: number(math.Abs(v), step) + "° " + side})
	}
	return out
}
