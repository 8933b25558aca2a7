// Package draws runs many random repetitions on all cores. Repetition i always sees the same random numbers for the
// same seed, however many cores there are and in whatever order they run, so that every result can be made again.
package draws

import (
	"context"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

const batch = 32

// Run calls step for every i in [0, n), each with random numbers of its own. worker is called once a goroutine and
// returns the step with its private buffers. Progress goes to the reporter in the context; when the context ends, Run
// returns its error after the running steps.
func Run(ctx context.Context, n int, seed uint64, label string, worker func() func(i int, rng *rand.Rand)) error {
	inner, stop := context.WithCancel(ctx)
	defer stop()
	var next atomic.Int64
	var report sync.Mutex // so that what is reported never falls back: the last report says that all is done
	done := 0
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+batch-1)/batch) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			step := worker()
			source := rand.NewPCG(0, 0)
			rng := rand.New(source)
			for inner.Err() == nil {
				from := int(next.Add(batch)) - batch
				if from >= n {
					return
				}
				to := min(from+batch, n)
				for i := from; i < to; i++ {
					source.Seed(seed, uint64(i)*0x9e3779b97f4a7c15+1)
					step(i, rng)
				}
				report.Lock()
				done += to - from
				err := progress.Report(ctx, int64(done), int64(n), label)
				report.Unlock()
				if err != nil {
					stop()
				}
			}
		}()
	}
	wg.Wait()
	return ctx.Err()
}
