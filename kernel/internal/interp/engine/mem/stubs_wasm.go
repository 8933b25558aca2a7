package mem

//go:generate go run ./gen

// MaxStubs is the number of methods of built types that a process can have.
const MaxStubs = 4096

// stubSize is the distance of two stubs: functions have indices, which addresses hold in their upper part.
const stubSize = 1 << 16
