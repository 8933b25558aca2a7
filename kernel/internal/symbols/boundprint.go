package symbols

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// deepest is how many values may hold one another before printing them counts as endless. The stack of JavaScript, on which js/wasm
// calls, is a small one.
func deepest() int {
	if runtime.GOARCH == "wasm" {
		return 1000
	}
	return 100_000
}

var (
	errEndless = errors.New("fmt: a value that holds itself cannot be printed: it would never end")

	printsItself = []reflect.Type{reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer]()}
)

// boundPrint is what of package fmt writes values: a map or slice that holds itself would end the process by its stack.
func boundPrint() binding {
	return binding{
		"Print": func(r registry.Run) any {
			return func(a ...any) (int, error) { return fmt.Fprint(r.Output().Stdout(), finite(a)...) }
		},
		"Printf": func(r registry.Run) any {
			return func(format string, a ...any) (int, error) {
				return fmt.Fprintf(r.Output().Stdout(), format, finite(a)...)
			}
		},
		"Println": func(r registry.Run) any {
			return func(a ...any) (int, error) { return fmt.Fprintln(r.Output().Stdout(), finite(a)...) }
		},
		"Sprint":   func(registry.Run) any { return func(a ...any) string { return fmt.Sprint(finite(a)...) } },
		"Sprintln": func(registry.Run) any { return func(a ...any) string { return fmt.Sprintln(finite(a)...) } },
		"Sprintf": func(registry.Run) any {
			return func(format string, a ...any) string { return fmt.Sprintf(format, finite(a)...) }
		},
		"Errorf": func(registry.Run) any {
			return func(format string, a ...any) error { return fmt.Errorf(format, finite(a)...) }
		},
		"Fprint": func(registry.Run) any {
			return func(w io.Writer, a ...any) (int, error) { return fmt.Fprint(w, finite(a)...) }
		},
		"Fprintln": func(registry.Run) any {
			return func(w io.Writer, a ...any) (int, error) { return fmt.Fprintln(w, finite(a)...) }
		},
		"Fprintf": func(registry.Run) any {
			return func(w io.Writer, format string, a ...any) (int, error) { return fmt.Fprintf(w, format, finite(a)...) }
		},
	}
}

// finite is a, whose printing ends; it panics if it would not.
func finite(a []any) []any {
	for _, x := range a {
		switch x := x.(type) {
		case nil, bool, string, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, uintptr, float32, float64, complex64, complex128:
		case []string, []int, []float64, []byte:
		case reflect.Value:
			if endless(x, 0) {
				panic(errEndless)
			}
		default:
			if endless(reflect.ValueOf(x), 0) {
				panic(errEndless)
			}
		}
	}
	return a
}

// endless says whether package fmt, which follows pointers at the top alone, would never come to the end of v.
func endless(v reflect.Value, depth int) bool {
	if !v.IsValid() {
		return false
	}
	t := v.Type()
	if depth > deepest() {
		return true
	}
	if t.NumMethod() > 0 && t.Kind() != reflect.Interface && v.CanInterface() {
		for _, p := range printsItself {
			if t.Implements(p) {
				return false
			}
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		switch t.Elem().Kind() {
		case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
			return depth == 0 && endless(v.Elem(), 1)
		}
	case reflect.Interface:
		return endless(v.Elem(), depth+1)
	case reflect.Array, reflect.Slice:
		if !holds(t.Elem()) {
			return false
		}
		for i := range v.Len() {
			if endless(v.Index(i), depth+1) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); holds(f.Type()) && endless(f, depth+1) {
				return true
			}
		}
	case reflect.Map:
		if !holds(t.Elem()) && !holds(t.Key()) {
			return false
		}
		for it := v.MapRange(); it.Next(); {
			if endless(it.Key(), depth+1) || endless(it.Value(), depth+1) {
				return true
			}
		}
	}
	return false
}

// holds says whether a value of type t may hold others that fmt writes.
func holds(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
		return true
	}
	return false
}
