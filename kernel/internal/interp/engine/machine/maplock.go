package machine

import (
	"runtime"
	"sync/atomic"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// mapLocks keeps interpreted code from using one map on two goroutines at the same moment, which the runtime would punish
// with the death of the whole process. Each map is guarded by one of a fixed number of locks, held for one operation.
//
// Taking a spin lock is an instruction that waits for all before it. Where operations on maps follow each other, that costs more
// than they do: their waits for memory no longer overlap. So a lock that one thread keeps using becomes that thread's own. The
// owner says in its mapUser that it is inside, and looks whether it still is the owner; no instruction waits. Another thread that
// wants the lock takes it away first: it names no owner, makes sure that what the old one said is seen, and waits until that one
// is outside. Taking away is dear, so a lock that was taken away needs more uses by one thread to become its own again.
type mapLocks [256]mapLock

type mapLock struct {
	owner atomic.Pointer[mapUser] // who uses it without held; only who has held changes it
	held  atomic.Uint32

	last   *mapUser // under held, like what follows: who had it last
	streak int32    // how often in a row
	need   int32    // how often makes it the owner
	_      [32]byte // a cache line each
}

// mapUser is a thread as the locks know it.
type mapUser struct {
	inside uint32      // which lock it is using as the owner, from 1; 0: none. See say
	ended  atomic.Bool // it uses no map any more
	_      [56]byte    // a cache line each
}

// Uses in a row that make a thread the owner of a lock: at first, and at most after the lock was taken away.
const (
	firstNeed = 32
	mostNeed  = 1 << 20
)

// mapLockOf is the number of the lock of the map h.
func mapLockOf(h ptr) uint32 { return uint32(mem.Hash(h) % uint64(len(mapLocks{}))) }

// lockMap returns when no other thread uses the map h. unlockMap gets its result.
func (th *thread) lockMap(h ptr) *mapLock {
	i := mapLockOf(h)
	l, u := &th.m.maps[i], th.maps
	u.say(i + 1)
	if l.owner.Load() == u {
		return nil
	}
	u.say(0)
	th.takeLock(l, i+1)
	return l
}

func (th *thread) unlockMap(l *mapLock) {
	if l == nil {
		th.maps.say(0)
		return
	}
	l.held.Store(0)
}

// takeLock takes l, which is number i, the slow way.
func (th *thread) takeLock(l *mapLock, i uint32) {
	for n := 0; !l.held.CompareAndSwap(0, 1); n++ {
		if n > 20 {
			runtime.Gosched()
		}
	}
	u := th.maps
	if o := l.owner.Load(); o != nil {
		l.owner.Store(nil)
		if !o.ended.Load() {
			l.need = min(max(1024, 2*l.need), mostNeed)
			settle()
			for atomic.LoadUint32(&o.inside) == i {
				runtime.Gosched()
			}
		}
	}
	if l.last != u {
		l.last, l.streak = u, 0
	}
	if l.streak++; l.streak >= max(l.need, firstNeed) {
		l.owner.Store(u)
		l.streak = 0
	}
}

// leaveMaps is called when the thread ends: its locks are free for the taking.
func (th *thread) leaveMaps() { th.maps.ended.Store(true) }
