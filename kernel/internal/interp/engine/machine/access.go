package machine

import (
	"go/types"

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
