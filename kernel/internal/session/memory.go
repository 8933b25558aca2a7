package session

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// guardMemory ends the running cell when the heap grows beyond the limit, before the system ends the kernel. The function it
// returns ends the watch.
func (s *Session) guardMemory(cancel context.CancelCauseFunc) (stop func()) {
	limit := s.cfg.MemoryLimit
	if limit == 0 {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	exceeded := false
	go func() {
		defer close(ended)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		begin := readHeap()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			h := readHeap()
			if h.used > limit && (h.cycles < begin.cycles+2 || h.marked <= limit/10*9) {
				h = s.collected(done) // no collection within this cell has said how much of it is garbage
			}
			select {
			case <-done: // it ended meanwhile, and what it used is nobody's any more
				return
			default:
			}
			if h.used > limit {
				exceeded = true
				cancel(interp.OutOfMemory(h.used, limit))
				return
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		if exceeded {
			debug.FreeOSMemory()
		}
	}
}

// collecting is how long a cell waits for a collection of its garbage. Compiled code that never lets go can hold one up.
const collecting = 10 * time.Second

// collected is the heap without its garbage, as far as that is found within collecting and before the cell is done. A cell does
// not make more of it meanwhile, if the interpreter can pause.
func (s *Session) collected(done <-chan struct{}) heap {
	if p, ok := s.cfg.Interp.(interface{ Pause() (resume func()) }); ok {
		defer p.Pause()()
	}
	collected := make(chan struct{})
	go func() {
		runtime.GC()
		close(collected)
	}()
	late := time.NewTimer(collecting)
	defer late.Stop()
	select {
	case <-collected:
	case <-done:
	case <-late.C:
	}
	return readHeap()
}

// heap is the state of the garbage collector.
type heap struct {
	used   uint64 // bytes of objects, with the garbage that was not yet found
	marked uint64 // bytes that the last collection found in use
	cycles uint64 // collections so far
}

func readHeap() heap {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/gc/cycles/total:gc-cycles"}}
	metrics.Read(sample)
	return heap{sample[0].Value.Uint64(), sample[1].Value.Uint64(), sample[2].Value.Uint64()}
}
