package machine

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

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

// straighten lets jumps to jumps go where those lead.
func (c *comp) straighten() {
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
