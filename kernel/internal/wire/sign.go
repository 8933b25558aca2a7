package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"sync"
)

// signer signs and verifies messages with the key of the connection file.
type signer struct {
	pool *sync.Pool // of hash.Hash; nil: messages are not signed
}

func newSigner(scheme, key string) (*signer, error) {
	if key == "" {
		return &signer{}, nil
	}
	var newHash func() hash.Hash
	switch scheme {
	case "hmac-sha256", "":
		newHash = sha256.New
	case "hmac-sha384":
		newHash = sha512.New384
	case "hmac-sha512":
		newHash = sha512.New
	default:
		return nil, fmt.Errorf("wire: signature scheme %q is not known", scheme)
	}
	return &signer{&sync.Pool{New: func() any { return hmac.New(newHash, []byte(key)) }}}, nil
}

func (s *signer) enabled() bool { return s.pool != nil }

func (s *signer) sum(parts [4][]byte) []byte {
	h := s.pool.Get().(hash.Hash)
	defer s.pool.Put(h)
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// hex returns the signature as it is sent; empty without a key.
func (s *signer) hex(parts [4][]byte) []byte {
	if !s.enabled() {
		return []byte{}
	}
	return hex.AppendEncode(nil, s.sum(parts))
}

// verify compares signatures in a time that does not depend on where they differ.
func (s *signer) verify(signature []byte, parts [4][]byte) bool {
	if !s.enabled() {
		return true
	}
	given := make([]byte, hex.DecodedLen(len(signature)))
	if _, err := hex.Decode(given, signature); err != nil {
		return false
	}
	return hmac.Equal(given, s.sum(parts))
}
