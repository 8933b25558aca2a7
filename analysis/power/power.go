// Package power says before any image is bought how likely a comparison of two rates is to show a difference that is
// there: exactly, by enumeration of all counts, or by simulation where looks are clustered; and how many looks are
// needed. It stands on analysis/rate; the design that is asked must be the one that will be used.
package power

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/draws"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Truth is the world that is supposed: rates per look and the looks that will be made.
type Truth struct {
	First, Second           float64 // rates per unit of exposure, >= 0
	FirstLooks, SecondLooks float64 // exposures, > 0
}

// Power is the chance that the design shows a difference. Its Result estimates that chance: exactly, or with the interval
// of the simulation; it is a property of a supposed world, so nothing is tested.
type Power struct {
	inference.Result
	Chance float64
	Error  float64 // standard error of Chance when it was simulated, else 0
	Size   float64 // chance that the design rejects when both rates are that of the second sample (exact power only)
	Truth  Truth
	Design string
}

func (t Truth) check() error {
	var faults []error
	for _, v := range []struct {
		what  string
		value float64
		least bool
	}{{"first rate", t.First, true}, {"second rate", t.Second, true}, {"first looks", t.FirstLooks, false}, {"second looks", t.SecondLooks, false}} {
		if !(v.value > 0 || v.least && v.value == 0) || math.IsInf(v.value, 1) {
			faults = append(faults, &InputError{Room: "power", What: v.what, Value: strconv.FormatFloat(v.value, 'g', -1, 64), Cause: "must be finite and positive (a rate may be 0)"})
		}
	}
	return errors.Join(faults...)
}

// largestMean bounds the work of the enumeration.
const largestMean = 20_000

