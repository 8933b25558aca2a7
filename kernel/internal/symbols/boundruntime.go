package symbols

import (
	"fmt"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// boundRuntime keeps a cell from stopping the process at a breakpoint that no debugger waits for.
func boundRuntime() binding {
	return binding{"Breakpoint": func(r registry.Run) any {
		return func() { fmt.Fprintln(r.Output().Stderr(), "runtime.Breakpoint: no debugger is attached to cells") }
	}}
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
