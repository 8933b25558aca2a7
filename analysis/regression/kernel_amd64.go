package regression

import "golang.org/x/sys/cpu"

//go:noescape
func weighted4AVX(out *[4]float64, a, w, b *float64, stride, n int)

// vector is whether this processor has the instructions of kernel_amd64.s.
var vector = cpu.X86.HasAVX // constant

// weighted4 adds the sums of w a b to out, for four columns b that begin every stride numbers. The rows are a multiple
// of 4.
func weighted4(out *[4]float64, a, w, b []float64, stride int) {
	n := len(a)
	if !vector || n == 0 {
		weighted4Scalar(out, a, w, b, stride)
		return
	}
	weighted4AVX(out, &a[0], &w[:n][0], &b[:3*stride+n][0], stride, n)
}
