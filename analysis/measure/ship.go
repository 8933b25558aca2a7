package measure

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// Ship is an object on the water, or one that sticks out of the land into it.
type Ship struct {
	Row
	Region      region.Region
	Berthed     bool               // it touches land or another: less sure, since quays and rocks look alike
	Chance      float64            // probability that it is a ship, in ports such as the simulated; NaN for what was not judged: see ShipsIn
	Evidence    Evidence           // what Chance rests on
	Contrast    float64            // afloat: of its brightest pixel against the water, in standard deviations of the water
	Likelihoods map[string]float64 // of the classes, by size alone; they add up to 1
}

// Vessels says how to look for ships. The zero value suits 0.5 to 10 m a pixel.
type Vessels struct {
	Band      string  // name or role; "" means near infrared, in which water is dark
	Contrast  float64 // standard deviations of the water; 0 means 4
	MinLength float64 // metres; 0 means 20, and four pixels in coarse images
	MaxLength float64 // metres; 0 means 420
	Chance    float64 // probability from which what was judged is reported; 0 means 0.25
	Open      bool    // leave out what touches land, and judge nothing
	ByShape   bool    // judge by shape, without the nets, as in images finer than 7 m a pixel and coarser than 13
	Blur      float64 // standard deviation of the image's blur in pixels; 0 means 0.5
	raw       bool    // keep all shapes
}

// Fleet is the ships of an image.
type Fleet struct {
	Ships    []Ship
	Image    string
	Water    float64 // square kilometres of water searched
	Warnings []string
	view     view
}

// Ships returns what looks like ships on the water of an image; see ShipsIn.
func Ships(m *raster.Image) (*Fleet, error) { return ShipsIn(context.Background(), m, Vessels{}) }

