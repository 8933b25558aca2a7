package iter

import "iter"

// Seq is the type of the compiled package.
type Seq[V any] = iter.Seq[V]

// Seq2 is the type of the compiled package.
type Seq2[K, V any] = iter.Seq2[K, V]
