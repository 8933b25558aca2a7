package mem

import (
	"bytes"
	"reflect"
	"strings"
)

// Builder is how a strings.Builder lies in memory (R9). Self is its own address once it was written to.
type Builder struct {
	Self Ptr
	Buf  Slice
}

// Buffer is how a bytes.Buffer lies in memory (R9). LastRead is 0 unless the last operation was a read that can be undone.
type Buffer struct {
	Buf      Slice
	Off      int
	LastRead int8
}

// The fields of Builder and Buffer as their packages name them.
type (
	builder struct {
		addr *strings.Builder
		buf  []byte
	}
	buffer struct {
		buf      []byte
		off      int
		lastRead int8
	}
)

// KnowsText reports that strings.Builder and bytes.Buffer lie in memory as Builder and Buffer say.
func KnowsText() bool {
	return alike(reflect.TypeFor[strings.Builder](), reflect.TypeFor[builder]()) && alike(reflect.TypeFor[bytes.Buffer](), reflect.TypeFor[buffer]())
}

// alike reports that two struct types have fields of the same names, places and kinds.
func alike(a, b reflect.Type) bool {
	if a.Size() != b.Size() || a.NumField() != b.NumField() {
		return false
	}
	for i := range a.NumField() {
		x, y := a.Field(i), b.Field(i)
		if x.Name != y.Name || x.Offset != y.Offset || x.Type.Kind() != y.Type.Kind() || x.Type.Size() != y.Type.Size() {
			return false
		}
	}
	return true
}
