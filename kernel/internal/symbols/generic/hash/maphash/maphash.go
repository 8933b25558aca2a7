// Package maphash is the generic code of the standard package hash/maphash for interpreted types.
package maphash

// Comparable is the hash of v. The compiled function hashes it in an interface.
func Comparable[T comparable](seed Seed, v T) uint64 { return Comparable[any](seed, v) }

// WriteComparable adds v to the data of h.
func WriteComparable[T comparable](h *Hash, x T) { WriteComparable[any](h, x) }
