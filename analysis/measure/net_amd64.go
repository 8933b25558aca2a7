package measure

import "golang.org/x/sys/cpu"

//go:noescape
func alongAVX(one, two, x *float32, eights int, weights *[6]float32)

// vector is whether this processor has the instructions of net_amd64.s.
var vector = cpu.X86.HasAVX // constant

// along adds the convolution of a row with two kernels of three to two rows; beyond the ends are zeros.
func along(one, two, x []float32, w [6]float32) {
	eights := (len(x) - 2) / 8
	if !vector || eights < 1 {
		alongScalar(one, two, x, 0, len(x), w)
		return
	}
	alongScalar(one, two, x, 0, 1, w)
	alongAVX(&one[1], &two[1], &x[0], eights, &w)
	alongScalar(one, two, x, 1+8*eights, len(x), w)
}
