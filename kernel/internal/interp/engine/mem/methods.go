package mem

import (
	"reflect"
	"unsafe"
)

// Method is an entry of a type's method table: offsets that the runtime resolves to name, type and code, the latter for
// a receiver that is an interface's data word and for one that is a value.
type Method struct{ Name, Type, Word, Value int32 }

// uncommon is the part of a type descriptor that tells of methods; it follows the part that depends on the kind.
type uncommon struct {
	pkgPath        int32
	count, visible uint16
	offset         uint32
	_              uint32
}

// commonSize is the size of the first part of a type descriptor, kindSize that of what follows it.
const commonSize = 48

var kindSize = map[reflect.Kind]int32{reflect.Struct: 32, reflect.Pointer: 8, reflect.Func: 8, reflect.Slice: 8, reflect.Array: 24, reflect.Chan: 16, reflect.Map: 64}

// Methods is the method table of a type that was built with methods, nil if it is not where it is expected to be.
func Methods(t reflect.Type) []Method {
	u := (*uncommon)(unsafe.Add(Type(t), commonSize+kindSize[t.Kind()]))
	if int(u.visible) != t.NumMethod() || u.count < u.visible || u.count == 0 || u.offset < uint32(unsafe.Sizeof(*u)) || u.offset > 1<<12 {
		return nil
	}
	return unsafe.Slice((*Method)(unsafe.Add(Ptr(u), u.offset)), u.count)
}

//go:linkname addReflectOff reflect.addReflectOff
func addReflectOff(p Ptr) int32

// CodeOffset is a number for the code at p, for a Method.
func CodeOffset(p Ptr) int32 { return addReflectOff(p) }
