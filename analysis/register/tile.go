package register

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// sight is what of the images is compared.
type sight int

const (
	everything sight = iota
	ground           // see bare
)

// pair is two images that are compared.
type pair struct {
	reference, moving *raster.Image
	o                 Options
	tile              int
	ends              [2][2]raster.Plane // by sight: the images at no more than 1024 pixels a side
	scale             float64            // how many pixels one of theirs covers
	seen              map[taken][]peak
}

// taken is how tiles were taken.
type taken struct {
	by     sight
	cx, cy float64
	tile   int
}

func newPair(ctx context.Context, a, b *raster.Image, o Options) (*pair, error) {
	p := &pair{reference: a, moving: b, o: o, tile: o.Tile, seen: map[taken][]peak{}}
	if p.tile <= 0 {
		p.tile = 256
		for p.tile > 64 && min(a.Width, a.Height) < 3*p.tile {
			p.tile /= 2
		}
	}
	for i, m := range []*raster.Image{a, b} {
		planes, err := m.Reduce(ctx, 1024, 1024, o.bands(m)...)
		if err != nil {
			return nil, err
		}
		p.ends[everything][i] = mean(planes)
		p.ends[ground][i] = bare(p.ends[everything][i])
	}
	p.scale = float64(a.Width) / float64(p.ends[everything][0].Width)
	return p, nil
}

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

// peaks correlates up to 6 by 6 tiles spread over the images, the moving ones taken at the coarse shift.
func (p *pair) peaks(ctx context.Context, by sight, cx, cy float64) ([]peak, error) {
	if seen, ok := p.seen[taken{by, cx, cy, p.tile}]; ok {
		return seen, nil
	}
	const most = 6
	inside := measured(p.reference).Intersect(measured(p.moving))
	area := inside // of the reference: what the moving image shows too
	area.Col, area.Row = area.Col-int(cx), area.Row-int(cy)
	area = area.Intersect(inside)
	wide, high := min(p.tile, area.Width), min(p.tile, area.Height)
	if min(wide, high) < 16 {
		return nil, nil
	}
	place := func(size, tile, i, n int) int { return (size - tile) * i / max(1, n-1) }
	count := func(size, tile int) int { return min(most, max(1, size*2/tile-1)) } // they overlap by half at most
	nx, ny := count(area.Width, wide), count(area.Height, high)
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
				w := raster.Window{Col: area.Col + place(area.Width, wide, k%nx, nx), Row: area.Row + place(area.Height, high, k/nx, ny), Width: wide, Height: high}
				v := w
				v.Col, v.Row = w.Col+int(cx), w.Row+int(cy)
				q, err := p.peak(by, w, v)
				q.dx, q.dy, q.atX, q.atY, q.window = q.dx+cx, q.dy+cy, cx, cy, w
				all[k], errs[k] = q, err
			}
		})
	}
	group.Wait()
	var peaks []peak
	for k, q := range all {
		if errs[k] != nil {
			return nil, errs[k]
		}
		if q.informs {
			peaks = append(peaks, q)
		}
	}
	p.seen[taken{by, cx, cy, p.tile}] = peaks
	return peaks, nil
}

// measured returns the part of an image that is no legend.
func measured(m *raster.Image) raster.Window {
	if m.Measured.Empty() {
		return m.All()
	}
	return m.Measured.Intersect(m.All())
}

// plane returns a part of the reference (0) or the moving image (1).
func (p *pair) plane(by sight, which int, w raster.Window) (raster.Plane, error) {
	if p.scale == 1 {
		out := raster.Plane{Width: w.Width, Height: w.Height}
		for r := range w.Height {
			out.Pix = append(out.Pix, p.ends[by][which].Row(w.Row + r)[w.Col:w.Col+w.Width]...)
		}
		return out, nil
	}
	m := []*raster.Image{p.reference, p.moving}[which]
	planes, err := m.Read(w, p.o.bands(m)...)
	if err != nil {
		return raster.Plane{}, err
	}
	if by == ground {
		return bare(mean(planes)), nil
	}
	return mean(planes), nil
}

// peak correlates a tile of the reference with one of the moving image. Tiles of which a third or more is missing or ignored
// do not inform; of what bare leaves out, half may be.
func (p *pair) peak(by sight, w, v raster.Window) (peak, error) {
	one, err := p.plane(by, 0, w)
	if err != nil {
		return peak{}, err
	}
	two, err := p.plane(by, 1, v)
	if err != nil {
		return peak{}, err
	}
	hidden := 0
	nan := float32(math.NaN())
	for i := range one.Pix {
		if p.o.Ignore.At(w.Col+i%w.Width, w.Row+i/w.Width) {
			one.Pix[i], two.Pix[i] = nan, nan
		}
		if one.Pix[i] != one.Pix[i] || two.Pix[i] != two.Pix[i] {
			if by == everything {
				one.Pix[i], two.Pix[i] = nan, nan
			}
			hidden++
		}
	}
	if by == everything && hidden*3 > len(one.Pix) || hidden*3 > 2*len(one.Pix) {
		return peak{}, nil
	}
	return correlate(one, two, 1), nil
}
