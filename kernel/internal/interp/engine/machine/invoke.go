package machine

import (
	"go/types"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// target is what a method call through an interface leads to for one dynamic type.
type target struct {
	tab  ptr
	fn   *Func    // nil: a compiled method
	code ptr      // where a compiled method's code word lies
	own  *binding // of a compiled method that is bound to the run
	bare bool     // the data word is the receiver
	recv []move   // the receiver's way into the frame: from the caller's if bare, else from where the data word points
	args []move   // of the other arguments
	hard bool     // recv or args are not for the loop: they copy narrow or large values
	to   int32    // place of a bare receiver in the frame
	src  int32    // where the only argument lies, and where it goes to
	dst  int32
}

// invoke makes ci a call of a method of the interface in slot x; it remembers the last dynamic type.
func (c *comp) invoke(ci *callInfo, com *ssa.CallCommon, x slot, args, rs []slot) {
	m := c.m
	k := methodIndex(m.rtype(com.Value.Type()), com.Method)
	recv, code := c.temp(), c.temp().off
	nat := c.nativeMethod(com.Signature(), code, recv, args, rs)
	ci.dyn = func(th *thread, fp ptr) (*Code, ptr) {
		w := mem.Ld[mem.Iface](fp, x.off)
		if w.Tab == nil {
			nilDeref()
		}
		t := ci.last.Load()
		if t == nil || t.tab != w.Tab {
			t = m.resolve(w.Tab, com.Method, k, x.off+mem.WordSize, args)
			ci.last.Store(t)
		}
		if t.fn == nil {
			mem.Put(fp, recv.off, w.Data)
			if mem.Put(fp, code, t.code); t.own != nil {
				mem.Put(fp, code, t.own.function(th))
			}
			nat(th, fp)
			return nil, nil
		}
		g := t.fn.ready()
		nf := th.frame(g)
		t.receive(g, nf, w.Data)
		copyMoves(t.args, nf, fp)
		return g, nf
	}
}

// receive puts the receiver into frame nf of g.
func (t *target) receive(g *Code, nf, data ptr) {
	p := g.params[0]
	if t.bare {
		mem.Put(nf, p.off, data)
		return
	}
	mem.Move(mem.Type(p.t), mem.Add(nf, p.off), data)
	p.extend(nf)
}

// nativeMethod calls a compiled method, given in slot code, whose receiver is an interface's data word.
func (c *comp) nativeMethod(sig *types.Signature, code int32, recv slot, args, rs []slot) ext {
	ft := c.m.rtype(sigOnly(sig))
	in := []reflect.Type{reflect.TypeFor[ptr]()}
	for i := range ft.NumIn() {
		in = append(in, ft.In(i))
	}
	var out []reflect.Type
	for i := range ft.NumOut() {
		out = append(out, ft.Out(i))
	}
	return c.m.native(reflect.FuncOf(in, out, ft.IsVariadic()), "P"+shapeOf(sig, false), code, append([]slot{recv}, args...), rs)
}

// methodIndex is the place of a method in an interface type.
func methodIndex(it reflect.Type, f *types.Func) int {
	for i := range it.NumMethod() {
		m := it.Method(i)
		if m.Name == f.Name() && (m.PkgPath == "" || m.PkgPath == f.Pkg().Path()) {
			return i
		}
	}
	panic("no method " + f.Name() + " in " + it.String())
}

// resolve finds method f, the k-th of an interface, for the dynamic type behind tab and arguments args. The interface's
// data word lies at offset data of the caller's frame.
func (m *Machine) resolve(tab ptr, f *types.Func, k int, data int32, args []slot) *target {
	m.mu.Lock()
	defer m.mu.Unlock()
	dt := mem.FromType(mem.Dynamic(tab, false))
	t := &target{tab: tab, code: mem.ItabMethod(tab, k)}
	if t.own = m.boundMethod(dt, f.Name()); t.own != nil {
		return t
	}
	bt := m.types.Back(dt)
	if bt == nil {
		return t
	}
	sel := m.methodSet(bt).Lookup(f.Pkg(), f.Name())
	if sel == nil {
		return t
	}
	sf := m.cfg.Prog.MethodValue(sel)
	if sf == nil {
		return t
	}
	fn := m.fn(sf)
	if m.compiled(fn) != nil || fn.ssa.Blocks == nil {
		return t
	}
	t.fn, t.bare = fn, mem.PointerShaped(dt)
	_, params, recv, _ := m.layout(fn.ssa.Signature)
	t.args = movesOf(args, params)
	for _, x := range t.args {
		t.hard = t.hard || x.cls == cT
	}
	if len(t.args) == 1 {
		t.src, t.dst = t.args[0].src, t.args[0].dst
	}
	t.to = recv.off
	switch {
	case t.bare:
		t.recv = []move{{cls: cP, src: data, dst: recv.off}}
	case recv.cls.narrow() || recv.t.Size()%8 != 0:
		t.hard = true
	default:
		t.recv = recv.moves(nil, 0)
		for _, x := range t.recv {
			t.hard = t.hard || x.cls == cT
		}
	}
	return t
}
