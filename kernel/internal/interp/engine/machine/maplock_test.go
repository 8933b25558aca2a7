package machine

import (
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// A room is what the locks take for a map. Each guarded use counts up, and sees whether somebody else is in there.
type room struct{ uses, inside, clashes int }

func newRoom() ptr { return mem.New(mem.Type(reflect.TypeFor[room]())) }

func (th *thread) uses(p ptr, n int) {
	r := mem.As[room](p)
	for range n {
		l := th.lockMap(p)
		r.use(20)
		th.unlockMap(l)
	}
}

//go:noinline
func (r *room) use(long int) {
	if r.inside++; r.inside != 1 {
		r.clashes++
	}
	for range long {
		r.uses++
		r.uses--
	}
	r.uses++
	r.inside--
}

func (th *thread) owns(p ptr) bool {
	l := th.lockMap(p)
	th.unlockMap(l)
	return l == nil
}

// TestMapLockOwner sees a lock become one thread's own and be taken away.
func TestMapLockOwner(t *testing.T) {
	m := &Machine{}
	a, b := m.newThread(nil), m.newThread(nil)
	p := newRoom()
	a.uses(p, firstNeed-1)
	if m.maps[mapLockOf(p)].owner.Load() != nil {
		t.Fatal("owned too early")
	}
	a.uses(p, 1)
	if !a.owns(p) {
		t.Fatal("not owned by the one who uses it")
	}
	b.uses(p, 1)
	if a.owns(p) || b.owns(p) {
		t.Fatal("owned by somebody although both use it")
	}
	b.uses(p, firstNeed+1)
	if b.owns(p) {
		t.Fatal("owned again at once")
	}
	b.uses(p, mostNeed)
	if !b.owns(p) {
		t.Fatal("never owned again")
	}
	b.leaveMaps()
	need := m.maps[mapLockOf(p)].need
	if a.uses(p, 1); m.maps[mapLockOf(p)].need != need {
		t.Error("what a thread left behind was taken away the dear way")
	}
}

// TestMapLockWaits takes a lock whose owner is inside.
func TestMapLockWaits(t *testing.T) {
	m := &Machine{}
	a, b := m.newThread(nil), m.newThread(nil)
	p, q := newRoom(), newRoom()
	for mapLockOf(p) == mapLockOf(q) {
		q = newRoom()
	}
	a.uses(p, firstNeed)
	l := a.lockMap(p)
	if l != nil {
		t.Fatal("not the owner")
	}
	b.uses(q, 2*firstNeed) // another lock does not wait
	in := make(chan bool)
	go func() { b.uses(p, 1); close(in) }()
	for range 100 {
		select {
		case <-in:
			t.Fatal("two inside")
		default:
			runtime.Gosched()
		}
	}
	a.unlockMap(l)
	select {
	case <-in:
	case <-time.After(time.Minute):
		t.Fatal("nobody inside, and it waits")
	}
}

// TestMapLocks uses few locks on several goroutines, in runs long enough to own them, and looks for what got lost.
func TestMapLocks(t *testing.T) {
	m := &Machine{}
	all := []ptr{newRoom(), newRoom(), newRoom()}
	const goroutines, rounds = 6, 60
	run := [...]int{1, 7, 3000, 40, 9000}
	want := make([]int, len(all))
	var wg sync.WaitGroup
	for g := range goroutines {
		for r := range rounds {
			want[(g+r)%len(all)] += run[(g+r/5)%len(run)]
		}
		wg.Go(func() {
			th := m.newThread(nil)
			for r := range rounds {
				th.uses(all[(g+r)%len(all)], run[(g+r/5)%len(run)])
				if r%7 == g {
					th.leaveMaps() // and another one goes on
					th = m.newThread(nil)
				}
			}
		})
	}
	wg.Wait()
	for i, p := range all {
		if r := mem.As[room](p); r.uses != want[i] || r.clashes > 0 {
			t.Errorf("map %d was used %d times, counted are %d; %d times two were inside", i, want[i], r.uses, r.clashes)
		}
	}
}
