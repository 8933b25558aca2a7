package register

import "golang.org/x/sys/cpu"

//go:noescape
func stage4AVX2(xr, xi, yr, yi *float32, m, s int, w *float32)

//go:noescape
func stage2AVX2(x, y *float32, s int)

//go:noescape
func transpose8AVX2(dst *float32, dstStride int, src *float32, srcStride int)

//go:noescape
func copy16AVX2(dst *float32, dstStride int, src *float32, srcStride, rows int)

// vector is whether this processor has the instructions of fft_amd64.s.
var vector = cpu.X86.HasAVX2 // constant

// stage4 is one radix-4 stage: m butterflies over s samples each, with six twiddle numbers for each.
func stage4(x, y *lanes, m, s int, twiddles []float32) {
	if n := 4 * m * s; vector && s%8 == 0 && n > 0 {
		xr, xi, yr, yi := x.re[:n], x.im[:n], y.re[:n], y.im[:n]
		stage4AVX2(&xr[0], &xi[0], &yr[0], &yi[0], m, s, &twiddles[:6*m][0])
		return
	}
	stage4Scalar(x, y, m, s, twiddles)
}

// stage2 is the last step of odd powers of two, over s samples.
func stage2(x, y *lanes, s int) {
	if vector && s%8 == 0 && s > 0 {
		stage2AVX2(&x.re[:2*s][0], &y.re[:2*s][0], s)
		stage2AVX2(&x.im[:2*s][0], &y.im[:2*s][0], s)
		return
	}
	stage2Scalar(x.re, y.re, s)
	stage2Scalar(x.im, y.im, s)
}

func transpose(dst []float32, dstStride int, src []float32, srcStride int) {
	if vector {
		transpose8AVX2(&dst[:7*dstStride+8][0], dstStride, &src[:7*srcStride+8][0], srcStride)
		return
	}
	transposeScalar(dst, dstStride, src, srcStride)
}

// copyRows copies w samples of each row.
func copyRows(dst []float32, dstStride int, src []float32, srcStride, rows, w int) {
	if vector && w == 16 && rows > 0 {
		copy16AVX2(&dst[:(rows-1)*dstStride+w][0], dstStride, &src[:(rows-1)*srcStride+w][0], srcStride, rows)
		return
	}
	copyRowsScalar(dst, dstStride, src, srcStride, rows, w)
}
