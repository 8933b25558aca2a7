package machine

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// hoist computes what is the same on each round of a loop before the loop: sums, products and conversions of numbers, which
// cannot fail. Inner loops come first, so that a value can leave several loops.
func (c *comp) hoist() {
	n := 0
	for _, b := range c.sf.Blocks {
		n += len(b.Instrs)
	}
	if n > maxShared {
		return
	}
	var loops []*loop
	for _, h := range c.sf.Blocks {
		if l := loopOf(h); l != nil {
			loops = append(loops, l)
		}
	}
	slices.SortStableFunc(loops, func(a, b *loop) int { return len(a.blocks) - len(b.blocks) })
	for _, l := range loops {
		for c.empty(l) {
		}
	}
}

// loop is a natural loop that is entered from the end of one block, before.
type loop struct {
	before *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
}

// loopOf is the loop with head h, or nil.
func loopOf(h *ssa.BasicBlock) *loop {
	l := &loop{blocks: map[*ssa.BasicBlock]bool{h: true}}
	var add func(b *ssa.BasicBlock)
	add = func(b *ssa.BasicBlock) {
		if !l.blocks[b] {
			l.blocks[b] = true
			for _, p := range b.Preds {
				add(p)
			}
		}
	}
	back := false
	for _, p := range h.Preds {
		switch {
		case h.Dominates(p):
			back = true
			add(p)
		case l.before != nil:
			return nil
		default:
			l.before = p
		}
	}
	if !back || l.before == nil || len(l.before.Succs) != 1 {
		return nil
	}
	return l
}

// empty moves what it can out of l. It reports whether that was anything.
func (c *comp) empty(l *loop) (moved bool) {
	for _, b := range c.sf.Blocks {
		if !l.blocks[b] {
			continue
		}
		rest := c.hoisted[b][:0:0]
		for _, in := range c.hoisted[b] {
			if c.steady(in, l) {
				c.hoisted[l.before] = append(c.hoisted[l.before], in)
				c.home[in.(ssa.Value)] = l.before
				moved = true
			} else {
				rest = append(rest, in)
			}
		}
		c.hoisted[b] = rest
		for _, in := range b.Instrs {
			if v, ok := in.(ssa.Value); ok && c.home[v] == nil && c.pure(v) && c.steady(in, l) {
				c.hoisted[l.before] = append(c.hoisted[l.before], in)
				c.home[v] = l.before
				moved = true
			}
		}
	}
	return moved
}

// pure reports a computation of numbers that cannot fail.
func (c *comp) pure(v ssa.Value) bool {
	if c.fused[v] {
		return false
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		switch v.Op {
		case token.ADD, token.SUB, token.MUL:
			return isInt(v.Type()) || isFloat(v.Type())
		case token.AND, token.OR, token.XOR, token.AND_NOT:
			return isInt(v.Type())
		}
	case *ssa.Convert:
		return isInt(v.X.Type()) && (isInt(v.Type()) || classOf(v.Type()) == cF64)
	}
	return false
}

// steady reports that the operands of in come from outside l.
func (c *comp) steady(in ssa.Instruction, l *loop) bool {
	for _, o := range in.Operands(nil) {
		switch v := (*o).(type) {
		case *ssa.Const, *ssa.Parameter, *ssa.FreeVar:
		case ssa.Instruction:
			b := v.Block()
			if h := c.home[*o]; h != nil {
				b = h
			}
			if c.fused[*o] && !c.steady(v, l) || l.blocks[b] {
				return false
			}
		default:
			return false
		}
	}
	return true
}
