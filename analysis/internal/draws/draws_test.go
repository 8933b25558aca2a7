package draws

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
)

func numbers(t *testing.T, ctx context.Context, n int) []uint64 {
	t.Helper()
	out := make([]uint64, n)
	err := Run(ctx, n, 7, "", func() func(int, *rand.Rand) { return func(i int, r *rand.Rand) { out[i] = r.Uint64() } })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameSeedGivesTheSameNumbersOnAnyNumberOfCores(t *testing.T) {
	a := numbers(t, context.Background(), 1000)
	old := runtime.GOMAXPROCS(1)
	b := numbers(t, context.Background(), 1000)
	runtime.GOMAXPROCS(old)
	seen := map[uint64]bool{}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("repetition %d differs", i)
		}
		seen[a[i]] = true
	}
	if len(seen) != len(a) {
		t.Errorf("%d of %d repetitions share their numbers", len(a)-len(seen), len(a))
	}
}

type counter struct {
	sync.Mutex
	last, total int64
	back        int // reports of less than was reported before
}

func (c *counter) Progress(done, total int64, _ string) {
	if done%64 == 0 {
		runtime.Gosched() // others may come first
	}
	c.Lock()
	defer c.Unlock()
	if done < c.last {
		c.back++
	}
	c.last, c.total = done, total
}

func TestProgressIsReportedAndWorkStops(t *testing.T) {
	c := &counter{}
	//lint:ignore SA1029 the key is a plain string, so that libraries need not import the kernel
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), any("sightline.progress"), any(c)))
	numbers(t, ctx, 500)
	if c.last != 500 || c.total != 500 {
		t.Errorf("progress %d of %d", c.last, c.total)
	}
	for range 50 {
		c.last = 0
		numbers(t, ctx, 500)
	}
	if c.back > 0 {
		t.Errorf("progress went back %d times", c.back)
	}
	cancel()
	err := Run(ctx, 1<<40, 1, "", func() func(int, *rand.Rand) { return func(int, *rand.Rand) {} })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run returned %v", err)
	}
}
