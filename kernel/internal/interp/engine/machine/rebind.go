package machine

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Rebind makes every function that is called from now on find the variable g at another place, and returns the place
// where it was. Pointers to the old place and functions that are running keep it.
func (m *Machine) Rebind(g *ssa.Global, to reflect.Value) (was reflect.Value) {
	m.mu.Lock()
	defer m.mu.Unlock()
	was = m.global(g)
	m.globals[g] = to
	for _, f := range m.users[g] {
		f.stale()
	}
	delete(m.users, g) // they come back when they are compiled again
	return was
}

// note keeps which variables of cells the code of f, which is that of body, mentions.
func (m *Machine) note(f *Func, body *ssa.Function) {
	for g := range mentioned(body) {
		if !slices.Contains(m.users[g], f) {
			m.users[g] = append(m.users[g], f)
		}
	}
}

// mentioned are the variables of cells that a function mentions.
func mentioned(body *ssa.Function) map[*ssa.Global]bool {
	var seen map[*ssa.Global]bool
	var operands []*ssa.Value
	for _, b := range body.Blocks {
		for _, in := range b.Instrs {
			operands = in.Operands(operands[:0])
			for _, o := range operands {
				g, ok := (*o).(*ssa.Global)
				if !ok || seen[g] || g.Pkg.Pkg.Path() != "main" {
					continue
				}
				if seen == nil {
					seen = map[*ssa.Global]bool{}
				}
				seen[g] = true
			}
		}
	}
	return seen
}
