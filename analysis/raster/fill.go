package raster

import (
	"math"
	"strconv"
)

func itoa(i int) string { return strconv.Itoa(i) }

// setAny sets n samples from at to a value; whole numbers take 0 for NaN.
func setAny(d any, at, n int, v float64) {
	whole := v
	if math.IsNaN(v) {
		whole = 0
	}
	switch s := d.(type) {
	case []uint8:
		set(s[at:at+n], uint8(whole))
	case []int8:
		set(s[at:at+n], int8(whole))
	case []uint16:
		set(s[at:at+n], uint16(whole))
	case []int16:
		set(s[at:at+n], int16(whole))
	case []uint32:
		set(s[at:at+n], uint32(whole))
	case []int32:
		set(s[at:at+n], int32(whole))
	case []float32:
		set(s[at:at+n], float32(v))
	case []float64:
		set(s[at:at+n], v)
	}
}

func set[T sample](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}
