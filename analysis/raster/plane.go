package raster

import "math"

// Plane is one band of a window in memory, row after row. A missing sample is NaN. A plane with fewer samples than pixels
// counts as empty.
type Plane struct {
	Width, Height int
	Pix           []float32
}

// NewPlane returns a plane of zeros. A size below one gives an empty plane.
func NewPlane(width, height int) Plane {
	if width < 1 || height < 1 {
		return Plane{}
	}
	return Plane{Width: width, Height: height, Pix: make([]float32, width*height)}
}

// Empty reports whether the plane has no pixels, or fewer samples than pixels.
func (p Plane) Empty() bool { return lacks(p.Width, p.Height, len(p.Pix)) }

// lacks reports whether there are no pixels, or fewer values than pixels.
func lacks(width, height, values int) bool {
	return width < 1 || height < 1 || values/width < height
}

// At returns the sample in a column and row, NaN outside of the plane.
func (p Plane) At(col, row int) float32 {
	if i := uint(row*p.Width + col); col >= 0 && col < p.Width && row >= 0 && row < p.Height && i < uint(len(p.Pix)) {
		return p.Pix[i]
	}
	return float32(math.NaN())
}

// Row returns the samples of one row; they are the plane's own, not a copy.
func (p Plane) Row(row int) []float32 { return p.Pix[row*p.Width : (row+1)*p.Width] }

// Crop returns a copy of the part of w that lies inside the plane.
func (p Plane) Crop(w Window) Plane {
	if p.Empty() {
		return Plane{}
	}
	w = w.Intersect(Window{Width: p.Width, Height: p.Height})
	out := NewPlane(w.Width, w.Height)
	for r := range out.Height {
		copy(out.Row(r), p.Row(w.Row + r)[w.Col:])
	}
	return out
}

// Valid returns the mask of samples that are neither missing nor infinite.
func (p Plane) Valid() Mask {
	if p.Empty() {
		return Mask{}
	}
	m := NewMask(p.Width, p.Height)
	for i, v := range p.Pix[:len(m.Bits)] {
		if v-v == 0 {
			m.Bits[i] = 1
		}
	}
	return m
}

// MaskOut returns a copy in which the samples under m are NaN. Nothing is masked when the sizes differ.
func (p Plane) MaskOut(m Mask) Plane {
	out := Plane{Width: p.Width, Height: p.Height, Pix: append([]float32(nil), p.Pix...)}
	if len(m.Bits) == len(out.Pix) {
		nan := float32(math.NaN())
		for i, b := range m.Bits {
			if b != 0 {
				out.Pix[i] = nan
			}
		}
	}
	return out
}

// Range returns the smallest and the largest sample and how many there are; missing and infinite ones do not count.
// Without any, both are NaN.
func (p Plane) Range() (low, high float32, n int) {
	low, high = float32(math.Inf(1)), float32(math.Inf(-1))
	for _, v := range p.Pix {
		if v-v == 0 {
			low, high = min(low, v), max(high, v)
			n++
		}
	}
	if n == 0 {
		nan := float32(math.NaN())
		return nan, nan, 0
	}
	return low, high, n
}
