package raster

import (
	"fmt"
	"math"
)

// Plane returns one band, counted from 0, of a window as float32 with NaN where a sample is missing.
// 32-bit integers and float64 lose digits; ReadInto keeps them.
//
// A window or band outside of the image, a window of more than 2^29 pixels and a damaged file give an error.
func (m *Image) Plane(w Window, band int) (Plane, error) {
	p, err := m.Read(w, band)
	if err != nil {
		return Plane{}, err
	}
	return p[0], nil
}

// Read returns several bands of a window, all of them when none is named; see Plane. Reading together is cheaper than
// one by one where the file keeps bands interleaved.
func (m *Image) Read(w Window, bands ...int) ([]Plane, error) {
	if len(bands) == 0 {
		for i := range m.Bands {
			bands = append(bands, i)
		}
	}
	if err := m.check(w, bands); err != nil {
		return nil, err
	}
	out := make([]Plane, len(bands))
	dst := make([]any, len(bands))
	for i := range bands {
		out[i] = NewPlane(w.Width, w.Height)
		dst[i] = out[i].Pix
	}
	return out, m.ReadInto(w, bands, dst)
}

// ReadUint16 returns several bands of a window in the file's own numbers. Files of another type give an error.
func (m *Image) ReadUint16(w Window, bands ...int) ([][]uint16, error) {
	if err := m.check(w, bands); err != nil {
		return nil, err
	}
	out := make([][]uint16, len(bands))
	dst := make([]any, len(bands))
	for i := range bands {
		out[i] = make([]uint16, w.Pixels())
		dst[i] = out[i]
	}
	return out, m.ReadInto(w, bands, dst)
}

// ReadInto fills dst[i], a slice of at least w.Pixels() samples, with band bands[i] of a window. The slices are of the
// file's own type, then they hold the file's numbers; or []float32 or []float64, then missing samples are NaN.
// Errors are Plane's, and any other slice is one too.
func (m *Image) ReadInto(w Window, bands []int, dst []any) error {
	if err := m.check(w, bands); err != nil {
		return err
	}
	if len(dst) != len(bands) {
		return fmt.Errorf("raster: %s: %d bands were asked for into %d slices", m.Name, len(bands), len(dst))
	}
	cut := make([]any, len(dst))
	for i, d := range dst {
		k, n := kindOf(d)
		if n < w.Pixels() || (k != m.Kind && !k.float()) {
			return fmt.Errorf("raster: %s: %d samples of type %v do not go into a %T of %d", m.Name, w.Pixels(), m.Kind, d, n)
		}
		cut[i] = head(d, w.Pixels())
	}
	if err := m.src.read(w, bands, cut); err != nil {
		return err
	}
	if !math.IsNaN(m.NoData) {
		for _, d := range cut {
			blank(d, m.NoData)
		}
	}
	var floats []any
	var which []int
	for i, d := range cut {
		if k, _ := kindOf(d); k.float() {
			floats, which = append(floats, d), append(which, bands[i])
		}
	}
	if len(floats) > 0 {
		if err := m.hide(w, which, floats, math.NaN()); err != nil {
			return err
		}
	}
	if !m.Measured.Empty() && w.Intersect(m.Measured) != w {
		for _, d := range cut {
			m.hideLegend(d, w)
		}
	}
	return nil
}

// hideLegend turns float samples outside of Measured into NaN.
func (m *Image) hideLegend(d any, w Window) {
	if k, _ := kindOf(d); !k.float() {
		return
	}
	in := w.Intersect(m.Measured)
	for r := range w.Height {
		if row := w.Row + r; in.Empty() || row < in.Row || row >= in.Row+in.Height {
			setAny(d, r*w.Width, w.Width, math.NaN())
			continue
		}
		left, right := in.Col-w.Col, in.Col+in.Width-w.Col
		setAny(d, r*w.Width, left, math.NaN())
		setAny(d, r*w.Width+right, w.Width-right, math.NaN())
	}
}

func (m *Image) check(w Window, bands []int) error {
	if !w.within(m.Width, m.Height) {
		return fmt.Errorf("raster: %s: %v: the image has %d columns and %d rows", m.Name, w, m.Width, m.Height)
	}
	if w.Width > maxWindow/w.Height {
		return fmt.Errorf("raster: %s: tags ImageWidth and ImageLength: %d x %d pixels at once are too many: read windows or an overview",
			m.Name, w.Width, w.Height)
	}
	if len(bands) == 0 {
		return fmt.Errorf("raster: %s: no band was named", m.Name)
	}
	for _, b := range bands {
		if b < 0 || b >= len(m.Bands) {
			return fmt.Errorf("raster: %s: there is no band %d, only 0 to %d", m.Name, b, len(m.Bands)-1)
		}
	}
	return nil
}

// head returns the first n samples of a slice.
func head(d any, n int) any {
	switch s := d.(type) {
	case []uint8:
		return s[:n]
	case []int8:
		return s[:n]
	case []uint16:
		return s[:n]
	case []int16:
		return s[:n]
	case []uint32:
		return s[:n]
	case []int32:
		return s[:n]
	case []float32:
		return s[:n]
	case []float64:
		return s[:n]
	}
	return d
}

// blank turns a nodata value in float samples into NaN.
func blank(d any, nodata float64) {
	switch s := d.(type) {
	case []float32:
		v, nan := float32(nodata), float32(math.NaN())
		for i, x := range s {
			if x == v {
				s[i] = nan
			}
		}
	case []float64:
		for i, x := range s {
			if x == nodata {
				s[i] = math.NaN()
			}
		}
	}
}
