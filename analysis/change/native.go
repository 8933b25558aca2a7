package change

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// readNative fills a worker's buffers with a window of both dates in the files' own numbers.
func (c *scoring) readNative(d *desk, w raster.Window) error {
	for date, m := range []*raster.Image{c.before, c.after} {
		dst := make([]any, len(c.o.Bands))
		for k := range dst {
			if len(d.native[date]) <= k {
				d.native[date] = append(d.native[date], nil)
			}
			if cap(d.native[date][k]) < w.Pixels() {
				d.native[date][k] = make([]uint16, w.Pixels())
			}
			d.native[date][k] = d.native[date][k][:w.Pixels()]
			dst[k] = d.native[date][k]
		}
		if err := m.ReadInto(w, c.o.Bands, dst); err != nil {
			return fmt.Errorf("change: %w", err)
		}
	}
	missing := c.missingNumber()
	for date := range d.native {
		c.sample(date, w, func(band, i int) float32 {
			if v := int(d.native[date][band][i]); v != missing {
				return float32(v)
			}
			return nan32
		})
	}
	return nil
}

// missingNumber returns the number that means missing, -1 for none.
func (c *scoring) missingNumber() int {
	if n := c.before.NoData; n == n {
		return int(n)
	}
	return -1
}

// scoreNative fills the magnitudes of one tile of uint16 images, piece by piece in the processor's caches.
func (c *scoring) scoreNative(d *desk, w raster.Window, scores []float32) error {
	step := w.Height
	if !c.before.Packed() && !c.after.Packed() {
		step = max(1, near/(2*len(c.o.Bands)*w.Width))
	}
	missing := c.missingNumber()
	for row := 0; row < w.Height; row += step {
		part := raster.Window{Col: w.Col, Row: w.Row + row, Width: w.Width, Height: min(step, w.Height-row)}
		if err := c.readNative(d, part); err != nil {
			return err
		}
		in := scores[row*w.Width:][:part.Pixels()]
		for from := 0; from < len(in); from += piece {
			to := min(from+piece, len(in))
			magnitudePiece(in[from:to], d.native[0], d.native[1], from, missing, false)
			d.sizes.add(in[from:to])
		}
	}
	c.shrinkSizes(d, w, scores)
	return nil
}

// near is how many bytes of a date are read at a time where that costs no more than all at once: what a processor's
// second cache holds, with the bands taken apart.
const near = 128 << 10

// eachNative scores rows of uint16 images.
func (c *scoring) eachNative(out *raster.Writer) error {
	d := &c.picture[0]
	var scores []float32
	step := 2 * c.step(1) // the numbers take half the room of float32
	for row := 0; row < c.before.Height; row += step {
		if err := progress.Report(c.ctx, int64(row), int64(c.before.Height), "scoring"); err != nil {
			return err
		}
		w := raster.Window{Row: row, Width: c.before.Width, Height: min(step, c.before.Height-row)}
		if err := c.readNative(d, w); err != nil {
			return err
		}
		scores = grow(scores, w.Pixels())
		if err := magnitude(scores, d.native[0], d.native[1], c.missingNumber(), &d.sizes); err != nil {
			return err
		}
		c.shrinkSizes(d, w, scores)
		if err := out.WriteRows(scores); err != nil {
			return err
		}
	}
	return progress.Report(c.ctx, int64(c.before.Height), int64(c.before.Height), "scoring")
}
