//go:build amd64 && !race

package machine

import (
	"runtime/metrics"
	"testing"
)

// TestSettle sees that the runtime still stops all goroutines for it.
func TestSettle(t *testing.T) {
	stops := func() (n uint64) {
		sample := []metrics.Sample{{Name: "/sched/pauses/total/other:seconds"}}
		metrics.Read(sample)
		for _, c := range sample[0].Value.Float64Histogram().Counts {
			n += c
		}
		return n
	}
	before := stops()
	for range 10 {
		settle()
	}
	if n := stops() - before; n < 10 {
		t.Errorf("ten calls stopped all goroutines %d times", n)
	}
}
