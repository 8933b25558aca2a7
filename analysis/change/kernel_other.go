//go:build !amd64

package change

func addSquares(acc []float32, a, b []uint16) { addSquaresScalar(acc, a, b) }

func addSquaresMissing(acc []float32, a, b []uint16, missing uint16) {
	addSquaresMissingScalar(acc, a, b, missing)
}

func roots(dst, acc []float32) { rootsScalar(dst, acc) }
