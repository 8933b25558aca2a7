//go:build !amd64

package change

func addSquares(acc []float32, a, b []uint16) { addSquaresScalar(acc, a, b) }

func addSquaresMissing(acc []float32, a, b []uint16, missing uint16) {
	addSquaresMissingScalar(acc, a, b, missing)
}

func roots(dst, acc []float32) { rootsScalar(dst, acc) }

func rootsHere(acc []float32) { rootsScalar(acc, acc) }

func largest(most, v []float32) { largestScalar(most, v) }

func moveSums(s *[4][]float64, a, b, oldA, oldB []float32) { moveSumsScalar(s, a, b, oldA, oldB, 0) }

func similar(out []float32, s *[4][]float64, side int, k *[6]float64) {
	similarScalar(out, s, side, k, 0)
}
