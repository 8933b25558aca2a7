package machine

import (
	"go/types"
	"reflect"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// resultSlots are the places of a call's results in the caller.
func (c *comp) resultSlots(call ssa.Value, sig *types.Signature) []slot {
	switch sig.Results().Len() {
	case 0:
		return nil
	case 1:
		return []slot{c.val(call)}
	}
	return c.tuple(call)
}

// read are the slots of results, with a negative offset for those that nobody reads.
func (c *comp) read(call ssa.Value, rs []slot) []slot {
	used := make([]bool, len(rs))
	for _, r := range refs(call) {
		if x, ok := r.(*ssa.Extract); ok {
			used[x.Index] = used[x.Index] || len(refs(x)) > 0
		} else {
			for i := range used {
				used[i] = true
			}
		}
	}
	rs = slices.Clone(rs)
	for i := range rs {
		if !used[i] {
			rs[i].off = -1
		}
	}
	return rs
}

// site makes the call site for a signature: where arguments go to and results come from.
func (c *comp) site(sig *types.Signature, args, results []slot) *callInfo {
	res, params, _, _ := c.m.layout(sig)
	return &callInfo{res: movesOf(res, results), args: movesOf(args, params)}
}

func (c *comp) call(in *ssa.Call) {
	com := &in.Call
	if b, ok := com.Value.(*ssa.Builtin); ok {
		c.builtin(in, b, com.Args)
		return
	}
	sig := com.Signature()
	if com.IsInvoke() {
		args := c.slotsOf(com.Args)
		x := c.val(com.Value)
		rs := c.resultSlots(in, sig)
		ci := c.site(sig, args, rs)
		ci.dyn = c.invoke(com, x, args, c.read(in, rs), ci.args)
		c.emitCall(opCallDyn, 0, rs, ci)
		return
	}
	if f := com.StaticCallee(); f != nil {
		if _, closed := com.Value.(*ssa.MakeClosure); !closed {
			c.callStatic(in, f)
			return
		}
	}
	f := c.off(com.Value)
	args := c.slotsOf(com.Args)
	rs := c.resultSlots(in, sig)
	ci := c.site(sig, args, rs)
	nat := c.m.native(c.m.rtype(sig), shapeOf(sig, false), f, args, c.read(in, rs))
	pm := ci.args
	ci.dyn = func(th *thread, fp ptr) (*Code, ptr) {
		fv := mem.Ld[ptr](fp, f)
		if fv == nil {
			nilDeref()
		}
		if cl := closureOf(fv); cl != nil {
			g := cl.fn.ready()
			nf := th.frame(g)
			copyMoves(pm, nf, fp)
			g.bind(nf, cl.bind)
			return g, nf
		}
		nat(th, fp)
		return nil, nil
	}
	c.emitCall(opCallDyn, 0, rs, ci)
}

func (c *comp) emitCall(op uint16, a int32, rs []slot, ci *callInfo) {
	d := int32(0)
	if len(rs) > 0 {
		d = rs[0].off
	}
	for _, x := range ci.args {
		ci.typed = ci.typed || x.cls == cT
	}
	for _, x := range ci.res {
		ci.typedRes = ci.typedRes || x.cls == cT
	}
	if len(ci.args) > 0 {
		ci.dst = ci.args[0].dst
	}
	c.f.calls = append(c.f.calls, ci)
	c.emit(op, a, d, int32(int64(len(c.f.ops)+1)*instrSize), int64(len(c.f.calls)-1))
}

func (c *comp) callStatic(in *ssa.Call, f *ssa.Function) {
	sig := f.Signature
	args := c.slotsOf(in.Call.Args)
	rs := c.resultSlots(in, sig)
	if b := c.m.boundFunc(f); b != nil {
		f := c.temp().off
		g := c.m.native(c.m.rtype(recvFirst(sig)), shapeOf(sig, sig.Recv() != nil), f, args, c.read(in, rs))
		c.ext(func(th *thread, fp ptr) { mem.Put(fp, f, th.run.function(b)); g(th, fp) })
		return
	}
	fn := c.m.fn(f)
	if v := c.m.compiled(fn); v != nil {
		ft := c.m.rtype(recvFirst(sig))
		c.ext(c.m.native(ft, shapeOf(sig, sig.Recv() != nil), c.ptrConst(v.word, v).off, args, c.read(in, rs)))
		return
	}
	res, params, recv, _ := c.m.layout(sig)
	if sig.Recv() != nil {
		params = append([]slot{recv}, params...)
	}
	ci := &callInfo{fn: fn, res: movesOf(res, rs), args: movesOf(args, params)}
	if len(ci.args) == 1 && args[0].cls.scalar() {
		c.emitCall(opCall1, args[0].off, rs, ci)
	} else {
		c.emitCall(opCall, 0, rs, ci)
	}
}

// callee finds the function of a call and makes its frame. The function is nil if the call is over.
func (th *thread) callee(ci *callInfo, fp ptr) (*Code, ptr) {
	if ci.dyn != nil {
		return ci.dyn(th, fp)
	}
	g := ci.fn.ready()
	nf := th.frame(g)
	copyMoves(ci.args, nf, fp)
	return g, nf
}

// target is what a method call on a dynamic type leads to.
type target struct {
	tab  ptr
	fn   *Func
	bare bool // the data word is the receiver
	code ptr  // compiled method: where its code word lies
}

// invoke calls a method through an interface; each site remembers the last dynamic type.
func (c *comp) invoke(com *ssa.CallCommon, x slot, args, rs []slot, pm []move) func(th *thread, fp ptr) (*Code, ptr) {
	m := c.m
	k := methodIndex(m.rtype(com.Value.Type()), com.Method)
	recv, code := c.temp(), c.temp().off
	nat := c.nativeMethod(com.Signature(), code, recv, args, rs)
	var last atomic.Pointer[target]
	return func(th *thread, fp ptr) (*Code, ptr) {
		w := mem.Ld[mem.Iface](fp, x.off)
		if w.Tab == nil {
			nilDeref()
		}
		t := last.Load()
		if t == nil || t.tab != w.Tab {
			t = m.resolve(w.Tab, com.Method, k)
			last.Store(t)
		}
		if t.fn == nil {
			mem.Put(fp, recv.off, w.Data)
			mem.Put(fp, code, t.code)
			nat(th, fp)
			return nil, nil
		}
		g := t.fn.ready()
		nf := th.frame(g)
		p := g.params[0]
		if t.bare {
			mem.Put(nf, p.off, w.Data)
		} else {
			mem.Move(mem.Type(p.t), mem.Add(nf, p.off), w.Data)
			p.extend(nf)
		}
		copyMoves(pm, nf, fp)
		return g, nf
	}
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

// resolve finds method f, the k-th of an interface, for the dynamic type behind tab.
func (m *Machine) resolve(tab ptr, f *types.Func, k int) *target {
	m.mu.Lock()
	defer m.mu.Unlock()
	dt := mem.FromType(mem.Dynamic(tab, false))
	t := &target{tab: tab, code: mem.ItabMethod(tab, k)}
	if bt := m.types.Back(dt); bt != nil {
		if sel := m.methodSet(bt).Lookup(f.Pkg(), f.Name()); sel != nil {
			if sf := m.cfg.Prog.MethodValue(sel); sf != nil {
				if fn := m.fn(sf); m.compiled(fn) == nil && fn.ssa.Blocks != nil {
					t.fn, t.bare = fn, mem.PointerShaped(dt)
				}
			}
		}
	}
	return t
}

// recvFirst is a method's signature as a function's whose first parameter is the receiver.
func recvFirst(sig *types.Signature) *types.Signature {
	if sig.Recv() == nil {
		return sig
	}
	ps := []*types.Var{sig.Recv()}
	for v := range sig.Params().Variables() {
		ps = append(ps, v)
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(ps...), sig.Results(), sig.Variadic())
}

// sigOnly is a signature without its receiver.
func sigOnly(sig *types.Signature) *types.Signature {
	if sig.Recv() == nil {
		return sig
	}
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}
