package machine

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// localUses are the loads and stores of a variable in the frame, if there is nothing else that uses it.
type localUses struct {
	loads  []*ssa.UnOp
	stores []*ssa.Store
}

// planLocals plans values of several words: a field is read where the struct lies, a literal is the place that it was built in,
// an operation writes the field that its value is for.
func (c *comp) planLocals() {
	for _, b := range c.sf.Blocks {
		for i, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Field:
				c.fused[in] = c.inPlace(in)
			case *ssa.Alloc:
				c.planLocal(in, i)
			}
		}
	}
}

// inPlace reports that a field of a struct value may be read where the struct lies: when the struct's place is written again,
// nobody needs the field any more, because its uses come after the struct's own. Narrow values must be extended first.
func (c *comp) inPlace(in *ssa.Field) bool {
	return whole(in.Type(), c.fieldOf(in.X.Type(), in.Field)) && len(refs(in)) > 0
}

func (c *comp) fieldOf(t types.Type, i int) int64 { return int64(c.m.rtype(t).Field(i).Offset) }

// whole reports a value that fills words of its own at off.
func whole(t types.Type, off int64) bool {
	cl := classOf(t)
	return off%8 == 0 && !cl.narrow() && cl != cT
}

// planLocal looks at a variable that begins at the i-th instruction of its block.
func (c *comp) planLocal(a *ssa.Alloc, i int) {
	if _, ok := c.local[a]; !ok {
		return
	}
	var u localUses
	if !c.usesOf(a, &u) {
		return
	}
	c.planStores(a, i, u)
	b := a.Block()
	first, last := len(b.Instrs), -1 // load, store
	for _, s := range u.stores {
		if s.Block() != b {
			return
		}
		last = max(last, slices.Index(b.Instrs, ssa.Instruction(s)))
	}
	for _, l := range u.loads {
		n := slices.Index(b.Instrs, ssa.Instruction(l))
		if l.Block() != b {
			return
		}
		first = min(first, n)
		if l.X == ssa.Value(a) && n > last && classOf(l.Type()) == cT { // a finished literal
			c.fused[l] = true
		}
	}
	c.noZero[a] = c.covers(a, u, first)
}

// usesOf collects the loads and stores of what v, a variable in the frame or a part of it, points to. It reports whether that
// is all.
func (c *comp) usesOf(v ssa.Value, u *localUses) bool {
	for _, r := range refs(v) {
		switch r := r.(type) {
		case *ssa.UnOp:
			u.loads = append(u.loads, r)
		case *ssa.Store:
			if r.Addr != v || r.Val == v {
				return false
			}
			u.stores = append(u.stores, r)
		case *ssa.FieldAddr:
			if !c.fused[r] || !c.usesOf(r, u) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// planStores lets an operation just before the store of its value write there.
func (c *comp) planStores(a *ssa.Alloc, i int, u localUses) {
	for _, s := range u.stores {
		v, ok := s.Val.(ssa.Instruction)
		if !ok || v.Block() != s.Block() || len(refs(s.Val)) != 1 || !computes(s.Val) {
			continue
		}
		_, off, _ := c.address(s.Addr)
		if !whole(s.Val.Type(), off) {
			continue
		}
		is := s.Block().Instrs
		n := slices.Index(is, ssa.Instruction(s)) - 1
		for n >= 0 && is[n] != v && c.silent(is[n]) {
			n--
		}
		if n >= 0 && is[n] == v && (s.Block() != a.Block() || n > i) {
			c.built[s.Val] = slot{int32(off), classOf(s.Val.Type()), c.m.rtype(s.Val.Type())}
		}
	}
}

// computes reports that the code of v reads its operands before it writes its value, all at once.
func computes(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.BinOp:
		return classOf(v.Type()).scalar()
	case *ssa.UnOp:
		return v.Op == token.MUL || v.Op == token.SUB
	case *ssa.Convert:
		return classOf(v.Type()).scalar()
	}
	return false
}

// silent reports an instruction without code.
func (c *comp) silent(in ssa.Instruction) bool {
	if _, ok := in.(*ssa.DebugRef); ok {
		return true
	}
	v, ok := in.(ssa.Value)
	return ok && c.fused[v]
}

// covers reports that stores write all of a before the instruction at place first of its block reads it.
func (c *comp) covers(a *ssa.Alloc, u localUses, first int) bool {
	left := leaves(deref(a.Type()), nil)
	if left == nil {
		return false
	}
	is := a.Block().Instrs
	for _, s := range u.stores {
		if slices.Index(is, ssa.Instruction(s)) > first {
			continue
		}
		n, from := len(leaves(deref(s.Addr.Type()), nil)), c.leafAt(s.Addr)
		for k := range n {
			left[from+k] = true
		}
	}
	return !slices.Contains(left, false)
}

// leaves adds a false for each part of a t that is no struct; nil stands for none or too many.
func leaves(t types.Type, to []bool) []bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return append(to, false)
	}
	for f := range st.Fields() {
		if to = leaves(f.Type(), to); len(to) > 64 {
			return nil
		}
	}
	return to
}

// leafAt is the number of leaves before the part of a variable that v points to.
func (c *comp) leafAt(v ssa.Value) int {
	fa, ok := v.(*ssa.FieldAddr)
	if !ok {
		return 0
	}
	n := c.leafAt(fa.X)
	st := deref(fa.X.Type()).Underlying().(*types.Struct)
	for i := range fa.Field {
		n += len(leaves(st.Field(i).Type(), nil))
	}
	return n
}
