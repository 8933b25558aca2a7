package raster

import (
	"fmt"
	"image"
	"image/color"
	"math"
)

// String returns the size of the plane, the range of its samples and how many are missing or infinite.
func (p Plane) String() string {
	if p.Empty() {
		return fmt.Sprintf("a plane of %d x %d pixels with %d samples", p.Width, p.Height, len(p.Pix))
	}
	low, high, n := p.Range()
	s := fmt.Sprintf("%d x %d, ", p.Width, p.Height)
	if n == 0 {
		return s + "all missing"
	}
	s += fmt.Sprintf("%.5g to %.5g", low, high)
	if n < len(p.Pix) {
		s += fmt.Sprintf(", %d missing", len(p.Pix)-n)
	}
	return s
}

// SimpleRender returns String and a picture in grey between the 2nd and the 98th percentile of the samples; missing ones
// are pale. Large planes are thinned to the means of their cells.
func (p Plane) SimpleRender() map[string]any {
	if p.Empty() {
		return bundle([]string{p.String()}, nil, "plane")
	}
	return bundle([]string{p.String()}, photo([]Plane{p.thin()}), "plane")
}

// thin returns the plane at the size of a picture.
func (p Plane) thin() Plane {
	w, h := shrunk(p.Width, p.Height)
	if w == p.Width && h == p.Height {
		return p
	}
	sums, counts := make([]float64, w*h), make([]int32, w*h)
	gather(sums, counts, p, 0, w, h, &Image{Header: Header{Width: p.Width, Height: p.Height}})
	out := NewPlane(w, h)
	for i, n := range counts {
		out.Pix[i] = float32(sums[i] / float64(n)) // NaN for 0/0
	}
	return out
}

// shrunk is the size of a picture of so many pixels.
func shrunk(width, height int) (w, h int) {
	f := math.Max(1, math.Max(float64(width), float64(height))/lookSize)
	return max(1, int(float64(width)/f)), max(1, int(float64(height)/f))
}

// String returns how many pixels are marked, of how many.
func (m Mask) String() string {
	if m.Empty() {
		return fmt.Sprintf("a mask of %d x %d pixels with %d bytes", m.Width, m.Height, len(m.Bits))
	}
	return fmt.Sprintf("%d of %d x %d pixels marked", m.marked(), m.Width, m.Height)
}

// SimpleRender returns String and a picture in which the marked pixels are blue. In the picture of a large mask a pixel is
// the darker the more of its cell is marked, and never white when any of it is.
func (m Mask) SimpleRender() map[string]any {
	if m.Empty() {
		return bundle([]string{m.String()}, nil, "mask")
	}
	w, h := shrunk(m.Width, m.Height)
	marked, all := make([]int32, w*h), make([]int32, w*h)
	for i, b := range m.Bits[:m.Width*m.Height] {
		k := i/m.Width*h/m.Height*w + i%m.Width*w/m.Width
		all[k]++
		if b != 0 {
			marked[k]++
		}
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for k, n := range marked {
		share := 0.0
		if n > 0 {
			share = math.Max(0.4, float64(n)/float64(all[k]))
		}
		mix := func(a, b float64) uint8 { return uint8(a + share*(b-a) + 0.5) }
		img.SetNRGBA(k%w, k/w, color.NRGBA{mix(238, 0), mix(240, 90), mix(242, 160), 255})
	}
	return bundle([]string{m.String()}, img, "mask")
}

func (m Mask) marked() (n int) {
	for _, b := range m.Bits[:m.Width*m.Height] {
		if b != 0 {
			n++
		}
	}
	return n
}
