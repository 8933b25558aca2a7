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
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			metrics.Read(sample)
			if used := sample[0].Value.Uint64(); used > limit && !exceeded {
				runtime.GC() // what is garbage does not count
				metrics.Read(sample)
				if used = sample[0].Value.Uint64(); used > limit {
					exceeded = true
					cancel(outOfMemory(used, limit))
				}
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

func outOfMemory(used, limit uint64) *interp.Error {
	const mib = 1 << 20
	return &interp.Error{Name: "OutOfMemory", Message: fmt.Sprintf(
		"the session uses %d MiB of memory and may use %d (SIGHTLINE_MEMORY): the cell was ended", used/mib, limit/mib)}
}
