package machine

import (
	"fmt"
	"go/types"
	"reflect"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

const selfOff = int32(3 * 8) // hdr.self

func (c *comp) fieldOffset(in *ssa.FieldAddr) int64 {
	return int64(c.m.rtype(deref(in.X.Type())).Field(in.Field).Offset)
}

// address is where v points: the pointer in slot base plus off, or, for a local variable, offset off of the frame.
func (c *comp) address(v ssa.Value) (base int32, off int64, inFrame bool) {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if c.fused[v] {
			b, o, fr := c.address(v.X)
			return b, o + c.fieldOffset(v), fr
		}
	case *ssa.Alloc:
		if s, ok := c.local[v]; ok {
			return selfOff, int64(s.off), true
		}
	}
	return c.off(v), 0, false
}

// element finds a load or store of [a field of] an element whose address is fused, and emits it.
func (c *comp) element(addr ssa.Value, cl class, reg int32, store bool) bool {
	ia, ok := addr.(*ssa.IndexAddr)
	if !ok || !c.fused[ia] {
		return false
	}
	if _, slice := ia.X.Type().Underlying().(*types.Slice); slice {
		op := opLdxI8
		if store {
			op = opStxI8
		}
		c.f.ops[c.emit(op+uint16(cl), reg, c.off(ia.X), c.off(ia.Index), 0)].f = unsigned(ia.Index)
		return true
	}
	base, off, _ := c.address(ia.X)
	op := opLdaI8
	if store {
		op = opStaI8
	}
	c.f.ops[c.emit(op+uint16(cl), reg, base, c.off(ia.Index), int64(c.m.rtype(deref(ia.X.Type())).Len())<<32|off)].f = unsigned(ia.Index)
	return true
}

func (c *comp) load(x *ssa.UnOp) {
	d := c.val(x)
	if c.element(x.X, d.cls, d.off, false) {
		return
	}
	base, off, fr := c.address(x.X)
	if fr && !d.cls.narrow() {
		c.mov(slot{int32(off), d.cls, d.t}, d.off)
		return
	}
	if fr {
		c.emit(widOrMov(d), d.off, int32(off), 0, 0)
		return
	}
	if d.cls == cT {
		if c.loadPieces(d, base, off) {
			return
		}
		rt := mem.Type(d.t)
		c.ext(func(_ *thread, fp ptr) {
			p := mem.Ld[ptr](fp, base)
			if p == nil {
				nilDeref()
			}
			mem.Move(rt, mem.Add(fp, d.off), mem.Add64(p, off))
		})
		return
	}
	c.emit(opLdI8+uint16(d.cls), d.off, base, 0, off)
}

// widOrMov reads a narrow value in native layout from the frame.
func widOrMov(s slot) uint16 {
	if s.cls.narrow() {
		return widOp(s.cls)
	}
	return opMov
}

func (c *comp) store(x *ssa.Store) {
	s := c.val(x.Val)
	if c.element(x.Addr, s.cls, s.off, true) {
		return
	}
	base, off, fr := c.address(x.Addr)
	if fr && !s.cls.narrow() {
		c.mov(s, int32(off))
		return
	}
	if s.cls == cT {
		if c.storePieces(s, base, off) {
			return
		}
		rt := mem.Type(s.t)
		c.ext(func(_ *thread, fp ptr) {
			p := mem.Ld[ptr](fp, base)
			if p == nil {
				nilDeref()
			}
			mem.Move(rt, mem.Add64(p, off), mem.Add(fp, s.off))
		})
		return
	}
	c.emit(opStI8+uint16(s.cls), s.off, base, 0, off)
}

func (c *comp) field(in *ssa.Field) {
	s := c.val(in.X)
	f := s.t.Field(in.Field)
	d := c.val(in)
	from := slot{s.off + int32(f.Offset), d.cls, f.Type}
	if d.cls.narrow() {
		c.emit(widOp(d.cls), d.off, from.off, 0, 0)
		return
	}
	c.mov(from, d.off)
}

func (c *comp) indexAddr(in *ssa.IndexAddr) {
	d, i := c.off(in), c.off(in.Index)
	if _, ok := in.X.Type().Underlying().(*types.Slice); ok {
		c.f.ops[c.emit(opLeax, d, c.off(in.X), i, int64(c.m.rtype(deref(in.Type())).Size()))].f = unsigned(in.Index)
		return
	}
	base, off, _ := c.address(in.X)
	at := c.m.rtype(deref(in.X.Type()))
	n, es, u := at.Len(), int64(at.Elem().Size()), unsigned(in.Index)
	c.ext(func(_ *thread, fp ptr) {
		p, k := mem.Ld[ptr](fp, base), mem.Ld[int](fp, i)
		if uint(k) >= uint(n) {
			rangeErr(k, n, u)
		}
		if p == nil {
			nilDeref()
		}
		mem.Put(fp, d, mem.Add64(p, off+int64(k)*es))
	})
}

