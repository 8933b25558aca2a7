package machine

import "golang.org/x/tools/go/ssa"

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
