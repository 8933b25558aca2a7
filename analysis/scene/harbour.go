package scene

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Harbour is a busy port drawn from a seed: a coast with hills and a town, quays with yards and sheds, piers,
// breakwaters, perhaps a bridge, basins full of small craft, and ships: at anchor, under way with a wake, alongside a
// quay, and side by side with their bows to it. It is what package measure's ship finder was fitted to.
//
// What it is modelled on: harbour water reflects 1 to 4 % in the near infrared with haze, vegetation 25 to 45 %, concrete
// and roofs 10 to 60 %; ships are 20 to 330 m long and 4.5 to 7.5 times as long as wide (Kanjir, Greidanus, Ostir, Vessel
// detection and classification from spaceborne optical images, Remote Sensing of Environment 207 (2018),
// doi:10.1016/j.rse.2017.12.033). For Sentinel-2's 10 m bands take Sensor{GSD: 10, Blur: 0.5 to 0.6, Noise: 0.001}: a
// modulation transfer of 0.15 to 0.3 at half the sampling rate and a signal to noise ratio above 142 are specified (Drusch
// and others, Sentinel-2, Remote Sensing of Environment 120 (2012), doi:10.1016/j.rse.2011.11.026).
type Harbour struct {
	Seed          uint64
	Width, Height float64 // metres, at least 1000
	Ships         int     // how many are tried to place; 0 means 6 a square kilometre
}

// Craft shorter than this are boats in the truth, not ships.
const shipLength = 20

// berth is a stretch of quay: a straight edge of something solid with water beyond.
type berth struct {
	x, y, angle, length float64 // middle, direction along, metres
}

// basin is the layout of a harbour in the making.
type basin struct {
	Harbour
	r      *rand.Rand
	t      texture
	level  float64 // of the coast's noise that is the shore
	solids []rectangle
	piers  []rectangle // breakwaters and piers, thin
	bridge *rectangle
	afloat []vessel
	stone  float64 // how bright quays are here, and ships: ports differ
	steel  float64
}

// vessel is a ship or boat with all that is painted of it.
type vessel struct {
	rectangle
	wake float64 // metres of wake behind it
	kind int     // of its deck
}

// Render returns the harbour as a sensor sees it, and its truth: ships of 20 m and more as "ship", others as "boat".
func (h Harbour) Render(s Sensor, taken time.Time) (*raster.Image, *Truth, error) {
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	w, n := int(math.Round(h.Width/s.GSD)), int(math.Round(h.Height/s.GSD))
	if !(h.Width >= 1000 && h.Height >= 1000) || w*n > 1<<24 || h.Ships < 0 || h.Ships > 10000 {
		return nil, nil, fmt.Errorf("scene: a harbour of %.0f x %.0f m with %d ships at %v m a pixel cannot be rendered", h.Width, h.Height, h.Ships, s.GSD)
	}
	if h.Ships == 0 {
		h.Ships = int(6 * h.Width * h.Height / 1e6)
	}
	b := &basin{Harbour: h, r: rand.New(rand.NewPCG(h.Seed, 0x4A8B)), t: newTexture(h.Seed)}
	b.stone, b.steel = b.between(0.7, 1.8), b.between(0.35, 1.2)
	b.build()
	b.moor()
	c := newCanvas(w, n, s.GSD)
	b.draw(c, s.Shift[0]*s.GSD, s.Shift[1]*s.GSD)
	truth := &Truth{}
	for _, v := range b.afloat {
		kind := "ship"
		if v.length < shipLength {
			kind = "boat"
		}
		if err := truth.add(kind, v.rectangle, ""); err != nil {
			return nil, nil, err
		}
	}
	name := fmt.Sprintf("simulated-harbour-%s.tif", taken.UTC().Format("2006-01-02"))
	m, err := c.see(s, name, taken, h.Width, h.Height)
	truth.Image, truth.Taken = name, taken
	return m, truth, err
}

// between draws evenly.
func (b *basin) between(low, high float64) float64 { return low + (high-low)*b.r.Float64() }

// coast is above the level on natural land.
func (b *basin) coast(x, y float64) float64 {
	return b.t.At(x/1900, y/1900, 1) + 0.45*b.t.At(x/700, y/700, 2) + 0.12*b.t.At(x/180, y/180, 3)
}

// land reports whether a place is land or anything built.
func (b *basin) land(x, y float64) bool {
	if b.coast(x, y) > b.level {
		return true
	}
	for _, s := range b.solids {
		if s.holds(x, y, 0) {
			return true
		}
	}
	for _, s := range b.piers {
		if s.holds(x, y, 0) {
			return true
		}
	}
	return b.bridge != nil && b.bridge.holds(x, y, 0)
}

