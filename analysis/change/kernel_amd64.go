package change

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:noescape
func magnitudeAVX2(dst *float32, a, b **uint16, bands, at, n int, missing int, past bool)

//go:noescape
func largestAVX2(most, v *float32, n int)

//go:noescape
func moveSumsAVX2(sums *[4]*float64, a, b, oldA, oldB *float32, n int)

//go:noescape
func similarAVX2(out *float32, sums *[4]*float64, side int, k *[6]float64, n int)

// vector is whether this processor has the instructions of kernel_amd64.s.
var vector = cpu.X86.HasAVX2 // constant

// fused is whether it multiplies and adds with one rounding too.
var fused = vector && cpu.X86.HasFMA // constant

// magnitudePiece fills dst with the magnitudes of samples from sample `at` of the bands on. With past it goes past the
// processor's caches where it can, for results that nobody reads soon.
func magnitudePiece(dst []float32, before, after [][]uint16, at, missing int, past bool) {
	n := len(dst) &^ 31
	if !fused || n == 0 {
		magnitudeScalar(dst, before, after, at, missing)
		return
	}
	var few [16]*uint16
	a, b := few[:0:8], few[8:8:16]
	for k := range before {
		a, b = append(a, &before[k][:at+n][0]), append(b, &after[k][:at+n][0])
	}
	past = past && uintptr(unsafe.Pointer(&dst[0]))%32 == 0
	magnitudeAVX2(&dst[0], &a[0], &b[0], len(a), at, n, missing, past)
	magnitudeScalar(dst[n:], before, after, at+n, missing)
}

func largest(most, v []float32) {
	n := 0
	if vector && len(most) >= 8 {
		n = len(most) &^ 7
		largestAVX2(&most[0], &v[:n][0], n)
	}
	largestScalar(most[n:], v[n:])
}

func moveSums(s *[4][]float64, a, b, oldA, oldB []float32) {
	n := 0
	if vector && len(a) >= 4 {
		n = len(a) &^ 3
		at := [4]*float64{&s[0][:n][0], &s[1][:n][0], &s[2][:n][0], &s[3][:n][0]}
		moveSumsAVX2(&at, &a[0], &b[:n][0], &oldA[:n][0], &oldB[:n][0], n)
	}
	moveSumsScalar(s, a, b, oldA, oldB, n)
}

func similar(out []float32, s *[4][]float64, side int, k *[6]float64) {
	n := 0
	if vector && len(out) >= 4 && side > 1 {
		n = len(out) &^ 3
		most := n + side - 1
		at := [4]*float64{&s[0][:most][0], &s[1][:most][0], &s[2][:most][0], &s[3][:most][0]}
		similarAVX2(&out[0], &at, side, k, n)
	}
	similarScalar(out, s, side, k, n)
}
