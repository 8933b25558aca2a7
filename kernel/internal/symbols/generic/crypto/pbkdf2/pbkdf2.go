// Package pbkdf2 is the generic code of the standard package crypto/pbkdf2 for interpreted types.
package pbkdf2

import "hash"

// Key is a key of keyLength bytes made from a password. The compiled function takes the hash as an interface.
func Key[Hash hash.Hash](h func() Hash, password string, salt []byte, iter, keyLength int) ([]byte, error) {
	return Key[hash.Hash](func() hash.Hash { return h() }, password, salt, iter, keyLength)
}
