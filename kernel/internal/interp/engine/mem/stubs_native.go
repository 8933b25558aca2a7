//go:build amd64 || arm64

package mem

// MaxStubs is the number of methods of built types that a process can have.
const MaxStubs = 1 << 16

// stubSize is the distance of two stubs in bytes.
const stubSize = 16
