package generate

import (
	"fmt"
	"go/types"
	"sort"
)

// hide finds the types that users of a package meet but cannot name: unexported ones, and those of packages outside the set.
// Each comes with the way that leads to it by reflection, for example "littleEndian v LittleEndian".
func (s *Set) hide(p *Package, t *names) {
	h := &hider{set: s, pkg: p.Types, found: map[*types.Named]string{}, seen: map[types.Type]bool{}}
	scope := p.Types.Scope()
	for _, n := range t.types {
		h.push(scope.Lookup(n).Type(), "t "+n)
	}
	for _, n := range t.vars {
		h.push(scope.Lookup(n).Type(), "v "+n)
	}
	for _, n := range t.funcs {
		h.push(scope.Lookup(n).Type(), "f "+n)
	}
	for len(h.queue) > 0 {
		w := h.queue[0]
		h.queue = h.queue[1:]
		h.visit(w.t, w.way)
	}
	for n, way := range h.found {
		name := n.Obj().Name()
		if n.Obj().Pkg() != p.Types {
			name = n.Obj().Pkg().Path() + "." + name
		}
		t.hidden = append(t.hidden, name+" "+way)
	}
	sort.Strings(t.hidden)
}

type hider struct {
	set   *Set
	pkg   *types.Package
	found map[*types.Named]string
	seen  map[types.Type]bool
	queue []step
}

type step struct {
	t   types.Type
	way string
}

func (h *hider) push(t types.Type, way string) {
	t = types.Unalias(t)
	if !h.seen[t] {
		h.seen[t] = true
		h.queue = append(h.queue, step{t, way})
	}
}

func (h *hider) visit(t types.Type, way string) {
	if n, ok := t.(*types.Named); ok {
		h.named(n, way)
		return
	}
	h.parts(t, way)
}

func (h *hider) named(n *types.Named, way string) {
	o := n.Obj()
	if o.Pkg() == nil || n.TypeArgs().Len() > 0 || n.TypeParams().Len() > 0 {
		return
	}
	foreign := o.Pkg() != h.pkg
	if foreign && h.set.listed[o.Pkg().Path()] && o.Exported() {
		return // that package's own table has it
	}
	if foreign || !o.Exported() {
		h.found[n] = way
	}
	if _, ok := n.Underlying().(*types.Interface); !ok {
		for i := range n.NumMethods() {
			if m := n.Method(i); m.Exported() {
				h.push(m.Signature(), way+" p m "+m.Name()+" r")
			}
		}
	}
	h.parts(n.Underlying(), way)
}

// parts follows a type literal into the types that it is made of.
func (h *hider) parts(t types.Type, way string) {
	switch t := t.(type) {
	case *types.Pointer:
		h.push(t.Elem(), way+" e")
	case *types.Slice:
		h.push(t.Elem(), way+" e")
	case *types.Array:
		h.push(t.Elem(), way+" e")
	case *types.Chan:
		h.push(t.Elem(), way+" e")
	case *types.Map:
		h.push(t.Key(), way+" k")
		h.push(t.Elem(), way+" e")
	case *types.Struct:
		for i := range t.NumFields() {
			if f := t.Field(i); f.Exported() || f.Embedded() {
				h.push(f.Type(), fmt.Sprintf("%s s %d", way, i))
			}
		}
	case *types.Interface:
		for m := range t.Methods() {
			if m.Exported() {
				h.push(m.Signature(), way+" m "+m.Name())
			}
		}
	case *types.Signature:
		for i := range t.Params().Len() {
			h.push(t.Params().At(i).Type(), fmt.Sprintf("%s i %d", way, i))
		}
		for i := range t.Results().Len() {
			h.push(t.Results().At(i).Type(), fmt.Sprintf("%s o %d", way, i))
		}
	}
}
