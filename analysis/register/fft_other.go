//go:build !amd64

package register

func stage4(x, y *lanes, m, s int, twiddles []float32) { stage4Scalar(x, y, m, s, twiddles) }

func stage2(x, y *lanes, s int) {
	stage2Scalar(x.re, y.re, s)
	stage2Scalar(x.im, y.im, s)
}

func transpose(dst []float32, dstStride int, src []float32, srcStride int) {
	transposeScalar(dst, dstStride, src, srcStride)
}

func copyRows(dst []float32, dstStride int, src []float32, srcStride, rows, w int) {
	copyRowsScalar(dst, dstStride, src, srcStride, rows, w)
}
