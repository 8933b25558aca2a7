package regression

// weighted4Scalar is weighted4 without vectors, to the same bits.
func weighted4Scalar(out *[4]float64, a, w, b []float64, stride int) {
	w = w[:len(a)]
	for c := range out {
		var s0, s1, s2, s3 float64
		col := b[c*stride:][:len(a)]
		for i := 0; i+4 <= len(a); i += 4 {
			s0 += float64(float64(w[i]*a[i]) * col[i])
			s1 += float64(float64(w[i+1]*a[i+1]) * col[i+1])
			s2 += float64(float64(w[i+2]*a[i+2]) * col[i+2])
			s3 += float64(float64(w[i+3]*a[i+3]) * col[i+3])
		}
		out[c] += (s0 + s1) + (s2 + s3)
	}
}

// combine adds f[0] of the first column of b, f[1] of the second, and so on to dst. The columns begin every stride
// numbers.
func combine(dst, f, b []float64, stride int) {
	for ; len(f) >= 4; f, b = f[4:], b[4*stride:] {
		f0, f1, f2, f3 := f[0], f[1], f[2], f[3]
		b0, b1, b2, b3 := b[:len(dst)], b[stride:][:len(dst)], b[2*stride:][:len(dst)], b[3*stride:][:len(dst)]
		for i := range dst {
			dst[i] += (f0*b0[i] + f1*b1[i]) + (f2*b2[i] + f3*b3[i])
		}
		if len(f) == 4 {
			return
		}
	}
	for j, x := range f {
		for i, v := range b[j*stride:][:len(dst)] {
			dst[i] += x * v
		}
	}
}
