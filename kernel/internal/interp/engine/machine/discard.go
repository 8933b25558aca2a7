package machine

import "golang.org/x/tools/go/ssa"

// Discard lets go of the variables and functions of a package that failed, so that what they refer to can be collected.
// Goroutines that still run its code keep what they use.
func (m *Machine) Discard(pkg *ssa.Package) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for g := range m.globals {
		if g.Pkg == pkg {
			delete(m.globals, g)
		}
	}
	for f := range m.fns {
		if f.Pkg == pkg {
			delete(m.fns, f)
		}
	}
}
