package machine

import (
	"fmt"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// region is a part of the frame that holds slots of one pattern of pointers.
type region int

const (
	rPtr   region = iota // pointers
	rIface               // interfaces
	rText                // strings
	rSlice               // slices
	rTyped               // larger values with pointers
	rWord                // everything without pointers
	regions
)

// alloc makes a slot for a value of type t.
func (c *comp) alloc(t types.Type) slot { return c.allocR(c.m.rtype(t), classOf(t)) }

func (c *comp) allocR(rt reflect.Type, cl class) slot {
	r := rWord
	switch cl {
	case cP:
		r = rPtr
	case cE:
		r = rIface
	case cS:
		r = rText
	case cL:
		r = rSlice
	case cT:
		if mem.HasPointers(rt) {
			r = rTyped
		}
	}
	s := slot{c.place[r], cl, rt}
	c.place[r] = grown(c.place[r], roomOf(rt))
	if r == rTyped {
		c.typed = append(c.typed, s)
	}
	if !c.constIn {
		c.wipe(s)
	}
	return s
}

// temp is a slot for code of the machine's own.
func (c *comp) temp() slot { return c.allocR(reflect.TypeFor[ptr](), cP) }

// wipe has the pointers of s cleared when a frame is released.
func (c *comp) wipe(s slot) {
	switch s.cls {
	case cP, cS, cL:
		c.ptrs = append(c.ptrs, s.off)
	case cE:
		c.ptrs = append(c.ptrs, s.off, s.off+8)
	case cT:
		if s.t.Size() > 256 {
			if mem.HasPointers(s.t) {
				c.big = append(c.big, s)
			}
			return
		}
		mem.PtrWords(s.t, s.off, func(o int32) { c.ptrs = append(c.ptrs, o) })
	}
}

// val is the slot that holds v. It may emit code that fills it.
func (c *comp) val(v ssa.Value) slot {
	if s, ok := c.slots[v]; ok {
		return s
	}
	var s slot
	switch v := v.(type) {
	case *ssa.Const:
		return c.constant(v)
	case *ssa.Global:
		return c.global(v)
	case *ssa.Function:
		return c.funcOperand(v)
	case *ssa.Builtin:
		panic(fmt.Sprintf("builtin %v as a value", v))
	case *ssa.Extract:
		if in, ok := v.Tuple.(ssa.Instruction); ok && in.Block() == v.Block() && !isSelect(v.Tuple) {
			s = c.tuple(v.Tuple)[v.Index]
		} else {
			s = c.alloc(v.Type())
		}
	case *ssa.Range:
		s = c.temp()
	case *ssa.Field:
		if c.fused[v] {
			s = slot{c.off(v.X) + int32(c.fieldOf(v.X.Type(), v.Field)), classOf(v.Type()), c.m.rtype(v.Type())}
		} else {
			s = c.alloc(v.Type())
		}
	default:
		if at, ok := c.built[v]; ok {
			s = at
		} else if at, ok := c.variable(v); ok {
			s = at
		} else if call, ok := v.(*ssa.Call); ok && c.fused[v] { // a length
			s = slot{c.off(call.Call.Args[0]) + 8, cI64, c.m.rtype(v.Type())}
		} else if phi := c.into[v]; phi != nil {
			s = c.val(phi)
		} else if _, ok := v.Type().(*types.Tuple); ok {
			panic(fmt.Sprintf("tuple %s as a value", v))
		} else {
			s = c.alloc(v.Type())
			c.once[s.off] = c.readOnce(v)
		}
	}
	c.slots[v] = s
	return s
}

// variable is where a variable in the frame or a field of it lies, if v is its value and read there.
func (c *comp) variable(v ssa.Value) (slot, bool) {
	l, ok := v.(*ssa.UnOp)
	if !ok || !c.fused[l] {
		return slot{}, false
	}
	_, off, _ := c.address(l.X)
	return slot{int32(off), classOf(l.Type()), c.m.rtype(l.Type())}, true
}

func isSelect(v ssa.Value) bool { _, ok := v.(*ssa.Select); return ok }

// tuple are the slots of a value with several parts.
func (c *comp) tuple(v ssa.Value) []slot {
	if ss, ok := c.tuples[v]; ok {
		return ss
	}
	var ss []slot
	for x := range v.Type().(*types.Tuple).Variables() {
		ss = append(ss, c.alloc(x.Type()))
	}
	c.tuples[v] = ss
	return ss
}

func (c *comp) off(v ssa.Value) int32 { return c.val(v).off }

func (c *comp) slotsOf(vs []ssa.Value) (out []slot) {
	for _, v := range vs {
		out = append(out, c.val(v))
	}
	return
}
