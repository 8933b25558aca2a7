package kernel_test

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

// serveVariable names the connection file of a test binary that is to be a kernel process.
const serveVariable = "SIGHTLINE_TEST_SERVE"

func TestMain(m *testing.M) {
	if file := os.Getenv(serveVariable); file != "" {
		limit, err := kernel.MemoryLimit()
		if err == nil {
			err = kernel.Serve(context.Background(), kernel.Config{ConnectionFile: file, Interp: compiled(), MemoryLimit: limit})
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func endless(n int) int {
	if n < 0 {
		return n
	}
	return endless(n+1) + 1
}

// compiled is echo with cells that do what compiled code can do to its process.
func compiled() interp.Interpreter {
	none := interp.Result{}
	return kerneltest.NewCells(map[string]func(context.Context, interp.Cell) (interp.Result, error){
		"print to os.Stdout": func(context.Context, interp.Cell) (interp.Result, error) {
			fmt.Fprint(os.Stdout, "through os.Stdout")
			return none, nil
		},
		"print to os.Stderr": func(context.Context, interp.Cell) (interp.Result, error) {
			fmt.Fprint(os.Stderr, "through os.Stderr")
			return none, nil
		},
		"write to descriptor 1": func(context.Context, interp.Cell) (interp.Result, error) {
			_, err := syscall.Write(syscall.Stdout, []byte("through descriptor 1"))
			return none, err
		},
		"write much to descriptor 2": func(context.Context, interp.Cell) (interp.Result, error) {
			for i := range 10_000 {
				if _, err := syscall.Write(syscall.Stderr, fmt.Appendf(nil, "%06d\n", i)); err != nil {
					return none, err
				}
			}
			return none, nil
		},
		"close os.Stdout": func(context.Context, interp.Cell) (interp.Result, error) {
			return none, os.Stdout.Close()
		},
		"unlock what is not locked": func(context.Context, interp.Cell) (interp.Result, error) {
			new(sync.Mutex).Unlock()
			return none, nil
		},
		"recurse for ever": func(context.Context, interp.Cell) (interp.Result, error) {
			debug.SetMaxStack(1 << 20)
			return interp.Result{Values: []any{endless(0)}}, nil
		},
		"recurse among many goroutines": func(context.Context, interp.Cell) (interp.Result, error) {
			for range 1500 {
				go func() { select {} }()
			}
			debug.SetMaxStack(1 << 20)
			return interp.Result{Values: []any{endless(0)}}, nil
		},
		"exit": func(context.Context, interp.Cell) (interp.Result, error) {
			os.Exit(3)
			return none, nil
		},
		"crash later": func(context.Context, interp.Cell) (interp.Result, error) {
			time.AfterFunc(100*time.Millisecond, func() { panic("of compiled code") })
			return none, nil
		},
		"heed nothing": func(context.Context, interp.Cell) (interp.Result, error) { select {} },
		"leak": func(context.Context, interp.Cell) (interp.Result, error) {
			return interp.Result{Values: []any{debug.SetMemoryLimit(-1)}}, nil
		},
	})
}
