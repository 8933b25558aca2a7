package raster

import (
	"fmt"
	"math"
)

// alphaRole is the role of a band that says how opaque the others are.
const alphaRole = "alpha"

// Masked reports whether the image says by a mask or by an alpha band which pixels are missing, beside what its samples
// say. Such pixels read as NaN in float slices; slices of whole numbers hold the file's own numbers there.
func (m *Image) Masked() bool {
	if s, ok := m.src.(*stacked); ok {
		for _, p := range s.parts {
			if p.Masked() {
				return true
			}
		}
	}
	return m.mask != nil || m.alpha() >= 0
}

// DataBands returns the bands that show something: all but an alpha band.
func (m *Image) DataBands() []int {
	var out []int
	for i, b := range m.Bands {
		if b.Role != alphaRole {
			out = append(out, i)
		}
	}
	return out
}

// alpha returns the alpha band, -1 without one; a single band is none.
func (m *Image) alpha() int {
	if len(m.Bands) > 1 {
		for i, b := range m.Bands {
			if b.Role == alphaRole {
				return i
			}
		}
	}
	return -1
}

// hide turns samples of a window into NaN, or into another value, where the mask or the alpha band is zero. The alpha
// band itself stays.
func (m *Image) hide(w Window, bands []int, dst []any, value float64) error {
	alpha := m.alpha()
	if m.mask == nil && alpha < 0 {
		return nil
	}
	for _, from := range []struct {
		*Image
		band int
	}{{m.mask, 0}, {m, alpha}} {
		if from.Image == nil || from.band < 0 {
			continue
		}
		see := makeSamples(from.Kind, w.Pixels())
		if err := from.src.read(w, []int{from.band}, []any{see}); err != nil {
			return err
		}
		for i, d := range dst {
			if bands[i] != alpha {
				veil(d, see, value)
			}
		}
	}
	return nil
}

// veil sets the samples to a value where those of see are zero.
func veil(d, see any, value float64) {
	gone := zeros(see)
	if gone == nil {
		return
	}
	switch s := d.(type) {
	case []float32:
		veilInto(s, gone, float32(value))
	case []float64:
		veilInto(s, gone, value)
	case []uint8:
		veilInto(s, gone, uint8(value))
	case []int8:
		veilInto(s, gone, int8(value))
	case []uint16:
		veilInto(s, gone, uint16(value))
	case []int16:
		veilInto(s, gone, int16(value))
	case []uint32:
		veilInto(s, gone, uint32(value))
	case []int32:
		veilInto(s, gone, int32(value))
	}
}

func veilInto[T sample](d []T, gone []bool, v T) {
	for i, g := range gone {
		if g {
			d[i] = v
		}
	}
}

// zeros marks the samples that are zero, nil when none is.
func zeros(see any) []bool {
	switch s := see.(type) {
	case []uint8:
		return zerosOf(s)
	case []int8:
		return zerosOf(s)
	case []uint16:
		return zerosOf(s)
	case []int16:
		return zerosOf(s)
	case []uint32:
		return zerosOf(s)
	case []int32:
		return zerosOf(s)
	case []float32:
		return zerosOf(s)
	case []float64:
		return zerosOf(s)
	}
	return nil
}

func zerosOf[T sample](s []T) (gone []bool) {
	for i, v := range s {
		if v == 0 {
			if gone == nil {
				gone = make([]bool, len(s))
			}
			gone[i] = true
		}
	}
	return gone
}

// attach takes another image as the mask that hides pixels where it is zero.
func (m *Image) attach(mask *Image) error {
	if mask.Width != m.Width || mask.Height != m.Height || len(mask.Bands) != 1 && len(mask.Bands) != len(m.Bands) {
		return fmt.Errorf("a mask of %d x %d with %d bands does not fit %d x %d with %d", mask.Width, mask.Height, len(mask.Bands), m.Width, m.Height, len(m.Bands))
	}
	m.mask = mask
	return nil
}

// showing returns the samples as they are to be written: of a masked image the missing value stands where it is hidden.
func (m *Image) showing(w Window, bands []int, dst []any) error {
	err := m.src.read(w, bands, dst) // the file's own missing value is kept
	if err != nil || !m.Masked() || m.alpha() >= 0 {
		return err // an alpha band is written like any other
	}
	if math.IsNaN(m.NoData) && !m.Kind.float() {
		return fmt.Errorf("raster: %s: its mask cannot be written with %v samples: set NoData to a number that they do not hold", m.Name, m.Kind)
	}
	return m.hide(w, bands, dst, m.NoData)
}
