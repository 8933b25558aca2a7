package symbols

import (
	"bytes"
	"fmt"
	"reflect"
	"runtime"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// placing makes the form of a function that depends on where it is called.
type placing = map[string]func(registry.Place) any

// placed is what tells cells where they are.
func placed(path string) placing {
	switch path {
	case "runtime":
		return placedRuntime()
	case "runtime/debug":
		return placing{
			"Stack": func(p registry.Place) any { return func() []byte { return stack(p, false) } },
			"PrintStack": func(p registry.Place) any {
				return func() { p.Output().Stderr().Write(stack(p, false)) } //nolint:errcheck // nobody to tell
			},
		}
	case "reflect":
		return placing{"Value.Pointer": func(p registry.Place) any {
			return func(v reflect.Value) uintptr {
				if v.Kind() == reflect.Func {
					return p.CellFunc(v)
				}
				return v.Pointer()
			}
		}}
	case "log":
		return placedLog()
	case "log/slog":
		return placedSlog()
	}
	return nil
}

func placedRuntime() placing {
	return placing{
		"Caller": func(p registry.Place) any {
			return func(skip int) (pc uintptr, file string, line int, ok bool) {
				fs := p.Callers()
				if skip < 0 || skip >= len(fs) {
					return 0, "", 0, false
				}
				return fs[skip].PC, fs[skip].File, fs[skip].Line, true
			}
		},
		"Callers": func(p registry.Place) any {
			return func(skip int, pcs []uintptr) (n int) {
				self := runtime.Frame{PC: reflect.ValueOf(runtime.Callers).Pointer() + 1}
				fs := append([]runtime.Frame{self}, p.Callers()...)
				for i := max(skip, 0); i < len(fs) && n < len(pcs); i, n = i+1, n+1 {
					pcs[n] = fs[i].PC
				}
				return n
			}
		},
		"CallersFrames": func(p registry.Place) any { return p.Frames },
		"FuncForPC":     func(p registry.Place) any { return p.Func },
		"Stack": func(p registry.Place) any {
			return func(buf []byte, all bool) int { return copy(buf, stack(p, all)) }
		},
	}
}

// stack is the text of runtime.Stack with the functions of cells.
func stack(p registry.Place, all bool) []byte {
	real := make([]byte, 1<<10)
	n := runtime.Stack(real, all)
	for n == len(real) && n < 16<<20 {
		real = make([]byte, 4*len(real))
		n = runtime.Stack(real, all)
	}
	own, others, _ := bytes.Cut(real[:n], []byte("\n\n"))
	head, _, _ := bytes.Cut(own, []byte("\n"))
	var b bytes.Buffer
	b.Write(head)
	b.WriteByte('\n')
	for _, f := range p.Callers() {
		fmt.Fprintf(&b, "%s(...)\n\t%s:%d\n", f.Function, f.File, f.Line)
	}
	if all && len(others) > 0 {
		b.WriteByte('\n')
		b.Write(others)
	}
	return b.Bytes()
}

// where is the place of a call, calldepth-1 calls up from it, as package log asks for it.
func where(p registry.Place, calldepth int) (file string, line int) {
	fs := p.Callers()
	if i := calldepth - 1; i >= 0 && i < len(fs) {
		return fs[i].File, fs[i].Line
	}
	return "???", 0
}
