package register

import (
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Method is how a value between pixels is had.
type Method string

// The methods of resampling. Cubic is Keys' kernel with a = -1/2.
const (
	Nearest  Method = "nearest"
	Bilinear Method = "bilinear"
	Cubic    Method = "cubic"
)

// Resample returns a plane of the same size whose pixel c, r is the given plane's at c + dx, r + dy, so that the
// moving plane resampled by the shift found lies on the reference. Where a sample that is needed is missing or lies
// outside, the result is NaN. An unknown method is an error.
//
// Source of the cubic kernel: R. G. Keys, Cubic convolution interpolation for digital image processing, IEEE Trans.
// Acoustics, Speech, and Signal Processing 29 (1981), doi:10.1109/TASSP.1981.1163711.
func Resample(p raster.Plane, dx, dy float64, method Method) (raster.Plane, error) {
	if math.IsNaN(dx+dy) || math.Abs(dx) > 1e9 || math.Abs(dy) > 1e9 {
		return raster.Plane{}, fmt.Errorf("register: a shift of %v, %v pixels", dx, dy)
	}
	if p.Empty() && min(p.Width, p.Height) != 0 {
		return raster.Plane{}, fmt.Errorf("register: a plane of %d x %d pixels with %d samples", p.Width, p.Height, len(p.Pix))
	}
	if p.Width == 0 || p.Height == 0 {
		p = raster.Plane{}
	}
	var wx, wy []float32
	var x0, y0 int
	switch method {
	case Nearest:
		x0, y0 = int(math.Floor(dx+0.5)), int(math.Floor(dy+0.5))
		wx, wy = []float32{1}, []float32{1}
	case Bilinear, "":
		x0, wx = linear(dx)
		y0, wy = linear(dy)
	case Cubic:
		x0, wx = keys(dx)
		y0, wy = keys(dy)
	default:
		return raster.Plane{}, fmt.Errorf("register: resampling %q: nearest, bilinear and cubic are known", method)
	}
	return convolve(p, x0, y0, wx, wy), nil
}

func linear(d float64) (int, []float32) {
	f := math.Floor(d)
	t := float32(d - f)
	if t == 0 {
		return int(f), []float32{1}
	}
	return int(f), []float32{1 - t, t}
}

func keys(d float64) (int, []float32) {
	f := math.Floor(d)
	t := d - f
	if t == 0 {
		return int(f), []float32{1}
	}
	w := make([]float32, 4)
	for i := range w {
		x := math.Abs(t + 1 - float64(i))
		switch {
		case x < 1:
			w[i] = float32(1.5*x*x*x - 2.5*x*x + 1)
		case x < 2:
			w[i] = float32(-0.5*x*x*x + 2.5*x*x - 4*x + 2)
		}
	}
	return int(f) - 1, w
}

// convolve applies weights along rows and then along columns; NaN spreads by itself.
func convolve(p raster.Plane, x0, y0 int, wx, wy []float32) raster.Plane {
	nan := float32(math.NaN())
	mid := raster.NewPlane(p.Width, p.Height)
	for r := range p.Height {
		in, out := p.Row(r), mid.Row(r)
		for c := range out {
			if c+x0 < 0 || c+x0+len(wx) > p.Width {
				out[c] = nan
				continue
			}
			var s float32
			for i, w := range wx {
				s += w * in[c+x0+i]
			}
			out[c] = s
		}
	}
	out := raster.NewPlane(p.Width, p.Height)
	for r := range p.Height {
		to := out.Row(r)
		if r+y0 < 0 || r+y0+len(wy) > p.Height {
			for c := range to {
				to[c] = nan
			}
			continue
		}
		for i, w := range wy {
			for c, v := range mid.Row(r + y0 + i) {
				to[c] += w * v
			}
		}
	}
	return out
}
