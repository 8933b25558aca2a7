package changepoint

import (
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

// fromBothEnds is how many counts a series must have to be searched from both ends at once, on two cores where there are
// two. It does not depend on the cores, so that of equal costs the same one is always taken.
const fromBothEnds = 4096

// partition returns the changes of the division with the least cost, in order.
func partition(ctx context.Context, events, exposure []float64, penalty float64) ([]int, error) {
	n := len(events) - 1
	var done atomic.Int64
	step := func(counts int) error {
		return progress.Report(ctx, done.Add(int64(counts)), int64(n), "partition")
	}
	if n >= fromBothEnds {
		return meeting(events, exposure, penalty, n/2, step)
	}
	low, high := rates(events, exposure)
	last, err := newSearch(n, low, high, wholeSteps(exposure)).run(events, exposure, penalty, step)
	if err != nil {
		return nil, err
	}
	return chain(last, last[n]), ctx.Err()
}

// meeting is partition by two searches, from both ends to the middle.
func meeting(events, exposure []float64, penalty float64, middle int, step func(int) error) ([]int, error) {
	n := len(events) - 1
	backEvents, backExposure := backwards(events[middle:]), backwards(exposure[middle:])
	low, high := rates(events, exposure)
	lowBack, highBack := rates(backEvents, backExposure) // the sums are rounded in another way
	low, high = min(low, lowBack), max(high, highBack)
	whole := wholeSteps(exposure)
	first, second := newSearch(n, low, high, whole), newSearch(n, low, high, whole)
	var lastSecond []int
	var errSecond error
	var wg sync.WaitGroup
	wg.Go(func() {
		lastSecond, errSecond = second.run(backEvents, backExposure, penalty, step)
	})
	lastFirst, err := first.run(events[:middle+1], exposure[:middle+1], penalty, step)
	wg.Wait()
	if err == nil {
		err = errSecond
	}
	if err != nil {
		return nil, err
	}
	from, to := first.meet(second, [2]float64{events[middle], events[n] - events[middle]}, [2]float64{exposure[middle], exposure[n] - exposure[middle]})
	changes := chain(lastFirst, from)
	later := chain(lastSecond, to)
	for i := len(later) - 1; i >= 0; i-- {
		changes = append(changes, n-later[i])
	}
	return changes, nil
}

// chain returns a change and those before it, in order; 0 is none.
func chain(last []int, change int) []int {
	var changes []int
	for ; change > 0; change = last[change] {
		changes = append(changes, change)
	}
	slices.Reverse(changes)
	return changes
}

// backwards returns running sums as they are from the other end.
func backwards(sums []float64) []float64 {
	n := len(sums) - 1
	out := make([]float64, n+1)
	for i := range out {
		out[i] = sums[n] - sums[n-i]
	}
	return out
}

// rates returns the smallest and largest rate of single counts, a hair above 0 where a count is 0.
func rates(events, exposure []float64) (low, high float64) {
	n := len(events) - 1
	low, high = math.Inf(1), 0
	for i := 1; i <= n; i++ {
		r := (events[i] - events[i-1]) / (exposure[i] - exposure[i-1])
		low, high = min(low, r), max(high, r)
	}
	floor := 1e-16 / exposure[n]
	low = max(low*(1-1e-9), floor)
	return low, max(high*(1+1e-9), 2*low)
}

// wholeSteps reports whether every exposure is 1.
func wholeSteps(exposure []float64) bool {
	for i := 1; i < len(exposure); i++ {
		if exposure[i]-exposure[i-1] != 1 {
			return false
		}
	}
	return true
}
