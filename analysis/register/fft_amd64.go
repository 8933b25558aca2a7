package register

import "golang.org/x/sys/cpu"

//go:noescape
func butterfly4AVX2(xr, xi, yr, yi *float32, quarter, s int, w *[6]float32)

// vector is whether this processor has the instructions of fft_amd64.s.
var vector = cpu.X86.HasAVX2 // constant

// step is one radix-4 butterfly over s samples: inputs quarter apart from in, outputs s apart from out.
func step(x, y *lanes, in, out, quarter, s int, w *[6]float32) {
	if vector && s%8 == 0 {
		xr, xi := x.re[in:in+3*quarter+s], x.im[in:in+3*quarter+s]
		yr, yi := y.re[out:out+4*s], y.im[out:out+4*s]
		butterfly4AVX2(&xr[0], &xi[0], &yr[0], &yi[0], quarter, s, w)
		return
	}
	butterfly4(x, y, in, out, quarter, s, w)
}
