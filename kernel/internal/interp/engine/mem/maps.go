package mem

import (
	"reflect"
	_ "unsafe" // for go:linkname
)

// MapGet is the address of m[*k], nil if it is not there; t is the map type's descriptor.
func MapGet(t, m, k Ptr) Ptr { return mapaccess(t, m, k) }

// MapSet does m[*k] = *v.
func MapSet(t, m, k, v Ptr) { mapassign(t, m, k, v) }

// MapDelete does delete(m, *k).
func MapDelete(t, m, k Ptr) { mapdelete(t, m, k) }

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

// MapGetWord is the address of m[k], and whether it is there, in a map of type t for whose type WordKeys is true. If it is not there,
// the address is that of a zero element.
//
//go:linkname MapGetWord runtime.mapaccess2_fast64
func MapGetWord(t, m Ptr, k uint64) (Ptr, bool)

// MapSetWord is the address of the element for k, made if need be, in a map for whose type WordKeys is true.
//
//go:linkname MapSetWord runtime.mapassign_fast64
func MapSetWord(t, m Ptr, k uint64) Ptr

// MapGetText is MapGetWord where TextKeys is true.
//
//go:linkname MapGetText runtime.mapaccess2_faststr
func MapGetText(t, m Ptr, k string) (Ptr, bool)

// MapSetText is MapSetWord where TextKeys is true.
//
//go:linkname MapSetText runtime.mapassign_faststr
func MapSetText(t, m Ptr, k string) Ptr
