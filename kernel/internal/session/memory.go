package session

import (
	"context"
	"fmt"
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
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if used := live(limit); used > limit {
				exceeded = true
				cancel(outOfMemory(used, limit))
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

// live returns the bytes of the heap that are in use. What is garbage does not count: if the heap with its garbage is beyond
// the limit, a collection decides, unless the last one already did.
func live(limit uint64) uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	used, marked := sample[0].Value.Uint64(), sample[1].Value.Uint64()
	if used <= limit || marked > limit/10*9 {
		return used
	}
	runtime.GC()
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func outOfMemory(used, limit uint64) *interp.Error {
	const mib = 1 << 20
	return &interp.Error{Name: "OutOfMemory", Message: fmt.Sprintf(
		"the session uses %d MiB of memory and may use %d (SIGHTLINE_MEMORY): the cell was ended", used/mib, limit/mib)}
}
