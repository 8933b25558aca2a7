package machine

import "golang.org/x/tools/go/ssa"

// Restore makes callers of old call old itself again: it undoes Replace.
func (m *Machine) Restore(old *ssa.Function) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.fn(old)
	f.instead = nil
	f.stale()
}
