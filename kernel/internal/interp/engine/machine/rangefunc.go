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
	resumeExits  = "rangefunc.resume.exits"

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
	load, ok := c.loopState(in.Block()).(*ssa.UnOp)
	if !ok {
		return false
	}
	state, off, _ := c.address(load.X)
	c.ext(func(_ *thread, fp ptr) {
		text := "function for loop body returned false"
		switch mem.Ld[int64](mem.Add64(mem.Ld[ptr](fp, state), off), 0) {
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

// leaveLoop notes, where a loop that its body left goes on, that it is over: package ssa leaves the way in which it was left
// as the state, which means that the iterator still runs.
func (c *comp) leaveLoop(b *ssa.BasicBlock) {
	load, ok := c.loopState(b).(*ssa.UnOp)
	if !ok {
		return
	}
	state, off, inFrame := c.address(load.X)
	if inFrame { // no closure has it
		return
	}
	c.pos = load.Pos()
	c.ext(func(_ *thread, fp ptr) { mem.Put(mem.Add64(mem.Ld[ptr](fp, state), off), 0, int64(rangeDone)) })
}
