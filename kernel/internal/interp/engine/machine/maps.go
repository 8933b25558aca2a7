package machine

import (
	"go/types"
	"reflect"
	"unicode/utf8"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) makeMap(in *ssa.MakeMap) {
	d := c.val(in)
	mt := c.m.rtype(in.Type())
	n := int32(-1)
	if in.Reserve != nil {
		n = c.off(in.Reserve)
	}
	each := int(mt.Key().Size() + mt.Elem().Size() + 1)
	c.ext(func(th *thread, fp ptr) {
		k := 0
		if n >= 0 {
			k = max(mem.Ld[int](fp, n), 0)
			th.guard(k, each)
		}
		mem.Put(fp, d.off, reflect.MakeMapWithSize(mt, k).UnsafePointer())
	})
}

func (c *comp) lookup(in *ssa.Lookup) {
	x, k := c.val(in.X), c.val(in.Index)
	if x.cls == cS {
		c.f.ops[c.emit(opIdxStr, c.off(in), x.off, k.off, 0)].f = unsigned(in.Index)
		return
	}
	var d slot
	okOff := int32(-1)
	if in.CommaOk {
		ts := c.tuple(in)
		d, okOff = ts[0], ts[1].off
	} else {
		d = c.val(in)
	}
	mt := c.m.rtype(in.X.Type().Underlying())
	desc, et, zero := mem.Type(mt), mem.Type(mt.Elem()), c.m.zeroOf(mt.Elem())
	c.f.keep = append(c.f.keep, mt)
	word := d.cls == cI64 || d.cls == cU64 || d.cls == cF64
	m := c.m
	c.ext(func(_ *thread, fp ptr) {
		h := mem.Ld[ptr](fp, x.off)
		q := mem.Add(fp, d.off)
		l := m.maps.lock(h)
		ok := false
		defer func() {
			if !ok {
				l.unlock()
			}
		}()
		p := mem.MapGet(desc, h, mem.Add(fp, k.off))
		if okOff >= 0 {
			mem.Put(fp, okOff, p != nil)
		}
		if p == nil {
			p = zero
		}
		if word {
			mem.Put(q, 0, mem.Ld[uint64](p, 0))
		} else {
			mem.Move(et, q, p)
			d.extend(fp)
		}
		ok = true
		l.unlock()
	})
}

func (c *comp) mapUpdate(in *ssa.MapUpdate) {
	x, k, v := c.val(in.Map), c.val(in.Key), c.val(in.Value)
	mt := c.m.rtype(in.Map.Type().Underlying())
	desc := mem.Type(mt)
	c.f.keep = append(c.f.keep, mt)
	m := c.m
	c.ext(func(_ *thread, fp ptr) {
		h := mem.Ld[ptr](fp, x.off)
		l := m.maps.lock(h)
		defer l.unlock()
		mem.MapSet(desc, h, mem.Add(fp, k.off), mem.Add(fp, v.off))
	})
}

func (c *comp) mapDelete(mp, key ssa.Value) {
	x, k := c.val(mp), c.val(key)
	mt := c.m.rtype(mp.Type().Underlying())
	desc := mem.Type(mt)
	m := c.m
	c.ext(func(_ *thread, fp ptr) {
		h := mem.Ld[ptr](fp, x.off)
		l := m.maps.lock(h)
		defer l.unlock()
		mem.MapDelete(desc, h, mem.Add(fp, k.off))
	})
}

// textIter walks the runes of a string.
type textIter struct {
	s string
	i int
}

// mapIter walks a map.
type mapIter struct {
	h  ptr
	it *reflect.MapIter
}

func (c *comp) rangeOver(in *ssa.Range) {
	x, d := c.val(in.X), c.off(in)
	if x.cls == cS {
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d, mem.Of(&textIter{s: mem.Ld[string](fp, x.off)})) })
		return
	}
	mt := c.m.rtype(in.X.Type().Underlying())
	c.ext(func(_ *thread, fp ptr) {
		v := mem.Value(mt, mem.Add(fp, x.off))
		if v.Kind() == reflect.Map {
			h := mem.Ld[ptr](fp, x.off)
			mem.Put(fp, d, mem.Of(&mapIter{h, reflect.NewAt(mt, mem.Of(&h)).Elem().MapRange()}))
		}
	})
}

func (c *comp) next(in *ssa.Next) {
	it := c.off(in.Iter)
	ts := c.tuple(in)
	if in.IsString {
		c.ext(func(_ *thread, fp ptr) {
			p := mem.As[textIter](mem.Ld[ptr](fp, it))
			mem.Put(fp, ts[0].off, p.i < len(p.s))
			if p.i < len(p.s) {
				r, n := utf8.DecodeRuneInString(p.s[p.i:])
				mem.Put(fp, ts[1].off, p.i)
				mem.Put(fp, ts[2].off, int64(r))
				p.i += n
			}
		})
		return
	}
	k, v := ts[1], ts[2]
	tuple := in.Type().(*types.Tuple)
	useK := tuple.At(1).Type() != types.Typ[types.Invalid]
	useV := tuple.At(2).Type() != types.Typ[types.Invalid]
	m := c.m
	c.ext(func(_ *thread, fp ptr) {
		p := mem.As[mapIter](mem.Ld[ptr](fp, it))
		l := m.maps.lock(p.h)
		defer l.unlock()
		ok := p.it.Next()
		mem.Put(fp, ts[0].off, ok)
		if !ok {
			return
		}
		if useK {
			k.value(fp).SetIterKey(p.it)
			k.extend(fp)
		}
		if useV {
			v.value(fp).SetIterValue(p.it)
			v.extend(fp)
		}
	})
}
