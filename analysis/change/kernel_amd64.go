package change

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:noescape
func addSquaresAVX2(acc *float32, a, b *uint16, n int)

//go:noescape
func addSquaresMissingAVX2(acc *float32, a, b *uint16, n int, missing uint16)

//go:noescape
func rootsAVX2(dst, acc *float32, n int)

//go:noescape
func rootsHereAVX2(acc *float32, n int)

//go:noescape
func largestAVX2(most, v *float32, n int)

//go:noescape
func moveSumsAVX2(sums *[4]*float64, a, b, oldA, oldB *float32, n int)

//go:noescape
func similarAVX2(out *float32, sums *[4]*float64, side int, k *[6]float64, n int)

// vector is whether this processor has the instructions of kernel_amd64.s.
var vector = cpu.X86.HasAVX2 // constant

func addSquares(acc []float32, a, b []uint16) {
	n := 0
	if vector && len(acc) >= 16 {
		n = len(acc) &^ 15
		addSquaresAVX2(&acc[0], &a[:n][0], &b[:n][0], n)
	}
	addSquaresScalar(acc[n:], a[n:], b[n:])
}

func addSquaresMissing(acc []float32, a, b []uint16, missing uint16) {
	n := 0
	if vector && len(acc) >= 8 {
		n = len(acc) &^ 7
		addSquaresMissingAVX2(&acc[0], &a[:n][0], &b[:n][0], n, missing)
	}
	addSquaresMissingScalar(acc[n:], a[n:], b[n:], missing)
}

func roots(dst, acc []float32) {
	n := 0
	if vector && len(acc) >= 8 && uintptr(unsafe.Pointer(&dst[0]))%32 == 0 {
		n = len(acc) &^ 7
		rootsAVX2(&dst[:n][0], &acc[0], n)
	}
	rootsScalar(dst[n:], acc[n:])
}

// rootsHere takes the roots in place, in the cache.
func rootsHere(acc []float32) {
	n := 0
	if vector && len(acc) >= 8 {
		n = len(acc) &^ 7
		rootsHereAVX2(&acc[0], n)
	}
	rootsScalar(acc[n:], acc[n:])
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
