//go:build !amd64 && !arm64 && !wasm

package mem

// MaxStubs is the number of methods of built types that a process can have: none here, so that Supported is false.
const MaxStubs = 0

// Stub has none.
func Stub(Ptr) (code Ptr, ok bool) { return nil, false }

// FreeStubs is 0.
func FreeStubs() int { return 0 }
