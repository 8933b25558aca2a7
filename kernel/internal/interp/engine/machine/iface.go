package machine

import (
	"cmp"
	"reflect"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) makeInterface(in *ssa.MakeInterface) {
	x, d := c.val(in.X), c.val(in)
	rt := mem.Type(x.t)
	tab := rt
	if !isEmpty(in.Type()) {
		tab = mem.Itab(c.m.rtype(in.Type()), x.t)
	}
	c.f.keep = append(c.f.keep, x.t)
	switch {
	case mem.PointerShaped(x.t):
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, mem.Iface{Tab: tab, Data: mem.Ld[ptr](fp, x.off)}) })
	case x.cls == cI64 || x.cls == cU64 || x.cls == cF64:
		c.ext(func(_ *thread, fp ptr) {
			p := new(uint64)
			*p = mem.Ld[uint64](fp, x.off)
			mem.Put(fp, d.off, mem.Iface{Tab: tab, Data: mem.Of(p)})
		})
	case x.cls == cS:
		c.ext(func(_ *thread, fp ptr) {
			p := new(string)
			*p = mem.Ld[string](fp, x.off)
			mem.Put(fp, d.off, mem.Iface{Tab: tab, Data: mem.Of(p)})
		})
	default:
		c.ext(func(_ *thread, fp ptr) {
			p := mem.New(rt)
			mem.Move(rt, p, mem.Add(fp, x.off))
			mem.Put(fp, d.off, mem.Iface{Tab: tab, Data: p})
		})
	}
}

// changeInterface converts an interface to one with fewer methods.
func (c *comp) changeInterface(in *ssa.ChangeInterface) {
	x, d := c.val(in.X), c.val(in)
	from, to := c.asAny(x), c.toInterface(d)
	c.ext(func(_ *thread, fp ptr) {
		w := mem.Words(from(fp))
		if w.Tab == nil {
			mem.Put(fp, d.off, mem.Iface{})
			return
		}
		to(fp, w)
	})
}

// itabCache remembers the first word of an interface type for the last dynamic type.
type itabCache struct{ typ, tab ptr }

// toInterface stores a value, given as an empty interface's words, in an interface slot; its type must implement it.
func (c *comp) toInterface(d slot) func(fp ptr, w mem.Iface) {
	if d.t.NumMethod() == 0 {
		return func(fp ptr, w mem.Iface) { mem.Put(fp, d.off, w) }
	}
	var last atomic.Pointer[itabCache]
	return func(fp ptr, w mem.Iface) {
		e := last.Load()
		if e == nil || e.typ != w.Tab {
			e = &itabCache{w.Tab, mem.Itab(d.t, mem.FromType(w.Tab))}
			last.Store(e)
		}
		mem.Put(fp, d.off, mem.Iface{Tab: e.tab, Data: w.Data})
	}
}

// checksReceiver says whether in is go/ssa's own test that the interface of a method value is not nil.
func checksReceiver(in *ssa.TypeAssert) bool {
	if in.CommaOk || !in.Pos().IsValid() {
		return !in.CommaOk
	}
	if len(*in.Referrers()) > 0 { // that test's answer is nobody's
		return false
	}
	after := in.Block().Instrs[slices.Index(in.Block().Instrs, ssa.Instruction(in))+1:]
	for _, next := range after[:min(2, len(after))] { // the receiver may be converted before
		if value, ok := next.(*ssa.MakeClosure); ok {
			return value.Pos() == in.Pos()
		}
	}
	return false
}

func (c *comp) typeAssert(in *ssa.TypeAssert) {
	x := c.val(in.X)
	var d slot
	okOff := int32(-1)
	if in.CommaOk {
		ts := c.tuple(in)
		d, okOff = ts[0], ts[1].off
	} else {
		d = c.val(in)
	}
	from := c.asAny(x)
	check := checksReceiver(in)
	fails := func(th *thread, fp ptr, have ptr) {
		if okOff < 0 {
			if check {
				nilDeref()
			}
			panic(assertError(x.t, have, d.t))
		}
		d.value(fp).SetZero()
		if d.cls.scalar() {
			mem.Put[uint64](fp, d.off, 0)
		}
		mem.Put(fp, okOff, false)
	}
	if isIface(in.AssertedType) {
		c.assertInterface(d, okOff, from, fails)
		return
	}
	want := mem.Type(d.t)
	bare := mem.PointerShaped(d.t)
	c.f.keep = append(c.f.keep, d.t)
	m := c.m
	c.ext(func(th *thread, fp ptr) {
		w := mem.Words(from(fp))
		if w.Tab != want && !m.sameType(w.Tab, want) {
			fails(th, fp, w.Tab)
			return
		}
		switch {
		case bare:
			mem.Put(fp, d.off, w.Data)
		case d.cls == cI64 || d.cls == cU64 || d.cls == cF64:
			mem.Put(fp, d.off, mem.Ld[uint64](w.Data, 0))
		default:
			mem.Move(want, mem.Add(fp, d.off), w.Data)
			d.extend(fp)
		}
		if okOff >= 0 {
			mem.Put(fp, okOff, true)
		}
	})
}

// implCache remembers whether the last dynamic type implements an interface, and as which type if it was built anew.
type implCache struct {
	typ, as ptr
	ok      bool
}

// implements looks whether the type typ, or what it has become since it got a method, implements an interface.
func (m *Machine) implements(typ ptr, it reflect.Type) *implCache {
	if t := mem.FromType(typ); t.Implements(it) || !m.types.Versions() {
		return &implCache{typ, typ, t.Implements(it)}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.types.Back(mem.FromType(typ))
	if t == nil {
		return &implCache{typ: typ}
	}
	now := m.rtype(t)
	return &implCache{typ, mem.Type(now), now.Implements(it)}
}

func (c *comp) assertInterface(d slot, okOff int32, from func(ptr) any, fails func(*thread, ptr, ptr)) {
	to := c.toInterface(d)
	any0 := d.t.NumMethod() == 0
	m := c.m
	var last atomic.Pointer[implCache]
	c.ext(func(th *thread, fp ptr) {
		w := mem.Words(from(fp))
		ok := w.Tab != nil
		if ok && !any0 {
			e := last.Load()
			if e == nil || e.typ != w.Tab {
				e = m.implements(w.Tab, d.t)
				last.Store(e)
			}
			if ok = e.ok; ok {
				w.Tab = e.as
			}
		}
		if !ok {
			fails(th, fp, w.Tab)
			return
		}
		to(fp, w)
		if okOff >= 0 {
			mem.Put(fp, okOff, true)
		}
	})
}

// missingMethod names the first method of it that t, which is no interface, lacks or has with another signature; an
// unexported one, which reflection does not find, only if it can be no other.
func missingMethod(t, it reflect.Type) string {
	hidden := ""
	for i := range it.NumMethod() {
		want := it.Method(i)
		if !want.IsExported() {
			hidden = cmp.Or(hidden, want.Name)
		} else if m, ok := t.MethodByName(want.Name); !ok || !sameButReceiver(m.Type, want.Type) {
			return want.Name
		}
	}
	return hidden
}

// sameButReceiver says whether method, whose first parameter is the receiver, has the signature of f.
func sameButReceiver(method, f reflect.Type) bool {
	if method.NumIn() != f.NumIn()+1 || method.NumOut() != f.NumOut() || method.IsVariadic() != f.IsVariadic() {
		return false
	}
	for i := range f.NumIn() {
		if method.In(i+1) != f.In(i) {
			return false
		}
	}
	for i := range f.NumOut() {
		if method.Out(i) != f.Out(i) {
			return false
		}
	}
	return true
}
