package machine

import (
	"runtime"
	"sync/atomic"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// mapLocks keeps interpreted code from using one map on two goroutines at the same moment, which the runtime would punish
// with the death of the whole process. Each map is guarded by one of a fixed number of spin locks, held for one operation.
type mapLocks [256]mapLock

type mapLock struct {
	held atomic.Uint32
	_    [60]byte // a cache line each
}

func (ls *mapLocks) lock(h ptr) *mapLock {
	l := &ls[mem.Hash(h)%uint64(len(ls))]
	for n := 0; !l.held.CompareAndSwap(0, 1); n++ {
		if n > 20 {
			runtime.Gosched()
		}
	}
	return l
}

func (l *mapLock) unlock() { l.held.Store(0) }
