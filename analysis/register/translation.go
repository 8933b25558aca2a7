package register

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"

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
// with the coarse one, they are taken again at their own shift. Images may share as little as a third of each side, and
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
	ends, scale, err := reduced(ctx, reference, moving, o)
	if err != nil {
		return unknown("%v", err), err
	}
	tile := o.Tile
	if tile <= 0 {
		tile = 256
		for tile > 64 && min(reference.Width, reference.Height) < 3*tile {
			tile /= 2
		}
	}
	var s Shift
	for _, fade := range []float64{1, 0.2} { // the second one for images that share a part only
		coarse := correlate(ends[0], ends[1], fade)
		if s, err = fineShift(ctx, reference, moving, o, tile, coarse, scale); err != nil {
			return unknown("%v", err), err
		}
		if s.Known {
			break
		}
	}
	return s, nil
}

// fineShift takes tiles at a coarse shift, and again at the shift that they agree on: those that show different ground
// pull it towards the one they were taken at.
func fineShift(ctx context.Context, reference, moving *raster.Image, o Options, tile int, coarse peak, scale float64) (Shift, error) {
	cx, cy := 0.0, 0.0
	if coarse.sure() {
		cx, cy = math.Round(coarse.dx*scale), math.Round(coarse.dy*scale)
	}
	for turn := 0; ; turn++ {
		peaks, err := tilePeaks(ctx, reference, moving, o, tile, cx, cy)
		if err != nil {
			return Shift{}, err
		}
		s := consensus(peaks, coarse, scale)
		if x, y := math.Round(s.DX), math.Round(s.DY); s.Known && turn < 2 && (x != cx || y != cy) {
			cx, cy = x, y
			continue
		}
		return s, nil
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

// reduced returns the images at no more than 1024 pixels a side, and how many pixels one of theirs covers.
func reduced(ctx context.Context, a, b *raster.Image, o Options) (ends [2]raster.Plane, scale float64, err error) {
	for i, m := range []*raster.Image{a, b} {
		planes, err := m.Reduce(ctx, 1024, 1024, o.bands(m)...)
		if err != nil {
			return ends, 0, err
		}
		ends[i] = mean(planes)
	}
	return ends, float64(a.Width) / float64(ends[0].Width), nil
}

// sure reports whether a peak stands out of chance and of its rivals. Eight standard deviations are out of chance's
// reach on any grid that fits in memory; what repeats (rails, field rows) has rivals nearly as high.
func (p peak) sure() bool { return p.informs && p.strong >= 8 && p.rival <= 0.75 }

func (o Options) bands(m *raster.Image) []int {
	if len(o.Bands) > 0 {
		return o.Bands
	}
	return m.DataBands()
}

// mean returns the mean of planes, NaN where one is missing.
func mean(planes []raster.Plane) raster.Plane {
	out := planes[0]
	for _, p := range planes[1:] {
		for i, v := range p.Pix {
			out.Pix[i] += v
		}
	}
	return out
}

// tilePeaks correlates up to 6 by 6 tiles spread over the images, the moving ones taken at the coarse shift.
func tilePeaks(ctx context.Context, a, b *raster.Image, o Options, tile int, cx, cy float64) ([]peak, error) {
	const most = 6
	inside := ground(a).Intersect(ground(b))
	area := inside // of the reference: what the moving image shows too
	area.Col, area.Row = area.Col-int(cx), area.Row-int(cy)
	area = area.Intersect(inside)
	tile = min(tile, area.Width, area.Height)
	if tile < 16 {
		return nil, nil
	}
	place := func(size, i, n int) int { return (size - tile) * i / max(1, n-1) }
	count := func(size int) int { return min(most, max(1, size*2/tile)) }
	nx, ny := count(area.Width), count(area.Height)
	all := make([]peak, nx*ny)
	errs := make([]error, nx*ny)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(nx*ny, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for k := int(next.Add(1)) - 1; k < nx*ny; k = int(next.Add(1)) - 1 {
				if errs[k] = ctx.Err(); errs[k] != nil {
					return
				}
				w := raster.Window{Col: area.Col + place(area.Width, k%nx, nx), Row: area.Row + place(area.Height, k/nx, ny), Width: tile, Height: tile}
				v := w
				v.Col, v.Row = w.Col+int(cx), w.Row+int(cy)
				p, err := tilePeak(a, b, o, w, v)
				p.dx, p.dy, p.atX, p.atY, p.window = p.dx+cx, p.dy+cy, cx, cy, w
				all[k], errs[k] = p, err
			}
		})
	}
	group.Wait()
	var peaks []peak
	for k, p := range all {
		if errs[k] != nil {
			return nil, errs[k]
		}
		if p.informs {
			peaks = append(peaks, p)
		}
	}
	return peaks, nil
}

