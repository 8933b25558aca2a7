package rtype

import (
	"cmp"
	"fmt"
	"go/types"
	"reflect"
	"slices"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// spare is the number of stubs that stay free for calls through interfaces.
const spare = mem.MaxStubs / 4

// methodSets are the methods of t and *t.
type methodSets struct {
	t              types.Type
	value, pointer *types.MethodSet
}

// setMethods gives t and *t their methods. A method of *t, and one of a t that an interface holds by its address, takes the
// address of the receiver: they share a stub. Methods that take a t itself are needed for pointer-shaped types, and
// elsewhere for reflect.Type.Method alone.
func (tt *Table) setMethods(of methodSets) {
	r := tt.to.At(of.t).(reflect.Type)
	ptr := types.NewPointer(of.t)
	direct := mem.PointerShaped(r)
	var ps, vs []mem.Method
	seenP, seenV := 0, 0
	for _, sel := range ordered(of.pointer) {
		f := sel.Obj().(*types.Func)
		path := ""
		if f.Exported() { // Error of type error has no package
			seenP++
		} else {
			path = f.Pkg().Path()
		}
		sig := tt.function(sel.Type().(*types.Signature))
		m := mem.Method{Name: mem.NameOffset(f.Name(), path), Type: mem.TypeOffset(sig)}
		m.Word = tt.code(ptr, sel, sig)
		m.Value = m.Word
		ps = append(ps, m)
		own := of.value.Lookup(f.Pkg(), f.Name())
		if own == nil {
			continue
		}
		if f.Exported() {
			seenV++
		}
		switch {
		case direct:
			m.Value = tt.code(of.t, own, sig)
			m.Word = m.Value
		case f.Exported() && mem.FreeStubs() > spare:
			m.Value = tt.code(of.t, own, sig)
		default:
			m.Value = mem.CodeOffset(mem.CodeOf(noStub))
		}
		vs = append(vs, m)
	}
	mem.SetMethods(reflect.PointerTo(r), ps, seenP)
	mem.SetMethods(r, vs, seenV)
}

// ordered are the methods of a set as the runtime expects them: exported ones first, then by name.
func ordered(set *types.MethodSet) []*types.Selection {
	all := slices.Collect(set.Methods())
	slices.SortStableFunc(all, func(a, b *types.Selection) int {
		if x, y := a.Obj().Exported(), b.Obj().Exported(); x != y {
			if x {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Obj().Name(), b.Obj().Name())
	})
	return all
}

// code is a stub that calls the method sel of recv, as a function whose first parameter is the receiver.
func (tt *Table) code(recv types.Type, sel *types.Selection, sig reflect.Type) int32 {
	stub, ok := mem.Stub(tt.method(recv, sel, func() reflect.Type {
		in, out := []reflect.Type{tt.get(recv)}, []reflect.Type{}
		for i := range sig.NumIn() {
			in = append(in, sig.In(i))
		}
		for i := range sig.NumOut() {
			out = append(out, sig.Out(i))
		}
		return reflect.FuncOf(in, out, sig.IsVariadic())
	}))
	if !ok {
		panic(fmt.Errorf("this process has declared more than %d methods, which is all that it can: restart the kernel", mem.MaxStubs))
	}
	return mem.CodeOffset(stub)
}

// noStub stands for methods that got no stub.
func noStub() {
	panic("this method of an interpreted type cannot be called through reflect.Type.Method; use reflect.Value.Method")
}
