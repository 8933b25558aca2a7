package machine

import (
	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// The blocks in which package ssa panics because the iterator of a loop over a function did not behave, and the states of such a
// loop; a positive one says how its body left it.
const (
	yieldInvalid = "yield-invalid"
	resumeBusy   = "rangefunc.resume.busy"

	rangeBusy = -1
	rangeDone = -2
)

// rangePanic makes such a panic the run-time error that the runtime has for it.
func (c *comp) rangePanic(in *ssa.Panic) bool {
	switch in.Block().Comment {
	case resumeBusy:
		c.ext(func(*thread, ptr) {
			panic(runtimeError("range function recovered a loop body panic and did not resume panicking"))
		})
		return true
	case yieldInvalid:
	default:
		return false
	}
	state := c.loopState(in.Block())
	if state == nil {
		return false
	}
	s := c.val(state)
	c.ext(func(_ *thread, fp ptr) {
		text := "function for loop body returned false"
		switch int64(mem.Ld[uint64](fp, s.off)) {
		case rangeBusy:
			text = "loop body panic"
		case rangeDone:
			text = "whole loop exit"
		}
		panic(runtimeError("range function continued iteration after " + text))
	})
	return true
}

// loopState is what the block before b compares to enter b: the state of the loop.
func (c *comp) loopState(b *ssa.BasicBlock) ssa.Value {
	if len(b.Preds) != 1 {
		return nil
	}
	p := b.Preds[0]
	cond, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
	if !ok {
		return nil
	}
	if cmp, ok := cond.Cond.(*ssa.BinOp); ok {
		return cmp.X
	}
	return nil
}
