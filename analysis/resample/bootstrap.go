package resample

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/draws"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// Bootstrapped is an estimate with three bootstrap intervals; Result carries the one to be used.
type Bootstrapped struct {
	inference.Result
	Percentile   inference.Interval
	Basic        inference.Interval
	BCa          inference.Interval // unset (level 0) for the block bootstrap
	SE           float64            // standard deviation of the replicates
	Bias         float64            // their mean minus the estimate
	Acceleration float64
	Correction   float64   // z0 of BCa
	Replicates   []float64 // sorted; of every resample once where all were tried (Shares then says how common each is)
	Shares       []float64 // nil where resamples were drawn: each replicate stands for as many
	law          replicas
}

// Bootstrap takes samples with replacement and gives the BCa interval of any statistic of them, with the percentile and
// basic intervals beside it. Up to 10 values every resample is tried, so that nothing is left to chance and no seed is
// used; above that Draws are taken at random.
//
// statistic must be a pure function of a sample of any order and finite on every resample; it is called from several
// goroutines. No hypothesis is tested. Values must be independent: use BlockBootstrap for looks in time. Not below some
// 10 values, where the bootstrap is too sure of itself whether exact or not, and not for maxima. Level and Side follow
// the options.
// Errors (*InputError, every row): fewer than 3 values, missing values, a statistic that is not finite; the context's
// error. Source: Efron, JASA 82 (1987) 171; quantiles as in R's boot::boot.ci.
func Bootstrap(ctx context.Context, values []float64, statistic func([]float64) float64, o Options) (*Bootstrapped, error) {
	o, err := o.filled()
	n := len(values)
	faults := append(finite("value", values), err)
	if statistic == nil {
		faults = append(faults, noStatistic())
	}
	if n < 3 {
		faults = append(faults, &InputError{Room: "resample", What: "values", Value: strconv.Itoa(n), Cause: "need at least 3"})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	b := &Bootstrapped{}
	estimate := statistic(slices.Clone(values))
	exact := n <= everyResample
	if exact {
		b.law, err = every(ctx, values, statistic)
	} else {
		b.law, err = drawn(ctx, o, "bootstrap", func(rng *rand.Rand, sample []float64) float64 {
			for j := range sample {
				sample[j] = values[rng.Uint32N(uint32(n))]
			}
			return statistic(sample)
		}, n)
	}
	if err != nil {
		return nil, err
	}
	if err := b.summarise(estimate, exact, o); err != nil {
		return nil, err
	}
	b.Acceleration = acceleration(values, statistic)
	share := b.law.below(estimate, math.Abs(estimate))
	b.result("bootstrap, BCa interval", estimate, n, exact, o)
	if !(share > 0 && share < 1) || math.IsNaN(b.Acceleration) {
		b.Result.Warnings = append(b.Result.Warnings, "BCa is undefined here (every resample lies on one side, or the statistic does not move): the percentile interval is given")
		b.Result.Interval = b.Percentile
		return b, nil
	}
	b.Correction = tail.NormalQuantile(math.Log(share))
	shift := func(alpha float64) float64 {
		z := b.Correction + tail.NormalQuantile(math.Log(alpha))
		return math.Exp(tail.LogNormalUpper(-(b.Correction + z/(1-b.Acceleration*z))))
	}
	low, high := o.outside()
	b.BCa = inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: "BCa"}
	if low > 0 {
		b.BCa.Low = b.quantile(shift(low))
	}
	if high > 0 {
		b.BCa.High = b.quantile(shift(1 - high))
	}
	b.Result.Interval = b.BCa
	return b, nil
}

// drawn takes Draws random resamples of n values; draw fills a sample and returns its statistic.
func drawn(ctx context.Context, o Options, label string, draw func(*rand.Rand, []float64) float64, n int) (replicas, error) {
	values := make([]float64, o.Draws)
	err := draws.Run(ctx, o.Draws, o.Seed, label, func() func(int, *rand.Rand) {
		sample := make([]float64, n)
		return func(i int, rng *rand.Rand) { values[i] = draw(rng, sample) }
	})
	return equally(values), err
}

// outside returns the chances left beyond each end.
func (o Options) outside() (low, high float64) {
	switch o.Side {
	case inference.Greater:
		return 1 - o.Level, 0
	case inference.Less:
		return 0, 1 - o.Level
	}
	return (1 - o.Level) / 2, (1 - o.Level) / 2
}

// acceleration is the jackknife estimate of Efron's a.
func acceleration(values []float64, statistic func([]float64) float64) float64 {
	n := len(values)
	left := make([]float64, 0, n)
	theta := make([]float64, n)
	for i := range values {
		left = append(append(left[:0], values[:i]...), values[i+1:]...)
		theta[i] = statistic(left)
	}
	mean := centre(theta)
	var two, three float64
	for _, t := range theta {
		d := mean - t
		two += d * d
		three += d * d * d
	}
	return three / (6 * math.Pow(two, 1.5))
}

