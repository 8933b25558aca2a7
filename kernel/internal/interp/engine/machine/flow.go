package machine

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) instr(in ssa.Instruction, bi int) {
	switch in := in.(type) {
	case *ssa.DebugRef, *ssa.Phi:
	case *ssa.Jump:
		c.goTo(in, bi)
	case *ssa.If:
		c.branch(in, bi+1)
	case *ssa.Return:
		c.ret(in)
	case *ssa.UnOp:
		switch in.Op {
		case token.MUL:
			c.load(in)
		case token.ARROW:
			c.receive(in)
		default:
			c.unop(in)
		}
	case *ssa.Store:
		c.store(in)
	case *ssa.BinOp:
		c.binop(in)
	case *ssa.Alloc:
		c.allocate(in)
	case *ssa.FieldAddr:
		base, off, _ := c.address(in.X)
		c.emit(opLea, c.off(in), base, 0, off+c.fieldOffset(in))
	case *ssa.Field:
		c.field(in)
	case *ssa.IndexAddr:
		c.indexAddr(in)
	case *ssa.Index:
		c.index(in)
	case *ssa.Extract:
		if ts := c.tuple(in.Tuple); ts[in.Index].off != c.off(in) {
			c.mov(ts[in.Index], c.off(in))
		}
	case *ssa.Call:
		c.call(in)
	case *ssa.Go:
		g := c.prepare(&in.Call)
		c.ext(func(th *thread, fp ptr) { th.spawn(g(th, fp)) })
	case *ssa.Defer:
		c.deferCall(in)
	case *ssa.RunDefers:
		c.runDefers()
	default:
		c.rare(in)
	}
}

// at makes in the position of the code to come.
func (c *comp) at(in ssa.Instruction) {
	if p := in.Pos(); p.IsValid() {
		c.pos = p
		return
	}
	if call, ok := in.(*ssa.Call); ok && len(call.Call.Args) == 1 { // of the function that a loop ranges over
		if mc, ok := call.Call.Args[0].(*ssa.MakeClosure); ok && loopBody(mc.Fn.(*ssa.Function)) && mc.Fn.Pos().IsValid() {
			c.pos = mc.Fn.Pos()
		}
	}
}

func (c *comp) ret(in *ssa.Return) {
	if c.within {
		c.leave(in)
		return
	}
	if len(in.Results) == 0 {
		c.emit(opRet, 0, 0, 0, 0)
		return
	}
	if len(in.Results) == 1 {
		r, to := c.val(in.Results[0]), c.f.res[0]
		switch {
		case r.cls.scalar():
			c.emit(opRet1, r.off, to.off, 0, 0)
			return
		case r.cls != cT:
			c.emit(opRet1P+uint16(r.cls-cP), r.off, to.off, 0, 0)
			return
		}
		if ps := piecesOf(r.t); len(ps) == 1 && ps[0].words > 0 {
			c.emit([...]uint16{0, opRet1, opRet1W2, opRet1W3, opRet1W4}[ps[0].words], r.off, to.off, 0, 0)
			return
		}
	}
	for i, r := range in.Results {
		c.mov(c.val(r), c.f.res[i].off)
	}
	c.emit(opRetN, 0, 0, 0, 0)
}

// allocate makes a variable: a place in the frame or an object.
func (c *comp) allocate(in *ssa.Alloc) {
	et := c.m.rtype(deref(in.Type()))
	if n := int(et.Size()); n > 1<<16 {
		c.ext(func(th *thread, _ ptr) { th.guard(1, n) })
	}
	if s, ok := c.local[in]; ok {
		if !c.noZero[in] {
			c.zero(s)
		}
		if c.addressed(in) {
			d := c.off(in)
			c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d, mem.Add(fp, s.off)) })
		}
		return
	}
	c.emit(opNew, c.off(in), c.ptrConst(mem.Type(et), et).off, 0, 0)
}

// zero clears a local variable.
func (c *comp) zero(s slot) {
	switch n := roomOf(s.t); {
	case s.t.Size() == 0:
	case n == 8 && !mem.HasPointers(s.t):
		c.emit(opMov, s.off, c.wordConst(0).off, 0, 0)
	case !c.zeroPieces(s.t, s.off, n):
		c.ext(func(_ *thread, fp ptr) { s.value(fp).SetZero() })
	}
}

// addressed reports that a local variable is used in a way that needs its address in a slot.
func (c *comp) addressed(in *ssa.Alloc) bool {
	for _, r := range refs(in) {
		switch u := r.(type) {
		case *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr:
		case *ssa.Store:
			if u.Val == ssa.Value(in) {
				return true
			}
		default:
			return true
		}
	}
	return false
}
