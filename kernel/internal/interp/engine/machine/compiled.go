package machine

import (
	"go/types"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// compiledFunc is the compiled implementation of a function.
type compiledFunc struct {
	value reflect.Value
	word  ptr
}

// compiled is the compiled implementation of f, nil if f is interpreted.
func (m *Machine) compiled(f *Func) *compiledFunc {
	if v, ok := m.natives[f.ssa]; ok {
		return v
	}
	var c *compiledFunc
	if v := m.nativeOf(f.ssa); v.IsValid() {
		c = &compiledFunc{v, mem.FuncWord(v)}
	}
	m.natives[f.ssa] = c
	return c
}

func (m *Machine) nativeOf(f *ssa.Function) reflect.Value {
	o, _ := f.Object().(*types.Func)
	if o == nil || o.Pkg() == nil || f.Parent() != nil {
		return reflect.Value{}
	}
	p := m.cfg.Package(o.Pkg().Path())
	if p == nil {
		return reflect.Value{}
	}
	if f.Origin() != nil {
		if f.Signature.Recv() != nil {
			return reflect.Value{}
		}
		return p.Instances[f.Name()]
	}
	if f.Synthetic != "" && f.Blocks != nil {
		return reflect.Value{}
	}
	if r := f.Signature.Recv(); r != nil {
		if f.Blocks != nil && len(p.Types) > 0 && p.Types[receiverName(r.Type())] == nil {
			return reflect.Value{} // a type of source
		}
		if mt, ok := m.rtype(r.Type()).MethodByName(f.Name()); ok && m.redirect[o.Origin()] == nil {
			return mt.Func
		}
		return reflect.Value{}
	}
	return p.Funcs[o.Name()]
}

func receiverName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// bound is the binding of an exported object of a package to the running cell, nil if it has none.
func (m *Machine) bound(pkg *types.Package, name string) *binding { return m.boundIn(pkg.Path(), name) }

// boundMethod is the binding of a method of a compiled pointer type, nil if it has none.
func (m *Machine) boundMethod(t reflect.Type, name string) *binding {
	if t.Kind() != reflect.Pointer || t.Elem().PkgPath() == "" {
		return nil
	}
	return m.boundIn(t.Elem().PkgPath(), t.Elem().Name()+"."+name)
}

func (m *Machine) boundIn(path, name string) *binding {
	p := m.cfg.Package(path)
	if p == nil || p.Bound[name] == nil && p.Placed[name] == nil {
		return nil
	}
	key := path + "." + name
	b := m.bindings[key]
	if b == nil {
		b = &binding{p.Bound[name], p.Placed[name]}
		m.bindings[key] = b
	}
	return b
}

func (m *Machine) boundFunc(f *ssa.Function) *binding {
	o, _ := f.Object().(*types.Func)
	if o == nil || o.Pkg() == nil || f.Parent() != nil || f.Origin() != nil {
		return nil
	}
	if r := f.Signature.Recv(); r != nil {
		if f.Blocks != nil {
			return nil // a wrapper
		}
		return m.bound(o.Pkg(), receiverName(r.Type())+"."+o.Name())
	}
	return m.bound(o.Pkg(), o.Name())
}

// forget drops what was made of a type before it got a method.
func (m *Machine) forget(method *types.Func) {
	t := method.Signature().Recv().Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	m.types.Forget(types.Unalias(t).(*types.Named))
	m.natives = map[*ssa.Function]*compiledFunc{}
	for _, f := range m.fns {
		f.stale()
		f.closure = nil
	}
}

// sameType reports that two descriptors stand for one type, built before and after it got a method.
func (m *Machine) sameType(a, b ptr) bool {
	if a == nil || !m.types.Versions() {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	x, y := m.types.Back(mem.FromType(a)), m.types.Back(mem.FromType(b))
	return x != nil && y != nil && types.Identical(x, y)
}
