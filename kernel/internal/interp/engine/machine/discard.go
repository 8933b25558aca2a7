package machine

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

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
	for g, fs := range m.users { // compiled code holds the places of the variables that it mentions
		if g.Pkg == pkg {
			delete(m.users, g)
		} else if left := slices.DeleteFunc(fs, func(f *Func) bool { return f.ssa.Pkg == pkg }); len(left) < len(fs) {
			m.users[g] = left
		}
	}
}

// Done lets go of the code of a function that is never called again, the body of a cell. Its blocks must still be there.
func (m *Machine) Done(fn *ssa.Function) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.fns[fn]
	if f == nil {
		return
	}
	delete(m.fns, fn)
	m.unnote(f, fn)
	if c := f.code.Swap(nil); c != nil {
		for _, x := range c.inlined {
			m.unnote(f, x.fn.body())
		}
	}
}

// unnote takes back what note keeps.
func (m *Machine) unnote(f *Func, body *ssa.Function) {
	for g := range mentioned(body) { // of this cell and of earlier ones
		if left := slices.DeleteFunc(m.users[g], func(u *Func) bool { return u == f }); len(left) > 0 {
			m.users[g] = left
		} else {
			delete(m.users, g)
		}
	}
}
