package machine

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// predecessor is which predecessor of b the n-th edge from p is.
func predecessor(b, p *ssa.BasicBlock, n int) int {
	for i, x := range b.Preds {
		if x == p {
			if n == 0 {
				return i
			}
			n--
		}
	}
	panic("no such edge")
}

// still reports that the n-th edge from block p to b moves nothing.
func (c *comp) still(b, p *ssa.BasicBlock, n int) bool {
	k := predecessor(b, p, n)
	for _, in := range b.Instrs {
		phi, ok := in.(*ssa.Phi)
		if !ok {
			break
		}
		if len(refs(phi)) > 0 && (c.root(phi.Edges[k]) != c.root(phi)) {
			return false
		}
	}
	return true
}

// edge emits the phi moves of the n-th edge from block p to b.
func (c *comp) edge(b, p *ssa.BasicBlock, n int) {
	k := predecessor(b, p, n)
	type copying struct {
		s   slot
		dst int32
	}
	var ms []copying
	for _, in := range b.Instrs {
		phi, ok := in.(*ssa.Phi)
		if !ok {
			break
		}
		if len(refs(phi)) == 0 {
			continue
		}
		s, d := c.val(phi.Edges[k]), c.off(phi)
		if s.off != d {
			ms = append(ms, copying{s, d})
		}
	}
	for len(ms) > 0 { // a move whose destination nobody still reads, else through a temporary
		done := false
		for i, x := range ms {
			free := true
			for j, y := range ms {
				if i != j && y.s.off < x.dst+roomOf(x.s.t) && x.dst < y.s.off+roomOf(y.s.t) {
					free = false
				}
			}
			if free {
				c.mov(x.s, x.dst)
				ms = append(ms[:i:i], ms[i+1:]...)
				done = true
				break
			}
		}
		if !done {
			t := c.allocR(ms[0].s.t, ms[0].s.cls)
			c.mov(ms[0].s, t.off)
			ms[0].s = t
		}
	}
}

func needsEdge(b *ssa.BasicBlock) bool { _, ok := b.Instrs[0].(*ssa.Phi); return ok }

// branch emits the conditional jump of an If: to the branch that does not follow, if the condition can be turned round.
// The other edge falls through.
func (c *comp) branch(x *ssa.If, next int) {
	from := x.Block()
	t, f := from.Succs[0], from.Succs[1]
	op, a, b := c.condition(x)
	nt, nf := 0, 0
	if t == f {
		nf = 1
	} else if inv := inverse(op); inv != 0 && t.Index == next {
		op, t, f = inv, f, t
	}
	if c.still(t, from, nt) {
		c.jump(op, a, b, t)
	} else {
		i := c.emit(op, a, b, 0, 0)
		c.late = append(c.late, func() {
			c.f.ops[i].c = way(i, len(c.f.ops))
			c.edge(t, from, nt)
			c.jump(opJmp, 0, 0, t)
		})
	}
	c.edge(f, from, nf)
	if f.Index != next {
		c.jump(opJmp, 0, 0, f)
	}
}

// thread lets jumps to jumps go where those lead.
func (c *comp) thread() {
	const hops = 8 // an empty loop has no end
	for i := range c.f.ops {
		in := &c.f.ops[i]
		if in.op < opJmp || in.op > opJGeS {
			continue
		}
		to := i + int(in.c)/int(instrSize)
		for range hops {
			if c.f.ops[to].op != opJmp {
				break
			}
			to += int(c.f.ops[to].c) / int(instrSize)
		}
		in.c = way(i, to)
	}
}

// inverse is the jump for when another one does not jump, or 0: comparisons with a NaN are all false.
func inverse(op uint16) uint16 {
	switch {
	case op == opJT:
		return opJF
	case op >= opJEqI && op <= opJGeU || op >= opJEqS && op <= opJGeS:
		first := op - (op-opJEqI)%6
		return first + [...]uint16{1, 0, 5, 4, 3, 2}[op-first]
	}
	return 0
}

// condition is the jump that an If makes.
func (c *comp) condition(x *ssa.If) (op uint16, a, b int32) {
	if bo, ok := x.Cond.(*ssa.BinOp); ok && c.fused[bo] {
		return c.compareOp(bo), c.off(bo.X), c.off(bo.Y)
	}
	return opJT, c.off(x.Cond), 0
}

// compareOp is the fused compare-and-branch of a comparison, or 0.
func (c *comp) compareOp(x *ssa.BinOp) uint16 {
	base := uint16(0)
	t := x.X.Type()
	switch cl := classOf(t); {
	case isFloat(t) && cl == cF64:
		base = opJEqF
	case isFloat(t):
		base = opJEqG
	case cl == cS:
		base = opJEqS
	case isUnsig(t):
		base = opJEqU
	case cl.scalar():
		base = opJEqI
	case cl == cP && classOf(x.Y.Type()) == cP:
		base = opJEqU
	default:
		return 0
	}
	switch x.Op {
	case token.EQL:
		return base
	case token.NEQ:
		return base + 1
	case token.LSS:
		return base + 2
	case token.LEQ:
		return base + 3
	case token.GTR:
		return base + 4
	case token.GEQ:
		return base + 5
	}
	return 0
}

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

func (c *comp) goTo(in *ssa.Jump, bi int) {
	t := in.Block().Succs[0]
	c.edge(t, in.Block(), 0)
	if t.Index <= bi && c.atBottom(t) {
		return
	}
	if t.Index != bi+1 {
		c.jump(opJmp, 0, 0, t)
	}
}

// maxRepeated is the number of instructions that a loop's head may have to be repeated at its bottom.
const maxRepeated = 4

// atBottom tests the condition of a loop with head t at its bottom too, if that is short: it saves a jump.
func (c *comp) atBottom(t *ssa.BasicBlock) bool {
	iff, ok := t.Instrs[len(t.Instrs)-1].(*ssa.If)
	if !ok || t.Succs[0] == t.Succs[1] || !c.still(t.Succs[0], t, 0) || !c.still(t.Succs[1], t, 0) {
		return false
	}
	var again []ssa.Instruction
	for _, x := range t.Instrs[:len(t.Instrs)-1] {
		if v, ok := x.(ssa.Value); ok && (c.fused[v] || c.home[v] != nil) {
			continue
		}
		switch x := x.(type) {
		case *ssa.Phi, *ssa.DebugRef:
			continue
		case *ssa.BinOp:
		case *ssa.UnOp:
			if x.Op == token.ARROW {
				return false
			}
		default:
			return false
		}
		again = append(again, x)
	}
	if len(again) > maxRepeated {
		return false
	}
	for _, x := range again {
		c.at(x)
		c.instr(x, -1)
	}
	c.at(iff)
	op, a, b := c.condition(iff)
	c.jump(op, a, b, t.Succs[0])
	c.jump(opJmp, 0, 0, t.Succs[1])
	return true
}

// at makes in the position of the code to come.
func (c *comp) at(in ssa.Instruction) {
	if p := in.Pos(); p.IsValid() {
		c.pos = p
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
