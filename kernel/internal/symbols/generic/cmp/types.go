package cmp

import "cmp"

// Ordered is the constraint of the compiled package.
type Ordered = cmp.Ordered
