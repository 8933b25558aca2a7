package machine

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

type (
	// pending is a call whose function and arguments are known already. ds is set if it is a deferred one.
	pending func(th *thread, ds *defers)

	// defers are the deferred calls of one activation.
	defers struct {
		list      []pending
		panicking bool
		val       any
		done      bool
	}

	// recovery names the frame that may recover, and whose panic.
	recovery struct {
		frame *hdr
		ds    *defers
	}
)

// enter runs g in frame nf, from Go.
func (th *thread) enter(g *Code, nf ptr) {
	if !g.deferred {
		th.exec(g, nf, 0)
		return
	}
	if th.nest++; th.nest > maxNest {
		th.nest = 0
		panic(th.overflow())
	}
	if c := head(nf).caller; c != nil {
		head(nf).used = c.used + g.size
	}
	ds := &defers{}
	head(nf).ds = ds
	if again := th.guarded(g, nf, ds, th.nest-1); again != nil {
		panic(again) // from here, where the frames of the panic that ended g are gone
	}
}

// guarded runs g and what it defers. It returns the value of a panic that goes on.
func (th *thread) guarded(g *Code, nf ptr, ds *defers, nest int) (again any) {
	defer func() {
		if !ds.done {
			again = th.unwind(g, nf, ds, recover(), nest)
		}
	}()
	th.exec(g, nf, 0)
	ds.done = true
	th.nest = nest
	return nil
}

// unwind runs what is deferred when a function ends by a panic with value val or, if that is nil, by runtime.Goexit. It
// returns the value of a panic that goes on.
func (th *thread) unwind(g *Code, fp ptr, ds *defers, val any, nest int) (again any) {
	th.nest = nest
	if _, ok := val.(stopped); ok {
		return val
	}
	ds.val, ds.panicking = val, val != nil
	at := th.cur
	for n := len(ds.list); n > 0; n = len(ds.list) {
		d := ds.list[n-1]
		ds.list = ds.list[:n-1]
		if r := th.attempt(d, ds); r != nil {
			if _, ok := r.(stopped); ok {
				return r
			}
			ds.val, ds.panicking, at = r, true, th.cur
		}
	}
	if ds.panicking {
		th.cur = at
		return ds.val
	}
	if val != nil && g.recoverI >= 0 {
		th.cur = head(fp)
		th.exec(g, fp, g.recoverI)
	}
	return nil
}

// attempt runs a deferred call and returns the value of a panic that ends it.
func (th *thread) attempt(d pending, ds *defers) (val any) {
	ok := false
	defer func() {
		if !ok {
			val = recover()
		}
	}()
	d(th, ds)
	ok = true
	return nil
}

// of reports that frame is of the deferred function, or of the method that the deferred wrapper stands for.
func (r recovery) of(frame *hdr) bool {
	return r.frame == frame || frame.caller == r.frame && r.frame.code.wrapper
}

// recovered is the builtin recover, called by frame.
func (th *thread) recovered(frame *hdr) any {
	if n := len(th.recov); n > 0 && th.recov[n-1].of(frame) && th.recov[n-1].ds.panicking {
		ds := th.recov[n-1].ds
		ds.panicking = false
		th.run.forget(ds.val)
		return ds.val
	}
	return nil
}

func (c *comp) deferCall(in *ssa.Defer) {
	g := c.prepare(&in.Call)
	if in.DeferStack != nil {
		s := c.off(in.DeferStack)
		c.ext(func(th *thread, fp ptr) {
			ds := mem.As[defers](mem.Ld[ptr](fp, s))
			ds.list = append(ds.list, g(th, fp))
		})
		return
	}
	c.ext(func(th *thread, fp ptr) {
		ds := head(fp).ds
		ds.list = append(ds.list, g(th, fp))
	})
}

func (c *comp) runDefers() {
	c.ext(func(th *thread, fp ptr) {
		ds := head(fp).ds
		for n := len(ds.list); n > 0; n = len(ds.list) {
			d := ds.list[n-1]
			ds.list = ds.list[:n-1]
			d(th, ds)
		}
		th.cur = head(fp)
	})
}

// deferPoint is the instruction of a returning block before which deferred calls run, if only range-over-func bodies
// defer: go/ssa then drops RunDefers. It stands before the results are read.
func (c *comp) deferPoint(b *ssa.BasicBlock) int {
	n := len(b.Instrs) - 1
	if _, ok := b.Instrs[n].(*ssa.Return); !ok || b == c.sf.Recover {
		return -1
	}
	for n > 0 {
		u, ok := b.Instrs[n-1].(*ssa.UnOp)
		if !ok {
			break
		}
		if _, ok := u.X.(*ssa.Alloc); !ok {
			break
		}
		n--
	}
	return n
}

