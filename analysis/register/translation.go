package register

import (
	"context"
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Options say what Find goes by. The zero value is right for most pairs.
type Options struct {
	Bands  []int       // bands whose mean is compared; empty means all but an alpha band
	Ignore raster.Mask // pixels of the reference to leave out (clouds); an empty mask leaves out none
	Tile   int         // side of a tile in pixels; 0 means 256, and less for small images
}

// Translation returns the shift of the moving image against the reference. Where it cannot be told, and where the
// images cannot be read or do not fit, Known is false and Reason says why; Find returns the error itself.
//
// A coarse phase correlation over the whole image is followed by fine ones over tiles, and the largest group of tiles
// that agree within half a pixel decides, so that clouds and change in some of them do no harm. Where they disagree
// with the coarse one, they are taken again at their own shift. The ground between what stands out decides, since trains,
// ships and clouds move on their own. Images may share as little as a third of each side, and
// what is bright in one may be dark in the other.
func Translation(reference, moving *raster.Image) Shift {
	s, err := Find(context.Background(), reference, moving, Options{})
	if err != nil {
		return unknown("%v", err)
	}
	return s
}

// Find is Translation with a context, with options and with an error for images of different size, place or
// projection and for files that cannot be read.
func Find(ctx context.Context, reference, moving *raster.Image, o Options) (Shift, error) {
	if err := Fits(reference, moving); err != nil {
		return unknown("%v", err), err
	}
	if min(reference.Width, reference.Height) < 16 {
		return unknown("images of %d x %d pixels are too small", reference.Width, reference.Height), nil
	}
	p, err := newPair(ctx, reference, moving, o)
	if err != nil {
		return unknown("%v", err), err
	}
	s, err := p.shift(ctx)
	if err != nil {
		return unknown("%v", err), err
	}
	return s, nil
}

// shift goes by the bare ground first: what stands out of it moves on its own. All that the images show then makes the
// answer finer, if it agrees. Where the ground alone does not tell, all that they show does, if the ground at that shift
// agrees or the images are the same there to the noise.
func (p *pair) shift(ctx context.Context) (Shift, error) {
	tile := p.tile
	s, _, err := p.search(ctx, ground)
	var faint Shift // what larger tiles say of faint ground
	for err == nil && !s.Known && faint.Tiles == 0 && p.o.Tile <= 0 && p.scale == 1 && p.tile < max(p.reference.Width, p.reference.Height)/2 {
		p.tile *= 2
		if s, _, err = p.search(ctx, ground); s.Known && !(s.Spread <= 0.05) {
			faint, s.Known = s.faint(), false
		}
	}
	if err != nil {
		return s, err
	}
	if s.Known {
		whole, err := p.near(ctx, everything, s, 0.25)
		if err == nil && whole.Known {
			return whole, nil
		}
		return s, err
	}
	p.tile = tile
	whole, peaks, err := p.search(ctx, everything)
	if err != nil || whole.Known && clearness(peaks, whole) >= 0.7 && (whole.Agreeing > 2 || min(peaks[0].window.Width, peaks[0].window.Height) >= 48) { // a scrap may show one train
		return whole, err
	}
	if whole.Known {
		if s, err = p.near(ctx, ground, whole, 1); err != nil || s.Known {
			return whole, err
		}
	}
	switch {
	case faint.Tiles > 0:
		return faint, nil
	case !whole.Known:
		return whole, nil
	}
	s = unknown("%d of %d tiles agree on %.1f, %.1f px, but the ground between what stands out does not: trains, ships or clouds that moved, or a pattern that repeats",
		whole.Agreeing, whole.Tiles, whole.DX, whole.DY)
	s.Tiles, s.Agreeing = whole.Tiles, whole.Agreeing
	return s, nil
}

// faint returns that a shift is not known, and what it is about.
func (s Shift) faint() Shift {
	out := unknown("about %.1f, %.1f px ± %.1f by %d of %d tiles, but the ground is too faint to tell closer", s.DX, s.DY, s.Spread, s.Agreeing, s.Tiles)
	if math.IsNaN(s.Spread) {
		out = unknown("about %.0f, %.0f px by %d of %d tiles, too few to be sure", s.DX, s.DY, s.Agreeing, s.Tiles)
	}
	out.Tiles, out.Agreeing = s.Tiles, s.Agreeing
	return out
}

// near returns the shift by one sight of the images from tiles taken at a shift; it is not known if it lies farther from
// that than some pixels.
func (p *pair) near(ctx context.Context, by sight, at Shift, within float64) (Shift, error) {
	peaks, err := p.peaks(ctx, by, math.Round(at.DX), math.Round(at.DY))
	if err != nil {
		return Shift{}, err
	}
	s := consensus(peaks, peak{}, p.scale)
	s.Known = s.Known && math.Hypot(s.DX-at.DX, s.DY-at.DY) <= within
	return s, nil
}

// search returns the shift by one sight of the images, and the peaks of the tiles.
func (p *pair) search(ctx context.Context, by sight) (s Shift, peaks []peak, err error) {
	for _, fade := range []float64{1, 0.2} { // the second one for images that share a part only
		coarse := correlate(p.ends[by][0], p.ends[by][1], fade)
		if s, peaks, err = p.fineShift(ctx, by, coarse); err != nil || s.Known {
			return s, peaks, err
		}
	}
	return s, peaks, nil
}

// fineShift takes tiles at a coarse shift, and again at the shift that they agree on: those that show different ground
// pull it towards the one they were taken at.
func (p *pair) fineShift(ctx context.Context, by sight, coarse peak) (Shift, []peak, error) {
	cx, cy := 0.0, 0.0
	if coarse.sure() {
		cx, cy = math.Round(coarse.dx*p.scale), math.Round(coarse.dy*p.scale)
	}
	for turn := 0; ; turn++ {
		peaks, err := p.peaks(ctx, by, cx, cy)
		if err != nil {
			return Shift{}, nil, err
		}
		s := consensus(peaks, coarse, p.scale)
		if x, y := math.Round(s.DX), math.Round(s.DY); s.Known && turn < 2 && (x != cx || y != cy) {
			cx, cy = x, y
			continue
		}
		return s, peaks, nil
	}
}

// system names a coordinate system in a sentence.
func system(c raster.CRS) string {
	if text := c.String(); text != "none" {
		return "coordinate system " + text
	}
	return "no coordinate system"
}

// Fits returns an error when two images do not have the same size, transform and coordinate system.
func Fits(a, b *raster.Image) error {
	switch {
	case a == nil || b == nil:
		return fmt.Errorf("register: an image is missing")
	case a.Width != b.Width || a.Height != b.Height:
		return fmt.Errorf("register: %s has %d x %d pixels, %s %d x %d", a.Name, a.Width, a.Height, b.Name, b.Width, b.Height)
	case a.Geo.CRS.EPSG != b.Geo.CRS.EPSG:
		return fmt.Errorf("register: %s has %s, %s has %s", a.Name, system(a.Geo.CRS), b.Name, system(b.Geo.CRS))
	case a.Geo.CRS.EPSG == 0 && a.Geo.CRS.Name != "" && b.Geo.CRS.Name != "" && a.Geo.CRS.Name != b.Geo.CRS.Name:
		return fmt.Errorf("register: %s is in %q, %s in %q", a.Name, a.Geo.CRS.Name, b.Name, b.Geo.CRS.Name)
	}
	for _, p := range [][2]float64{{0, 0}, {float64(a.Width), float64(a.Height)}} {
		x, y := a.Geo.Transform.Map(p[0], p[1])
		c, r := b.Geo.Transform.Pixel(x, y)
		if !(math.Abs(c-p[0]) < 0.01 && math.Abs(r-p[1]) < 0.01) {
			return fmt.Errorf("register: %s and %s lie on different grids: pixel %.0f, %.0f of one is %.2f, %.2f of the other", a.Name, b.Name, p[0], p[1], c+0, r+0)
		}
	}
	return nil
}
