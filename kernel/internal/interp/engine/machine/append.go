package machine

import (
	"go/constant"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// maxListed is the number of values from which on the array is made.
const maxListed = 16

// planAppend finds the values of append(s, a, b): go/ssa stores them in a new array and passes a slice of it. Neither is made
// then, the values are appended where they lie.
func (c *comp) planAppend(in *ssa.Slice) {
	a, ok := in.X.(*ssa.Alloc)
	if !ok || a.Comment != "varargs" || in.Low != nil || in.High != nil || in.Max != nil || len(refs(in)) != 1 {
		return
	}
	call, ok := refs(in)[0].(*ssa.Call)
	if !ok || call.Block() != a.Block() {
		return
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" || call.Call.Args[1] != ssa.Value(in) {
		return
	}
	n := int(deref(a.Type()).Underlying().(*types.Array).Len())
	if n > maxListed || len(refs(a)) != n+1 {
		return
	}
	vals, left := make([]ssa.Value, n), []ssa.Instruction{a, in}
	for _, r := range refs(a) {
		if r == ssa.Instruction(in) {
			continue
		}
		at, ok := r.(*ssa.IndexAddr)
		if !ok || len(refs(at)) != 1 {
			return
		}
		k, isConst := at.Index.(*ssa.Const)
		s, ok := refs(at)[0].(*ssa.Store)
		if !isConst || !ok || s.Addr != ssa.Value(at) {
			return
		}
		i, _ := constant.Int64Val(k.Value)
		vals[i] = s.Val
		left = append(left, at, s)
	}
	if slices.Contains(vals, nil) || !c.nothingElse(a, call, left) {
		return
	}
	for _, x := range left {
		c.listedAt[x] = call
	}
	c.listed[in] = vals
}

// nothingElse reports that between two instructions of a block there are only those of a list and conversions.
func (c *comp) nothingElse(from, to ssa.Instruction, list []ssa.Instruction) bool {
	for _, in := range c.behind(from) {
		if in == to {
			return true
		}
		switch in.(type) {
		case *ssa.DebugRef, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Convert:
		default:
			if !slices.Contains(list, in) {
				return false
			}
		}
	}
	return false
}

// appendTo appends a slice or string, or values that are listed.
func (c *comp) appendTo(args []ssa.Value, d slot) {
	x := c.val(args[0])
	if len(args) == 1 {
		c.mov(x, d.off)
		return
	}
	st := c.m.rtype(args[0].Type().Underlying())
	c.f.keep = append(c.f.keep, st)
	if in, ok := args[1].(*ssa.Slice); ok && c.listed[in] != nil {
		c.appendValues(st, x, c.slotsOf(c.listed[in]), d)
		return
	}
	y := c.val(args[1])
	et := st.Elem()
	es, flat := et.Size(), !mem.HasPointers(et)
	c.ext(func(th *thread, fp ptr) {
		x, y := mem.Ld[mem.Slice](fp, x.off), mem.At[mem.Slice](fp, y.off)
		n := y.Len
		x = th.grown(st, x, n)
		if n > 0 && es > 0 { // else the end of x may be that of its array, where nothing may point
			dst := mem.Add64(x.P, int64(x.Len)*int64(es))
			if flat {
				copy(mem.Bytes(dst, uintptr(n)*es), mem.Bytes(y.P, uintptr(n)*es))
			} else {
				z := mem.Slice{P: dst, Len: n, Cap: n}
				reflect.Copy(mem.Value(st, mem.Of(&z)), mem.Value(st, mem.Of(y)))
			}
		}
		x.Len += n
		mem.Put(fp, d.off, x)
	})
}

// appendValues appends values where they lie: a single one in the loop, if there is room for it.
func (c *comp) appendValues(st reflect.Type, x slot, vals []slot, d slot) {
	es, desc, n := int64(st.Elem().Size()), mem.Type(st.Elem()), len(vals)
	general := func(th *thread, fp ptr) {
		s := th.grown(st, mem.Ld[mem.Slice](fp, x.off), n)
		for i, v := range vals {
			if es > 0 {
				mem.Move(desc, mem.Add64(s.P, int64(s.Len+i)*es), mem.Add(fp, v.off))
			}
		}
		s.Len += n
		mem.Put(fp, d.off, s)
	}
	if n == 1 && vals[0].cls < cT {
		c.f.ext = append(c.f.ext, general)
		c.emit(opAppendI8+uint16(vals[0].cls), d.off, x.off, vals[0].off, int64(len(c.f.ext)-1))
		return
	}
	c.ext(general)
}

// grown is slice s, of type st, with room for n more elements.
func (th *thread) grown(st reflect.Type, s mem.Slice, n int) mem.Slice {
	if s.Len+n < 0 {
		panic(runtimeError("growslice: len out of range"))
	}
	if s.Len+n > s.Cap {
		th.guard(s.Len+n, int(st.Elem().Size()))
		to := s
		mem.Value(st, mem.Of(&to)).Grow(n)
		return to
	}
	return s
}
