package machine

import (
	"errors"
	"reflect"
	"runtime"
	"strings"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// closure is what a func value of interpreted code captures.
type closure struct {
	fn   *Func
	bind []ptr                  // where its free variables' values lie; those of one pointer, the pointer itself
	idle atomic.Pointer[thread] // what the last call by compiled code ran on, until the next takes it
}

// closures recognises func values of interpreted code; it only ever learns the layout of the func values of this package.
var closures mem.Closures

func register[T any](cl *closure, f T) ptr {
	p := mem.FuncPtr(f)
	closures.Direct(p, mem.Of(cl))
	return p
}

// closureOf is the closure behind a func value, nil for a compiled function.
func closureOf(f ptr) *closure { return mem.As[closure](closures.Owner(f)) }

// funcOf makes the func value of cl with type ft.
func (m *Machine) funcOf(cl *closure, shape string, ft reflect.Type) ptr {
	if mk := shapes(shape).make; mk != nil {
		return mk(cl)
	}
	inner := func(args []reflect.Value) []reflect.Value { return cl.callReflect(args) }
	return closures.Made(reflect.MakeFunc(ft, inner), inner, mem.Of(cl))
}

func (c *comp) makeClosure(in *ssa.MakeClosure) {
	f := c.m.fn(in.Fn.(*ssa.Function))
	d := c.off(in)
	bs := c.slotsOf(in.Bindings)
	sig := f.ssa.Signature
	shape, ft := shapeOf(sig, false), c.m.rtype(sig)
	m := c.m
	c.ext(func(_ *thread, fp ptr) {
		cl := &closure{fn: f, bind: make([]ptr, len(bs))}
		for i, s := range bs {
			if s.cls == cP {
				cl.bind[i] = mem.Ld[ptr](fp, s.off)
			} else {
				cl.bind[i] = s.boxed(fp)
			}
		}
		mem.Put(fp, d, m.funcOf(cl, shape, ft))
	})
}

// boxed is a copy of a slot's value, in the slot's form.
func (s slot) boxed(fp ptr) ptr {
	if s.cls.scalar() {
		p := new(uint64)
		*p = mem.Ld[uint64](fp, s.off)
		return mem.Of(p)
	}
	p := mem.New(mem.Type(s.t))
	mem.Move(mem.Type(s.t), p, mem.Add(fp, s.off))
	return p
}

// funcValue is the func value of a function without free variables. The caller holds the lock.
func (m *Machine) funcValue(f *Func) ptr {
	if f.closure == nil {
		if v := m.compiled(f); v != nil {
			f.closure = v.word
		} else {
			sig := recvFirst(f.ssa.Signature)
			f.closure = m.funcOf(&closure{fn: f}, shapeOf(sig, false), m.rtype(sig))
		}
	}
	return f.closure
}

// begin prepares a call of cl by compiled code.
func (cl *closure) begin() (*thread, ptr) {
	m := cl.fn.m
	g := cl.fn.ready()
	th := cl.idle.Swap(nil)
	if th == nil || !th.here() {
		th = m.thread()
	}
	if th.run.stop.Load() != going {
		th.late()
	}
	th.top = g
	nf := mem.Of(th.kept)
	if th.kept == nil || th.kept.code != g {
		nf = th.frame(g)
	}
	th.kept = nil
	g.bind(nf, cl.bind)
	return th, nf
}

// late is for a call by compiled code when the run is held or has ended.
func (th *thread) late() {
	if th.wait(); th.run.stop.Load() != ended {
		return
	}
	switch f, _ := fateOf(2); f {
	case goesOn:
		th.interrupted()
	case unrecovered:
		runtime.Goexit()
	}
	th.skip = true
}

// run runs cl in frame nf. A panic goes on from here, where the frames that it left are gone, if someone below recovers it. Else
// it ends the goroutine, or the call if that is the collector's.
func (cl *closure) run(th *thread, nf ptr) {
	if th.skip {
		th.skip = false
		return
	}
	v := cl.guarded(th, nf)
	if v == nil {
		return
	}
	th.passed(v)
	switch f, by := fateOf(2); f {
	case unrecovered:
		th.report(v, "")
		runtime.Goexit()
	case collectors:
		th.report(v, "")
		return
	case goesOn:
		if by == server && !th.m.aborts(v) {
			th.report(v, by)
		}
		if by != "" && !strings.HasPrefix(by, "iter.") {
			th.run.forget(v)
		}
	}
	panic(v)
}

func (cl *closure) guarded(th *thread, nf ptr) (val any) {
	h := head(nf)
	h.caller = nil
	h.used = th.top.size
	ok := false
	defer func() {
		if !ok {
			val = recover() // nil: runtime.Goexit
		}
	}()
	th.enter(th.top, nf)
	ok = true
	return nil
}

// end gives frame and thread back: to cl for its next call, or to all.
func (cl *closure) end(th *thread, nf ptr) {
	g, h := th.top, head(nf)
	g.clear(nf)
	h.ds = nil
	th.top, th.cur = nil, nil
	if th.kept = h; th.label == nil || !cl.idle.CompareAndSwap(nil, th) {
		th.kept = nil
		th.free(g, nf)
		th.m.threads.Put(th)
	}
}

// start runs f as the first function of a goroutine.
//
//go:noinline
func start(f func()) { f() }

// report tells of a panic that ends a goroutine, or that compiled code, the function by, recovers without a word to the cell.
func (th *thread) report(v any, by string) {
	var p *Panic
	if err := th.failure(v); errors.As(err, &p) && th.m.cfg.OnPanic != nil {
		p.By = by
		th.m.cfg.OnPanic(th.run, p)
	}
}

// callReflect runs cl for compiled code that calls by reflection.
func (cl *closure) callReflect(args []reflect.Value) []reflect.Value {
	th, nf := cl.begin()
	g := th.top
	for i, s := range g.params {
		s.set(nf, args[i])
	}
	cl.run(th, nf)
	out := make([]reflect.Value, len(g.res))
	for i, s := range g.res {
		out[i] = s.copyOf(nf)
	}
	cl.end(th, nf)
	return out
}