// Exact returns the power of the design's comparison, by adding the chances of all pairs of counts that it rejects.
//
// It holds for Poisson counts only: clustering lowers the power, sometimes by much (use Simulated). Chances below 1e-15
// are left out. Errors (*InputError): negative rates, exposures not positive, more than 20,000 events expected, and
// those of rate.Design.Compare.
func Exact(d rate.Design, t Truth) (Power, error) {
	if err := t.check(); err != nil {
		return Power{}, err
	}
	if t.First*t.FirstLooks+t.Second*t.SecondLooks > largestMean {
		return Power{}, &InputError{Room: "power", What: "events expected", Value: sheet.Number(t.First*t.FirstLooks + t.Second*t.SecondLooks), Cause: "are too many to enumerate; use Simulated"}
	}
	chance, design, err := enumerate(d, t)
	if err != nil {
		return Power{}, err
	}
	same := t
	same.First = t.Second
	size, _, err := enumerate(d, same)
	if err != nil {
		return Power{}, err
	}
	p := Power{Chance: chance, Size: size, Truth: t, Design: design}
	p.conclude("exact, Poisson counts", inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the chance is added up, not estimated"})
	return p, nil
}

// enumerate adds the chances of the counts that the design rejects, total by total: for a fixed total the rejected
// counts lie at the two ends.
func enumerate(d rate.Design, t Truth) (float64, string, error) {
	mean := t.First*t.FirstLooks + t.Second*t.SecondLooks
	if mean == 0 {
		return 0, "", nil
	}
	p, q := t.First*t.FirstLooks/mean, t.Second*t.SecondLooks/mean
	low := int(math.Max(0, mean-9*math.Sqrt(mean)-10))
	high := int(mean + 9*math.Sqrt(mean) + 25)
	sum, design := 0.0, ""
	var fault error
	for n := low; n <= high; n++ {
		weight := math.Exp(tail.LogPoisson(float64(n), mean))
		if weight < 1e-17 {
			continue
		}
		rejects := func(x int) (bool, float64) {
			r, err := d.Compare(rate.Of(x).In(t.FirstLooks, "looks"), rate.Of(n-x).In(t.SecondLooks, "looks"))
			if err != nil {
				fault = err
			}
			design = r.Provenance.Design
			return r.Rejected(), r.Estimate
		}
		below, above := ends(n, middle(d, t, n), rejects)
		if fault != nil {
			return 0, "", fault
		}
		if below >= 0 {
			lower, _ := tail.LogBinomialTails(below, n, p, q)
			sum += weight * math.Exp(lower)
		}
		if above <= n {
			_, upper := tail.LogBinomialTails(above, n, p, q)
			sum += weight * math.Exp(upper)
		}
	}
	return math.Min(1, sum), design, nil
}

// middle is the first count, of n in all, that speaks least against the null value of the design.
func middle(d rate.Design, t Truth, n int) int {
	a, b := t.FirstLooks, t.SecondLooks
	if d.Measure == rate.Difference {
		at := (d.Null + float64(n)/b) / (1/a + 1/b)
		return int(math.Max(0, math.Min(float64(n), at)))
	}
	if d.Null != 0 {
		a *= d.Null
	}
	return int(float64(n) * a / (a + b))
}

// ends returns the largest rejected count below the middle (-1: none) and the smallest above it (n+1: none).
func ends(n, middle int, rejects func(int) (bool, float64)) (below, above int) {
	lo, hi := -1, middle
	for lo < hi {
		mid := lo + (hi-lo+1)/2
		if r, _ := rejects(mid); r {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	below = lo
	lo, hi = middle+1, n+1
	if below >= middle { // everything in the lower half is rejected
		below = middle
	}
	for lo < hi {
		mid := lo + (hi-lo)/2
		if r, _ := rejects(mid); r {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return below, lo
}

// Simulated returns the power for counts that vary more than Poisson ones: each look's count is negative binomial with
// its rate as mean and size theta (variance mean + mean²/theta; 0 stands for Poisson). One look is one unit of
// exposure, so the looks must be whole numbers. repeats of 0 stands for 2000, seed of 0 for 1. Not for a Poisson world,
// where Exact needs no chance. Errors: those of Exact; a theta outside 0.001 … 1,000,000; more than 10^10 events; the
// context's error.
func Simulated(ctx context.Context, d rate.Design, t Truth, theta float64, repeats int, seed uint64) (Power, error) {
	if repeats == 0 {
		repeats = 2000
	}
	if seed == 0 {
		seed = 1
	}
	err := t.check()
	clustered := theta == 0 || theta >= 1e-3 && theta <= 1e6
	if most := math.Max(t.First*t.FirstLooks, t.Second*t.SecondLooks); most > 1e10 {
		err = errors.Join(err, &InputError{Room: "power", What: "events", Value: sheet.Number(most), Cause: "are too many to simulate; use Exact"})
	}
	if !clustered || repeats < 100 || t.FirstLooks != math.Trunc(t.FirstLooks) || t.SecondLooks != math.Trunc(t.SecondLooks) {
		err = errors.Join(err, &InputError{Room: "power", What: "theta, repeats and looks", Value: sheet.Number(theta) + ", " + strconv.Itoa(repeats) + ", " + sheet.Number(t.FirstLooks) + " and " + sheet.Number(t.SecondLooks), Cause: "theta must be 0 or between 0.001 and a million, repeats 100 or more, looks whole"})
	}
	if err != nil {
		return Power{}, err
	}
	probe, err := d.Compare(rate.Of(1).In(t.FirstLooks, "looks"), rate.Of(1).In(t.SecondLooks, "looks"))
	if err != nil {
		return Power{}, err
	}
	hit := make([]bool, repeats)
	err = draws.Run(ctx, repeats, seed, "power", func() func(int, *rand.Rand) {
		return func(i int, rng *rand.Rand) {
			r, err := d.Compare(rate.Of(draw(rng, t.First, t.FirstLooks, theta)).In(t.FirstLooks, "looks"), rate.Of(draw(rng, t.Second, t.SecondLooks, theta)).In(t.SecondLooks, "looks"))
			hit[i] = err == nil && r.Rejected()
		}
	})
	if err != nil {
		return Power{}, err
	}
	k := 0.0
	for _, h := range hit {
		if h {
			k++
		}
	}
	p := Power{Chance: k / float64(repeats), Truth: t, Design: probe.Provenance.Design, Size: math.NaN()}
	p.Error = math.Sqrt(p.Chance * (1 - p.Chance) / float64(repeats))
	method := strconv.Itoa(repeats) + " simulations, Poisson looks"
	if theta > 0 {
		method = strconv.Itoa(repeats) + " simulations, negative binomial looks with theta " + sheet.Number(theta)
	}
	share, err := effort.Occupancy(int(k), repeats, 0.95)
	if err != nil {
		return Power{}, err
	}
	p.conclude(method, share.Interval)
	p.Provenance.Seed = strconv.FormatUint(seed, 10)
	if theta > 0 {
		p.Warnings = append(p.Warnings, "the design assumes Poisson counts: with clustered looks it also rejects too often when nothing changed")
	}
	return p, nil
}

// draw is the total of some looks: a sum of negative binomials is a Poisson count with a gamma mean.
func draw(rng *rand.Rand, mean, looks, theta float64) int {
	total := mean * looks
	if total == 0 {
		return 0
	}
	if theta > 0 {
		total = distuv.Gamma{Alpha: theta * looks, Beta: theta / mean, Src: rng}.Rand()
	}
	if total == 0 {
		return 0
	}
	return int(distuv.Poisson{Lambda: total, Src: rng}.Rand())
}

// conclude writes the chance as a result.
func (p *Power) conclude(method string, interval inference.Interval) {
	t := p.Truth
	p.Result = inference.Result{
		Method: method, Null: "none: power is the chance of a test in a supposed world", Quantity: "power", Estimate: p.Chance, Interval: interval, P: math.NaN(),
		N: int(math.Round(t.First*t.FirstLooks + t.Second*t.SecondLooks)), Finding: p.Sentence(),
		Exposure:   []inference.Exposure{{Name: "first", Amount: t.FirstLooks, Unit: "looks", Count: inference.Uncounted}, {Name: "second", Amount: t.SecondLooks, Unit: "looks", Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: p.Design, Inputs: "rates " + sheet.Number(t.First) + " and " + sheet.Number(t.Second) + " supposed", Source: "enumeration or simulation of the design's own test"},
	}
	if p.Chance < 0.5 {
		p.Warnings = append(p.Warnings, "a difference of this size would more likely be missed than shown: \"not shown\" will then mean nothing")
	}
}

// Needed returns the smallest number of looks in each of two equal samples from which on the design has at least the
// wanted power; the power of exact tests goes up and down with the looks, so the next ten numbers must hold it too.
// most bounds the search (0 stands for 10,000). Errors: those of Exact; wanted outside (0,1); no number up to most.
// Not for clustered looks, which need more: check with Simulated.
func Needed(d rate.Design, first, second, wanted float64, most int) (int, Power, error) {
	if !(wanted > 0 && wanted < 1) {
		return 0, Power{}, &InputError{Room: "power", What: "power wanted", Value: strconv.FormatFloat(wanted, 'g', -1, 64), Cause: "must lie between 0 and 1"}
	}
	if most == 0 {
		most = 10_000
	}
	at := func(n int) (float64, error) {
		t := Truth{first, second, float64(n), float64(n)}
		if err := t.check(); err != nil {
			return 0, err
		}
		c, _, err := enumerate(d, t)
		return c, err
	}
	lo, hi := 0, 1
	for {
		c, err := at(hi)
		if err != nil {
			return 0, Power{}, err
		}
		if c >= wanted {
			break
		}
		if hi >= most || float64(hi)*(first+second) > largestMean {
			return 0, Power{}, &InputError{Room: "power", What: "looks", Value: strconv.Itoa(hi), Cause: "in each sample do not reach the power wanted"}
		}
		lo, hi = hi, min(2*hi, most)
	}
	for hi-lo > 12 {
		mid := (lo + hi) / 2
		c, err := at(mid)
		if err != nil {
			return 0, Power{}, err
		}
		if c >= wanted {
			hi = mid
		} else {
			lo = mid
		}
	}
	good := 0
	start := max(1, lo-12)
	for n := start; ; n++ {
		c, err := at(n)
		if err != nil {
			return 0, Power{}, err
		}
		if c < wanted {
			good = 0
			continue
		}
		if good++; good == 11 {
			n -= 10
			p, err := Exact(d, Truth{first, second, float64(n), float64(n)})
			return n, p, err
		}
	}
}

// Sentence is the power in one sentence.
func (p Power) Sentence() string {
	s := "If the rates are " + sheet.Number(p.Truth.First) + " and " + sheet.Number(p.Truth.Second) + ", " + sheet.Number(p.Truth.FirstLooks) + " and " + sheet.Number(p.Truth.SecondLooks) +
		" looks show a difference with a chance of " + sheet.Digits(p.Chance, 3)
	if p.Error > 0 {
		s += " (± " + sheet.Digits(p.Error, 2) + ")"
	}
	return s + "."
}

// String is the text form.
func (p Power) String() string { return p.sheet().Text() }

// SimpleRender shows the power, its sentence and warnings.
func (p Power) SimpleRender() map[string]any { return p.sheet().Render() }

func (p Power) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Power", Lines: []string{p.Sentence()}, Warnings: p.Warnings, Source: p.Result.Sheet().Source,
		Rows: [][]string{{"method", p.Method}, {"rates", sheet.Number(p.Truth.First) + " v " + sheet.Number(p.Truth.Second)}, {"looks", sheet.Number(p.Truth.FirstLooks) + " v " + sheet.Number(p.Truth.SecondLooks)}, {"power", sheet.Digits(p.Chance, 4)}}}
	if p.Error == 0 && !math.IsNaN(p.Size) {
		s.Rows = append(s.Rows, []string{"size when nothing changed", sheet.Digits(p.Size, 3)})
	}
	return s
}
