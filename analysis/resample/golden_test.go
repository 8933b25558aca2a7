package resample_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"testing"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/resample"
)

// The data behind the rows "depression": the permeability constants of R's example(wilcox.test).
var (
	term  = []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}
	early = []float64{1.15, 0.88, 0.90, 0.74, 1.21}
)

func sleep(t *testing.T) []float64 {
	extra := reference.Column(t, "in_sleep.csv", 0)
	d := make([]float64, 10)
	for i := range d {
		d[i] = extra[10+i] - extra[i]
	}
	return d
}

func TestPermutationsAgreeWithR(t *testing.T) {
	ctx := context.Background()
	two, err := resample.Permutation(ctx, term, early, resample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const name = "depression all 3003 diff means"
	reference.Near(t, "obs", two.Estimate, reference.R(t, "permutation", name, "obs"), 1e-9)
	reference.Near(t, "two-sided", two.P, reference.R(t, "permutation", name, "p_two_abs"), 1e-9)
	one, err := resample.Permutation(ctx, term, early, resample.Options{Side: inference.Greater})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "greater", one.P, reference.R(t, "permutation", name, "p_greater"), 1e-9)
	// scipy doubles the smaller tail: 0.1272 where the share of differences at least as large is 0.1319.
	reference.Near(t, "scipy", 2*one.P, reference.Py(t, "scipy.permutation_test", "depression exact", "p"), 1e-9)
	// border_numbers_R422.txt: 225, 110, 60 m v five of 200 m, p = 6/56 one- and two-sided, obs 68.333333
	trains, err := resample.Permutation(ctx, []float64{200, 200, 200, 200, 200}, []float64{225, 110, 60}, resample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "trains", trains.P, 6.0/56, 1e-12)
	reference.Near(t, "trains obs", trains.Estimate, 68.333333, 1e-8)
}

func TestSignFlipsAgreeWithR(t *testing.T) {
	r, err := resample.SignFlip(context.Background(), sleep(t), resample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "p", r.P, reference.R(t, "permutation", "sleep sign flip 1024", "p_two"), 1e-12)
	reference.Near(t, "mean", r.Estimate, reference.R(t, "bca", "sleep paired diff mean", "mean"), 1e-9)
}

func mean(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s / float64(len(v))
}

// R's and scipy's intervals are simulated (99,999 and 199,999 draws) and stated to the step of 0.01 in which the mean of
// ten values in tenths moves. Here every resample of the ten is tried, which gives what their draws approach.
func TestBootstrapAgreesWithR(t *testing.T) {
	b, err := resample.Bootstrap(context.Background(), sleep(t), mean, resample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "mean", b.Result.Estimate, reference.R(t, "bca", "sleep paired diff mean", "mean"), 1e-9)
	reference.Near(t, "acceleration", b.Acceleration, reference.R(t, "bca", "sleep paired diff mean", "acceleration"), 1e-9)
	const name = "sleep paired diff mean R=99999 (MC)"
	for quantity, i := range map[string]inference.Interval{"perc": b.Percentile, "bca": b.BCa, "basic": b.Basic} {
		want := reference.List(t, "reference_R.csv", "bca", name, quantity)
		reference.Near(t, quantity+" low", i.Low, want[0], 1e-9)
		reference.Near(t, quantity+" high", i.High, want[1], 1e-9)
	}
	reference.Near(t, "scipy low", b.BCa.Low, reference.Py(t, "scipy.bootstrap BCa", "sleep d R=199999 seed1 (MC)", "lo"), 1e-9)
	// scipy counts half of the resamples equal to the estimate as below it, R and this none: 2.64 there, 2.62 here.
	scipy := reference.Py(t, "scipy.bootstrap BCa", "sleep d R=199999 seed1 (MC)", "hi")
	if math.Abs(scipy-2.64) > 1e-9 || math.Abs(b.BCa.High-2.62) > 1e-9 {
		t.Errorf("high: %v, scipy %v", b.BCa.High, scipy)
	}
	if len(b.Replicates) != 92_378 || b.Result.Provenance.Seed != "" {
		t.Errorf("%d resamples, seed %q", len(b.Replicates), b.Result.Provenance.Seed)
	}
	total := 0.0
	for _, s := range b.Shares {
		total += s
	}
	reference.Near(t, "shares", total, 1, 1e-12)
}

