package machine

import (
	"reflect"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// kind is a way in which an index or a bound is out of range.
type kind int

const (
	indexed kind = iota
	sliceLength
	sliceCapacity
	sliceLow
	slice3Length
	slice3Capacity
	slice3High
	slice3Low
	converted
)

// provoke fails as the kind says, so that the error is the runtime's own.
func (k kind) provoke() {
	var s []struct{}
	p, two := new([1]struct{}), 2
	switch k {
	case indexed:
		_ = s[two]
	case sliceLength:
		_ = p[:two]
	case sliceCapacity:
		_ = s[:two]
	case sliceLow:
		_ = p[two:]
	case slice3Length:
		_ = p[:0:two]
	case slice3Capacity:
		_ = s[:0:two]
	case slice3High:
		_ = p[:two:1]
	case slice3Low:
		_ = p[two:1:1]
	case converted:
		_ = [1]struct{}(s)
	}
}

// raised is the value of the panic that f ends with.
func raised(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// boundsError is the runtime's error for x, which is beyond y. The runtime keeps the numbers in fields of its own, found by
// name; if there are none, the error is the runtime's all the same, with other numbers.
func boundsError(k kind, x int, signed bool, y int) any {
	own := raised(k.provoke)
	if reflect.TypeOf(own).Kind() != reflect.Struct {
		return own
	}
	e := reflect.New(reflect.TypeOf(own))
	e.Elem().Set(reflect.ValueOf(own))
	setField(e, "x", int64(x))
	setField(e, "y", y)
	setField(e, "signed", signed)
	return e.Elem().Interface()
}

// setField sets a field of the struct that p points to, if there is one of that name and type.
func setField[T any](p reflect.Value, field string, v T) {
	if f, ok := p.Type().Elem().FieldByName(field); ok && f.Type == reflect.TypeFor[T]() {
		mem.Put(p.UnsafePointer(), int32(f.Offset), v)
	}
}

// runtimeError is the runtime's error with a text that "runtime error: " stands before.
func runtimeError(text string) any { return textError(func() { nilDeref() }, text) }

// plainError is the runtime's error with a text that stands alone.
func plainError(text string) any { return textError(func() { var c chan int; close(c) }, text) }

// textError is an error of the type that f panics with, a kind of string, with another text.
func textError(f func(), text string) any {
	own := raised(f)
	if reflect.TypeOf(own).Kind() != reflect.String {
		return own
	}
	e := reflect.New(reflect.TypeOf(own)).Elem()
	e.SetString(text)
	return e.Interface()
}
