package rtype

import (
	"reflect"

	"github.com/goplus/reflectx/abi"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// spare is the number of method stubs that stay free for calls through interfaces.
const spare = 1024

// valueCalls makes reflect.Type.Method(i).Func work for the built type r: reflectx leaves there what only its own calls
// understand. Methods of *r take the same code as calls through an interface, methods of r need a stub of their own.
func valueCalls(r reflect.Type, methods []valueMethod) {
	ps := mem.Methods(reflect.PointerTo(r))
	for i := range ps {
		ps[i].Value = ps[i].Word
	}
	vs := mem.Methods(r)
	direct := mem.PointerShaped(r)
	i := 0
	for _, m := range methods {
		if m.pointer {
			continue
		}
		if i < len(vs) {
			vs[i].Value = mem.CodeOffset(stub(r, m, direct))
			if direct { // an interface holds the receiver itself: reflectx knows fewer such types than the compiler
				vs[i].Word = vs[i].Value
			}
		}
		i++
	}
}

type valueMethod struct {
	pointer bool         // the receiver is a *T
	typ     reflect.Type // without receiver
	call    func([]reflect.Value) []reflect.Value
	visible bool // exported
}

// stub is code for a method whose first parameter is a value of type r.
func stub(r reflect.Type, m valueMethod, needed bool) mem.Ptr {
	if m.visible || needed {
		in := []reflect.Type{r}
		for i := range m.typ.NumIn() {
			in = append(in, m.typ.In(i))
		}
		var out []reflect.Type
		for i := range m.typ.NumOut() {
			out = append(out, m.typ.Out(i))
		}
		f := reflect.MakeFunc(reflect.FuncOf(in, out, m.typ.IsVariadic()), m.call)
		for _, p := range abi.Default.List() {
			if p.Available() > spare || needed {
				if code, i := p.Insert(&abi.MethodInfo{Type: r, Func: f, Call: m.call, Pointer: true, Variadic: m.typ.IsVariadic()}); i >= 0 {
					return code
				}
			}
		}
	}
	return mem.CodeOf(noStub)
}

// noStub stands for methods that got no stub.
func noStub() {
	panic("this method of an interpreted type cannot be called through reflect.Type.Method; use reflect.Value.Method")
}
