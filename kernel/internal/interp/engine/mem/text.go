package mem

import (
	"bytes"
	"fmt"
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

// KnowsText reports that strings.Builder and bytes.Buffer lie in memory as Builder and Buffer say.
func KnowsText() bool {
	return fields(reflect.TypeFor[strings.Builder]()) == "addr ptr 0, buf []uint8 8" &&
		fields(reflect.TypeFor[bytes.Buffer]()) == "buf []uint8 0, off int 24, lastRead int8 32"
}

// fields are the names, kinds and places of a struct type's fields.
func fields(t reflect.Type) string {
	var fs []string
	for i := range t.NumField() {
		f := t.Field(i)
		kind := f.Type.Kind().String()
		if f.Type.Kind() == reflect.Slice {
			kind = "[]" + f.Type.Elem().Kind().String()
		}
		fs = append(fs, fmt.Sprint(f.Name, " ", kind, " ", f.Offset))
	}
	return strings.Join(fs, ", ")
}
