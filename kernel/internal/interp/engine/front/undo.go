package front

import (
	"go/types"
	"reflect"
	"unsafe"
)

// dropMethods leaves a type its first n methods: it undoes AddMethod, which go/types cannot. It relies on go/types keeping
// the methods of a declared type in a field "methods" of type []*types.Func; with any other layout it does nothing.
func dropMethods(t *types.Named, n int) {
	f, ok := reflect.TypeFor[types.Named]().FieldByName("methods")
	if !ok || f.Type != reflect.TypeFor[[]*types.Func]() {
		return
	}
	methods := (*[]*types.Func)(unsafe.Add(unsafe.Pointer(t), f.Offset))
	if len(*methods) > n {
		*methods = (*methods)[:n:n]
	}
}
