package rtype

import (
	"go/types"
	"reflect"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// search finds the compiled types behind a package's unexported names: it walks the types of all that the package
// exports, as the checker and as package reflect see them, side by side.
func (tt *Table) search(tp *types.Package, p *registry.Package) {
	w := walker{tt: tt, pkg: tp, seen: map[types.Type]bool{}}
	for _, n := range tp.Scope().Names() {
		o := tp.Scope().Lookup(n)
		if !o.Exported() {
			continue
		}
		if v, ok := p.Vars[n]; ok {
			w.walk(o.Type(), v.Type().Elem())
		} else if f, ok := p.Funcs[n]; ok {
			w.walk(o.Type(), f.Type())
		} else if r := p.Types[n]; r != nil {
			w.walk(o.Type(), r)
		}
	}
}

type walker struct {
	tt   *Table
	pkg  *types.Package
	seen map[types.Type]bool
}

func (w *walker) walk(t types.Type, r reflect.Type) {
	t = types.Unalias(t)
	if w.seen[t] || r == nil {
		return
	}
	w.seen[t] = true
	if n, ok := t.(*types.Named); ok {
		if n.Obj().Pkg() != w.pkg || n.TypeArgs().Len() > 0 || n.Obj().Name() != r.Name() {
			return
		}
		if !n.Obj().Exported() {
			w.tt.set(n, r)
		}
		w.methods(n, r)
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if r.Kind() == reflect.Pointer {
			w.walk(u.Elem(), r.Elem())
		}
	case *types.Slice:
		w.walk(u.Elem(), r.Elem())
	case *types.Array:
		w.walk(u.Elem(), r.Elem())
	case *types.Chan:
		w.walk(u.Elem(), r.Elem())
	case *types.Map:
		w.walk(u.Key(), r.Key())
		w.walk(u.Elem(), r.Elem())
	case *types.Struct:
		for i := range min(u.NumFields(), r.NumField()) {
			w.walk(u.Field(i).Type(), r.Field(i).Type)
		}
	case *types.Signature:
		w.signature(u, r, 0)
	}
}

func (w *walker) signature(s *types.Signature, r reflect.Type, skip int) {
	if r.NumIn() != s.Params().Len()+skip || r.NumOut() != s.Results().Len() {
		return
	}
	for i := range s.Params().Len() {
		w.walk(s.Params().At(i).Type(), r.In(i+skip))
	}
	for i := range s.Results().Len() {
		w.walk(s.Results().At(i).Type(), r.Out(i))
	}
}

func (w *walker) methods(n *types.Named, r reflect.Type) {
	if r.Kind() != reflect.Interface {
		r = reflect.PointerTo(r)
	}
	for f := range n.Methods() {
		if m, ok := r.MethodByName(f.Name()); ok {
			w.signature(f.Signature(), m.Type, 1)
		}
	}
}
