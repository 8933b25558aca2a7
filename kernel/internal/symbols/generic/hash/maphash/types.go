package maphash

import "hash/maphash"

// Seed and Hash are the types of the compiled package.
type (
	Seed = maphash.Seed
	Hash = maphash.Hash
)
