package scene

import (
	"fmt"
	"math"
	"time"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Port is a stretch of water with land along the top and ships on the water.
type Port struct {
	Seed          uint64
	Width, Height float64 // metres
	Land          float64 // share of the height that is land, 0 to 0.9
	Swell         float64 // roughness of the water in reflectance; 0 means 0.004
	Ships         []Ship
}

// Ship lies on the water with its bow at Heading.
type Ship struct {
	X, Y, Length float64 // metres; X and Y of the middle
	Width        float64 // metres; 0 means a seventh of the length
	Heading      float64 // degrees clockwise from north
	Colour       Colour
}

// outline returns the ship's shape: straight sides and a pointed bow.
func (s Ship) outline(width, dx, dy float64) [][2]float64 {
	sin, cos := math.Sincos((s.Heading - 90) * math.Pi / 180)
	var out [][2]float64
	for _, k := range [5][2]float64{{-0.5, -0.5}, {0.38, -0.5}, {0.5, 0}, {0.38, 0.5}, {-0.5, 0.5}} {
		l, w := k[0]*s.Length, k[1]*width
		out = append(out, [2]float64{s.X + dx + l*cos - w*sin, s.Y + dy + l*sin + w*cos})
	}
	return out
}

// Render returns the port as a sensor sees it and its truth; see Yard.Render.
func (p Port) Render(s Sensor, taken time.Time) (*raster.Image, *Truth, error) {
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	w, h := int(math.Round(p.Width/s.GSD)), int(math.Round(p.Height/s.GSD))
	if w < 8 || h < 8 || w*h > 1<<26 || !(p.Land >= 0 && p.Land <= 0.9) {
		return nil, nil, fmt.Errorf("scene: a port of %.0f x %.0f m at %v m a pixel cannot be rendered", p.Width, p.Height, s.GSD)
	}
	swell := p.Swell
	if swell == 0 {
		swell = 0.004
	}
	c := newCanvas(w, h, s.GSD)
	t := newTexture(p.Seed)
	water, land, quay := reflectance{0.055, 0.05, 0.035, 0.02}, reflectance{0.06, 0.08, 0.07, 0.30}, reflectance{0.24, 0.25, 0.26, 0.28}
	dx, dy := s.Shift[0]*s.GSD, s.Shift[1]*s.GSD
	c.fill(func(x, y float64) reflectance {
		x, y = x-dx, y-dy
		shore := p.Land*p.Height + 0.06*p.Height*t.At(x/(p.Width/5), 0, 3)*math.Min(1, 10*p.Land)
		switch {
		case y < shore-60:
			return land.times(1 + 0.5*t.rough(x, y, 12, s.GSD))
		case y < shore && p.Land > 0:
			return quay.times(1 + 0.4*t.rough(x, y, 15, s.GSD))
		}
		v := water
		wave := swell * 2 * (t.rough(x, y, 8, s.GSD) + 0.5*t.At(x/900, y/900, 9))
		for b := range v {
			v[b] = math.Max(0.003, v[b]+wave)
		}
		return v
	})
	truth := &Truth{}
	for i, ship := range p.Ships {
		width := ship.Width
		if width == 0 {
			width = ship.Length / 7
		}
		if !(ship.Length > 0) {
			return nil, nil, fmt.Errorf("scene: ship %d has a length of %v m", i+1, ship.Length)
		}
		c.paint(ship.outline(width, dx, dy), ship.Colour.reflectance())
		if err := truth.add("ship", rectangle{ship.X, ship.Y, ship.Length, width, ship.Heading - 90}, string(ship.Colour)); err != nil {
			return nil, nil, err
		}
	}
	c.flatten()
	name := fmt.Sprintf("simulated-port-%s.tif", taken.UTC().Format("2006-01-02"))
	m, err := c.see(s, name, taken, p.Width, p.Height)
	truth.Image, truth.Taken = name, taken
	return m, truth, err
}
