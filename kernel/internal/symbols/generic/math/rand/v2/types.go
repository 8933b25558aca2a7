package rand

import "math/rand/v2"

// Uint64N is the function of the compiled package.
func Uint64N(n uint64) uint64 { return rand.Uint64N(n) }
