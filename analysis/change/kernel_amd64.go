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
