package symbols

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// boundRuntime keeps a cell from stopping the process at a breakpoint that no debugger waits for, and by a finalizer that the
// runtime refuses.
func boundRuntime() binding {
	return binding{
		"Breakpoint": func(r registry.Run) any {
			return func() { fmt.Fprintln(r.Output().Stderr(), "runtime.Breakpoint: no debugger is attached to cells") }
		},
		"SetFinalizer": func(r registry.Run) any { return func(obj, finalizer any) { setFinalizer(r, obj, finalizer) } },
	}
}

// setFinalizer panics where the runtime would end the process. A finalizer that is there already is replaced.
func setFinalizer(r registry.Run, obj, finalizer any) {
	o, f := reflect.TypeOf(obj), reflect.TypeOf(finalizer)
	switch {
	case o == nil:
		panic("runtime.SetFinalizer: first argument is nil")
	case o.Kind() != reflect.Pointer:
		panic("runtime.SetFinalizer: first argument is " + o.String() + ", not pointer")
	case reflect.ValueOf(obj).IsNil():
		panic("runtime.SetFinalizer: first argument is a nil pointer")
	}
	if b, ok := r.(interface{ Begins(p reflect.Value) bool }); ok && !b.Begins(reflect.ValueOf(obj)) {
		panic("runtime.SetFinalizer: pointer not at beginning of allocated block")
	}
	if f != nil {
		if f.Kind() != reflect.Func {
			panic("runtime.SetFinalizer: second argument is " + f.String() + ", not a function")
		}
		if f.IsVariadic() || f.NumIn() != 1 || !o.AssignableTo(f.In(0)) {
			panic("runtime.SetFinalizer: cannot pass " + o.String() + " to finalizer " + f.String())
		}
		runtime.SetFinalizer(obj, nil)
	}
	runtime.SetFinalizer(obj, finalizer)
}

// boundDebug holds settings whose limits, once reached, end the process, or that turn the runtime's own failures into
// panics: a cell can set them and reads back what it set, and the process keeps its own.
func boundDebug() binding {
	return binding{
		"SetMaxStack":     func(registry.Run) any { return setting(1_000_000_000) },
		"SetMaxThreads":   func(registry.Run) any { return setting(10_000) },
		"SetPanicOnFault": func(registry.Run) any { return setting(false) },
	}
}

// boundTesting ends the cell where testing.Main would end the process, tests passed or not.
func boundTesting() binding {
	return binding{
		"Main": func(r registry.Run) any {
			return func(func(pat, str string) (bool, error), []testing.InternalTest, []testing.InternalBenchmark, []testing.InternalExample) {
				fmt.Fprintln(r.Output().Stderr(), "testing.Main: a cell is no test binary; call the functions, or testing.Benchmark")
				r.Exit(2)
			}
		},
	}
}

// setting is a function that keeps a value and returns the one before.
func setting[T any](v T) func(T) T {
	var mu sync.Mutex
	return func(n T) T {
		mu.Lock()
		defer mu.Unlock()
		was := v
		v = n
		return was
	}
}
