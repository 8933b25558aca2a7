package raster

// memory is the source of an image that lies in memory.
type memory struct {
	width, height int
	kind          Kind
	bands         []any
}

func (m *memory) block() (width, height int) { return m.width, min(m.height, max(1, (1<<20)/m.width)) }
func (m *memory) Close() error               { return nil }

func (m *memory) read(w Window, bands []int, dst []any) error {
	for i, b := range bands {
		for r := range w.Height {
			from := (w.Row+r)*m.width + w.Col
			copyAny(dst[i], r*w.Width, m.bands[b], from, w.Width)
		}
	}
	return nil
}

// copyAny copies n samples between slices of any two types that ReadInto allows.
func copyAny(dst any, to int, src any, from, n int) {
	switch d := dst.(type) {
	case []float32:
		convertInto(d[to:to+n], src, from)
	case []float64:
		convertInto(d[to:to+n], src, from)
	case []uint8:
		copy(d[to:to+n], src.([]uint8)[from:])
	case []int8:
		copy(d[to:to+n], src.([]int8)[from:])
	case []uint16:
		copy(d[to:to+n], src.([]uint16)[from:])
	case []int16:
		copy(d[to:to+n], src.([]int16)[from:])
	case []uint32:
		copy(d[to:to+n], src.([]uint32)[from:])
	case []int32:
		copy(d[to:to+n], src.([]int32)[from:])
	}
}

func convertInto[D float32 | float64](dst []D, src any, from int) {
	switch s := src.(type) {
	case []uint8:
		convert(dst, s[from:])
	case []int8:
		convert(dst, s[from:])
	case []uint16:
		convert(dst, s[from:])
	case []int16:
		convert(dst, s[from:])
	case []uint32:
		convert(dst, s[from:])
	case []int32:
		convert(dst, s[from:])
	case []float32:
		convert(dst, s[from:])
	case []float64:
		convert(dst, s[from:])
	}
}

func convert[D float32 | float64, S sample](dst []D, src []S) {
	for i := range dst {
		dst[i] = D(src[i])
	}
}