// Drawn resamples of eleven values approach the normal law of the mean; the block bootstrap with blocks of one does too.
func TestDrawnResamplesHaveTheRightSpread(t *testing.T) {
	values := append(sleep(t), 2.2)
	v := 0.0
	for _, x := range values {
		v += (x - mean(values)) * (x - mean(values)) / float64(len(values))
	}
	want := math.Sqrt(v / float64(len(values)))
	free, err := resample.Bootstrap(context.Background(), values, mean, resample.Options{Draws: 40_000})
	if err != nil || free.Shares != nil || free.Result.Provenance.Seed != "1" {
		t.Fatal(err, free)
	}
	reference.Near(t, "SE", free.SE, want, 0.02)
	blocks, err := resample.BlockBootstrap(context.Background(), values, 1, mean, resample.Options{Draws: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "SE of blocks", blocks.SE, want, 0.02)
}

func TestTheSeedMakesTheAnswer(t *testing.T) {
	ctx := context.Background()
	a, b := big(120, 3), big(80, 5)
	first, err := resample.Permutation(ctx, a, b, resample.Options{Seed: 9, Draws: 999})
	if err != nil {
		t.Fatal(err)
	}
	old := runtime.GOMAXPROCS(1)
	again, _ := resample.Permutation(ctx, a, b, resample.Options{Seed: 9, Draws: 999})
	runtime.GOMAXPROCS(old)
	if first.P != again.P || first.String() != again.String() {
		t.Error("the same seed gives another answer on one core")
	}
	swapped, _ := resample.Permutation(ctx, b, a, resample.Options{Draws: 999})
	reference.Near(t, "swapped", swapped.Estimate, -first.Estimate, 1e-9)
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := resample.Permutation(ctx, a, b, resample.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Random permutations must agree with all of them.
func TestRandomPermutationsApproachTheExactOnes(t *testing.T) {
	a, b := big(14, 3), big(13, 4) // 20 million divisions: drawn
	r, err := resample.Permutation(context.Background(), a, b, resample.Options{Draws: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	exact, err := resample.Permutation(context.Background(), a[:11], b[:11], resample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Provenance.Seed == "" || exact.Provenance.Seed != "" || r.P <= 0 || exact.P <= 0 {
		t.Errorf("%v %v", r, exact)
	}
}

func big(n int, step uint64) []float64 {
	v := make([]float64, n)
	state := step
	for i := range v {
		state = state*6364136223846793005 + 1442695040888963407
		v[i] = float64(state>>59) + float64(step)/4
	}
	return v
}

func TestPlaceboDatesAreRanked(t *testing.T) {
	var counts []int
	for _, c := range reference.Column(t, "in_coal_yearly.csv", 1) {
		counts = append(counts, int(c))
	}
	p, err := resample.Placebo(counts, nil, 42, 20, nil, resample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Dates) != 112-2*20+1 || p.Rank < 1 || p.Result.P != float64(p.Rank)/float64(len(p.Dates)) {
		t.Errorf("%d dates, rank %d, P %v", len(p.Dates), p.Rank, p.Result.P)
	}
	reference.Near(t, "ratio", p.Result.Estimate, (64.5/71)/(127.5/41), 1e-12)
}

func TestBadValuesAreNamed(t *testing.T) {
	ctx := context.Background()
	nan := []float64{1, math.NaN(), 3, 4}
	for name, call := range map[string]func() error{
		"empty": func() error { _, err := resample.Permutation(ctx, nil, term, resample.Options{}); return err },
		"NaN":   func() error { _, err := resample.Permutation(ctx, nan, term, resample.Options{}); return err },
		"level": func() error {
			_, err := resample.Permutation(ctx, early, term, resample.Options{Level: 1.5})
			return err
		},
		"draws": func() error { _, err := resample.Permutation(ctx, early, term, resample.Options{Draws: 3}); return err },
		"pairs": func() error { _, err := resample.SignFlip(ctx, []float64{1}, resample.Options{}); return err },
		"boot":  func() error { _, err := resample.Bootstrap(ctx, nan, mean, resample.Options{}); return err },
		"infinite": func() error {
			_, err := resample.Bootstrap(ctx, term, func([]float64) float64 { return math.Inf(1) }, resample.Options{})
			return err
		},
		"block": func() error { _, err := resample.BlockBootstrap(ctx, term, 11, mean, resample.Options{}); return err },
		"placebo": func() error {
			_, err := resample.Placebo([]int{1, 2, 3}, nil, 1, 1, nil, resample.Options{})
			return err
		},
	} {
		var bad *resample.InputError
		if err := call(); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkTenThousandPermutationsOfTwoHundred(b *testing.B) {
	x, y := big(100, 3), big(100, 5)
	for b.Loop() {
		if _, err := resample.Permutation(context.Background(), x, y, resample.Options{Draws: 10_000}); err != nil {
			b.Fatal(err)
		}
	}
}
