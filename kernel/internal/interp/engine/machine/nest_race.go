//go:build race

package machine

// These are smaller under the race detector, where the frame of the loop that runs instructions takes about 80 kB.
const (
	maxNest    = 4_000
	maxGoDepth = 30_000
)
