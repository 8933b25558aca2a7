package raster

import "math"

// meanRows fills dst with the means of two by two samples of two rows.
func meanRows(dst, high, low any, nodata float64) {
	switch d := dst.(type) {
	case []uint8:
		mean4(d, high.([]uint8), low.([]uint8), nodata, true)
	case []int8:
		mean4(d, high.([]int8), low.([]int8), nodata, true)
	case []uint16:
		mean4(d, high.([]uint16), low.([]uint16), nodata, true)
	case []int16:
		mean4(d, high.([]int16), low.([]int16), nodata, true)
	case []uint32:
		mean4(d, high.([]uint32), low.([]uint32), nodata, true)
	case []int32:
		mean4(d, high.([]int32), low.([]int32), nodata, true)
	case []float32:
		mean4(d, high.([]float32), low.([]float32), nodata, false)
	case []float64:
		mean4(d, high.([]float64), low.([]float64), nodata, false)
	}
}

func mean4[T sample](dst, high, low []T, nodata float64, whole bool) {
	for i := range dst {
		var sum float64
		n := 0
		for _, s := range [][]T{high, low} {
			for c := 2 * i; c < min(2*i+2, len(s)); c++ {
				if v := float64(s[c]); v == v && v != nodata {
					sum += v
					n++
				}
			}
		}
		switch {
		case n == 0 && whole && math.IsNaN(nodata):
			dst[i] = 0
		case n == 0:
			dst[i] = T(nodata)
		case whole:
			dst[i] = T(math.Round(sum / float64(n)))
		default:
			dst[i] = T(sum / float64(n))
		}
	}
}
