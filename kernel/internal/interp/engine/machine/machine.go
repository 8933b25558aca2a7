package machine

import (
	"errors"
	"go/token"
	"go/types"
	"reflect"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/rtype"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Config describes a machine.
type Config struct {
	Prog    *ssa.Program // built with ssa.InstantiateGenerics
	Fset    *token.FileSet
	Package func(path string) *registry.Package // compiled package, or nil

	// Instance is a generic function with type arguments, nil if there cannot be one. It is called under the lock.
	Instance func(fn *ssa.Function, args []types.Type) *ssa.Function

	// NumberOf is the number of a type that a function declares at a position, 0 of another type; nil for none.
	NumberOf func(pos token.Pos) int

	OnPanic func(run *Run, err *Panic) // a panic that no one recovered in a goroutine of run other than Call's

	MaxStack  int64 // bytes of frames on one goroutine; 0 means 512 MB
	MaxMemory int64 // bytes that one make, append or concatenation may ask for; 0 means 8 GB
	MaxHeap   int64 // bytes of heap beyond which a run that asks for more is stopped with *Exhausted; 0 means no limit
	Debug     bool  // panic on failures of the machine itself
}

// Machine runs functions. Its methods may be called from any goroutine, except from inside Locked.
type Machine struct {
	cfg Config

	mu       sync.Mutex // guards what compiles: the fields up to here, ssa and go/types
	types    *rtype.Table
	sets     typeutil.MethodSetCache
	fns      map[*ssa.Function]*Func
	globals  map[*ssa.Global]reflect.Value
	users    map[*ssa.Global][]*Func // whose code mentions a variable
	redirect map[types.Object]*ssa.Function
	succ     map[*ssa.Function]*ssa.Function // generic functions by those that they replace
	bindings map[string]*binding
	natives  map[*ssa.Function]*compiledFunc
	frames   map[string]reflect.Type
	codes    int

	threads sync.Pool
	made    atomic.Int64
	runs    runTable
	runID   atomic.Int64
	last    atomic.Pointer[Run]
	maps    mapLocks
	places  places
	gate    atomic.Pointer[chan struct{}] // closed when the last pause is over
	pausing sync.Mutex                    // held during a pause
	asked   atomic.Int64                  // bytes that account counted since it looked at the heap
	collect sync.Mutex                    // held by who collects the garbage before it ends a run
}

// New makes a machine.
func New(cfg Config) *Machine {
	if !mem.Supported() {
		panic("machine: needs a 64-bit little-endian processor for which package mem has stubs")
	}
	if cfg.MaxStack == 0 {
		cfg.MaxStack = 512 << 20
	}
	if cfg.MaxMemory == 0 {
		cfg.MaxMemory = 8 << 30
	}
	m := &Machine{cfg: cfg, fns: map[*ssa.Function]*Func{}, globals: map[*ssa.Global]reflect.Value{}, users: map[*ssa.Global][]*Func{}, redirect: map[types.Object]*ssa.Function{}, succ: map[*ssa.Function]*ssa.Function{},
		bindings: map[string]*binding{}, natives: map[*ssa.Function]*compiledFunc{}, frames: map[string]reflect.Type{}}
	m.types = rtype.New(cfg.Package, m.methodOf, cfg.NumberOf)
	return m
}

// Locked calls f while nothing compiles. The front end type-checks and builds cells inside it.
func (m *Machine) Locked(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
}

// Type is the run-time type of t.
func (m *Machine) Type(t types.Type) reflect.Type {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rtype(t)
}

// Types is the table of run-time types.
func (m *Machine) Types() *rtype.Table { return m.types }

// rtype is Type under the lock.
func (m *Machine) rtype(t types.Type) reflect.Type { return m.types.Of(t) }

// Global is a pointer to the storage of a package variable.
func (m *Machine) Global(g *ssa.Global) reflect.Value {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.global(g)
}

func (m *Machine) global(g *ssa.Global) reflect.Value {
	if v, ok := m.globals[g]; ok {
		return v
	}
	var v reflect.Value
	if p := m.cfg.Package(g.Pkg.Pkg.Path()); p != nil && p.Vars[g.Name()].IsValid() {
		v = p.Vars[g.Name()]
	} else {
		t := m.rtype(deref(g.Type()))
		m.fits(t)
		v = reflect.New(t)
	}
	m.globals[g] = v
	return v
}

// Share gives the variable new the storage of old. It must come before code that uses new runs.
func (m *Machine) Share(new, old *ssa.Global) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.globals[new] = m.global(old)
}

func (m *Machine) nextID() int { m.codes++; return m.codes }

func (m *Machine) methodSet(t types.Type) *types.MethodSet { return m.sets.MethodSet(t) }

// ready is f's code, compiled if need be.
func (f *Func) ready() *Code {
	if c := f.code.Load(); c != nil {
		return c
	}
	return f.prepare()
}

func (f *Func) prepare() *Code {
	m := f.m
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := f.code.Load(); c != nil {
		return c
	}
	if f.method != nil {
		c := f.behind().prepared()
		f.code.Store(c)
		return c
	}
	return f.prepared()
}

// prepared is ready under the lock.
func (f *Func) prepared() *Code {
	if c := f.code.Load(); c != nil {
		return c
	}
	m := f.m
	body := f
	for body.instead != nil {
		body = body.instead
	}
	c, err := m.compile(body)
	if large, ok := err.(*Memory); ok {
		panic(large)
	}
	if err != nil {
		panic(&internalError{err})
	}
	m.note(f, body.ssa)
	for _, x := range c.inlined {
		m.note(f, x.fn.body())
		m.note(x.fn, x.fn.body())
	}
	c.of = f
	f.code.Store(c)
	return c
}

// stale drops f's code, so that the next call compiles it anew.
func (f *Func) stale() {
	f.version.Add(1)
	f.code.Store(nil)
	for _, g := range f.methods {
		g.code.Store(nil)
	}
}

// ErrInternal marks failures of the machine itself.
var ErrInternal = errors.New("engine")
