package front

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// emptyScopes lets go of the local variables of a checked package's functions, a fifth of what a cell costs: nobody asks for
// them after its functions are built. The scopes themselves stay, for go/ssa asks where they lie when it instantiates generic
// functions. It relies on go/types keeping the fields that emptyScope names; with any other layout it does nothing.
func emptyScopes(p *types.Package) {
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if o.Pkg() != p {
			continue
		}
		switch o := o.(type) {
		case *types.Func:
			emptyScope(o.Scope(), true)
		case *types.TypeName:
			if named, ok := o.Type().(*types.Named); ok && named.TypeArgs().Len() == 0 {
				for m := range named.Methods() {
					emptyScope(m.Scope(), true)
				}
			}
		}
	}
	emptyScope(p.Scope(), false)
	if f := mem.Field[map[string]types.Object](p.Scope(), "elems"); f != nil {
		*f = kept(*f, func(name string, o types.Object) bool {
			return o.Pkg() == p && name != cellFunc && !strings.HasPrefix(name, aliasPrefix)
		})
	}
}

// kept is the part of a map that keep chooses, with no room for more.
func kept[K comparable, V any](m map[K]V, keep func(K, V) bool) map[K]V {
	n := 0
	for name, v := range m {
		if keep(name, v) {
			n++
		}
	}
	out := make(map[K]V, n)
	for name, v := range m {
		if keep(name, v) {
			out[name] = v
		}
	}
	return out
}

func emptyScope(s *types.Scope, names bool) {
	if f := mem.Field[[]*types.Scope](s, "children"); f != nil {
		*f = nil
	}
	if !names {
		return
	}
	if f := mem.Field[map[string]types.Object](s, "elems"); f != nil {
		*f = nil
	}
}

// emptyFunctions lets go of the syntax of a built package's functions, another twentieth of what a cell costs; of generic ones it
// stays, for they are built again for each instance. The cell's own function, and that which initialises the package, go
// altogether, out of the tables that go/ssa keeps as well. It relies on go/ssa as emptyScopes does on go/types.
func emptyFunctions(p *ssa.Package) {
	for _, m := range p.Members {
		switch m := m.(type) {
		case *ssa.Function:
			emptyFunction(m)
			if m.Name() == "init" {
				m.Blocks, m.Locals = nil, nil
			}
		case *ssa.Type:
			if named, ok := m.Type().(*types.Named); ok && named.Obj().Pkg() == p.Pkg {
				for f := range named.Methods() {
					emptyFunction(p.Prog.FuncValue(f))
				}
			}
		}
	}
	p.Members = kept(p.Members, func(name string, _ ssa.Member) bool { return name != cellFunc && name != "init" })
	if init := mem.Field[*ssa.Function](p, "init"); init != nil {
		*init = nil
	}
	if objects := mem.Field[map[types.Object]ssa.Member](p, "objects"); objects != nil {
		*objects = kept(*objects, func(o types.Object, _ ssa.Member) bool { return o.Name() != cellFunc })
	}
}

func emptyFunction(f *ssa.Function) {
	if f == nil || f.TypeParams().Len() > 0 || f.Signature.RecvTypeParams().Len() > 0 {
		return
	}
	if syntax := mem.Field[ast.Node](f, "syntax"); syntax != nil {
		*syntax = nil
	}
	for _, inner := range f.AnonFuncs {
		emptyFunction(inner)
	}
}
