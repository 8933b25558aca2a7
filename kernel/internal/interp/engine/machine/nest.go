//go:build !race

package machine

// maxNest is the number of deferring functions that may be active on one goroutine: Go doubles stacks up to 512 MB.
const maxNest = 40_000
