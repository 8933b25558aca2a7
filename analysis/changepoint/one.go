package changepoint

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
)

// Point is one place of a profile: the change lies after the K-th count.
type Point struct {
	K      int // last count of the first regime, from 1
	Label  string
	LogLik float64 // up to a constant: s1 log(s1/e1) + s2 log(s2/e2)
	In     bool    // inside the interval
}

// Change is the answer of One.
type Change struct {
	K          int    // last count of the first regime, from 1
	Label      string // its label
	Low, High  int    // ends of the interval of K
	RateBefore float64
	RateAfter  float64
	Statistic  float64 // twice the log likelihood ratio against no change
	Profile    []Point // every admissible place, for drawing
	Cut        float64 // 2 (max - LogLik) up to which a place belongs to the interval
	Ratio      inference.Result
	series     Series
}

// Options of One. The zero value is 1999 simulations, seed 1, level 0.95.
type Options struct {
	Level       float64
	Simulations int
	Seed        uint64
}

func (o Options) filled() (Options, error) {
	level, err := inference.Level("changepoint", o.Level)
	o.Level = level
	simulations, seed, bad := draws.Fill("changepoint", "simulations", o.Simulations, 1999, o.Seed)
	o.Simulations, o.Seed = simulations, seed
	return o, errors.Join(err, bad)
}

// One finds the most likely single change of the rate, tests it against no change, and gives an interval for its place.
//
// Null hypothesis: one rate throughout. P is simulated: given the total, events fall on the counts in proportion to
// their exposure, and P is the share of simulations whose largest likelihood ratio is at least the observed one,
// counting the observed one itself; it allows for the search over all places. The interval of the place holds every K
// whose likelihood ratio against the best lies below a cut that is simulated from the fitted change, so that it holds
// its level also for few events, where the usual chi-squared cut does not. It assumes independent counts: dwell over
// several looks makes changes out of nothing. The interval of the ratio does not allow for the search and warns so.
//
// Errors (*InputError, every row): fewer than 4 counts, negative counts, exposure not positive; no event at all;
// the context's error when it ends. Source: Worsley, Biometrika 73 (1986) 91.
// Not for a date that was fixed in advance (rate.Design.Compare), nor for series that drift or change more than once.
func One(ctx context.Context, s Series, o Options) (*Change, error) {
	events, exposure, err := s.check(4)
	o, bad := o.filled()
	if err := errors.Join(err, bad); err != nil {
		return nil, err
	}
	n := len(s.Counts)
	total := events[n]
	if total == 0 {
		return nil, &InputError{Room: "changepoint", What: "series", Value: "0 events", Cause: "holds nothing that could change"}
	}
	c := &Change{series: s}
	best := math.Inf(-1)
	for k := 1; k < n; k++ {
		l := gain(events[k], exposure[k]) + gain(total-events[k], exposure[n]-exposure[k])
		c.Profile = append(c.Profile, Point{K: k, Label: s.label(k), LogLik: l})
		if l > best*(1+1e-14) || k == 1 {
			best, c.K = l, k
		}
	}
	k := c.K
	c.Label, c.Statistic = s.label(k), 2*(best-gain(total, exposure[n]))
	c.RateBefore, c.RateAfter = events[k]/exposure[k], (total-events[k])/(exposure[n]-exposure[k])
	beyond, err := simulateNull(ctx, total, exposure, c.Statistic, o)
	if err != nil {
		return nil, err
	}
	if c.Cut, err = c.simulateCut(ctx, exposure, o); err != nil {
		return nil, err
	}
	c.Low, c.High = n, 0
	for i := range c.Profile {
		p := &c.Profile[i]
		if p.In = 2*(best-p.LogLik) <= c.Cut+1e-12; p.In {
			c.Low, c.High = min(c.Low, p.K), max(c.High, p.K)
		}
	}
	return c, c.conclude(events, exposure, beyond, o)
}

// simulateNull counts the simulations under one rate whose statistic reaches the observed one.
func simulateNull(ctx context.Context, total float64, exposure []float64, seen float64, o Options) (int, error) {
	hit := make([]bool, o.Simulations)
	err := draws.Run(ctx, o.Simulations, o.Seed, "no change", func() func(int, *rand.Rand) {
		counts := make([]float64, len(exposure)-1)
		return func(i int, rng *rand.Rand) {
			scatter(rng, counts, int(total), exposure)
			hit[i] = largest(counts, exposure) >= seen*(1-1e-12)
		}
	})
	k := 0
	for _, h := range hit {
		if h {
			k++
		}
	}
	return k, err
}