// holds reports whether a place lies in a rectangle grown by some metres.
func (r rectangle) holds(x, y, grow float64) bool {
	s, c := math.Sincos(r.angle * math.Pi / 180)
	u, v := (x-r.x)*c+(y-r.y)*s, (y-r.y)*c-(x-r.x)*s
	return math.Abs(u) < r.length/2+grow && math.Abs(v) < r.width/2+grow
}

// build draws the shore, quays, piers, breakwaters and the bridge.
func (b *basin) build() {
	var v []float64
	for range 2000 {
		v = append(v, b.coast(b.between(0, b.Width), b.between(0, b.Height)))
	}
	b.level = quantile(v, b.between(0.45, 0.7))
	heading := b.between(0, 180)
	for range int(1.2*b.Width*b.Height/1e6) + 2 {
		x, y, ok := b.shore()
		if !ok {
			continue
		}
		angle := heading + 90*float64(b.r.IntN(2)) + b.between(-4, 4)
		if b.r.IntN(4) == 0 {
			angle = b.between(0, 180)
		}
		b.solids = append(b.solids, rectangle{x, y, b.between(250, 900), b.between(120, 420), angle})
	}
	for range int(1.5*b.Width*b.Height/1e6) + 1 { // piers stand on quays
		if q, ok := b.quay(60); ok {
			l, w := b.between(50, 320), b.between(10, 60)
			b.piers = append(b.piers, rectangle{q.x - math.Sin(rad(q.angle))*l*0.45, q.y + math.Cos(rad(q.angle))*l*0.45, l, w, q.angle + 90})
		}
	}
	for range int(0.5*b.Width*b.Height/1e6) + 1 { // breakwaters begin at the shore, or lie off
		if x, y, ok := b.shore(); ok {
			l, a := b.between(150, 900), b.between(0, 360)
			off := l * b.between(0.3, 0.75)
			b.piers = append(b.piers, rectangle{x + off*math.Cos(rad(a)), y + off*math.Sin(rad(a)), l, b.between(8, 22), a})
		}
	}
	if b.r.IntN(3) == 0 {
		b.bridge = &rectangle{b.between(0.3, 0.7) * b.Width, b.between(0.3, 0.7) * b.Height, 2 * (b.Width + b.Height), b.between(15, 32), b.between(0, 180)}
	}
}

func rad(degrees float64) float64 { return degrees * math.Pi / 180 }

// shore finds a place on the natural shore.
func (b *basin) shore() (x, y float64, ok bool) {
	for range 200 {
		x, y = b.between(0, b.Width), b.between(0, b.Height)
		a := b.between(0, 2*math.Pi)
		in := b.coast(x, y) > b.level
		for range 60 {
			x, y = x+20*math.Cos(a), y+20*math.Sin(a)
			if (b.coast(x, y) > b.level) != in {
				return x, y, x > 0 && y > 0 && x < b.Width && y < b.Height
			}
		}
	}
	return 0, 0, false
}

// quay finds a stretch of a quay's or a pier's edge, at least so long, with water beyond to its left (the side where
// -sin, cos of the angle points).
func (b *basin) quay(least float64) (berth, bool) {
	for range 300 {
		all := len(b.solids) + len(b.piers)
		if all == 0 {
			return berth{}, false
		}
		k := b.r.IntN(all)
		var s rectangle
		if k < len(b.solids) {
			s = b.solids[k]
		} else {
			s = b.piers[k-len(b.solids)]
		}
		long, wide, angle := s.length, s.width, s.angle+180*float64(b.r.IntN(2))
		if b.r.IntN(3) == 0 && k < len(b.solids) {
			long, wide, angle = s.width, s.length, s.angle+90+180*float64(b.r.IntN(2))
		}
		if long < least {
			continue
		}
		sin, cos := math.Sincos(rad(angle))
		at := b.between(-0.5, 0.5) * (long - least)
		q := berth{s.x + at*cos - (wide/2)*sin, s.y + at*sin + (wide/2)*cos, angle, least}
		free := true
		for _, u := range []float64{-0.5, -0.25, 0, 0.25, 0.5} {
			for _, d := range []float64{4, 30, 70} {
				x, y := q.x+u*least*cos-d*sin, q.y+u*least*sin+d*cos
				free = free && !b.land(x, y)
			}
		}
		if free && q.x > 0 && q.y > 0 && q.x < b.Width && q.y < b.Height {
			return q, true
		}
	}
	return berth{}, false
}

func quantile(v []float64, q float64) float64 {
	// Selection by counting suffices for a few thousand.
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range v {
		low, high = math.Min(low, x), math.Max(high, x)
	}
	for range 50 {
		mid, n := (low+high)/2, 0
		for _, x := range v {
			if x < mid {
				n++
			}
		}
		if float64(n) < q*float64(len(v)) {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}
