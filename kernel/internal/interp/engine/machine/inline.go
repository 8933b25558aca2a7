package machine

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

const (
	maxInlined      = 40   // instructions of a function that is inlined
	maxInlinedDepth = 4    // inlined functions inside each other
	inlineBudget    = 3000 // instructions that one function may take over
)

// inlined is a part of a function's code that is the body of another one.
type inlined struct {
	from, to int // instructions
	fn       *Func
	pos      token.Pos // of the call
}

// canInline reports that a call of fn may become fn's body: a small function without loops that calls only compiled functions
// and functions that are inlined themselves, and that has nothing to do with its frame.
func (c *comp) canInline(fn *Func) bool {
	return fn.method == nil && !wraps(c.sf) && c.inlineLeft >= maxInlined && c.simple(fn.body(), c.depth)
}

func (c *comp) simple(f *ssa.Function, depth int) bool {
	if depth >= maxInlinedDepth || len(f.Blocks) == 0 || f.Recover != nil || len(f.FreeVars) > 0 || f.Synthetic != "" && f.Origin() == nil || slices.Contains(c.stack, f) {
		return false
	}
	n := 0
	for _, b := range f.Blocks {
		if n += len(b.Instrs); n > maxInlined {
			return false
		}
		for _, s := range b.Succs {
			if s.Index <= b.Index {
				return false
			}
		}
		for _, in := range b.Instrs {
			if !c.simpleInstr(f, in, depth) {
				return false
			}
		}
	}
	return true
}

func (c *comp) simpleInstr(f *ssa.Function, in ssa.Instruction, depth int) bool {
	switch in := in.(type) {
	case *ssa.Defer, *ssa.RunDefers, *ssa.Go, *ssa.Select, *ssa.Send, *ssa.MakeClosure, *ssa.Panic:
		return false
	case *ssa.UnOp:
		return in.Op != token.ARROW
	case *ssa.Store:
		return !toBlank(in.Addr)
	case *ssa.Call:
		if b, ok := in.Call.Value.(*ssa.Builtin); ok {
			switch b.Name() {
			case "recover", "ssa:deferstack", "print", "println", "close":
				return false
			}
			return true
		}
		g := in.Call.StaticCallee()
		if _, closed := in.Call.Value.(*ssa.MakeClosure); g == nil || closed || in.Call.IsInvoke() || g == f {
			return false
		}
		if c.m.boundFunc(g) != nil {
			return false
		}
		fn := c.m.fn(g)
		return c.m.compiled(fn) != nil || fn.method == nil && c.simple(fn.body(), depth+1)
	}
	return true
}

// body is the function whose code f has.
func (f *Func) body() *ssa.Function {
	for f.instead != nil {
		f = f.instead
	}
	return f.ssa
}

// inline does a call of fn by fn's body. The parameters are the arguments where they lie, the results go to rs. Should fn be
// replaced, even while this code runs, the guard sees it, and call does the call.
func (c *comp) inline(fn *Func, args, rs []slot, call func()) {
	guard := c.emit(opGuard, c.ptrConst(mem.Of(fn), fn).off, fn.version.Load(), 0, 0)
	for _, s := range args {
		c.once[s.off] = false
	}
	body, outer, pos, from := fn.body(), c.scope, c.pos, len(c.f.ops)
	c.scope = newScope(body)
	c.depth, c.stack, c.results, c.within = outer.depth+1, append(slices.Clip(outer.stack), body), rs, true
	for i, p := range body.Params {
		c.slots[p] = args[i]
	}
	for _, b := range body.Blocks {
		c.inlineLeft -= len(b.Instrs)
	}
	c.blocks()
	ends := c.ends
	c.scope, c.pos = outer, pos
	if n := len(ends); n > 0 && ends[n-1] == len(c.f.ops)-1 {
		c.drop()
		ends = ends[:n-1]
	}
	end := len(c.f.ops)
	for _, i := range ends {
		c.f.ops[i].c = way(i, end)
	}
	c.f.inlined = append(c.f.inlined, inlined{from, end, fn, pos})
	c.late = append(c.late, func() {
		c.f.ops[guard].c = way(guard, len(c.f.ops))
		c.pos = pos
		c.ext(func(_ *thread, fp ptr) { head(fp).code.outdated() })
		call()
		i := c.emit(opJmp, 0, 0, 0, 0)
		c.f.ops[i].c = way(i, end)
	})
}

// outdated has the function compiled anew when it is called next: something that is inlined in it was replaced.
func (g *Code) outdated() {
	f := g.of
	if f.code.Load() != g {
		return
	}
	f.m.mu.Lock()
	defer f.m.mu.Unlock()
	if f.code.CompareAndSwap(g, nil) {
		for _, s := range f.methods {
			s.code.CompareAndSwap(g, nil)
		}
	}
}

// drop takes back the last instruction.
func (c *comp) drop() {
	n := len(c.f.ops) - 1
	c.f.ops, c.f.pos = c.f.ops[:n], c.f.pos[:n]
}

// leave is a return of an inlined function.
func (c *comp) leave(in *ssa.Return) {
	for i, r := range in.Results {
		if s := c.val(r); !c.redirected(in, r, s, c.results[i].off) {
			c.mov(s, c.results[i].off)
		}
	}
	c.ends = append(c.ends, c.emit(opJmp, 0, 0, 0, 0))
}

// redirected lets the operation just before a return of one result write it to its place.
func (c *comp) redirected(in *ssa.Return, r ssa.Value, s slot, to int32) bool {
	op, ok := r.(*ssa.BinOp)
	is := in.Block().Instrs
	n := slices.Index(is, ssa.Instruction(in))
	if !ok || len(in.Results) != 1 || n == 0 || is[n-1] != ssa.Instruction(op) || len(refs(op)) != 1 || c.into[op] != nil || c.shared[op] || s.cls != cF64 && s.cls != cI64 && s.cls != cU64 {
		return false
	}
	last := &c.f.ops[len(c.f.ops)-1]
	if last.op == opExt || last.a != s.off {
		return false
	}
	last.a = to
	return true
}

// at are the functions that instruction i belongs to, innermost first, each with the place where it is.
func (g *Code) at(i int) (fs []Frame) {
	pos := token.NoPos
	if i >= 0 && i < len(g.pos) {
		pos = g.pos[i]
	}
	for _, x := range g.inlined { // the inner ones come first
		if x.from <= i && i < x.to {
			fs = append(fs, Frame{x.fn.ssa.String(), pos, x.fn.ssa})
			pos = x.pos
		}
	}
	return append(fs, Frame{g.fn.ssa.String(), pos, g.fn.ssa})
}
