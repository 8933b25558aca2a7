//go:build !amd64

package raster

func unpackFourVector(d0, d1, d2, d3 []uint16, b []byte) int { return 0 }
