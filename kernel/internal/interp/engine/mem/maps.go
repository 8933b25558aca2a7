package mem

import (
	"reflect"
	"unsafe"
)

// MapGet is the address of m[*k], nil if it is not there; t is the map type's descriptor.
func MapGet(t, m, k Ptr) Ptr { return mapaccess(t, m, k) }

// MapSet does m[*k] = *v.
func MapSet(t, m, k, v Ptr) { mapassign(t, m, k, v) }

// MapDelete does delete(m, *k).
func MapDelete(t, m, k Ptr) { mapdelete(t, m, k) }

// MapGetWord is the address of m[k], and whether it is there, in a map for whose type WordKeys is true. If it is not there, the
// address is that of a zero element.
func MapGetWord(t, m Ptr, k uint64) (Ptr, bool) { return mapaccess64(t, m, k) }

// MapSetWord is the address of the element for k, made if need be, in a map for whose type WordKeys is true.
func MapSetWord(t, m Ptr, k uint64) Ptr { return mapassign64(t, m, k) }

// MapGetText is MapGetWord where TextKeys is true.
func MapGetText(t, m Ptr, k string) (Ptr, bool) { return mapaccessText(t, m, k) }

// MapSetText is MapSetWord where TextKeys is true.
func MapSetText(t, m Ptr, k string) Ptr { return mapassignText(t, m, k) }

// WordKeys reports that maps of type t have integers of 64 bits as keys and elements so small that the runtime has code of
// its own for them, which compiled code uses as well.
func WordKeys(t reflect.Type) bool {
	switch t.Key().Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint, reflect.Uint64, reflect.Uintptr:
		return t.Elem().Size() <= maxFastElem
	}
	return false
}

// TextKeys is WordKeys for strings as keys.
func TextKeys(t reflect.Type) bool {
	return t.Key().Kind() == reflect.String && t.Elem().Size() <= maxFastElem
}

const maxFastElem = 128 // abi.MapMaxElemBytes

//go:linkname mapaccess64 runtime.mapaccess2_fast64
func mapaccess64(t, m unsafe.Pointer, k uint64) (unsafe.Pointer, bool)

//go:linkname mapassign64 runtime.mapassign_fast64
func mapassign64(t, m unsafe.Pointer, k uint64) unsafe.Pointer

//go:linkname mapaccessText runtime.mapaccess2_faststr
func mapaccessText(t, m unsafe.Pointer, k string) (unsafe.Pointer, bool)

//go:linkname mapassignText runtime.mapassign_faststr
func mapassignText(t, m unsafe.Pointer, k string) unsafe.Pointer
