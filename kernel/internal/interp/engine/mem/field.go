package mem

import (
	"reflect"
	"unsafe"
)

// Field is the place of a field of *s that its package does not export, nil if S has no field of that name and type. It
// relies on reflect for where the field lies; the caller answers for what a write means to the package that owns S.
func Field[T, S any](s *S, name string) *T {
	f, ok := reflect.TypeFor[S]().FieldByName(name)
	if s == nil || !ok || len(f.Index) != 1 || f.Type != reflect.TypeFor[T]() {
		return nil
	}
	return (*T)(unsafe.Add(unsafe.Pointer(s), f.Offset))
}