// ShipsIn returns what looks like ships, from the top of the image down.
//
// Water is what is dark and even in the near infrared; the threshold follows the water's level from square to square.
// On the water, what is brighter may be a ship if its size is a ship's. Its length, width and heading come from the second
// moments of the brightness above the water, blur taken off: bow and stern are not told apart. Where a part of it
// is much fainter, which may be a wake or a dark deck, the length's interval reaches from the brighter part to the whole.
//
// At 7 to 13 m a pixel two small convolutional nets that were trained on simulated ports (SHIPS.md) then say of every pixel how
// likely it lies on a ship, how likely it is the middle of one, and how long and wide that would be and which way it would lie. Of
// rectangles of which one covers a third of another the likelier stays. What lies alone in the water is a ship if one rectangle
// lies on it; all others are ships that touch land or each other, with what the nets give to them. Chance is computed from what
// they say of the middle, within the rectangle and around it, from how sure they are of the direction, and from the size. They
// look at blue, green, red and the band of the search; of bands that the image does not have nothing is known to them.
// This takes some 20 to 40 seconds of one core for a million pixels near water, on all cores.
//
// In finer and coarser images, and with ByShape, what lies alone is not judged, and its Chance is NaN. At
// the shore, rectangles of a ship's proportions with water on three sides are looked for in all directions; how likely each
// is a ship is judged by a logistic regression on its shape and surroundings that was fitted to simulated harbours (go run
// ./analysis/scene/harbourfit/gen), and of those that overlap the likeliest stays.
//
// What touches something is Berthed: its intervals are
// wide, not symmetric, and hold if a ship is there that shares a fifth of their common area with them. Classes are judged by
// size alone.
//
// Everything was chosen on simulated scenes. How it does on a real image stands in SHIPS.md beside this package.
// It takes some rocks, piers, rafts of boats and small clouds for ships, and ships side by side can
// count as one. Finer than 2 m a pixel, ships at quays are not looked for. An image without water, without a
// coordinate system or without the band gives an error.
func ShipsIn(ctx context.Context, m *raster.Image, o Vessels) (*Fleet, error) {
	dx, dy, err := groundOf(m)
	if err != nil {
		return nil, err
	}
	px := math.Sqrt(dx * dy)
	if o = o.filled(px); !(o.Contrast > 0 && o.MinLength > 0 && o.MaxLength >= o.MinLength && o.Chance > 0 && o.Blur >= 0 && o.Contrast+o.MaxLength+o.Chance+o.Blur < 1e9) {
		return nil, fmt.Errorf("measure: vessels of %+v", o)
	}
	band := m.Band(o.Band)
	if band < 0 {
		return nil, fmt.Errorf("measure: %s has no band %q: name its bands with Rename, on the command line with --bands", m.Name, o.Band)
	}
	if err := progress.Report(ctx, 0, 3, "reading the image"); err != nil {
		return nil, err
	}
	picture, err := viewOf(ctx, m, band)
	if err != nil {
		return nil, err
	}
	nir, err := m.Plane(m.All(), band)
	if err != nil {
		return nil, err
	}
	f := &Fleet{view: picture, Image: m.Name, Warnings: append([]string(nil), m.Warnings...)}
	if err := progress.Report(ctx, 1, 3, "finding water"); err != nil {
		return nil, err
	}
	s, err := findWater(nir, o.Contrast, max(200, int(square(400/px))))
	if err != nil {
		return nil, fmt.Errorf("%w (%s)", err, m.Name)
	}
	if g := m.Band("green"); g >= 0 {
		w, err := s.greener(m, nir, g)
		if err != nil {
			return nil, err
		}
		if !w {
			f.Warnings = append([]string{noWater}, f.Warnings...)
		}
	}
	f.Water = float64(s.water.Count()) * dx * dy / 1e6
	if err := progress.Report(ctx, 2, 3, "finding ships"); err != nil {
		return nil, err
	}
	for _, g := range s.islands(nir, o, px) {
		if ship, ok := s.ship(m, nir, g, o, dx, dy); ok {
			f.Ships = append(f.Ships, ship)
		}
	}
	switch {
	case o.Open:
	case !o.ByShape && !o.raw && px >= netFinest && px <= netCoarsest:
		if f.Ships, err = s.judged(ctx, m, nir, f.Ships, band, o, dx, dy); err != nil {
			return nil, err
		}
	case px < finest:
		f.Warnings = append(f.Warnings, fmt.Sprintf("finer than %g m a pixel: ships that touch land were not looked for", finest))
	default:
		if o.raw {
			f.Ships = nil
		}
		berthed, err := s.atQuays(m, nir, taken(nir, f.Ships), band, o, dx, dy)
		if err != nil {
			return nil, err
		}
		f.Ships = append(f.Ships, berthed...)
	}
	sort.SliceStable(f.Ships, func(i, j int) bool { return f.Ships[i].Region.Bounds.Row < f.Ships[j].Region.Bounds.Row })
	for i := range f.Ships {
		f.Ships[i].Number = i + 1
	}
	return f, nil
}

// taken returns where ships lie.
func taken(nir raster.Plane, ships []Ship) raster.Mask {
	out := raster.NewMask(nir.Width, nir.Height)
	for _, s := range ships {
		for _, r := range s.Region.Runs {
			for c := r.Start; c < r.End; c++ {
				out.Bits[int(r.Row)*nir.Width+int(c)] = 1
			}
		}
	}
	return out
}

const noWater = "what was taken for water is brighter in the near infrared than in green, which water is not: there may be no water here, and no ships"

// greener reports whether the water found is, in the median, no brighter in the near infrared than in green by a half.
func (s *sea) greener(m *raster.Image, nir raster.Plane, green int) (bool, error) {
	p, err := m.Plane(m.All(), green)
	if err != nil {
		return false, err
	}
	var ratio []float64
	for i := 0; i < len(p.Pix); i += max(1, len(p.Pix)/200000) {
		if s.water.Bits[i] != 0 && p.Pix[i] > 0 {
			ratio = append(ratio, float64(nir.Pix[i]/p.Pix[i]))
		}
	}
	return !(medianOf(ratio) > 1.5), nil
}

