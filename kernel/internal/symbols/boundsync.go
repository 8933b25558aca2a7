package symbols

import (
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// boundSync makes unlocking what is not locked a panic of the cell; package sync ends the process. A lock that can be taken
// was not held. Where two goroutines unlock at once, or a lock of the other kind is held, package sync has the last word.
func boundSync() binding {
	return binding{
		"Mutex.Unlock": func(registry.Run) any {
			return func(m *sync.Mutex) {
				if m.TryLock() {
					m.Unlock()
					panic("sync: unlock of unlocked mutex")
				}
				m.Unlock()
			}
		},
		"RWMutex.Unlock": func(registry.Run) any {
			return func(m *sync.RWMutex) {
				if m.TryRLock() {
					m.RUnlock()
					panic("sync: Unlock of unlocked RWMutex")
				}
				m.Unlock()
			}
		},
		"RWMutex.RUnlock": func(registry.Run) any { return readUnlock },
		"rlocker.Unlock":  func(registry.Run) any { return readUnlock }, // of RWMutex.RLocker: the same in memory
		"Cond.Wait": func(registry.Run) any {
			return func(c *sync.Cond) {
				if m, ok := c.L.(*sync.Mutex); ok && m.TryLock() {
					m.Unlock()
					panic("sync: unlock of unlocked mutex")
				}
				c.Wait()
			}
		},
	}
}

func readUnlock(m *sync.RWMutex) {
	if m.TryLock() {
		m.Unlock()
		panic("sync: RUnlock of unlocked RWMutex")
	}
	m.RUnlock()
}
