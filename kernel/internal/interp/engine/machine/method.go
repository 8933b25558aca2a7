package machine

import (
	"errors"
	"go/types"
	"reflect"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// MaxMethods is the number of methods of built types that a process can have.
const MaxMethods = mem.MaxStubs

// MethodsLeft is how many more methods of built types the process can have.
func MethodsLeft() int { return mem.FreeStubs() }

// methodStub is a method of a built type as compiled code calls it. The function is made when it is called first: most
// methods never are.
type methodStub struct {
	sel    *types.Selection
	behind *Func
}

// methodOf is the func value of type ft(), receiver first, behind a method of a built type (package rtype). The lock is held
// here, not when the method is called.
func (m *Machine) methodOf(recv types.Type, sel *types.Selection, ft func() reflect.Type) mem.Ptr {
	cl := &closure{fn: &Func{m: m, method: &methodStub{sel: sel}}}
	shape := letter(recv) + shapeOf(sigOnly(sel.Type().(*types.Signature)), false)
	if mk := shapes(shape).make; mk != nil {
		return mk(cl)
	}
	return m.funcOf(cl, shape, ft())
}

// behind is the function whose code f, a method as compiled code calls it, runs. The caller holds the lock.
func (f *Func) behind() *Func {
	if s := f.method; s.behind == nil {
		g := f.m.fn(f.m.cfg.Prog.MethodValue(s.sel))
		if f.m.compiled(g) != nil {
			panic(&internalError{errors.New("a compiled method of a built type: " + s.sel.String())})
		}
		g.methods = append(g.methods, f)
		s.behind = g
	}
	return f.method.behind
}
