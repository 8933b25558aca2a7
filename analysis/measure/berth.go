package measure

import (
	"context"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// finest is the size of a pixel in metres below which the search along quays would take too long.
const finest = 2.0

// atQuays returns what touches land and is likely a ship. What is taken already is left out.
func (s *sea) atQuays(m *raster.Image, nir raster.Plane, taken raster.Mask, band int, o Vessels, dx, dy float64) ([]Ship, error) {
	px := math.Sqrt(dx * dy)
	all, err := s.shapes(m, nir, band, o, px)
	if err != nil {
		return nil, err
	}
	if !o.raw {
		all = apart(all, nir, 0.8)
	}
	var out []Ship
	for _, h := range all {
		if !o.raw && (h.chance < o.Chance || h.length*px < o.MinLength || h.evidence.Sides[0] >= 0.5 || meets(h.region(nir), taken)) {
			continue
		}
		ship, err := h.ship(m, nir, dx, dy, "hull on three sides of water", h.size)
		if err != nil {
			return nil, err
		}
		out = append(out, ship)
	}
	return out, nil
}

// shapes returns all that has the shape of a ship, overlapping each other, with chances.
func (s *sea) shapes(m *raster.Image, nir raster.Plane, band int, o Vessels, px float64) ([]hull, error) {
	var visible []raster.Plane
	for _, name := range []string{"blue", "green", "red"} {
		if b := m.Band(name); b >= 0 && b != band {
			p, err := m.Plane(m.All(), b)
			if err != nil {
				return nil, err
			}
			visible = append(visible, p)
		}
	}
	look := s.alongShore(nir, visible, px)
	all := s.hulls(look, math.Max(2.2, 0.8*o.MinLength/px), o.MaxLength/px)
	for i := range all {
		look.weigh(&all[i])
	}
	return all, nil
}

// ship returns a hull that a method found as a ship, with a size in metres for that of a pixel.
func (h *hull) ship(m *raster.Image, nir raster.Plane, dx, dy float64, method string, size func(px float64) (length, width Estimate, within float64)) (Ship, error) {
	out := Ship{Row: newRow(m, "ship", 0, method), Region: h.region(nir), Berthed: h.evidence.Sides[0] < 0.5, Chance: h.chance, Evidence: h.evidence}
	if out.Berthed {
		out.Note = "touches land"
	}
	q, err := m.Geo.Place(h.col, h.row)
	if err != nil {
		return out, err
	}
	north, err := m.Geo.North(h.col, h.row)
	if err != nil {
		return out, err
	}
	out.Place, out.Heading = q, math.Mod(h.angle+90-north+720, 180)
	out.Length, out.Width, out.HeadingWithin = size(math.Sqrt(dx * dy))
	out.Likelihoods, out.Class = classify(out.Length.Value, out.Width.Value, out.Length.SE, 0.35)
	return out, nil
}

// Shapes returns everything that has the shape of a ship with water on three sides or four, however unlikely and
// overlapping, with its evidence. It is what the weights of Evidence.Chance were fitted on; ShipsIn with ByShape picks from
// it. Errors are ShipsIn's.
func Shapes(ctx context.Context, m *raster.Image, o Vessels) (*Fleet, error) {
	o.raw = true
	return ShipsIn(ctx, m, o)
}
