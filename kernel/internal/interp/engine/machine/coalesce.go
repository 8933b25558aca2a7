package machine

import (
	"math"

	"golang.org/x/tools/go/ssa"
)

// coalescing gives phis and the values that flow into them one place where they do not live at the same time, so that
// the edges of loops need no moves.
type coalescing struct {
	c     *comp
	at    map[ssa.Instruction]int // place in its block
	lives map[ssa.Value]*life
	class map[ssa.Value][]ssa.Value // of a root: what shares its place
}

// life is where a value is needed.
type life struct {
	last map[*ssa.BasicBlock]int // last place of a block that reads it
	in   map[*ssa.BasicBlock]bool
	out  map[*ssa.BasicBlock]bool
}

const (
	edgePlace = math.MaxInt // of what an edge reads: after all instructions
	maxClass  = 24
	maxShared = 4000 // instructions of a function that is looked at
)

func (c *comp) coalesce() {
	n, phis := 0, 0
	for _, b := range c.sf.Blocks {
		n += len(b.Instrs)
		if needsEdge(b) {
			phis++
		}
	}
	if phis == 0 || n > maxShared {
		return
	}
	co := &coalescing{c: c, at: map[ssa.Instruction]int{}, lives: map[ssa.Value]*life{}, class: map[ssa.Value][]ssa.Value{}}
	for _, b := range c.sf.Blocks {
		for i, in := range b.Instrs {
			co.at[in] = i
		}
	}
	for _, back := range []bool{true, false} { // loops first
		for _, h := range c.sf.Blocks {
			for _, in := range h.Instrs {
				phi, ok := in.(*ssa.Phi)
				if !ok {
					break
				}
				for k, e := range phi.Edges {
					if len(refs(phi)) > 0 && (h.Preds[k].Index >= h.Index) == back {
						co.try(phi, e)
					}
				}
			}
		}
	}
}

// try lets e be computed in phi's place.
func (co *coalescing) try(phi *ssa.Phi, e ssa.Value) {
	if !co.movable(e) {
		return
	}
	a, b := co.c.root(phi), co.c.root(e)
	if a == b {
		return
	}
	as, bs := co.members(a), co.members(b)
	if len(as)+len(bs) > maxClass {
		return
	}
	for _, x := range as {
		for _, y := range bs {
			if co.interfere(x, y) {
				return
			}
		}
	}
	co.class[a] = append(as, bs...)
	co.c.into[b] = a
	co.c.shared[a] = true
}

// movable reports that e has a place of its own and that its code reads its operands before it writes there.
func (co *coalescing) movable(e ssa.Value) bool {
	if co.c.fused[e] || co.c.home[e] != nil {
		return false
	}
	if _, ok := co.c.built[e]; ok {
		return false
	}
	switch e := e.(type) {
	case *ssa.Phi:
		return true
	case *ssa.BinOp, *ssa.UnOp, *ssa.Convert:
		return classOf(e.Type()) != cT
	case *ssa.Call:
		b, builtin := e.Call.Value.(*ssa.Builtin)
		return !builtin || len(e.Call.Args) == 2 && (b.Name() == "min" || b.Name() == "max" || b.Name() == "append")
	case *ssa.Slice:
		return co.c.listedAt[e] == nil
	}
	return false
}

// root is the value whose place v is computed in.
func (c *comp) root(v ssa.Value) ssa.Value {
	for c.into[v] != nil {
		v = c.into[v]
	}
	return v
}

func (co *coalescing) members(root ssa.Value) []ssa.Value {
	if m := co.class[root]; m != nil {
		return m[:len(m):len(m)]
	}
	return []ssa.Value{root}
}

// interfere reports that two values live at the same time: one of them where the other is made.
func (co *coalescing) interfere(x, y ssa.Value) bool {
	return co.livesAfter(x, y.(ssa.Instruction)) || co.livesAfter(y, x.(ssa.Instruction))
}

// livesAfter reports that v is still needed when at is done.
func (co *coalescing) livesAfter(v ssa.Value, at ssa.Instruction) bool {
	b, i := at.Block(), co.place(at)
	def := v.(ssa.Instruction)
	if def.Block() == b && co.place(def) > i {
		return false
	}
	l := co.life(v)
	last, ok := l.last[b]
	return l.out[b] || ok && last > i
}

// place is where an instruction's value is written: phis all at once before the first instruction.
func (co *coalescing) place(in ssa.Instruction) int {
	if _, ok := in.(*ssa.Phi); ok {
		return -1
	}
	return co.at[in]
}

func (co *coalescing) life(v ssa.Value) *life {
	if l := co.lives[v]; l != nil {
		return l
	}
	l := &life{map[*ssa.BasicBlock]int{}, map[*ssa.BasicBlock]bool{}, map[*ssa.BasicBlock]bool{}}
	co.lives[v] = l
	co.uses(v, func(b *ssa.BasicBlock, place int) {
		if n, ok := l.last[b]; !ok || place > n {
			l.last[b] = place
		}
		l.reach(b, v.(ssa.Instruction).Block())
	})
	return l
}

// reach marks the blocks from the start of b back to the one that makes the value.
func (l *life) reach(b, def *ssa.BasicBlock) {
	if b == def || l.in[b] {
		return
	}
	l.in[b] = true
	for _, p := range b.Preds {
		l.out[p] = true
		l.reach(p, def)
	}
}

// uses calls f with each place that reads v. What is fused reads its operands where it is used.
func (co *coalescing) uses(v ssa.Value, f func(b *ssa.BasicBlock, place int)) {
	for _, r := range refs(v) {
		if phi, ok := r.(*ssa.Phi); ok {
			for k, e := range phi.Edges {
				if e == v {
					f(phi.Block().Preds[k], edgePlace)
				}
			}
		} else if rv, ok := r.(ssa.Value); ok && co.c.fused[rv] {
			co.uses(rv, f)
		} else if home := co.c.home[rv]; ok && home != nil {
			f(home, len(home.Instrs)-1)
		} else if call := co.c.listedAt[r]; call != nil {
			f(call.Block(), co.at[call])
		} else {
			f(r.Block(), co.at[r])
		}
	}
}
