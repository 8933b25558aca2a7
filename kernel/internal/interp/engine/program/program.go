// Package program runs a whole Go program, one file of package main, on the engine's front end and machine, and cuts programs
// into cells. It drives the machine's own tests and the comparison with Go's test programs; cells go through package engine.
package program

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"io"
	"log"
	"maps"
	"os"
	"runtime"
	"sync"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// Buffer is an interp.Output that keeps what a program writes.
type Buffer struct {
	mu  sync.Mutex
	out bytes.Buffer
}

// Write adds to the buffer.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.Write(p)
}

// String is what was written so far.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.String()
}

// Stdout is the buffer.
func (b *Buffer) Stdout() io.Writer { return b }

// Stderr is the buffer.
func (b *Buffer) Stderr() io.Writer { return b }

// Display drops a bundle.
func (b *Buffer) Display(display.Data, bool) error { return nil }

// ClearOutput does nothing.
func (b *Buffer) ClearOutput(bool) error { return nil }

// Input has nothing to read.
func (b *Buffer) Input(context.Context, string, bool) (string, error) { return "", io.EOF }

// Program is a checked and built package main.
type Program struct {
	Machine *machine.Machine
	Front   *front.Front
	Out     *Buffer

	calls []func(run *machine.Run) error
	mu    sync.Mutex
	fail  []*machine.Panic
}

// Build type-checks a whole program and builds a machine for it.
func Build(name, src string) (*Program, error) {
	f := front.New(symbols.Entries())
	file, err := parser.ParseFile(f.Fset, name, src, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{}}
	pkg := types.NewPackage("main", "main")
	conf := &types.Config{Importer: f, Sizes: types.SizesFor("gc", runtime.GOARCH), Error: func(error) {}}
	if err := types.NewChecker(conf, f.Fset, pkg, info).Files([]*ast.File{file}); err != nil {
		return nil, err
	}
	front.Unread(file, info)
	f.Number(file)
	sp := f.Prog.CreatePackage(pkg, []*ast.File{file}, info, false)
	sp.Build()
	p := &Program{Out: &Buffer{}, Front: f}
	p.Machine = machine.New(machine.Config{Prog: f.Prog, Fset: f.Fset, Package: bind(f.Package), Instance: f.Instance, NumberOf: f.NumberOf, OnPanic: p.panicked, MaxMemory: 256 << 20, MaxStack: 256 << 20})
	for _, fn := range []string{"init", "main"} {
		p.calls = append(p.calls, func(r *machine.Run) error { return p.Machine.Call(r, sp.Func(fn)) })
	}
	return p, nil
}

// panicked ends the program, as an unrecovered panic of any goroutine does.
func (p *Program) panicked(run *machine.Run, err *machine.Panic) {
	p.mu.Lock()
	p.fail = append(p.fail, err)
	p.mu.Unlock()
	run.Stop(err)
}

// Run runs the program's initialisation and main; goroutines that are left are stopped then.
func (p *Program) Run(ctx context.Context) error {
	r := p.Machine.NewRun(ctx, p.Out)
	defer r.Stop(machine.ErrInterrupted)
	for _, call := range p.calls {
		err := call(r)
		if err == machine.ErrGoexit { // the other goroutines go on
			<-r.Done()
			if err = r.Err(); err == nil {
				err = machine.ErrGoexit
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Frames renders the places of a panic.
func (p *Program) Frames(err *machine.Panic) (lines []string) {
	for _, f := range err.Frames {
		lines = append(lines, fmt.Sprintf("%s %s", f.Func, p.Front.Fset.Position(f.Pos)))
	}
	return lines
}

// bind binds what programs write to their run.
func bind(find func(string) *registry.Package) func(string) *registry.Package {
	var mu sync.Mutex
	seen := map[string]*registry.Package{}
	return func(path string) *registry.Package {
		mu.Lock()
		defer mu.Unlock()
		if p, ok := seen[path]; ok {
			return p
		}
		p := find(path)
		if b := bindings[path]; b != nil && p != nil {
			q := *p
			q.Bound = maps.Clone(p.Bound)
			if q.Bound == nil {
				q.Bound = map[string]func(registry.Run) any{}
			}
			maps.Copy(q.Bound, b)
			p = &q
		}
		seen[path] = p
		return p
	}
}

var bindings = map[string]map[string]func(registry.Run) any{
	"fmt": {
		"Print": func(r registry.Run) any {
			return func(a ...any) (int, error) { return fmt.Fprint(r.Output().Stdout(), a...) }
		},
		"Println": func(r registry.Run) any {
			return func(a ...any) (int, error) { return fmt.Fprintln(r.Output().Stdout(), a...) }
		},
		"Printf": func(r registry.Run) any {
			return func(f string, a ...any) (int, error) { return fmt.Fprintf(r.Output().Stdout(), f, a...) }
		},
	},
	"os": {
		"Exit":   func(r registry.Run) any { return r.Exit },
		"Stdout": func(r registry.Run) any { return piped(r) },
		"Stderr": func(r registry.Run) any { return piped(r) },
	},
	"log": {
		"Fatal": func(r registry.Run) any {
			return func(a ...any) { log.New(r.Output().Stderr(), "", 0).Print(a...); r.Exit(1) }
		},
		"Fatalf": func(r registry.Run) any {
			return func(f string, a ...any) { log.New(r.Output().Stderr(), "", 0).Printf(f, a...); r.Exit(1) }
		},
		"Fatalln": func(r registry.Run) any {
			return func(a ...any) { log.New(r.Output().Stderr(), "", 0).Println(a...); r.Exit(1) }
		},
	},
}

// piped is an *os.File whose text arrives in the run's output when the pipe is read.
func piped(r registry.Run) **os.File {
	rd, w, err := os.Pipe()
	if err != nil {
		return &os.Stdout
	}
	go func() {
		defer rd.Close()
		io.Copy(r.Output().Stdout(), rd)
	}()
	return &w
}
