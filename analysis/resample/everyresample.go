package resample

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

// everyResample is the largest number of values whose resamples are all gone through: 10 values have 92,378 that differ.
const everyResample = 10

// replica is a value of the statistic with its share among all resamples.
type replica struct{ value, share float64 }

// replicas is the law of the statistic, sorted by value. Random resamples have equal shares.
type replicas []replica

// every goes through all resamples that differ in more than order, and weighs each by the number of its orders.
func every(ctx context.Context, values []float64, statistic func([]float64) float64) (replicas, error) {
	n := len(values)
	total := int64(math.Round(choose(2*n-1, n)))
	out := make(replicas, 0, total)
	sample := make([]float64, 0, n)
	scratch := make([]float64, n)
	logs := make([]float64, n+1)
	for i := range logs {
		logs[i], _ = math.Lgamma(float64(i) + 1)
	}
	all := logs[n] - float64(n)*math.Log(float64(n))
	var fill func(from int, log float64) error
	fill = func(from int, log float64) error {
		if from == n-1 || len(sample) == n {
			left := n - len(sample)
			copy(scratch, sample)
			for i := len(sample); i < n; i++ {
				scratch[i] = values[from]
			}
			out = append(out, replica{statistic(scratch), math.Exp(log - logs[left])})
			if len(out)&1023 == 0 {
				return progress.Report(ctx, int64(len(out)), total, "every resample")
			}
			return nil
		}
		size := len(sample)
		for times := 0; times <= n-size; times++ {
			if err := fill(from+1, log-logs[times]); err != nil {
				return err
			}
			sample = append(sample, values[from])
		}
		sample = sample[:size]
		return nil
	}
	if err := fill(0, all); err != nil {
		return nil, err
	}
	return out, progress.Report(ctx, total, total, "every resample")
}

// equally gives drawn values equal shares.
func equally(values []float64) replicas {
	out := make(replicas, len(values))
	for i, v := range values {
		out[i] = replica{v, 1 / float64(len(values))}
	}
	return out
}

// sort orders the law by value.
func (r replicas) sort() {
	slices.SortFunc(r, func(a, b replica) int { return cmp.Compare(a.value, b.value) })
}

// moments are the mean and the standard deviation of the law.
func (r replicas) moments() (mean, deviation float64) {
	for _, x := range r {
		mean += x.share * x.value
	}
	for _, x := range r {
		deviation += x.share * (x.value - mean) * (x.value - mean)
	}
	return mean, math.Sqrt(deviation)
}

// below is the share of values below x; a value within rounding of x is equal to it.
func (r replicas) below(x, scale float64) float64 {
	share := 0.0
	for _, v := range r {
		if v.value < x-1e-12*scale {
			share += v.share
		}
	}
	return share
}

// quantile is the smallest value that at least the share alpha does not exceed.
func (r replicas) quantile(alpha float64) float64 {
	run := 0.0
	for _, v := range r {
		if run += v.share; run >= alpha-1e-12 {
			return v.value
		}
	}
	return r[len(r)-1].value
}