// summarise sorts the replicates and fills the intervals that need nothing else.
func (b *Bootstrapped) summarise(estimate float64, exact bool, o Options) error {
	for _, v := range append(b.law, replica{value: estimate}) {
		if math.IsNaN(v.value) || math.IsInf(v.value, 0) {
			return &InputError{Room: "resample", What: "statistic", Value: strconv.FormatFloat(v.value, 'g', -1, 64), Cause: "is not finite on every resample; choose one that is"}
		}
	}
	b.law.sort()
	for _, v := range b.law {
		b.Replicates = append(b.Replicates, v.value)
		if exact {
			b.Shares = append(b.Shares, v.share)
		}
	}
	mean, deviation := b.law.moments()
	b.SE, b.Bias = deviation, mean-estimate
	if r := float64(len(b.law)); !exact {
		b.SE *= math.Sqrt(r / (r - 1))
	}
	low, high := o.outside()
	b.Percentile = inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: "percentile"}
	b.Basic = inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: o.Level, Method: "basic"}
	if low > 0 {
		b.Percentile.Low = b.quantile(low)
		b.Basic.Low = 2*estimate - b.quantile(1-low)
	}
	if high > 0 {
		b.Percentile.High = b.quantile(1 - high)
		b.Basic.High = 2*estimate - b.quantile(high)
	}
	return nil
}

// quantile is that of the law where every resample was tried, and of the drawn replicates otherwise.
func (b *Bootstrapped) quantile(alpha float64) float64 {
	if b.Shares != nil {
		return b.law.quantile(alpha)
	}
	return quantile(b.Replicates, alpha)
}

// quantile interpolates the (R+1) alpha-th replicate on the normal scale, as boot.ci does.
func quantile(sorted []float64, alpha float64) float64 {
	r := len(sorted)
	at := alpha * float64(r+1)
	k := int(at)
	switch {
	case k < 1:
		return sorted[0]
	case k >= r:
		return sorted[r-1]
	case at == float64(k):
		return sorted[k-1]
	}
	z := func(i float64) float64 { return tail.NormalQuantile(math.Log(i / float64(r+1))) }
	a, lo, hi := tail.NormalQuantile(math.Log(alpha)), z(float64(k)), z(float64(k+1))
	return sorted[k-1] + (a-lo)/(hi-lo)*(sorted[k]-sorted[k-1])
}

func (b *Bootstrapped) result(method string, estimate float64, n int, exact bool, o Options) {
	b.Result = inference.Result{
		Question: o.Question, Method: method, Null: "none: nothing was tested", Side: o.Side, Quantity: "statistic", Estimate: estimate, Interval: b.Percentile,
		P: math.NaN(), Alpha: round(1 - o.Level), N: n, Exposure: []inference.Exposure{{Name: "sample", Amount: float64(n), Unit: "values"}},
		Provenance: inference.Provenance{Design: o.Side.String() + ", level " + strconv.FormatFloat(o.Level, 'g', -1, 64), Inputs: strconv.Itoa(o.Draws) + " resamples", Seed: strconv.FormatUint(o.Seed, 10), Source: "Efron 1987"},
	}
	if exact {
		b.Result.Provenance.Inputs, b.Result.Provenance.Seed = strconv.Itoa(len(b.law))+" different resamples, all tried", ""
	}
	if n < 10 {
		b.Result.Warnings = append(b.Result.Warnings, "fewer than 10 values: bootstrap intervals are too narrow")
	}
}

// BlockBootstrap draws whole stretches of block neighbouring values (a circle of moving blocks), so that correlation
// within a stretch survives, and gives the percentile interval of a statistic of the series put together again.
//
// Choose block about the time a thing stays in view, counted in looks, and never from the answer it gives. Needs some
// five blocks at least; rows must be in order of time. statistic as in Bootstrap, but it may depend on the order.
// Errors: those of Bootstrap; a block outside 1 … n. Source: Politis and Romano, in Exploring the Limits of Bootstrap
// (1992) 263.
func BlockBootstrap(ctx context.Context, values []float64, block int, statistic func([]float64) float64, o Options) (*Bootstrapped, error) {
	o, err := o.filled()
	n := len(values)
	faults := append(finite("value", values), err)
	if statistic == nil {
		faults = append(faults, noStatistic())
	}
	if block < 1 || block > n || n < 3 {
		faults = append(faults, &InputError{Room: "resample", What: "block", Value: strconv.Itoa(block), Cause: "must be between 1 and the " + strconv.Itoa(n) + " values (at least 3)"})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	b := &Bootstrapped{}
	estimate := statistic(slices.Clone(values))
	b.law, err = drawn(ctx, o, "block bootstrap", func(rng *rand.Rand, sample []float64) float64 {
		for j := 0; j < n; j += block {
			from := int(rng.Uint32N(uint32(n)))
			for k := j; k < min(j+block, n); k++ {
				sample[k] = values[(from+k-j)%n]
			}
		}
		return statistic(sample)
	}, n)
	if err != nil {
		return nil, err
	}
	if err := b.summarise(estimate, false, o); err != nil {
		return nil, err
	}
	b.result("block bootstrap, blocks of "+strconv.Itoa(block)+", percentile interval", estimate, n, false, o)
	b.Result.Provenance.Source = "Politis and Romano 1992"
	if n/block < 5 {
		b.Result.Warnings = append(b.Result.Warnings, "only "+strconv.Itoa(n/block)+" whole blocks fit: the interval is not to be trusted")
	}
	return b, nil
}

// String is the text form.
func (b *Bootstrapped) String() string { return b.sheet().Text() }

// SimpleRender shows the estimate with its intervals.
func (b *Bootstrapped) SimpleRender() map[string]any { return b.sheet().Render() }

func (b *Bootstrapped) sheet() sheet.Sheet {
	s := b.Result.Sheet()
	for _, i := range []inference.Interval{b.Percentile, b.Basic} {
		s.Rows = append(s.Rows, []string{i.Method + " interval", sheet.Number(i.Low) + " to " + sheet.Number(i.High)})
	}
	s.Rows = append(s.Rows, []string{"standard error", sheet.Number(b.SE)}, []string{"bias", sheet.Number(b.Bias)})
	return s
}
