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

// planLocals plans values of several words: a field is read where the struct lies, a variable where it lies until it changes, a
// parameter that is only read stays where the caller put it, an operation writes the variable or field that its value is for.
func (c *comp) planLocals() {
	for _, b := range c.sf.Blocks {
		for _, in := range b.Instrs {
			if f, ok := in.(*ssa.Field); ok {
				c.fused[f] = len(refs(f)) > 0 && c.whole(f.Type(), c.fieldOf(f.X.Type(), f.Field)) && classOf(f.Type()) != cT
			}
		}
	}
	for _, b := range c.sf.Blocks {
		for i, in := range b.Instrs {
			if a, ok := in.(*ssa.Alloc); ok {
				c.planLocal(a, i)
			}
		}
	}
}

func (c *comp) fieldOf(t types.Type, i int) int64 { return int64(c.m.rtype(t).Field(i).Offset) }

// whole reports a value that fills words of its own at off and lies there as in a slot. When its place is written again, nobody
// needs the value any more: its uses come after the writing.
func (c *comp) whole(t types.Type, off int64) bool {
	return off%8 == 0 && !classOf(t).narrow() && c.m.rtype(t).Size()%8 == 0
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
	if c.spilled(a, u) {
		return
	}
	c.planStores(a, i, u)
	for _, l := range u.loads {
		_, off, _ := c.address(l.X)
		_, built := c.built[l]
		c.fused[l] = !built && c.whole(l.Type(), off) && c.unchanged(l, u)
	}
	first := len(a.Block().Instrs) // load
	for _, l := range u.loads {
		if l.Block() != a.Block() {
			return
		}
		first = min(first, slices.Index(a.Block().Instrs, ssa.Instruction(l)))
	}
	c.noZero[a] = c.covers(a, u, first)
}

// spilled lets a variable that only ever holds a parameter be the parameter.
func (c *comp) spilled(a *ssa.Alloc, u localUses) bool {
	if len(u.stores) != 1 || u.stores[0].Addr != ssa.Value(a) || u.stores[0].Block() != c.sf.Blocks[0] || a.Block() != c.sf.Blocks[0] {
		return false
	}
	s := u.stores[0]
	p, ok := s.Val.(*ssa.Parameter)
	if !ok {
		return false
	}
	at := slices.Index(s.Block().Instrs, ssa.Instruction(s))
	for _, l := range u.loads {
		if l.Block() == s.Block() && slices.Index(l.Block().Instrs, ssa.Instruction(l)) < at {
			return false
		}
	}
	c.local[a], c.noZero[a] = c.slots[p], true
	for _, l := range u.loads {
		_, off, _ := c.address(l.X)
		_, built := c.built[l]
		c.fused[l] = !built && c.whole(l.Type(), off) && len(refs(l)) > 0
	}
	return true
}

// unchanged reports that all that read a load of a variable do so in its block before the variable changes.
func (c *comp) unchanged(l *ssa.UnOp, u localUses) bool {
	last := c.lastRead(l, l.Block())
	if last < 0 {
		return false
	}
	from := slices.Index(l.Block().Instrs, ssa.Instruction(l))
	for _, s := range u.stores {
		if s.Block() == l.Block() {
			if n := slices.Index(s.Block().Instrs, ssa.Instruction(s)); from < n && n < last {
				return false
			}
		}
	}
	return true
}

// lastRead is the place of the last instruction of b that reads v, or -1 if it is read elsewhere too or by none.
func (c *comp) lastRead(v ssa.Value, b *ssa.BasicBlock) int {
	last := -1
	for _, r := range refs(v) {
		if call := c.listedAt[r]; call != nil {
			r = call
		}
		n := slices.Index(b.Instrs, r)
		if _, phi := r.(*ssa.Phi); phi || n < 0 {
			return -1
		}
		rv, ok := r.(ssa.Value)
		if ok && c.home[rv] != nil {
			return -1
		}
		if ok && c.fused[rv] {
			if n = c.lastRead(rv, b); n < 0 {
				return -1
			}
		}
		last = max(last, n)
	}
	return last
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
		if !ok || v.Block() != s.Block() || c.fused[s.Val] || c.home[s.Val] != nil || len(refs(s.Val)) != 1 || !computes(s.Val) {
			continue
		}
		_, off, _ := c.address(s.Addr)
		if !c.whole(s.Val.Type(), off) {
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
	case *ssa.BinOp, *ssa.Convert:
		return classOf(v.Type()).scalar()
	case *ssa.UnOp:
		return v.Op == token.MUL && classOf(v.Type()) != cT || v.Op == token.SUB && classOf(v.Type()).scalar()
	case *ssa.Call:
		_, builtin := v.Call.Value.(*ssa.Builtin)
		return !builtin
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
