package machine

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

func refs(v ssa.Value) []ssa.Instruction {
	var out []ssa.Instruction
	if r := v.Referrers(); r != nil {
		for _, i := range *r {
			if _, ok := i.(*ssa.DebugRef); !ok {
				out = append(out, i)
			}
		}
	}
	return out
}

// plan decides what is part of its only use and which values are computed in a phi's place.
func (c *comp) plan() {
	runs := false
	for _, b := range c.sf.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Defer:
				c.f.deferred = true
			case *ssa.RunDefers:
				runs = true
			case *ssa.Call:
				if x, ok := in.Call.Value.(*ssa.Builtin); ok {
					switch x.Name() {
					case "ssa:deferstack":
						c.f.deferred, c.defers = true, true
					case "len":
						c.planLen(in)
					}
				}
			case *ssa.BinOp:
				c.planCompare(in)
			case *ssa.Slice:
				if a, ok := isMake(in); ok {
					c.fused[a] = true
				}
				c.planAppend(in)
			case *ssa.Alloc:
				if !in.Heap {
					c.local[in] = c.allocR(c.m.rtype(deref(in.Type())), cT)
				}
			case *ssa.IndexAddr:
				c.planIndex(in)
			case *ssa.FieldAddr:
				c.planField(in)
			}
		}
	}
	c.defers = c.defers && !runs
	c.hoist()
	c.planLocals()
	c.coalesce()
}

// planCompare fuses a comparison into the branch that uses it.
func (c *comp) planCompare(in *ssa.BinOp) {
	if r := refs(in); len(r) == 1 {
		if x, ok := r[0].(*ssa.If); ok && x.Block() == in.Block() && c.compareOp(in) != 0 && !c.changed(in, x) {
			c.fused[in] = true
		}
	}
}

// planLen lets a length be read where the string or slice lies. An edge that moves both would not see that they overlap.
func (c *comp) planLen(in *ssa.Call) {
	if cl := classOf(in.Call.Args[0].Type()); cl != cS && cl != cL {
		return
	}
	for _, r := range refs(in) {
		if _, ok := r.(*ssa.Phi); ok {
			return
		}
	}
	c.fused[in] = true
}

// changed reports that an operand of v may be overwritten between v and its use, both in one block: a call's results
// and phis keep their places, so only v's own position matters; nothing in a block overwrites a slot twice.
func (c *comp) changed(v ssa.Instruction, use ssa.Instruction) bool { return v.Block() != use.Block() }

// planIndex fuses the address of a slice's element into the load or store that uses it.
func (c *comp) planIndex(in *ssa.IndexAddr) {
	if classOf(deref(in.Type())) >= cT {
		return
	}
	r := refs(in)
	if len(r) != 1 || r[0].Block() != in.Block() {
		return
	}
	switch u := r[0].(type) {
	case *ssa.UnOp:
		c.fused[in] = u.Op == token.MUL && c.quiet(in, u)
	case *ssa.Store:
		c.fused[in] = u.Addr == ssa.Value(in) && u.Val != ssa.Value(in) && c.quiet(in, u)
	}
}

// quiet reports that nothing between two instructions of a block can be seen from outside or fail, so that the first
// may be done at the place of the second.
func (c *comp) quiet(from, to ssa.Instruction) bool {
	for _, in := range c.behind(from) {
		switch {
		case in == to:
			return true
		default:
			switch in := in.(type) {
			case *ssa.DebugRef, *ssa.FieldAddr, *ssa.Field, *ssa.Extract, *ssa.ChangeType:
			case *ssa.IndexAddr:
			case *ssa.UnOp:
				if in.Op == token.ARROW {
					return false
				}
			case *ssa.BinOp:
				if in.Op == token.QUO || in.Op == token.REM || in.Op == token.SHL || in.Op == token.SHR {
					if isInt(in.Type()) {
						if _, k := in.Y.(*ssa.Const); !k {
							return false
						}
					}
				}
				if isIface(in.X.Type()) {
					return false
				}
			case *ssa.Convert, *ssa.MakeInterface, *ssa.Alloc:
			default:
				return false
			}
		}
	}
	return false
}

// behind are the instructions after one in its block. It remembers the places in the last block that it was asked for:
// looking for each of a hundred thousand instructions takes too long.
func (c *comp) behind(from ssa.Instruction) []ssa.Instruction {
	all := from.Block().Instrs
	at, ok := c.places[from]
	if !ok || at >= len(all) || all[at] != from {
		c.places = make(map[ssa.Instruction]int, len(all))
		for i, in := range all {
			c.places[in] = i
		}
		at = c.places[from]
	}
	return all[at+1:]
}

// planField fuses the address of a field into its loads and stores.
func (c *comp) planField(in *ssa.FieldAddr) {
	rs := refs(in)
	ok := len(rs) > 0
	local := c.isLocal(in.X)
	for _, r := range rs {
		if r.Block() != in.Block() && !local {
			ok = false
			break
		}
		switch u := r.(type) {
		case *ssa.UnOp:
			ok = ok && u.Op == token.MUL
		case *ssa.Store:
			ok = ok && u.Addr == ssa.Value(in) && u.Val != ssa.Value(in)
		case *ssa.FieldAddr:
		default:
			ok = false
		}
		ok = ok && (local || c.quiet(in, r))
	}
	c.fused[in] = ok
}

// isLocal reports that v points to a variable in the frame or to a field of one: finding it cannot fail.
func (c *comp) isLocal(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc:
		_, ok := c.local[v]
		return ok
	case *ssa.FieldAddr:
		return c.fused[v] && c.isLocal(v.X)
	}
	return false
}

// readOnce reports that exactly one instruction, in v's own block, reads v and nothing else shares its place.
func (c *comp) readOnce(v ssa.Value) bool {
	in, ok := v.(ssa.Instruction)
	if !ok || c.shared[v] || c.home[v] != nil || classOf(v.Type()) == cT {
		return false
	}
	rs := refs(v)
	for len(rs) == 1 && rs[0].Block() == in.Block() {
		if _, ok := rs[0].(*ssa.Phi); ok {
			return false
		}
		x, ok := rs[0].(ssa.Value)
		if !ok || !c.fused[x] {
			return !ok || c.home[x] == nil
		}
		rs = refs(x) // x reads v where it is used itself
	}
	return false
}
