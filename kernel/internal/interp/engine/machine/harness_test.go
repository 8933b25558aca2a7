package machine_test

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"io"
	"os"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// buffer is an Output that keeps what programs write.
type buffer struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.String()
}

func (b *buffer) Stdout() io.Writer                                   { return b }
func (b *buffer) Stderr() io.Writer                                   { return b }
func (b *buffer) Display(display.Data, bool) error                    { return nil }
func (b *buffer) ClearOutput(bool) error                              { return nil }
func (b *buffer) Input(context.Context, string, bool) (string, error) { return "", io.EOF }

// program is a checked and built package main.
type program struct {
	m    *machine.Machine
	out  *buffer
	init func(run *machine.Run) error
	main func(run *machine.Run) error
	fail []error // panics of goroutines
	mu   sync.Mutex
}

// build type-checks a whole program and builds a machine for it.
func build(src string) (*program, error) {
	f := front.New(symbols.Entries())
	file, err := parser.ParseFile(f.Fset, "prog.go", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{}}
	pkg := types.NewPackage("main", "main")
	conf := &types.Config{Importer: f, Sizes: types.SizesFor("gc", "amd64"), Error: func(error) {}}
	if err := types.NewChecker(conf, f.Fset, pkg, info).Files([]*ast.File{file}); err != nil {
		return nil, err
	}
	sp := f.Prog.CreatePackage(pkg, []*ast.File{file}, info, false)
	sp.Build()
	p := &program{out: &buffer{}}
	p.m = machine.New(machine.Config{Prog: f.Prog, Fset: f.Fset, Package: bind(f.Package), OnPanic: func(_ *machine.Run, err *machine.Panic) {
		p.mu.Lock()
		p.fail = append(p.fail, err)
		p.mu.Unlock()
	}})
	p.init = func(r *machine.Run) error { return p.m.Call(r, sp.Func("init")) }
	p.main = func(r *machine.Run) error { return p.m.Call(r, sp.Func("main")) }
	return p, nil
}

// run runs the program's init and main.
func (p *program) run(ctx context.Context) error {
	r := p.m.NewRun(ctx, p.out)
	if err := p.init(r); err != nil {
		return err
	}
	return p.main(r)
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
			q.Bound = b
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
	"os": {"Exit": func(r registry.Run) any { return r.Exit }},
}

func exec(t testing.TB, src string) (string, error) {
	t.Helper()
	p, err := build(src)
	if err != nil {
		t.Fatal(err)
	}
	err = p.run(context.Background())
	return p.out.String(), err
}

func TestMain(m *testing.M) { os.Exit(m.Run()) }

func TestHello(t *testing.T) {
	out, err := exec(t, `package main
import ("fmt"; "sort"; "strings")
type P struct { X, Y int }
func (p P) String() string { return fmt.Sprintf("<%d %d>", p.X, p.Y) }
func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }
func f() (err error) { defer func() { if r := recover(); r != nil { err = fmt.Errorf("got %v", r) } }(); var m map[string]int; m["a"] = 1; return nil }
func main() {
	fmt.Println("hello", fib(20))
	fmt.Println(P{1, 2}, []P{{3, 4}}, map[string]P{"a": {5, 6}})
	xs := []int{3, 1, 2}
	sort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] })
	fmt.Println(xs, strings.Map(func(r rune) rune { return r + 1 }, "abc"))
	fmt.Println(f())
	c := make(chan int)
	go func() { for i := range 3 { c <- i }; close(c) }()
	for v := range c { fmt.Println(v) }
	fmt.Printf("%T %v\n", P{}, any(P{1,2}))
	var e any = 3
	defer func() { fmt.Println(recover()) }()
	_ = e.(string)
}`)
	fmt.Println(out, err)
}
