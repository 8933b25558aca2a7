package raster

import (
	"context"
	"fmt"
	"math"
)

// Reduce returns bands of the whole image at about the given size, for a look or a coarse search: each pixel is the
// mean of the samples that it covers, missing ones left out, NaN where all are. An overview is used where one is large
// enough. The size returned keeps the image's shape and is at most cols by rows, and never larger than the image.
func (m *Image) Reduce(ctx context.Context, cols, rows int, bands ...int) ([]Plane, error) {
	if cols < 1 || rows < 1 {
		return nil, fmt.Errorf("raster: %s: a picture of %d x %d pixels cannot be made", m.Name, cols, rows)
	}
	f := math.Max(1, math.Max(float64(m.Width)/float64(cols), float64(m.Height)/float64(rows)))
	w, h := max(1, int(float64(m.Width)/f)), max(1, int(float64(m.Height)/f))
	src := m.Fit(w)
	if len(bands) == 0 {
		for i := range m.Bands {
			bands = append(bands, i)
		}
	}
	if src.Width == w && src.Height == h {
		return src.Read(src.All(), bands...)
	}
	out, sums := make([]Plane, len(bands)), make([][]float64, len(bands))
	counts := make([][]int32, len(bands))
	for i := range out {
		out[i] = NewPlane(w, h)
		sums[i], counts[i] = make([]float64, w*h), make([]int32, w*h)
	}
	_, step := src.Block()
	step = max(1, min(step, (1<<22)/src.Width))
	for row := 0; row < src.Height; row += step {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		win := Window{0, row, src.Width, min(step, src.Height-row)}
		in, err := src.Read(win, bands...)
		if err != nil {
			return nil, err
		}
		for i, p := range in {
			gather(sums[i], counts[i], p, row, w, h, src)
		}
	}
	for i := range out {
		for k, n := range counts[i] {
			out[i].Pix[k] = float32(sums[i][k] / float64(n)) // NaN for 0/0
		}
	}
	return out, nil
}

// gather adds the samples of a strip to the cells of a w by h picture that they fall into.
func gather(sums []float64, counts []int32, p Plane, row, w, h int, src *Image) {
	cell := make([]int32, p.Width)
	for c := range cell {
		cell[c] = int32(c * w / src.Width)
	}
	for r := range p.Height {
		to := (row + r) * h / src.Height * w
		for c, v := range p.Row(r) {
			if v == v {
				k := to + int(cell[c])
				sums[k] += float64(v)
				counts[k]++
			}
		}
	}
}
