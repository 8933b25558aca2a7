//go:build amd64 || arm64 || wasm

package mem

import (
	"sync"
	"unsafe"
)

// stubs holds what each stub calls. Stub i is code, at codes() + i*stubSize, that loads stubs[i] as the func value to
// call and jumps to its code, leaving registers and stack as its caller left them (R7).
var stubs [MaxStubs]Ptr

// codes is the address of the first stub.
func codes() Ptr

var stubLock sync.Mutex // guards stubsUsed
var stubsUsed int

// Stub is code that calls the func value f; it lasts as long as the process. ok is false when there is none left.
func Stub(f Ptr) (code Ptr, ok bool) {
	stubLock.Lock()
	defer stubLock.Unlock()
	if stubsUsed == MaxStubs {
		return nil, false
	}
	stubs[stubsUsed] = f
	code = unsafe.Add(codes(), stubsUsed*stubSize)
	stubsUsed++
	return code, true
}

// FreeStubs is the number of stubs that are left.
func FreeStubs() int {
	stubLock.Lock()
	defer stubLock.Unlock()
	return MaxStubs - stubsUsed
}
