package front

import (
	"go/types"

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
