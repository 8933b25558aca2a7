package mem

import (
	"reflect"
	"unsafe"
)

// Ptr is the address of something the collector knows.
type Ptr = unsafe.Pointer

// WordSize is the size of a pointer.
const WordSize = int32(unsafe.Sizeof(uintptr(0)))

// Supported reports whether this machine is 64-bit and little-endian (R6) and has stubs (R7).
func Supported() bool {
	x := uint64(1)
	return WordSize == 8 && MaxStubs > 0 && *(*byte)(unsafe.Pointer(&x)) == 1
}

// At is the T at offset off of p (R1, R2).
func At[T any](p Ptr, off int32) *T { return (*T)(unsafe.Add(p, off)) }

// Ld reads the T at offset off of p.
func Ld[T any](p Ptr, off int32) T { return *(*T)(unsafe.Add(p, off)) }

// Put writes v at offset off of p.
func Put[T any](p Ptr, off int32, v T) { *(*T)(unsafe.Add(p, off)) = v }

// Add is p + off (R1).
func Add(p Ptr, off int32) Ptr { return unsafe.Add(p, off) }

// Add64 is p + off (R1).
func Add64(p Ptr, off int64) Ptr { return unsafe.Add(p, off) }

// Distance is the number of bytes from one address of an object to another.
func Distance(from, to Ptr) int64 { return int64(uintptr(to) - uintptr(from)) }

// Of is the address of *p.
func Of[T any](p *T) Ptr { return Ptr(p) }

// As is p as a *T; p must be nil or point to a T.
func As[T any](p Ptr) *T { return (*T)(p) }

// Func is the func value f as the func type T of the same shape (R4).
func Func[T any](f Ptr) T { return *(*T)(unsafe.Pointer(&f)) }

// FuncPtr is the word of a func value.
func FuncPtr[T any](f T) Ptr { return *(*Ptr)(unsafe.Pointer(&f)) }

// Slice is a slice's header (R2).
type Slice struct {
	P        Ptr
	Len, Cap int
}

// W2, W3 and W4 are words without pointers that are copied together.
type (
	W2 struct{ A, B uint64 }
	W3 struct{ A, B, C uint64 }
	W4 struct{ A, B, C, D uint64 }
)

// Iface is an interface's two words (R2).
type Iface struct{ Tab, Data Ptr }

//go:linkname unsafeNew reflect.unsafe_New
func unsafeNew(t Ptr) Ptr

//go:linkname typedmemmove reflect.typedmemmove
func typedmemmove(t, dst, src Ptr)

//go:linkname mapaccess reflect.mapaccess
func mapaccess(t, m, k Ptr) Ptr

//go:linkname mapassign reflect.mapassign0
func mapassign(t, m, k, v Ptr)

//go:linkname mapdelete reflect.mapdelete
func mapdelete(t, m, k Ptr)

// Type is the run-time descriptor of t.
func Type(t reflect.Type) Ptr { return (*Iface)(unsafe.Pointer(&t)).Data }

// rtypeTab is the itab of *reflect.rtype, the only implementation of reflect.Type that TypeOf returns.
func rtypeTab() Ptr { t := reflect.TypeFor[int](); return (*Iface)(unsafe.Pointer(&t)).Tab }

// FromType is the reflect.Type of a descriptor.
func FromType(p Ptr) (t reflect.Type) {
	*(*Iface)(unsafe.Pointer(&t)) = Iface{rtypeTab(), p}
	return
}

// New allocates a zero value of the type with descriptor t (R3).
func New(t Ptr) Ptr { return unsafeNew(t) }

// Move copies a value of the type with descriptor t (R3).
func Move(t, dst, src Ptr) { typedmemmove(t, dst, src) }

// Value is the addressable value of type t at p.
func Value(t reflect.Type, p Ptr) reflect.Value { return reflect.NewAt(t, p).Elem() }

// AddrOf is the address of an addressable value, or of the value that a pointer points to.
func AddrOf(v reflect.Value) Ptr {
	if v.Kind() == reflect.Pointer {
		return v.UnsafePointer()
	}
	return v.Addr().UnsafePointer()
}

// Bytes is the memory of n bytes at p.
func Bytes(p Ptr, n uintptr) []byte { return unsafe.Slice((*byte)(p), n) }

// SliceOf is the n values of type T from p on.
func SliceOf[T any](p Ptr, n int) []T { return unsafe.Slice((*T)(p), n) }

// PointerShaped reports that an interface holds a t itself instead of its address (R2). It asks package reflect for an
// interface that holds a zero t: which types are so differs between releases of Go.
func PointerShaped(t reflect.Type) bool {
	if t.Size() != uintptr(WordSize) || t.Kind() == reflect.Interface {
		return false
	}
	v := reflect.Zero(t).Interface()
	return (*Iface)(unsafe.Pointer(&v)).Data == nil
}

// HasPointers reports whether values of type t contain pointers.
func HasPointers(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.String, reflect.Slice, reflect.Interface:
		return true
	case reflect.Struct:
		for i := range t.NumField() {
			if HasPointers(t.Field(i).Type) {
				return true
			}
		}
	case reflect.Array:
		return t.Len() > 0 && HasPointers(t.Elem())
	}
	return false
}

// Any gives the value of type t at an address as an interface that shares its memory: the interface must not outlive the
// value or be used after it changed.
func Any(t reflect.Type) func(p Ptr) any {
	d := Type(t)
	if PointerShaped(t) {
		return func(p Ptr) any { return FromWords(Iface{d, *(*Ptr)(p)}) }
	}
	return func(p Ptr) any { return FromWords(Iface{d, p}) }
}

// Words are the two words of an interface value.
func Words(v any) Iface { return *(*Iface)(unsafe.Pointer(&v)) }

// FromWords is the interface value of two words.
func FromWords(w Iface) (v any) { *(*Iface)(unsafe.Pointer(&v)) = w; return }

// Dynamic is the descriptor of the dynamic type behind the first word of an interface, nil for a nil interface; empty
// tells an interface without methods. An itab's second word is its type (R2).
func Dynamic(tab Ptr, empty bool) Ptr {
	if tab == nil || empty {
		return tab
	}
	return *(*Ptr)(unsafe.Add(tab, 8))
}

// ItabMethod is the code word address of method k of an itab: a func value whose first parameter is the data word (R2, R4).
func ItabMethod(tab Ptr, k int) Ptr { return unsafe.Add(tab, 24+8*k) }

// Itab is the first word of an interface of type it that holds a t.
func Itab(it, t reflect.Type) Ptr {
	p := reflect.New(it)
	p.Elem().Set(reflect.Zero(t))
	return *(*Ptr)(p.UnsafePointer())
}

// PtrWords calls set with the offset of each pointer word of a value of type t that lies at offset off.
func PtrWords(t reflect.Type, off int32, set func(int32)) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.String, reflect.Slice:
		set(off)
	case reflect.Interface:
		set(off)
		set(off + WordSize)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			PtrWords(f.Type, off+int32(f.Offset), set)
		}
	case reflect.Array:
		if HasPointers(t.Elem()) {
			for i := range t.Len() {
				PtrWords(t.Elem(), off+int32(i)*int32(t.Elem().Size()), set)
			}
		}
	}
}

// Hash is a number that spreads addresses.
func Hash(p Ptr) uint64 { return uint64(uintptr(p)) >> 4 * 0x9e3779b97f4a7c15 >> 32 }

// SizeOf is the size of a T.
func SizeOf[T any]() uintptr { var v T; return unsafe.Sizeof(v) }
