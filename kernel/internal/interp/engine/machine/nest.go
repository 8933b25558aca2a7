//go:build !race

package machine

// Go doubles stacks up to 512 MB; deeper nesting on one goroutine is an error of the cell.
const (
	maxNest    = 40_000  // deferring functions
	maxGoDepth = 200_000 // frames of Go, where callbacks nest
)
