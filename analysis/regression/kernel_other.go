//go:build !amd64

package regression

func weighted4(out *[4]float64, a, w, b []float64, stride int) { weighted4Scalar(out, a, w, b, stride) }
