package engine

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"reflect"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Config describes an engine. The zero value knows no packages.
type Config struct {
	Tables    []registry.Entry // what cells can import
	Grace     time.Duration    // how long an interrupted cell may stay in compiled code; 0 means a second
	MaxStack  int64            // bytes of frames on one goroutine; 0 means the machine's default
	MaxMemory int64            // bytes of heap at which a cell that asks for more is ended; 0 means no limit but for one make, append or concatenation
}

// Engine is an interp.Interpreter.
type Engine struct {
	cfg Config

	mu      sync.Mutex // of all below; not held while a cell runs
	front   *front.Front
	machine *machine.Machine
	cancels []context.CancelFunc // of every run that may still have goroutines

	files *streams
}

var _ interp.Interpreter = (*Engine)(nil)

// New starts a session.
func New(cfg Config) (*Engine, error) {
	if cfg.Grace == 0 {
		cfg.Grace = time.Second
	}
	e := &Engine{cfg: cfg, files: &streams{}}
	e.start()
	return e, nil
}

func (e *Engine) start() {
	e.front = front.New(e.cfg.Tables)
	e.machine = machine.New(machine.Config{
		Prog:      e.front.Prog,
		Fset:      e.front.Fset,
		Package:   e.front.Package,
		Instance:  e.front.Instance,
		NumberOf:  e.front.NumberOf,
		OnPanic:   e.background,
		MaxMemory: e.cfg.MaxMemory,
		MaxHeap:   e.cfg.MaxMemory,
	})
	e.front.Watch(e.machine.Types())
}

// Execute runs a cell.
func (e *Engine) Execute(ctx context.Context, cell interp.Cell) (interp.Result, error) {
	u, failure := e.compile(cell.Name, cell.Code)
	if failure != nil {
		return interp.Result{}, failure
	}
	out := newOutput(cell.Output, e.files)
	e.files.enter(out)
	back := e.install(u)
	err := e.run(ctx, u, out)
	out.flush()
	if failure := e.failure(ctx, err); failure != nil {
		e.machine.Locked(func() { failure.Traceback = append(failure.Traceback, lost(u)...); u.Failed() })
		e.remove(u, back)
		return interp.Result{}, failure
	}
	res := e.values(u)
	var exit *machine.Exit
	res.Exited = errors.As(err, &exit)
	e.machine.Done(u.Body)
	e.machine.Locked(u.Commit)
	for _, path := range u.Added() {
		fmt.Fprintf(cell.Output.Stderr(), "import %q was added, as completed; write it into a cell to keep it\n", path) //nolint:errcheck // nobody to tell
	}
	return res, nil
}

// compile makes a unit of a cell. Faults of the engine itself, which a cell can find, end the cell and not the session.
func (e *Engine) compile(name, code string) (u *front.Unit, failure *interp.Error) {
	defer func() {
		if r := recover(); r != nil {
			u, failure = nil, fault(fmt.Errorf("%v\n%s", r, debug.Stack()))
		}
	}()
	var problems []front.Problem
	e.machine.Locked(func() { u, problems = e.front.Compile(name, code) })
	if len(problems) > 0 {
		return nil, e.compileError(problems)
	}
	if left := machine.MethodsLeft(); u.Methods > 0 && left < reserve+2*u.Methods {
		e.machine.Locked(u.Discard)
		return nil, full(left)
	}
	return u, nil
}

// reserve is the number of methods that only types without a declaration of their own may take: instances of generic types,
// structs that promote methods.
const reserve = machine.MaxMethods / 16

// install makes the machine know what a unit changes in earlier cells. The functions that it returns take back what
// remove cannot.
func (e *Engine) install(u *front.Unit) (back []func()) {
	for _, s := range u.Shares {
		e.machine.Share(s.New, s.Old)
	}
	for _, r := range u.Rebinds {
		place := e.machine.Global(r.New)
		place.Elem().Set(e.machine.Global(r.Old[len(r.Old)-1]).Elem())
		for _, old := range r.Old {
			was := e.machine.Rebind(old, place)
			back = append(back, func() { e.machine.Rebind(old, was) })
		}
	}
	for _, r := range u.Redirects {
		e.machine.Redirect(r.Method, r.Impl)
		back = append(back, func() { e.machine.Redirect(r.Method, nil) })
	}
	for _, r := range u.Replaces {
		for _, old := range r.Old {
			e.machine.Replace(old, r.New)
		}
	}
	return back
}

// remove takes back what install did, and forgets the unit.
func (e *Engine) remove(u *front.Unit, back []func()) {
	e.machine.Locked(u.Discard)
	for _, f := range back {
		f()
	}
	for _, r := range u.Replaces {
		last := len(r.Old) - 1
		e.machine.Restore(r.Old[last])
		for _, old := range r.Old[:last] {
			e.machine.Replace(old, r.Old[last])
		}
	}
	if u.Body != nil {
		e.machine.Discard(u.Body.Pkg)
	}
}

// values reads the results of a cell and frees their storage.
func (e *Engine) values(u *front.Unit) interp.Result {
	var res interp.Result
	for i, g := range u.Results {
		v := e.machine.Global(g).Elem()
		res.Values = append(res.Values, v.Interface())
		res.Types = append(res.Types, u.Types[i])
		v.SetZero()
	}
	if u.Hide || len(res.Values) == 1 && res.Values[0] == nil && res.Types[0] == "error" {
		return interp.Result{}
	}
	return res
}

// background reports a panic of a goroutine that no one recovered, or that compiled code recovers without a word to the cell.
func (e *Engine) background(run *machine.Run, p *machine.Panic) {
	failure := e.panicked(p)
	w := run.Output().Stderr()
	what := "panic in a goroutine"
	if p.By != "" {
		what += " that " + p.By + " recovers"
	}
	fmt.Fprintf(w, "%s: %s: %s\n", what, failure.Name, failure.Message) //nolint:errcheck // nobody to tell
	for _, line := range failure.Traceback[1:] {
		fmt.Fprintln(w, line) //nolint:errcheck // nobody to tell
	}
}

// Reset forgets all that the session holds and stops its goroutines.
func (e *Engine) Reset() error {
	e.stop()
	e.start()
	return nil
}

// Pause holds the code of cells, compiled functions apart, until resume is called.
func (e *Engine) Pause() (resume func()) {
	e.mu.Lock()
	m := e.machine
	e.mu.Unlock()
	return m.Pause()
}

// Close stops the goroutines of the session.
func (e *Engine) Close() error {
	e.stop()
	return nil
}

func (e *Engine) stop() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, cancel := range e.cancels {
		cancel()
	}
	e.cancels = nil
	e.files.close()
}

// position is a place in a cell, ok if it is in one.
func (e *Engine) position(pos token.Pos) (p token.Position, ok bool) {
	p = e.front.Fset.Position(pos)
	return p, e.front.Sources().Has(p.Filename)
}

// global is the value of a session variable; invalid if there is none.
func (e *Engine) global(name string) reflect.Value {
	var g *ssa.Global
	e.machine.Locked(func() { g = e.front.Global(name) })
	if g == nil {
		return reflect.Value{}
	}
	return e.machine.Global(g).Elem()
}
