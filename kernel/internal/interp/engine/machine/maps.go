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
	get := c.mapGet(mt, x.off, k.off, okOff, d)
	op := mapOp(mt, d, false)
	if op == 0 {
		c.ext(get)
		return
	}
	desc := c.ptrConst(mem.Type(mt), mt) // in both passes: how far slots are apart is known in the second alone
	far := (okOff - d.off) / 8
	if okOff >= 0 && int32(int16(far)) != far {
		c.ext(get)
		return
	}
	i := c.emit(op, d.off, x.off, k.off, c.general(desc.off, get))
	if okOff >= 0 {
		c.f.ops[i].f = uint16(far)
	}
}

// mapOp is the operation that reads an element of a map of type mt to slot e, or sets it from there; 0 if there is none.
func mapOp(mt reflect.Type, e slot, set bool) uint16 {
	op := opMapGetWordU8
	switch {
	case mem.TextKeys(mt):
		op = opMapGetTextU8
	case !mem.WordKeys(mt):
		return 0
	}
	if set {
		op += opMapSetWordU8 - opMapGetWordU8
	}
	switch e.cls {
	case cU8:
	case cI64, cU64, cF64:
		op += opMapGetWordU64 - opMapGetWordU8
	case cP:
		op += opMapGetWordP - opMapGetWordU8
	case cS:
		op += opMapGetWordS - opMapGetWordU8
	case cL:
		op += opMapGetWordL - opMapGetWordU8
	case cE:
		op += opMapGetWordE - opMapGetWordU8
	default:
		return 0
	}
	return op
}

// copying copies values of a type, given as a descriptor.
type copying struct {
	t    ptr
	word bool // 8 bytes without pointers
}

func (c copying) copy(to, from ptr) {
	if c.word {
		mem.Put(to, 0, mem.Ld[uint64](from, 0))
	} else {
		mem.Move(c.t, to, from)
	}
}

// mapGet reads the element of a map, and whether it is there if okOff is not negative.
func (c *comp) mapGet(mt reflect.Type, x, k, okOff int32, d slot) ext {
	desc, et, m := mem.Type(mt), mem.Type(mt.Elem()), c.m
	c.f.keep = append(c.f.keep, mt)
	to := copying{et, d.cls == cI64 || d.cls == cU64 || d.cls == cF64}
	give := func(fp, p ptr, ok bool) {
		if okOff >= 0 {
			mem.Put(fp, okOff, ok)
		}
		to.copy(mem.Add(fp, d.off), p)
		d.extend(fp)
	}
	switch {
	case mem.WordKeys(mt):
		return func(th *thread, fp ptr) {
			h := mem.Ld[ptr](fp, x)
			l := th.lockMap(h)
			p, ok := mem.MapGetWord(desc, h, mem.Ld[uint64](fp, k))
			give(fp, p, ok)
			th.unlockMap(l)
		}
	case mem.TextKeys(mt):
		return func(th *thread, fp ptr) {
			h := mem.Ld[ptr](fp, x)
			l := th.lockMap(h)
			p, ok := mem.MapGetText(desc, h, mem.Ld[string](fp, k))
			give(fp, p, ok)
			th.unlockMap(l)
		}
	}
	zero := m.zeroOf(mt.Elem())
	return func(th *thread, fp ptr) {
		h := mem.Ld[ptr](fp, x)
		l := th.lockMap(h)
		defer th.unlockMap(l) // a key may be an interface that holds what has no hash
		if p := mem.MapGet(desc, h, mem.Add(fp, k)); p != nil {
			give(fp, p, true)
		} else {
			give(fp, zero, false)
		}
	}
}

func (c *comp) mapUpdate(in *ssa.MapUpdate) {
	x, k, v := c.off(in.Map), c.off(in.Key), c.val(in.Value)
	mt := c.m.rtype(in.Map.Type().Underlying())
	set := c.mapSet(mt, x, k, v)
	if op := mapOp(mt, v, true); op != 0 {
		c.emit(op, v.off, x, k, c.general(c.ptrConst(mem.Type(mt), mt).off, set))
		return
	}
	c.ext(set)
}

// mapSet sets the element of a map.
func (c *comp) mapSet(mt reflect.Type, x, k int32, v slot) ext {
	c.f.keep = append(c.f.keep, mt)
	desc, et := mem.Type(mt), mem.Type(mt.Elem())
	from := copying{et, v.cls == cI64 || v.cls == cU64 || v.cls == cF64}
	switch {
	case mem.WordKeys(mt):
		return func(th *thread, fp ptr) {
			h := mem.Ld[ptr](fp, x)
			if h == nil {
				nilMap(nil)
			}
			l := th.lockMap(h)
			from.copy(mem.MapSetWord(desc, h, mem.Ld[uint64](fp, k)), mem.Add(fp, v.off))
			th.unlockMap(l)
		}
	case mem.TextKeys(mt):
		return func(th *thread, fp ptr) {
			h := mem.Ld[ptr](fp, x)
			if h == nil {
				nilMap(nil)
			}
			l := th.lockMap(h)
			from.copy(mem.MapSetText(desc, h, mem.Ld[string](fp, k)), mem.Add(fp, v.off))
			th.unlockMap(l)
		}
	}
	return func(th *thread, fp ptr) {
		h := mem.Ld[ptr](fp, x)
		l := th.lockMap(h)
		defer th.unlockMap(l)
		mem.MapSet(desc, h, mem.Add(fp, k), mem.Add(fp, v.off))
	}
}

// nilMap fails as an assignment to an element of a nil map does, given one.
func nilMap(m map[int]int) { m[0] = 0 }

func (c *comp) mapDelete(mp, key ssa.Value) {
	x, k := c.val(mp), c.val(key)
	mt := c.m.rtype(mp.Type().Underlying())
	desc := mem.Type(mt)
	c.ext(func(th *thread, fp ptr) {
		h := mem.Ld[ptr](fp, x.off)
		l := th.lockMap(h)
		defer th.unlockMap(l)
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
		c.emit(opNextText, ts[0].off, it, ts[1].off, c.general(ts[2].off, func(_ *thread, fp ptr) {
			p := mem.As[textIter](mem.Ld[ptr](fp, it))
			mem.Put(fp, ts[0].off, p.i < len(p.s))
			if p.i < len(p.s) {
				r, n := utf8.DecodeRuneInString(p.s[p.i:])
				mem.Put(fp, ts[1].off, p.i)
				mem.Put(fp, ts[2].off, int64(r))
				p.i += n
			}
		}))
		return
	}
	k, v := ts[1], ts[2]
	tuple := in.Type().(*types.Tuple)
	useK := tuple.At(1).Type() != types.Typ[types.Invalid]
	useV := tuple.At(2).Type() != types.Typ[types.Invalid]
	c.ext(func(th *thread, fp ptr) {
		p := mem.As[mapIter](mem.Ld[ptr](fp, it))
		l := th.lockMap(p.h)
		defer th.unlockMap(l)
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
