package change

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// desk is what one worker keeps of the scores that it makes.
type desk struct {
	sizes    tally
	ignored  int
	positive int          // scores above zero, where zero is the threshold
	small    raster.Plane // of each cell of the picture the score largest in size
	native   [2][][]uint16
	most     []float32
}

// merge adds what another worker kept.
func (d *desk) merge(o *desk) {
	d.sizes.merge(&o.sizes)
	d.ignored += o.ignored
	d.positive += o.positive
	if d.small.Pix == nil {
		d.small = o.small
		return
	}
	for i, v := range o.small.Pix {
		d.small.Pix[i] = larger(d.small.Pix[i], v)
	}
}

// larger returns the score that is larger in size, the positive one of two of one size; anything rather than NaN.
func larger(a, b float32) float32 {
	if x, y := max(a, -a), max(b, -b); a != a || y > x || y == x && b > a {
		return b
	}
	return a
}

// cells returns the picture of the scores that a worker keeps.
func (c *scoring) cells(d *desk) raster.Plane {
	if d.small.Pix == nil {
		f := math.Max(1, math.Max(float64(c.before.Width), float64(c.before.Height))/1024)
		d.small = raster.NewPlane(max(1, int(float64(c.before.Width)/f)), max(1, int(float64(c.before.Height)/f)))
		for i := range d.small.Pix {
			d.small.Pix[i] = nan32
		}
	}
	return d.small
}

// shrink enters the scores of a window into the picture.
func (c *scoring) shrink(d *desk, w raster.Window, scores []float32) {
	small := c.cells(d)
	first, edge := c.columns(w, small.Width)
	for r := range w.Height {
		to := small.Row((w.Row + r) * small.Height / c.before.Height)
		row := scores[r*w.Width : (r+1)*w.Width]
		for k := range len(edge) - 1 {
			best := to[first+k]
			for _, v := range row[edge[k]:edge[k+1]] {
				if !(v <= best && v >= -best) {
					best = larger(best, v)
				}
			}
			to[first+k] = best
		}
	}
}

// shrinkSizes is shrink for scores that are not negative and whose missing ones have their sign set.
func (c *scoring) shrinkSizes(d *desk, w raster.Window, scores []float32) {
	small := c.cells(d)
	first, edge := c.columns(w, small.Width)
	d.most = grow(d.most, w.Width)
	missing := math.Float32frombits(0xffffffff)
	for r := 0; r < w.Height; {
		cell := (w.Row + r) * small.Height / c.before.Height
		for i := range d.most {
			d.most[i] = missing
		}
		for ; r < w.Height && (w.Row+r)*small.Height/c.before.Height == cell; r++ {
			largest(d.most, scores[r*w.Width:(r+1)*w.Width])
		}
		to := small.Row(cell)
		for k := range len(edge) - 1 {
			best := int32(math.MinInt32) // missing scores are less than any as integers
			for _, v := range d.most[edge[k]:edge[k+1]] {
				best = max(best, int32(math.Float32bits(v)))
			}
			if v := math.Float32frombits(uint32(best)); best >= 0 && !(v <= to[first+k]) {
				to[first+k] = v
			}
		}
	}
}

// columns returns the first cell that a window's columns fall into, and where in the window the columns of each cell
// begin; the last entry is the window's width.
func (c *scoring) columns(w raster.Window, cells int) (first int, edge []int) {
	first = w.Col * cells / c.before.Width
	last := (w.Col + w.Width - 1) * cells / c.before.Width
	for k := first; k <= last; k++ {
		edge = append(edge, max(0, (k*c.before.Width+cells-1)/cells-w.Col))
	}
	return first, append(edge, w.Width)
}

// preparePictures finds which of the bands read are shown.
func (c *scoring) preparePictures() {
	at := func(band int) int {
		for k, b := range c.o.Bands {
			if b == band {
				return k
			}
		}
		return -1
	}
	c.bands = []int{at(c.before.Band("red")), at(c.before.Band("green")), at(c.before.Band("blue"))}
	if min(c.bands[0], c.bands[1], c.bands[2]) < 0 {
		c.bands = []int{0}
	}
	f := math.Max(1, math.Max(float64(c.before.Width), float64(c.before.Height))/panel)
	for d := range c.shown {
		for range c.bands {
			c.shown[d].planes = append(c.shown[d].planes, raster.NewPlane(max(1, int(float64(c.before.Width)/f)), max(1, int(float64(c.before.Height)/f))))
		}
	}
}

// sample enters every so many pixels of a window into the picture of a date, so that it need not be read twice.
func (c *scoring) sample(date int, w raster.Window, value func(band, i int) float32) {
	for k, p := range c.shown[date].planes {
		for r := range p.Height {
			row := r*c.before.Height/p.Height - w.Row
			if row < 0 || row >= w.Height {
				continue
			}
			for i := range p.Width {
				if col := i*c.before.Width/p.Width - w.Col; col >= 0 && col < w.Width {
					p.Pix[r*p.Width+i] = value(c.bands[k], row*w.Width+col)
				}
			}
		}
	}
}
