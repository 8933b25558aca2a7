//go:build race

package machine

// maxNest is smaller under the race detector, where the frame of the loop that runs instructions takes about 40 kB.
const maxNest = 10_000
