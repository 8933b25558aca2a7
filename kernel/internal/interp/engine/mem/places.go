package mem

import (
	"runtime"
	"unsafe"
)

// inlined is what runtime.FuncForPC returns for a function that was inlined (R10).
type inlined struct {
	ones       uint32
	entry      uintptr
	name, file string
	line       int32
	first      int32
}

// RuntimeFunc is a function of which the runtime knows nothing, as runtime.FuncForPC would return it (R10).
func RuntimeFunc(name, file string, line int, entry uintptr) *runtime.Func {
	return (*runtime.Func)(unsafe.Pointer(&inlined{^uint32(0), entry, name, file, int32(line), int32(line)}))
}

// RuntimeFrames gives these frames one after the other (R10). It gives none if the runtime keeps them otherwise.
func RuntimeFrames(frames []runtime.Frame) *runtime.Frames {
	fs := new(runtime.Frames)
	if list := Field[[]runtime.Frame](fs, "frames"); list != nil {
		*list = frames
	}
	return fs
}
