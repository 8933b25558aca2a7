package raster

import "golang.org/x/sys/cpu"

//go:noescape
func unpackFourAVX2(d0, d1, d2, d3 *uint16, b *byte, n int)

// vector is whether this processor has the instructions of scatter_amd64.s.
var vector = cpu.X86.HasAVX2 // constant

// unpackFourVector does the first pixels of unpackFour, a multiple of 16, and returns how many.
func unpackFourVector(d0, d1, d2, d3 []uint16, b []byte) int {
	n := len(d0) &^ 15
	if !vector || n == 0 {
		return 0
	}
	unpackFourAVX2(&d0[0], &d1[:n][0], &d2[:n][0], &d3[:n][0], &b[:8*n][0], n)
	return n
}