// index reads an element of an array value or a byte of a string.
func (c *comp) index(in *ssa.Index) {
	x, i, d := c.val(in.X), c.off(in.Index), c.val(in)
	if x.cls == cS {
		c.f.ops[c.emit(opIdxStr, d.off, x.off, i, 0)].f = unsigned(in.Index)
		return
	}
	n, es, et, u := x.t.Len(), int32(x.t.Elem().Size()), mem.Type(x.t.Elem()), unsigned(in.Index)
	c.ext(func(_ *thread, fp ptr) {
		k := mem.Ld[int](fp, i)
		if uint(k) >= uint(n) {
			rangeErr(k, n, u)
		}
		mem.Move(et, mem.Add(fp, d.off), mem.Add(fp, x.off+int32(k)*es))
		d.extend(fp)
	})
}

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
	if x.cls == cS {
		c.ext(func(_ *thread, fp ptr) {
			s := mem.Ld[string](fp, x.off)
			l, h := get(fp, lo, 0), get(fp, hi, len(s))
			if uint(h) > uint(len(s)) || uint(l) > uint(h) {
				sliceErr(l, h, 0, len(s), "length", false, u)
			}
			mem.Put(fp, d.off, s[l:h])
		})
		return
	}
	es := int64(d.t.Elem().Size())
	n := -1
	if x.cls == cP {
		n = x.t.Elem().Len()
	}
	c.ext(func(_ *thread, fp ptr) {
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
			what := "capacity"
			if n >= 0 {
				what = "length"
			}
			sliceErr(l, h, m, s.Cap, what, mx >= 0, u)
		}
		p := s.P
		if m > l {
			p = mem.Add64(p, int64(l)*es)
		}
		mem.Put(fp, d.off, mem.Slice{P: p, Len: h - l, Cap: m - l})
	})
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

// sliceErr fails as slicing something of the given limit ("length" or "capacity") with these bounds does. A bound whose bit
// is set in unsigned is of unsigned type.
func sliceErr(l, h, m, limit int, what string, three bool, unsigned uint8) {
	show := func(v int, bit uint8) (string, bool) {
		if v < 0 && unsigned&bit == 0 {
			return strconv.Itoa(v), true
		}
		return strconv.FormatUint(uint64(v), 10), false
	}
	low, lowNeg := show(l, 1)
	high, highNeg := show(h, 2)
	top, topNeg := show(m, 4)
	var text string
	switch {
	case three && uint(m) > uint(limit):
		text = "[::" + top + "]"
		if !topNeg {
			text += fmt.Sprintf(" with %s %d", what, limit)
		}
	case three && uint(h) > uint(m):
		text = "[:" + high + ":" + top + "]"
		if highNeg {
			text = "[:" + high + ":]"
		}
	case three:
		text = "[" + low + ":" + high + ":]"
		if lowNeg {
			text = "[" + low + "::]"
		}
	case uint(h) > uint(limit):
		text = "[:" + high + "]"
		if !highNeg {
			text += fmt.Sprintf(" with %s %d", what, limit)
		}
	default:
		text = "[" + low + ":" + high + "]"
		if lowNeg {
			text = "[" + low + ":]"
		}
	}
	panic(&plainError{"runtime error: slice bounds out of range " + text})
}

// rangeErr fails as an index out of range does; f is 1 for an index of unsigned type.
func rangeErr(i, n int, f uint16) {
	if f == 1 && i < 0 {
		panic(&plainError{fmt.Sprintf("runtime error: index out of range [%d] with length %d", uint(i), n)})
	}
	s := make([]struct{}, n)
	_ = s[i]
}

// unsigned is the flag of an index's type for rangeErr.
func unsigned(index ssa.Value) uint16 {
	if isUnsig(index.Type()) {
		return 1
	}
	return 0
}

func nilDeref() { var p *int; *p = 0 }

func negativeShift() { n := -1; var x = 1; x <<= n; _ = x }

// zeroOf is a value of type t that nobody changes.
func (m *Machine) zeroOf(t reflect.Type) ptr { m.fits(t); return mem.New(mem.Type(t)) }
