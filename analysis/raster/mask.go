package raster

import "bytes"

// Mask marks pixels: Bits holds one byte a pixel, row after row, 1 where marked and 0 elsewhere. A mask with fewer bytes
// than pixels counts as empty.
type Mask struct {
	Width, Height int
	Bits          []uint8
}

// NewMask returns a mask with nothing marked. A size below one gives an empty mask.
func NewMask(width, height int) Mask {
	if width < 1 || height < 1 {
		return Mask{}
	}
	return Mask{Width: width, Height: height, Bits: make([]uint8, width*height)}
}

// Empty reports whether the mask has no pixels, or fewer bytes than pixels.
func (m Mask) Empty() bool { return lacks(m.Width, m.Height, len(m.Bits)) }

// At reports whether a pixel is marked; outside of the mask none is.
func (m Mask) At(col, row int) bool {
	i := uint(row*m.Width + col)
	return col >= 0 && col < m.Width && row >= 0 && row < m.Height && i < uint(len(m.Bits)) && m.Bits[i] != 0
}

// Set marks or unmarks a pixel; outside of the mask it does nothing.
func (m Mask) Set(col, row int, on bool) {
	i := uint(row*m.Width + col)
	if col < 0 || col >= m.Width || row < 0 || row >= m.Height || i >= uint(len(m.Bits)) {
		return
	}
	m.Bits[i] = 0
	if on {
		m.Bits[i] = 1
	}
}

// Count returns how many pixels are marked.
func (m Mask) Count() int { return bytes.Count(m.Bits, []byte{1}) }

// Not returns the mask of the pixels that are not marked.
func (m Mask) Not() Mask {
	if m.Empty() {
		return Mask{}
	}
	out := NewMask(m.Width, m.Height)
	for i := range out.Bits {
		out.Bits[i] = 1 - m.Bits[i]&1
	}
	return out
}

// And returns the mask of the pixels marked in both; masks of different sizes give an empty mask.
func (m Mask) And(o Mask) Mask { return m.combine(o, func(a, b uint8) uint8 { return a & b }) }

// Or returns the mask of the pixels marked in either; masks of different sizes give an empty mask.
func (m Mask) Or(o Mask) Mask { return m.combine(o, func(a, b uint8) uint8 { return a | b }) }

func (m Mask) combine(o Mask, f func(a, b uint8) uint8) Mask {
	if m.Width != o.Width || m.Height != o.Height || m.Empty() || o.Empty() {
		return Mask{}
	}
	out := NewMask(m.Width, m.Height)
	for i := range out.Bits {
		out.Bits[i] = f(m.Bits[i], o.Bits[i])
	}
	return out
}