// ground returns the part of an image that is no legend.
func ground(m *raster.Image) raster.Window {
	if m.Measured.Empty() {
		return m.All()
	}
	return m.Measured.Intersect(m.All())
}

func tilePeak(a, b *raster.Image, o Options, w, v raster.Window) (peak, error) {
	pa, err := a.Read(w, o.bands(a)...)
	if err != nil {
		return peak{}, err
	}
	pb, err := b.Read(v, o.bands(b)...)
	if err != nil {
		return peak{}, err
	}
	one, two := mean(pa), mean(pb)
	hidden := 0
	nan := float32(math.NaN())
	for i := range one.Pix {
		if o.Ignore.At(w.Col+i%w.Width, w.Row+i/w.Width) {
			one.Pix[i], two.Pix[i] = nan, nan
		}
		if one.Pix[i] != one.Pix[i] || two.Pix[i] != two.Pix[i] {
			one.Pix[i], two.Pix[i] = nan, nan
			hidden++
		}
	}
	if hidden*3 > len(one.Pix) {
		return peak{}, nil
	}
	return correlate(one, two, 1), nil
}

// consensus returns the shift that the largest group of tiles agrees on. Two of several tiles may agree by chance, so they
// need the coarse peak, of images reduced by a scale, beside them.
func consensus(peaks []peak, coarse peak, scale float64) Shift {
	if len(peaks) == 0 {
		return unknown("no tile holds enough valid pixels that differ from each other")
	}
	var votes []peak
	for _, p := range peaks {
		if p.strong >= 6 && p.rival <= 0.9 {
			votes = append(votes, p)
		}
	}
	var best []peak
	for _, p := range votes {
		var group []peak
		for _, q := range votes {
			if math.Hypot(p.dx-q.dx, p.dy-q.dy) <= 0.5 {
				group = append(group, q)
			}
		}
		if len(group) > len(best) {
			best = group
		}
	}
	sure := 0
	for _, p := range best {
		if p.sure() {
			sure++
		}
	}
	backed := len(best) > 2 || len(peaks) <= 2
	if len(best) > 0 {
		backed = backed || coarse.strong >= 6 && math.Hypot(coarse.dx*scale-best[0].dx, coarse.dy*scale-best[0].dy) <= math.Max(1, scale)
	}
	if sure == 0 || !backed || 5*len(best) < 2*len(peaks) {
		s := unknown("%d of %d tiles agree on a shift: too different, too little texture, or a pattern that repeats", len(best), len(peaks))
		s.Tiles, s.Agreeing = len(peaks), len(best)
		return s
	}
	xs, ys := make([]float64, len(best)), make([]float64, len(best))
	for i, p := range best {
		xs[i], ys[i] = p.dx, p.dy
	}
	s := Shift{Known: true, Tiles: len(peaks), Agreeing: len(best), Spread: math.NaN()}
	var ex, ey float64
	s.DX, ex = middle(xs)
	s.DY, ey = middle(ys)
	if len(best) > 1 {
		x, y := joint(best).refine(s.DX-best[0].atX, s.DY-best[0].atY)
		s.DX, s.DY = x+best[0].atX, y+best[0].atY
	}
	s.Quality = float64(len(best)) / float64(len(peaks))
	if len(peaks) == 1 {
		s.Quality = math.Min(1, best[0].height*2) * (1 - best[0].rival)
	}
	if len(best) >= 3 {
		s.Spread = math.Max(ex, ey)
	}
	return s
}

// middle returns the mean of the middle half of v and the standard error of it, judged by the median deviation.
func middle(v []float64) (mean, spread float64) {
	sort.Float64s(v)
	cut := len(v) / 4
	mid := v[cut : len(v)-cut]
	for _, x := range mid {
		mean += x
	}
	mean /= float64(len(mid))
	dev := make([]float64, len(v))
	for i, x := range v {
		dev[i] = math.Abs(x - mean)
	}
	sort.Float64s(dev)
	return mean, 1.4826 * dev[len(dev)/2] * 1.2 / math.Sqrt(float64(len(v)))
}
