package mem

import (
	"encoding/binary"
	"reflect"
	"sync"
	"unsafe"
)

// Method is an entry of a type's method table: offsets that the runtime resolves to name, type without receiver, and
// code, the latter for a receiver that is an interface's data word and for one that is a value.
type Method struct{ Name, Type, Word, Value int32 }

// uncommon is the part of a type descriptor that tells of methods; it follows the part that depends on the kind (R8).
type uncommon struct {
	pkgPath        int32
	count, visible uint16
	offset         uint32
	_              uint32
}

// commonSize is the size of the first part of a type descriptor, kindSize that of what follows it.
const commonSize = 48

var kindSize = map[reflect.Kind]int32{reflect.Struct: 32, reflect.Pointer: 8, reflect.Func: 8, reflect.Slice: 8, reflect.Array: 24, reflect.Chan: 16, reflect.Map: 64}

// SetMethods fills the method table of t, which was built with room for as many methods. Those that are exported come
// first. It panics if the table is not where R8 says.
func SetMethods(t reflect.Type, ms []Method, exported int) {
	if len(ms) == 0 {
		return
	}
	u := (*uncommon)(unsafe.Add(Type(t), commonSize+kindSize[t.Kind()]))
	if int(u.count) != len(ms) || u.visible != 0 || u.offset < uint32(unsafe.Sizeof(*u)) || u.offset > 1<<12 {
		panic("mem: unknown layout of the type descriptor of " + t.String())
	}
	copy(unsafe.Slice((*Method)(unsafe.Add(Ptr(u), u.offset)), len(ms)), ms)
	u.visible = uint16(exported)
}

// SetHash gives a new type its hash, the word after size and pointers (R8).
func SetHash(t reflect.Type, hash uint32) {
	if Ld[uintptr](Type(t), 0) != t.Size() {
		panic("mem: unknown layout of the type descriptor of " + t.String())
	}
	Put(Type(t), 16, hash)
}

// SetText gives a new type without a name the text that its String returns (R8).
func SetText(t reflect.Type, text string) {
	if Ld[uintptr](Type(t), 0) != t.Size() {
		panic("mem: unknown layout of the type descriptor of " + t.String())
	}
	const extraStar, named = 1 << 1, 1 << 2
	Put(Type(t), 20, Ld[uint8](Type(t), 20)&^(extraStar|named))
	Put(Type(t), 40, NameOffset(text, ""))
}

// ClearStructPath makes a new struct type, all of whose fields are exported, belong to no package, as the compiler does (R8).
func ClearStructPath(t reflect.Type) {
	if t.Kind() != reflect.Struct || Ld[uintptr](Type(t), 0) != t.Size() {
		panic("mem: unknown layout of the type descriptor of " + t.String())
	}
	*(*Ptr)(unsafe.Add(Type(t), commonSize)) = nil
}

// CopyStructPath gives a new struct type the package of another, to which its unexported fields belong (R8).
func CopyStructPath(t, from reflect.Type) {
	for _, s := range []reflect.Type{t, from} {
		if s.Kind() != reflect.Struct || Ld[uintptr](Type(s), 0) != s.Size() {
			panic("mem: unknown layout of the type descriptor of " + s.String())
		}
	}
	*(*Ptr)(unsafe.Add(Type(t), commonSize)) = *(*Ptr)(unsafe.Add(Type(from), commonSize))
}

//go:linkname addReflectOff reflect.addReflectOff
func addReflectOff(p Ptr) int32

// CodeOffset is a number for the code at p, for a Method.
func CodeOffset(p Ptr) int32 { return addReflectOff(p) }

// TypeOffset is a number for t, for a Method.
func TypeOffset(t reflect.Type) int32 { return addReflectOff(Type(t)) }

// nameKey is a method's name, with the path of its package if it is not exported.
type nameKey struct{ name, path string }

// names are the numbers of names: the runtime keeps each for good.
var names sync.Map // nameKey -> int32

// NameOffset is a number for a method's name, for a Method; path is that of its package if the name is not exported, else
// empty.
func NameOffset(name, path string) int32 {
	k := nameKey{name, path}
	if n, ok := names.Load(k); ok {
		return n.(int32)
	}
	const isExported, hasPath = 1, 4
	b := []byte{isExported}
	if path != "" {
		b[0] = hasPath
	}
	b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
	if path != "" {
		pkg := append(binary.AppendUvarint([]byte{0}, uint64(len(path))), path...)
		b = binary.NativeEndian.AppendUint32(b, uint32(addReflectOff(Of(&pkg[0]))))
	}
	n, _ := names.LoadOrStore(k, addReflectOff(Of(&b[0])))
	return n.(int32)
}
