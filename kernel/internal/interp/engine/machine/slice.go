package machine

import (
	"go/types"
	"math"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) slice(in *ssa.Slice) {
	o := func(v ssa.Value) int32 {
		if v == nil {
			return -1
		}
		return c.off(v)
	}
	if a, ok := isMake(in); ok {
		c.makeArray(in, a)
		return
	}
	x, d := c.sliceOperand(in), c.val(in)
	lo, hi, mx := o(in.Low), o(in.High), o(in.Max)
	var u uint8
	for i, v := range []ssa.Value{in.Low, in.High, in.Max} {
		if v != nil && isUnsig(v.Type()) {
			u |= 1 << i
		}
	}
	get := func(fp ptr, o int32, def int) int {
		if o < 0 {
			return def
		}
		return mem.Ld[int](fp, o)
	}
	// the bounds of the operations of the loop: what is left out is 0 and the length that lies in x
	from, to := lo, hi
	if from < 0 && x.cls != cP {
		from = c.wordConst(0).off
	}
	if to < 0 {
		to = x.off + 8
	}
	if x.cls == cS {
		c.emit(opSliceS, d.off, x.off, from, c.general(to, func(_ *thread, fp ptr) {
			s := mem.Ld[string](fp, x.off)
			l, h := get(fp, lo, 0), get(fp, hi, len(s))
			if uint(h) > uint(len(s)) || uint(l) > uint(h) {
				sliceErr(l, h, 0, len(s), true, false, u)
			}
			mem.Put(fp, d.off, s[l:h])
		}))
		return
	}
	es := int64(d.t.Elem().Size())
	n := -1
	if x.cls == cP {
		n = x.t.Elem().Len()
	}
	general := func(_ *thread, fp ptr) {
		var s mem.Slice
		if n >= 0 {
			if s = (mem.Slice{P: mem.Ld[ptr](fp, x.off), Len: n, Cap: n}); s.P == nil {
				nilDeref()
			}
		} else {
			s = mem.Ld[mem.Slice](fp, x.off)
		}
		l, h := get(fp, lo, 0), get(fp, hi, s.Len)
		m := get(fp, mx, s.Cap)
		if uint(m) > uint(s.Cap) || uint(h) > uint(m) || uint(l) > uint(h) {
			sliceErr(l, h, m, s.Cap, n >= 0, mx >= 0, u)
		}
		p := s.P
		if m > l {
			p = mem.Add64(p, int64(l)*es)
		}
		mem.Put(fp, d.off, mem.Slice{P: p, Len: h - l, Cap: m - l})
	}
	if n < 0 && mx < 0 && es <= math.MaxUint16 {
		c.f.ops[c.emit(opSliceL, d.off, x.off, from, c.general(to, general))].f = uint16(es)
		return
	}
	c.ext(general)
}

func (c *comp) sliceOperand(in *ssa.Slice) slot {
	x := c.val(in.X)
	if x.cls == cP {
		x.t = c.m.rtype(in.X.Type().Underlying())
	}
	return x
}

// makeArray compiles make with constant sizes, which go/ssa writes as a new array and a slice of it.
func (c *comp) makeArray(in *ssa.Slice, a *ssa.Alloc) {
	d, l := c.val(in), c.off(in.High)
	n := int(deref(a.Type()).Underlying().(*types.Array).Len())
	st := c.m.rtype(in.Type().Underlying())
	es := int(st.Elem().Size())
	c.ext(func(th *thread, fp ptr) {
		k := mem.Ld[int](fp, l)
		if k < 0 || k > n {
			makeErr(k, n)
		}
		th.guard(n, es)
		mem.Put(fp, d.off, mem.Slice{P: reflect.MakeSlice(st, k, n).UnsafePointer(), Len: k, Cap: n})
	})
}

// isMake finds the array of make with constant sizes.
func isMake(in *ssa.Slice) (*ssa.Alloc, bool) {
	a, ok := in.X.(*ssa.Alloc)
	return a, ok && a.Comment == "makeslice" && in.High != nil && in.Low == nil && in.Max == nil && len(refs(a)) == 1
}
