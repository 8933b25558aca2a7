package register

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"
)

// What frequencies share, four shifts at a time, adds up to the plain sum over all of them.
func TestTheGridOfShiftsIsThePlainSum(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, k := range []int{6, 7, 24} {
		l := lowpass{n: 64, k: k, ring: rings(k)}
		side := 2*k + 1
		l.re, l.im = make([]float64, (k+1)*side), make([]float64, (k+1)*side)
		for i, ring := range l.ring {
			if ring <= k && i/side != 2 { // a row without any
				l.re[i], l.im[i] = r.NormFloat64(), r.NormFloat64()
			}
		}
		x0, y0, step := -3.2, 17.1, 0.05
		got := l.fold().at(x0, y0, step)
		for j := range gridSide {
			for i := range gridSide {
				var want float64
				for at := range l.re {
					u, v := float64(at%side-k), float64(at/side)
					turn := cmplx.Rect(1, 2*math.Pi*((x0+float64(i)*step)*u+(y0+float64(j)*step)*v)/float64(l.n))
					want += real(complex(l.re[at], l.im[at]) * turn)
				}
				if math.Abs(got[j*gridSide+i]-want) > 1e-9 {
					t.Fatalf("%d frequencies, shift %d, %d: %v, not %v", k, i, j, got[j*gridSide+i], want)
				}
			}
		}
	}
}
