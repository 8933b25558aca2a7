package machine

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"
)

// Redirect makes impl the body of a method that a later cell added to a type; nil takes the method away again. If the type
// is generic, method is that of the type without arguments, and impl is generic.
func (m *Machine) Redirect(method *types.Func, impl *ssa.Function) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.redirect[method] = impl; impl == nil {
		delete(m.redirect, method)
	}
	m.sets = typeutil.MethodSetCache{}
	m.forget(method)
}

// Replace makes all callers of old, compiled or not, call new. Their signatures must be identical. Of a generic function, all
// instances are replaced.
func (m *Machine) Replace(old, new *ssa.Function) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old == new {
		return
	}
	if old.TypeParams().Len() == 0 {
		m.fn(old).replace(m.fn(new))
		return
	}
	m.succ[old] = new
	for _, f := range m.instancesOf(old) {
		f.replace(m.fn(m.instance(new, f.ssa.TypeArgs())))
	}
}

// Restore makes callers of old call old itself again: it undoes Replace.
func (m *Machine) Restore(old *ssa.Function) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old.TypeParams().Len() == 0 {
		m.fn(old).replace(nil)
		return
	}
	delete(m.succ, old)
	for _, f := range m.instancesOf(old) {
		f.replace(nil)
	}
}

func (f *Func) replace(by *Func) {
	if f != by {
		f.instead = by
		f.stale()
	}
}

// instancesOf are the instances of a generic function that were called or compiled.
func (m *Machine) instancesOf(generic *ssa.Function) (out []*Func) {
	for f, g := range m.fns {
		if f.Parent() == nil && f.Origin() == generic {
			out = append(out, g)
		}
	}
	return out
}

// instance is a generic function with type arguments.
func (m *Machine) instance(generic *ssa.Function, args []types.Type) *ssa.Function {
	f := m.cfg.Instance(generic, args)
	if f == nil {
		panic(fmt.Errorf("no instance of %s with %v", generic, args))
	}
	return f
}

// fn is the Func of f. The caller holds the lock.
func (m *Machine) fn(f *ssa.Function) *Func {
	if f.Blocks == nil && f.Object() != nil {
		f = m.redirected(f)
	}
	g := m.fns[f]
	if g != nil {
		return g
	}
	g = &Func{m: m, ssa: f}
	m.fns[f] = g
	m.nameLocals(f)
	if len(m.succ) > 0 && f.Parent() == nil && f.Origin() != nil {
		if next := m.succ[f.Origin()]; next != nil {
			g.instead = m.fn(m.instance(next, f.TypeArgs()))
		}
	}
	return g
}

// redirected is the body of a method without one, if a later cell added the method to its type.
func (m *Machine) redirected(f *ssa.Function) *ssa.Function {
	o, ok := f.Object().(*types.Func)
	if !ok {
		return f
	}
	impl := m.redirect[o.Origin()]
	switch {
	case impl == nil:
		return f
	case impl.TypeParams().Len() > 0:
		return m.instance(impl, f.TypeArgs())
	}
	return impl
}
