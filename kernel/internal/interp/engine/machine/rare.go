package machine

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// rare compiles the instructions that are a closure each.
func (c *comp) rare(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.ChangeType:
		c.changeType(in)
	case *ssa.ChangeInterface:
		c.changeInterface(in)
	case *ssa.Convert:
		c.convert(in)
	case *ssa.SliceToArrayPointer:
		c.toArrayPointer(in)
	case *ssa.MakeInterface:
		c.makeInterface(in)
	case *ssa.TypeAssert:
		c.typeAssert(in)
	case *ssa.MakeClosure:
		c.makeClosure(in)
	case *ssa.MakeMap:
		c.makeMap(in)
	case *ssa.MakeChan:
		c.makeChan(in)
	case *ssa.MakeSlice:
		c.makeSlice(in)
	case *ssa.Slice:
		c.slice(in)
	case *ssa.Lookup:
		c.lookup(in)
	case *ssa.MapUpdate:
		c.mapUpdate(in)
	case *ssa.Panic:
		if c.rangePanic(in) {
			return
		}
		from := c.asAny(c.val(in.X))
		c.ext(func(_ *thread, fp ptr) { panic(copyAny(from(fp))) })
	case *ssa.Send:
		c.send(in)
	case *ssa.Select:
		c.selectStmt(in)
	case *ssa.Range:
		c.rangeOver(in)
	case *ssa.Next:
		c.next(in)
	default:
		panic(fmt.Sprintf("instruction %T", in))
	}
}

// copyAny is v; what asAny makes of an interface slot refers to no frame.
func copyAny(v any) any { return v }

func (c *comp) changeType(in *ssa.ChangeType) {
	x, d := c.val(in.X), c.val(in)
	if d.cls == cE { // between interface types of equal methods
		from, to := c.asAny(x), c.toInterface(d)
		c.ext(func(_ *thread, fp ptr) {
			w := mem.Words(from(fp))
			if w.Tab == nil {
				mem.Put(fp, d.off, mem.Iface{})
				return
			}
			to(fp, w)
		})
		return
	}
	c.mov(x, d.off)
}

func (c *comp) makeSlice(in *ssa.MakeSlice) {
	d, n, k := c.val(in), c.off(in.Len), c.off(in.Cap)
	st := c.m.rtype(in.Type().Underlying())
	es := int(st.Elem().Size())
	c.ext(func(th *thread, fp ptr) {
		l, cp := mem.Ld[int](fp, n), mem.Ld[int](fp, k)
		if l < 0 || cp < l {
			makeErr(l, cp)
		}
		th.guard(cp, es)
		v := reflect.MakeSlice(st, l, cp)
		mem.Put(fp, d.off, mem.Slice{P: v.UnsafePointer(), Len: l, Cap: cp})
	})
}

// makeErr fails as make does.
func makeErr(l, c int) {
	if l < 0 {
		panic(runtimeError("makeslice: len out of range"))
	}
	panic(runtimeError("makeslice: cap out of range"))
}
