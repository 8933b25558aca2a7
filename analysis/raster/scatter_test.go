package raster

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestVectorAndScalarUnpackingGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, n := range []int{1, 15, 16, 17, 64, 100, 513} {
		b := make([]byte, 8*n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		var fast, slow [4][]uint16
		for k := range fast {
			fast[k], slow[k] = make([]uint16, n+3), make([]uint16, n+3)
		}
		unpackFour(&fast, 2, b, n)
		unpackFourScalar(slow[0][2:2+n], slow[1][2:2+n], slow[2][2:2+n], slow[3][2:2+n], b)
		for k := range fast {
			if !slices.Equal(fast[k], slow[k]) {
				t.Fatalf("%d pixels, band %d: %v, not %v", n, k, fast[k], slow[k])
			}
		}
	}
}
