//go:build race

package machine

// These are smaller under the race detector, where the frame of the loop that runs instructions takes about 40 kB.
const (
	maxNest    = 10_000
	maxGoDepth = 60_000
)
