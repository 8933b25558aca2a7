package machine

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

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
					call := later(args, fp)
					return func(th *thread, _ *defers) {
						fv := b.function(th)
						call(mem.Value(ft, mem.Of(&fv)))
					}
				}
			}
			fn := m.fn(f)
			if v := m.compiled(fn); v != nil {
				return func(_ *thread, fp ptr) pending { return laterOf(v.value, args, fp) }
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
		return laterOf(mem.Value(ft, mem.Of(&fv)), args, fp)
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
		if t.own != nil {
			recv := slot{x.off + mem.WordSize, cP, t.own.value(th).Type().In(0)}
			call := later(append([]slot{recv}, args...), fp)
			return func(th *thread, _ *defers) { call(t.own.value(th)) }
		}
		if t.fn == nil {
			return laterOf(x.copyOf(fp).Method(k), args, fp)
		}
		g := t.fn.ready()
		nf := g.fresh()
		t.receive(g, nf, w.Data)
		copyMoves(t.args, nf, fp)
		return g.pending(nf)
	}
}

// later calls a compiled function with the values of now.
func later(args []slot, fp ptr) func(reflect.Value) {
	var vs []reflect.Value
	for _, s := range args {
		vs = append(vs, s.copyOf(fp))
	}
	return func(f reflect.Value) {
		if f.Type().IsVariadic() {
			f.CallSlice(vs)
		} else {
			f.Call(vs)
		}
	}
}

// laterOf is later of a function that is known.
func laterOf(f reflect.Value, args []slot, fp ptr) pending {
	if f.IsNil() {
		return func(*thread, *defers) { nilDeref() }
	}
	call := later(args, fp)
	return func(*thread, *defers) { call(f) }
}

func (c *comp) prepareBuiltin(b *ssa.Builtin, vals []ssa.Value, args []slot) func(th *thread, fp ptr) pending {
	name := b.Name()
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
				l := th.lockMap(vs[0].UnsafePointer())
				defer th.unlockMap(l)
				mem.MapDelete(mem.Type(vs[0].Type()), vs[0].UnsafePointer(), vs[1].Addr().UnsafePointer())
			case "clear":
				if vs[0].Kind() == reflect.Map {
					l := th.lockMap(vs[0].UnsafePointer())
					defer th.unlockMap(l)
				}
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
