//go:build !amd64

package change

func magnitudePiece(dst []float32, before, after [][]uint16, at, missing int, _ bool) {
	magnitudeScalar(dst, before, after, at, missing)
}

func largest(most, v []float32) { largestScalar(most, v) }

func moveSums(s *[4][]float64, a, b, oldA, oldB []float32) { moveSumsScalar(s, a, b, oldA, oldB, 0) }

func similar(out []float32, s *[4][]float64, side int, k *[6]float64) {
	similarScalar(out, s, side, k, 0)
}
