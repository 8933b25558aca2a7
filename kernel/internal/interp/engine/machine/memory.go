package machine

import (
	"fmt"
	"reflect"
	"runtime"
	"runtime/metrics"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// Exhausted is why a run was stopped whose allocations made the heap outgrow its limit. In bytes.
type Exhausted struct{ Used, Limit uint64 }

func (e *Exhausted) Error() string {
	return fmt.Sprintf("out of memory: %d bytes in use, the limit is %d", e.Used, e.Limit)
}

// account counts what interpreted code is about to allocate in one piece. Each time that the pieces add up to a small part of
// the limit, it looks at the heap: interpreted code allocates faster than anyone could watch from aside.
func (th *thread) account(n int64) {
	if limit := th.m.cfg.MaxHeap; limit > 0 && th.m.asked.Add(n) > limit/64 {
		th.look(uint64(n), uint64(limit))
	}
}

// Allocate counts what compiled code is about to allocate for the run in one piece. It panics with a *Memory if that is too
// much, and does not return if the run is thereby out of memory.
func (r *Run) Allocate(bytes int64) {
	th := &thread{m: r.m, run: r}
	th.guard(int(bytes), 1)
}

// Begins reports that the runtime takes a finalizer for what the pointer p points to.
func (r *Run) Begins(p reflect.Value) bool { return mem.Begins(p.UnsafePointer(), p.Type().Elem()) }

// look ends the run if the heap with n more bytes outgrows limit when its garbage is gone.
func (th *thread) look(n, limit uint64) {
	m := th.m
	m.asked.Store(0)
	if inUse()+n <= limit {
		return
	}
	m.collect.Lock()
	defer m.collect.Unlock()
	if th.run.stop.Load() == ended { // another goroutine of the run came here first
		th.interrupted()
	}
	if inUse()+n > limit {
		runtime.GC()
	}
	if used := inUse() + n; used > limit {
		th.run.Stop(&Exhausted{used, limit})
		th.interrupted()
	}
}

// inUse is the bytes of objects, with the garbage that was not yet found.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// Place makes the storage of the variables of a package. The error is a *Panic with a *Memory if one of them is too large.
func (m *Machine) Place(pkg *ssa.Package) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, member := range pkg.Members {
		if g, ok := member.(*ssa.Global); ok {
			if err := m.place(g); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Machine) place(g *ssa.Global) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if large, ok := r.(*Memory); ok {
				err = &Panic{Value: large, Frames: []Frame{{Pos: g.Pos()}}}
			} else {
				err = fmt.Errorf("no place for variable %s: %v", g.Name(), r)
			}
		}
	}()
	m.global(g)
	return nil
}