// prepare evaluates a call's function and arguments now, for go and defer.
func (c *comp) prepare(com *ssa.CallCommon) func(th *thread, fp ptr) pending {
	sig := com.Signature()
	args := c.slotsOf(com.Args)
	if b, ok := com.Value.(*ssa.Builtin); ok {
		return c.prepareBuiltin(b, com.Args, args)
	}
	m := c.m
	if com.IsInvoke() {
		return c.prepareInvoke(com, args)
	}
	if f := com.StaticCallee(); f != nil {
		if _, closed := com.Value.(*ssa.MakeClosure); !closed {
			if b := m.boundFunc(f); b != nil {
				ft := m.rtype(recvFirst(f.Signature))
				return func(th *thread, fp ptr) pending {
					fv := th.run.function(b)
					return later(mem.Value(ft, mem.Of(&fv)), args, fp)
				}
			}
			fn := m.fn(f)
			if v := m.compiled(fn); v != nil {
				return func(_ *thread, fp ptr) pending { return later(v.value, args, fp) }
			}
			ps := c.calleeParams(f)
			return func(_ *thread, fp ptr) pending {
				g := fn.ready()
				nf := g.fresh()
				copyMoves(movesOf(args, ps), nf, fp)
				return g.pending(nf)
			}
		}
	}
	fs := c.val(com.Value)
	ft := m.rtype(sig)
	_, params, _, _ := m.layout(sig)
	pm := movesOf(args, params)
	return func(_ *thread, fp ptr) pending {
		fv := mem.Ld[ptr](fp, fs.off)
		if fv == nil {
			return func(*thread, *defers) { nilDeref() }
		}
		if cl := closureOf(fv); cl != nil {
			g := cl.fn.ready()
			nf := g.fresh()
			copyMoves(pm, nf, fp)
			g.bind(nf, cl.bind)
			return g.pending(nf)
		}
		return later(mem.Value(ft, mem.Of(&fv)), args, fp)
	}
}

// calleeParams are the places of f's parameters, the receiver first.
func (c *comp) calleeParams(f *ssa.Function) []slot {
	_, params, recv, _ := c.m.layout(f.Signature)
	if f.Signature.Recv() != nil {
		params = append([]slot{recv}, params...)
	}
	return params
}

// pending runs g in frame nf later.
func (g *Code) pending(nf ptr) pending {
	return func(th *thread, ds *defers) {
		if ds != nil {
			th.recov = append(th.recov, recovery{head(nf), ds})
			defer func(n int) { th.recov = th.recov[:n] }(len(th.recov) - 1)
		} else if len(th.recov) > 0 {
			defer func(r []recovery) { th.recov = r }(th.recov)
			th.recov = nil
		}
		head(nf).caller = th.cur
		th.enter(g, nf)
	}
}

func (c *comp) prepareInvoke(com *ssa.CallCommon, args []slot) func(th *thread, fp ptr) pending {
	m := c.m
	x := c.val(com.Value)
	k := methodIndex(m.rtype(com.Value.Type()), com.Method)
	return func(th *thread, fp ptr) pending {
		w := mem.Ld[mem.Iface](fp, x.off)
		if w.Tab == nil {
			nilDeref()
		}
		t := m.resolve(w.Tab, com.Method, k, 0, args)
		if t.fn == nil {
			return later(x.copyOf(fp).Method(k), args, fp)
		}
		g := t.fn.ready()
		nf := g.fresh()
		t.receive(g, nf, w.Data)
		copyMoves(t.args, nf, fp)
		return g.pending(nf)
	}
}

// later calls a compiled function with the values of now.
func later(f reflect.Value, args []slot, fp ptr) pending {
	if f.IsNil() {
		return func(*thread, *defers) { nilDeref() }
	}
	var vs []reflect.Value
	for _, s := range args {
		vs = append(vs, s.copyOf(fp))
	}
	return func(*thread, *defers) {
		if f.Type().IsVariadic() {
			f.CallSlice(vs)
		} else {
			f.Call(vs)
		}
	}
}

func (c *comp) prepareBuiltin(b *ssa.Builtin, vals []ssa.Value, args []slot) func(th *thread, fp ptr) pending {
	name := b.Name()
	m := c.m
	return func(_ *thread, fp ptr) pending {
		var vs []reflect.Value
		for _, s := range args {
			vs = append(vs, s.copyOf(fp))
		}
		return func(th *thread, ds *defers) {
			switch name {
			case "close":
				vs[0].Close()
			case "panic":
				panic(vs[0].Interface())
			case "delete":
				l := m.maps.lock(vs[0].UnsafePointer())
				defer l.unlock()
				mem.MapDelete(mem.Type(vs[0].Type()), vs[0].UnsafePointer(), vs[1].Addr().UnsafePointer())
			case "clear":
				vs[0].Clear()
			case "copy":
				reflect.Copy(vs[0], vs[1])
			case "print", "println":
				th.printValues(name == "println", vs)
			case "recover":
				if ds != nil && !ds.panicking { // as if the deferring function called it
					th.recovered(head(fp))
				}
			default:
				panic(fmt.Sprintf("builtin %s in go or defer", name))
			}
		}
	}
}
