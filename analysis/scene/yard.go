package scene

import (
	"fmt"
	"math"
	"time"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Yard is a rail yard: parallel tracks with trains, and tarpaulins beside them.
type Yard struct {
	Seed          uint64
	Width, Height float64 // metres
	Tracks        int     // parallel tracks, centred in the yard
	Spacing       float64 // metres between tracks; 0 means 12
	Angle         float64 // of the tracks in degrees clockwise from right
	Trains        []Train
	Tarpaulins    []Tarpaulin
}

// Train stands on a track, counted from 0 at the top.
type Train struct {
	Track  int
	Start  float64  // metres from the middle of the track to the train's end that lies left
	Length float64  // metres, end to end
	Wagon  float64  // metres of one wagon; 0 means 14
	Gap    float64  // metres between wagons; 0 means 1
	Cargo  []Colour // of the wagons, repeated; empty means grey
}

// Tarpaulin is a covered stack on the ground.
type Tarpaulin struct {
	X, Y, Length, Width, Angle float64
	Colour                     Colour
}

const wagonWidth = 3.0

// trackLine returns the ends of a track in metres.
func (y Yard) trackLine(track int) (x0, y0, x1, y1 float64) {
	spacing := y.Spacing
	if spacing == 0 {
		spacing = 12
	}
	s, c := math.Sincos(y.Angle * math.Pi / 180)
	off := (float64(track) - float64(y.Tracks-1)/2) * spacing
	cx, cy := y.Width/2-off*s, y.Height/2+off*c
	reach := math.Hypot(y.Width, y.Height)
	if math.Abs(c) > 1e-9 {
		reach = math.Min(reach, (y.Width/2-math.Abs(off*s))/math.Abs(c))
	}
	if math.Abs(s) > 1e-9 {
		reach = math.Min(reach, (y.Height/2-math.Abs(off*c))/math.Abs(s))
	}
	return cx - reach*c, cy - reach*s, cx + reach*c, cy + reach*s
}

// Rail returns a track as a line of longitudes and latitudes, as a map would have it.
func (y Yard) Rail(track int) (orb.LineString, error) {
	if track < 0 || track >= y.Tracks {
		return nil, fmt.Errorf("scene: there is no track %d of %d", track, y.Tracks)
	}
	x0, y0, x1, y1 := y.trackLine(track)
	a, err := place(x0, y0)
	if err != nil {
		return nil, err
	}
	b, err := place(x1, y1)
	return orb.LineString{a, b}, err
}

// Render returns the yard as a sensor sees it, as an image of four bands (blue, green, red, near infrared; reflectance
// times 10000) and its truth. A yard or a sensor that cannot be is an error.
func (y Yard) Render(s Sensor, taken time.Time) (*raster.Image, *Truth, error) {
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	w, h := int(math.Round(y.Width/s.GSD)), int(math.Round(y.Height/s.GSD))
	if w < 8 || h < 8 || w*h > 1<<26 || y.Tracks < 1 || y.Tracks > 100 {
		return nil, nil, fmt.Errorf("scene: a yard of %.0f x %.0f m with %d tracks at %v m a pixel cannot be rendered", y.Width, y.Height, y.Tracks, s.GSD)
	}
	c := newCanvas(w, h, s.GSD)
	t := newTexture(y.Seed)
	soil := reflectance{0.10, 0.12, 0.14, 0.22}
	dx, dy := s.Shift[0]*s.GSD, s.Shift[1]*s.GSD
	c.fill(func(px, py float64) reflectance { return soil.times(1 + 0.12*t.rough(px-dx, py-dy, 6, s.GSD)) })
	ballast := reflectance{0.13, 0.14, 0.15, 0.18}
	for k := range y.Tracks {
		x0, y0, x1, y1 := y.trackLine(k)
		c.paint(rectangle{(x0+x1)/2 + dx, (y0+y1)/2 + dy, math.Hypot(x1-x0, y1-y0) + 40, 4.5, y.Angle}.corners(), ballast)
	}
	c.flatten()
	truth := &Truth{}
	for i, tr := range y.Trains {
		if err := y.train(c, tr, i, dx, dy, truth); err != nil {
			return nil, nil, err
		}
	}
	for _, p := range y.Tarpaulins {
		r := rectangle{p.X, p.Y, p.Length, p.Width, p.Angle}
		if err := truth.add("cargo", r, string(p.Colour)); err != nil {
			return nil, nil, err
		}
		r.x, r.y = r.x+dx, r.y+dy
		c.paint(r.corners(), p.Colour.reflectance())
	}
	c.flatten()
	name := fmt.Sprintf("simulated-yard-%s.tif", taken.UTC().Format("2006-01-02"))
	m, err := c.see(s, name, taken, y.Width, y.Height)
	truth.Image, truth.Taken = name, taken
	return m, truth, err
}

// train paints the wagons of a train; the last one is cut so that the train has exactly its length.
func (y Yard) train(c *canvas, tr Train, index int, dx, dy float64, truth *Truth) error {
	if tr.Track < 0 || tr.Track >= y.Tracks || !(tr.Length > 0) {
		return fmt.Errorf("scene: train %d: track %d of %d, length %v m", index+1, tr.Track, y.Tracks, tr.Length)
	}
	wagon, gap := tr.Wagon, tr.Gap
	if wagon == 0 {
		wagon = 14
	}
	if gap == 0 {
		gap = 1
	}
	n := math.Max(1, math.Round((tr.Length+gap)/(wagon+gap)))
	wagon = (tr.Length+gap)/n - gap
	x0, y0, x1, y1 := y.trackLine(tr.Track)
	s, cos := math.Sincos(y.Angle * math.Pi / 180)
	mx, my := (x0+x1)/2, (y0+y1)/2
	shade := newTexture(y.Seed + uint64(index) + 99)
	main := map[string]int{}
	for k := range int(n) {
		at := tr.Start + float64(k)*(wagon+gap) + wagon/2
		colour := Grey
		if len(tr.Cargo) > 0 {
			colour = tr.Cargo[k%len(tr.Cargo)]
		}
		main[string(colour)]++
		r := rectangle{mx + at*cos + dx, my + at*s + dy, wagon, wagonWidth, y.Angle}
		c.paint(r.corners(), colour.reflectance().times(1+0.08*shade.Point(int64(k), 3, 0)))
	}
	best := ""
	for _, name := range []Colour{Blue, Brown, Green, Grey, White} {
		if main[string(name)] > main[best] {
			best = string(name)
		}
	}
	mid := tr.Start + tr.Length/2
	return truth.add("train", rectangle{mx + mid*cos, my + mid*s, tr.Length, wagonWidth, y.Angle}, best)
}
