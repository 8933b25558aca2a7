//go:build !amd64

package register

func step(x, y *lanes, in, out, quarter, s int, w *[6]float32) {
	butterfly4(x, y, in, out, quarter, s, w)
}
