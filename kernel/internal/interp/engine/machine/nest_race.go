//go:build race

package machine

// These are smaller under the race detector, where the frame of the loop that runs instructions takes about 55 kB.
const (
	maxNest    = 7_000
	maxGoDepth = 40_000
)
