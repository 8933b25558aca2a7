package atomic

import "sync/atomic"

// Value is the type of the compiled package.
type Value = atomic.Value
