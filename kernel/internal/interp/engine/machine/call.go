package machine

import (
	"go/types"
	"math"
	"slices"

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
		c.invoke(ci, com, x, args, c.read(in, rs))
		c.emitCall(invokeOp(args), x.off, rs, ci)
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
		c.ext(func(th *thread, fp ptr) { mem.Put(fp, f, b.function(th)); g(th, fp) })
		return
	}
	fn := c.m.fn(f)
	if v := c.m.compiled(fn); v != nil {
		c.callCompiled(sig, v, args, c.read(in, rs))
		return
	}
	res, params, recv, _ := c.m.layout(sig)
	if sig.Recv() != nil {
		params = append([]slot{recv}, params...)
	}
	call := func() { c.callFunc(fn, args, params, res, rs) }
	if c.canInline(fn) {
		c.inline(fn, args, rs, call)
	} else {
		call()
	}
}

// invokeOp is the operation that calls a method of an interface with these arguments.
func invokeOp(args []slot) uint16 {
	switch {
	case len(args) == 0:
		return opInvoke0
	case len(args) == 1 && args[0].cls.scalar():
		return opInvoke1
	}
	return opInvoke
}

// callCompiled calls a compiled function or method: in one operation if it has one of its own, or if its shape is common and
// its operands are few.
func (c *comp) callCompiled(sig *types.Signature, v *compiledFunc, args, res []slot) {
	if c.intrinsic(v, args, res) {
		return
	}
	shape, f := shapeOf(sig, sig.Recv() != nil), c.ptrConst(v.word, v).off
	op := nativeOp(shape)
	next := len(c.f.ops) + 1
	if op == 0 || next > math.MaxUint16 {
		c.ext(c.m.native(c.m.rtype(recvFirst(sig)), shape, f, args, res))
		return
	}
	var o [4]int32
	for i, s := range append(args[:len(args):len(args)], res...) {
		o[i] = s.off
	}
	c.f.ops[c.emit(op, o[0], f, o[1], int64(o[3])<<32|int64(uint32(o[2])))].f = uint16(next)
}

// callFunc calls an interpreted function whose frame has the slots params and res.
func (c *comp) callFunc(fn *Func, args, params, res, rs []slot) {
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
