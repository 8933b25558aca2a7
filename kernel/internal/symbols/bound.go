package symbols

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"io"
	"iter"
	"maps"
	"os"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// binding makes the form of a function or variable that belongs to one run.
type binding = map[string]func(registry.Run) any

// bound is what depends on the running cell: everything that prints, asks, exits or sleeps, what allocates as much as it is
// told, and what would end the process. A method is named by its type, too: "Buffer.Grow".
func bound(path string) binding {
	b := boundCell(path)
	for name, f := range boundMemory(path) {
		if b == nil {
			b = binding{}
		}
		b[name] = f
	}
	return b
}

func boundCell(path string) binding {
	switch path {
	case "fmt":
		return boundFmt()
	case "os":
		return boundOS()
	case "bufio", "io", "encoding/json", "encoding/csv", "encoding/xml":
		return boundInput(path)
	case "time":
		return binding{"Sleep": func(r registry.Run) any { return func(d time.Duration) { sleep(r, d) } }}
	case "sync":
		return boundSync()
	case "runtime":
		return boundRuntime()
	case "runtime/debug":
		return boundDebug()
	case "go/ast":
		return binding{"Print": func(r registry.Run) any {
			return func(fset *token.FileSet, x any) error {
				return ast.Fprint(r.Output().Stdout(), fset, x, ast.NotNilFilter)
			}
		}}
	case "testing":
		return boundTesting()
	case "flag":
		return boundFlag()
	case "encoding/gob":
		return boundGob()
	case "log":
		return boundLog()
	case "log/slog":
		return boundSlog()
	case "github.com/sightline-osint/sightline/kernel/display":
		return boundDisplay()
	}
	return nil
}

func boundFmt() binding {
	b := boundPrint()
	maps.Copy(b, binding{
		"Scan": func(r registry.Run) any {
			return func(a ...any) (int, error) { return fmt.Fscan(stdin(r), a...) }
		},
		"Scanf": func(r registry.Run) any {
			return func(format string, a ...any) (int, error) { return fmt.Fscanf(stdin(r), format, a...) }
		},
		"Scanln": func(r registry.Run) any {
			return func(a ...any) (int, error) { return fmt.Fscanln(stdin(r), a...) }
		},
		"Fscan": func(r registry.Run) any {
			return func(rd io.Reader, a ...any) (int, error) { return fmt.Fscan(input(r, rd), a...) }
		},
		"Fscanf": func(r registry.Run) any {
			return func(rd io.Reader, format string, a ...any) (int, error) {
				return fmt.Fscanf(input(r, rd), format, a...)
			}
		},
		"Fscanln": func(r registry.Run) any {
			return func(rd io.Reader, a ...any) (int, error) { return fmt.Fscanln(input(r, rd), a...) }
		},
	})
	return b
}

func boundOS() binding {
	return binding{
		"Exit": func(r registry.Run) any { return r.Exit },
		"File.Read": func(r registry.Run) any {
			return func(f *os.File, p []byte) (int, error) { return input(r, f).Read(p) }
		},
		"Stdin":  func(r registry.Run) any { return file(r, 0) },
		"Stdout": func(r registry.Run) any { return file(r, 1) },
		"Stderr": func(r registry.Run) any { return file(r, 2) },
	}
}

func boundDisplay() binding {
	cell := func(r registry.Run) display.Cell {
		return display.Cell{Ctx: r.Context(), Output: r.Output(), Foreign: Foreign()}
	}
	return binding{
		"Display":     func(r registry.Run) any { return func(v any) error { return cell(r).Display(v) } },
		"DisplayID":   func(r registry.Run) any { return func(id string, v any) error { return cell(r).DisplayID(id, v) } },
		"Update":      func(r registry.Run) any { return func(id string, v any) error { return cell(r).Update(id, v) } },
		"ClearOutput": func(r registry.Run) any { return func(wait bool) error { return cell(r).ClearOutput(wait) } },
		"Context":     func(r registry.Run) any { return func() context.Context { return cell(r).Context() } },
		"Any":         func(r registry.Run) any { return func(m string, v any) display.Data { return cell(r).Any(m, v) } },
		"Auto":        func(r registry.Run) any { return func(v any) display.Data { return cell(r).Auto(v) } },
		"NewProgress": func(r registry.Run) any {
			return func(total int64, label string) *display.Progress { return cell(r).NewProgress(total, label) }
		},
		"OpenComm": func(r registry.Run) any {
			return func(target string, data any) (*display.Comm, error) { return cell(r).OpenComm(target, data) }
		},
		"OnComm": func(r registry.Run) any {
			return func(target string, f func(*display.Comm, display.CommMessage)) error {
				return cell(r).OnComm(target, f)
			}
		},
		"Steps": func(r registry.Run) any {
			return func(n int, label string) iter.Seq[int] { return cell(r).Steps(n, label) }
		},
	}
}

// Files is what an Output offers if it can lend itself as files of the operating system: os.Stdin, os.Stdout and
// os.Stderr of its cell, by their numbers.
type Files interface {
	File(number int) **os.File
	// Reader reads the user's lines; each read that finds none left asks for another.
	Reader(context.Context) io.Reader
}

// file is the variable os.Stdin, os.Stdout or os.Stderr of a run.
func file(r registry.Run, number int) **os.File {
	if f, ok := r.Output().(Files); ok {
		return f.File(number)
	}
	return [...]**os.File{&os.Stdin, &os.Stdout, &os.Stderr}[number]
}

// sleep waits for d or until the run is stopped. The run's own word counts, which comes a little after that of its
// context: what follows the sleep must not run.
func sleep(r registry.Run, d time.Duration) {
	if d <= 0 {
		time.Sleep(d)
		return
	}
	stopped := r.Context().Done()
	if s, ok := r.(interface{ Done() <-chan struct{} }); ok {
		stopped = s.Done()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-stopped:
	}
}
