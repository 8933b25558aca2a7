// Package hkdf is the generic code of the standard package crypto/hkdf for interpreted types.
package hkdf

import "hash"

// Extract is the pseudorandom key of a secret. The compiled function takes the hash as an interface.
func Extract[H hash.Hash](h func() H, secret, salt []byte) ([]byte, error) {
	return Extract[hash.Hash](func() hash.Hash { return h() }, secret, salt)
}

// Expand is a key of keyLength bytes.
func Expand[H hash.Hash](h func() H, pseudorandomKey []byte, info string, keyLength int) ([]byte, error) {
	return Expand[hash.Hash](func() hash.Hash { return h() }, pseudorandomKey, info, keyLength)
}

// Key is Extract and Expand in one.
func Key[Hash hash.Hash](h func() Hash, secret, salt []byte, info string, keyLength int) ([]byte, error) {
	return Key[hash.Hash](func() hash.Hash { return h() }, secret, salt, info, keyLength)
}