func (o Vessels) filled(px float64) Vessels {
	set := func(v *float64, d float64) {
		if *v == 0 {
			*v = d
		}
	}
	if o.Band == "" {
		o.Band = "nir"
	}
	set(&o.Contrast, 4)
	set(&o.MinLength, math.Max(20, 4*px))
	set(&o.MaxLength, 420)
	set(&o.Chance, 0.25)
	set(&o.Blur, 0.5)
	return o
}

// islands returns what lies in the water and is at most as large as a ship.
func (s *sea) islands(nir raster.Plane, o Vessels, px float64) []region.Region {
	solid := s.water.Not()
	for i, v := range nir.Pix {
		if v != v {
			solid.Bits[i] = 0
		}
	}
	var out []region.Region
	for _, g := range region.Find(solid, region.Options{}) {
		if b := g.Bounds; math.Hypot(float64(b.Width), float64(b.Height))*px <= o.MaxLength+4*px && s.afloat(nir, g) {
			out = append(out, g)
		}
	}
	return out
}

// afloat reports whether a region lies in the water: no neighbour is missing.
func (s *sea) afloat(nir raster.Plane, g region.Region) bool {
	for _, r := range g.Runs {
		for c := r.Start - 1; c <= r.End; c++ {
			for d := int32(-1); d <= 1; d++ {
				if v := nir.At(int(c), int(r.Row+d)); v != v {
					return false
				}
			}
		}
	}
	return !g.Border
}

// ship measures a candidate and drops it when its size is no ship's.
func (s *sea) ship(m *raster.Image, nir raster.Plane, c region.Region, o Vessels, dx, dy float64) (Ship, bool) {
	out := Ship{Row: newRow(m, "ship", 0, "dark water, k·MAD, second moments"), Region: c, Chance: math.NaN()}
	shape := s.moments(nir, c, o, dx, dy)
	px := math.Sqrt(dx * dy)
	if c.Area < 2 || !(shape.length >= o.MinLength && shape.length <= o.MaxLength) || shape.width > 80 || float64(c.Area)*dx*dy < 4*o.MinLength {
		return out, false
	}
	q, err := m.Geo.Place(shape.col, shape.row)
	if err != nil {
		return out, false
	}
	out.Place = q
	out.Length, out.Width, out.HeadingWithin = shape.size(px)
	if out.Length.Value < shape.length {
		out.Note = "a part is fainter: a wake, or a darker deck"
	}
	north, err := m.Geo.North(shape.col, shape.row)
	if err != nil {
		return out, false
	}
	out.Heading = math.Mod(shape.angle+90-north+720, 180)
	if out.Contrast = shape.peak / s.spread; out.Contrast < 1.5*o.Contrast {
		return out, false // swell
	}
	out.Likelihoods, out.Class = classify(out.Length.Value, shape.width, out.Length.SE, 0.15)
	return out, true
}

// Rows returns the ships as rows.
func (f *Fleet) Rows() []Row {
	out := make([]Row, len(f.Ships))
	for i, s := range f.Ships {
		out[i] = s.Row
	}
	return out
}

// String returns a table of the ships, or that there are none on how much water, and the warnings.
func (f *Fleet) String() string {
	var b strings.Builder
	rest := f.Warnings
	if len(rest) > 0 && rest[0] == noWater { // it is read before what it makes doubtful
		b.WriteString("warning: " + noWater + "\n")
		rest = rest[1:]
	}
	fmt.Fprintf(&b, "%s: %d %s on %.2f km2 of water\n", f.Image, len(f.Ships), plural(len(f.Ships), "ship"), f.Water)
	if len(f.Ships) > 0 {
		b.WriteString(listing(f.Rows()).String())
		if f.Ships[0].Simulated {
			b.WriteString("SIMULATED image\n")
		}
	}
	for _, w := range rest {
		b.WriteString("warning: " + w + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}