// simulateCut returns the quantile of 2 (max - loglik at the true place) when the fitted change is true.
func (c *Change) simulateCut(ctx context.Context, exposure []float64, o Options) (float64, error) {
	loss := make([]float64, o.Simulations)
	n := len(exposure) - 1
	err := draws.Run(ctx, o.Simulations, o.Seed^0x5bf0f3a1c9d7e211, "interval", func() func(int, *rand.Rand) {
		counts := make([]float64, n)
		return func(i int, rng *rand.Rand) {
			for j := range counts {
				r := c.RateBefore
				if j >= c.K {
					r = c.RateAfter
				}
				counts[j] = poisson(rng, r*(exposure[j+1]-exposure[j]))
			}
			at, sum := 0.0, 0.0
			for j, x := range counts {
				if sum += x; j+1 == c.K {
					at = sum
				}
			}
			own := 2 * (gain(at, exposure[c.K]) + gain(sum-at, exposure[n]-exposure[c.K]) - gain(sum, exposure[n]))
			loss[i] = math.Max(0, largest(counts, exposure)-own)
		}
	})
	slices.Sort(loss)
	rank := int(math.Ceil(o.Level*float64(o.Simulations+1))) - 1
	return loss[min(rank, len(loss)-1)], err
}

// largest is the maximum over the places of twice the log likelihood ratio.
func largest(counts, exposure []float64) float64 {
	n := len(counts)
	total := 0.0
	for _, x := range counts {
		total += x
	}
	best, sum := math.Inf(-1), 0.0
	for k := 1; k < n; k++ {
		sum += counts[k-1]
		best = math.Max(best, gain(sum, exposure[k])+gain(total-sum, exposure[n]-exposure[k]))
	}
	return 2 * (best - gain(total, exposure[n]))
}

// conclude writes the ratio of the two regimes as a result.
func (c *Change) conclude(events, exposure []float64, beyond int, o Options) error {
	n := len(c.series.Counts)
	before, after := events[c.K], events[n]-events[c.K]
	r, err := ratioOf(int(after), exposure[n]-exposure[c.K], int(before), exposure[c.K], o.Level)
	if err != nil {
		return err
	}
	unit := c.series.seen(events, exposure)[0].Unit
	for i := range r.Exposure {
		r.Exposure[i].Unit = unit
	}
	r.Method, r.Null = "one change of a Poisson rate, exact likelihood, simulated", "the rate did not change"
	r.P = float64(beyond+1) / float64(o.Simulations+1)
	r.LogP = math.Log(r.P)
	r.Statistic = inference.Statistic{Name: "2 log likelihood ratio", Value: c.Statistic}
	r.Warnings = append(r.Warnings, "the place of the change was found in the counts: the interval of the ratio does not allow for that (P does)")
	r.Warnings = c.series.clustered(r.Warnings, []int{c.K})
	if beyond == 0 {
		r.Warnings = append(r.Warnings, "no simulation reached the observed statistic: P is an upper bound")
	}
	if c.K <= 2 || c.K >= n-2 {
		r.Warnings = append(r.Warnings, "the change lies at the edge of the series, where one count decides")
	}
	r.Finding = "The rate changed after " + c.Label + " (" + inference.Percent(o.Level) + " interval " + c.series.label(c.Low) + " to " + c.series.label(c.High) + "), from " +
		sheet.Number(c.RateBefore) + " to " + sheet.Number(c.RateAfter) + " (P = " + r.PText() + ")."
	if r.P > r.Alpha {
		r.Finding = "A change of the rate is not shown (P = " + r.PText() + "); the most likely place would be after " + c.Label + "."
	}
	r.Provenance = inference.Provenance{Design: "level " + strconv.FormatFloat(o.Level, 'g', -1, 64) + ", " + strconv.Itoa(o.Simulations) + " simulations", Seed: strconv.FormatUint(o.Seed, 10), Source: "Worsley 1986"}
	c.Ratio = r
	return nil
}

// String is the text form.
func (c *Change) String() string { return c.sheet().Text() }

// SimpleRender shows the change as a small table, one sentence and its warnings.
func (c *Change) SimpleRender() map[string]any { return c.sheet().Render() }

func (c *Change) sheet() sheet.Sheet {
	s := c.Ratio.Sheet()
	s.Title = "One change of rate"
	s.Rows = append([][]string{{"last of the first regime", c.Label}, {"its interval", c.series.label(c.Low) + " to " + c.series.label(c.High)},
		{"rate before", sheet.Number(c.RateBefore)}, {"rate after", sheet.Number(c.RateAfter)}}, s.Rows...)
	return s
}
