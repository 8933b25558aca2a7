package resample

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/draws"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Permutation asks whether the means of two groups differ: lengths, counts per look, anything measured.
//
// Null hypothesis: the group labels are arbitrary, any division of the values into groups of these sizes was equally
// likely. The statistic is mean(first) - mean(second). Up to two million divisions are all tried and P is exact; above
// that Draws are taken at random and the observed division is counted among them. Two-sided P is the share with a
// difference of at least the same size (scipy doubles the smaller tail instead; the two differ when the values are
// skewed). It assumes exchangeable values: looks that belong together (a train that stays) must be averaged first, or
// use BlockBootstrap. The interval is Welch's and only describes the size of the difference.
//
// Errors (*InputError, every row): an empty group, fewer than three values in all, missing values; the context's error.
// Source: Pitman, J. R. Stat. Soc. Suppl. 4 (1937) 119.
func Permutation(ctx context.Context, first, second []float64, o Options) (inference.Result, error) {
	o, err := o.filled()
	faults := append(finite("first group", first), finite("second group", second)...)
	if len(first) == 0 || len(second) == 0 || len(first)+len(second) < 3 {
		faults = append(faults, &InputError{Room: "resample", What: "groups", Value: strconv.Itoa(len(first)) + " and " + strconv.Itoa(len(second)) + " values", Cause: "need at least one value each and three in all"})
	}
	if err := errors.Join(append(faults, err)...); err != nil {
		return inference.Result{}, err
	}
	all := append(append([]float64(nil), first...), second...)
	k := len(first)
	r := inference.Result{
		Question: o.Question, Method: "exact permutation of two groups", Null: "the group labels are arbitrary", Side: o.Side,
		Quantity: "difference of means", N: len(all), Tested: true, Alpha: round(1 - o.Level), Exposure: []inference.Exposure{
			{Name: "first", Amount: float64(k), Unit: "values", Count: k}, {Name: "second", Amount: float64(len(second)), Unit: "values", Count: len(second)}},
		Provenance: inference.Provenance{Design: o.Side.String(), Source: "Pitman 1937"},
	}
	mean := centre(all)
	sum := 0.0
	for _, v := range first {
		sum += v - mean
	}
	n := float64(len(all))
	perSum := n / (float64(k) * (n - float64(k))) // of the centred sum of the first group
	r.Estimate = sum * perSum
	r.Interval = welch(first, second, o)
	if choose(len(all), k) <= enumerable {
		hits, total := enumerate(all, mean, k, sum, o.Side)
		r.P = hits / total
		r.Provenance.Inputs = sheet.Number(total) + " divisions, all tried"
	} else {
		hits, err := shuffle(ctx, all, mean, k, sum, o)
		if err != nil {
			return inference.Result{}, err
		}
		r.Method = "random permutation of two groups"
		r.P = float64(hits+1) / float64(o.Draws+1)
		r.Provenance.Inputs, r.Provenance.Seed = strconv.Itoa(o.Draws)+" random divisions", strconv.FormatUint(o.Seed, 10)
	}
	r.LogP = math.Log(r.P)
	p := 1 / choose(len(all), k)
	if least := p; len(all) <= 12 && least > r.Alpha/2 {
		r.Warnings = append(r.Warnings, "with so few values no P below "+sheet.Digits(least, 3)+" is possible")
	}
	if len(all) < 10 {
		r.Warnings = append(r.Warnings, "fewer than 10 values: the answer hangs on single ones")
	}
	if constant(all) {
		r.Warnings = append(r.Warnings, "all values are equal: there is nothing to compare, and the interval means nothing")
	}
	r.Finding = finding("The mean of the first group minus that of the second is ", r)
	return r, nil
}

func finding(start string, r inference.Result) string {
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	return start + sheet.Number(r.Estimate) + "; a difference " + verb + " (P = " + r.PText() + ", " + r.Side.String() + ")."
}

func round(alpha float64) float64 { return math.Round(alpha*1e12) / 1e12 }

func centre(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s / float64(len(v))
}

// enumerate tries every choice of k values.
func enumerate(all []float64, mean float64, k int, seen float64, side inference.Side) (hits, total float64) {
	slack := tolerance(all, mean)
	var walk func(from, left int, sum float64)
	walk = func(from, left int, sum float64) {
		if left == 0 {
			total++
			if extreme(side, sum, seen, slack) {
				hits++
			}
			return
		}
		for i := from; i <= len(all)-left; i++ {
			walk(i+1, left-1, sum+all[i]-mean)
		}
	}
	walk(0, k, 0)
	return hits, total
}

// tolerance is the rounding error within which two sums count as tied.
func tolerance(all []float64, mean float64) float64 {
	s := 0.0
	for _, v := range all {
		s += math.Abs(v - mean)
	}
	return 1e-10 * s
}

// shuffle draws divisions at random and counts those as far out as seen.
func shuffle(ctx context.Context, all []float64, mean float64, k int, seen float64, o Options) (int, error) {
	small, sign := k, 1.0
	if 2*k > len(all) {
		small, sign = len(all)-k, -1
	}
	slack := tolerance(all, mean)
	centred := make([]float64, len(all))
	for i, v := range all {
		centred[i] = v - mean
	}
	hit := make([]bool, o.Draws)
	err := draws.Run(ctx, o.Draws, o.Seed, "permutations", func() func(int, *rand.Rand) {
		values := make([]float64, len(all))
		return func(i int, rng *rand.Rand) {
			copy(values, centred) // every draw starts from the same order, so that it does not depend on the ones before
			hit[i] = extreme(o.Side, sign*takeSum(values, small, rng.Uint64()), seen, slack)
		}
	})
	k = 0
	for _, h := range hit {
		if h {
			k++
		}
	}
	return k, err
}

// takeSum adds k values taken at random without replacement; it shuffles values. The random numbers are those of
// SplitMix64, two picks of 32 bits a number; a pick is off uniform by less than one in 2^32 / len(values).
func takeSum(values []float64, k int, state uint64) float64 {
	sum := 0.0
	var bits uint64
	for j := range k {
		if j&1 == 0 {
			state += 0x9e3779b97f4a7c15
			z := state
			z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
			z = (z ^ z>>27) * 0x94d049bb133111eb
			bits = z ^ z>>31
		}
		left := values[j:]
		pick := (bits & 0xffffffff) * uint64(len(left)) >> 32
		bits >>= 32
		sum += left[pick]
		left[pick] = left[0]
	}
	return sum
}

// SignFlip asks whether paired differences centre on 0. Null hypothesis: each difference was as likely to have the
// other sign. Up to 20 pairs every flip is tried (P is exact), above that Draws are taken at random. Not for pairs that
// were ordered by what they show. Errors: those of Permutation; fewer than two pairs. Source: Fisher, The Design of
// Experiments (1935), 21.
func SignFlip(ctx context.Context, differences []float64, o Options) (inference.Result, error) {
	o, err := o.filled()
	faults := append(finite("difference", differences), err)
	n := len(differences)
	if n < 2 {
		faults = append(faults, &InputError{Room: "resample", What: "differences", Value: strconv.Itoa(n), Cause: "need at least two pairs"})
	}
	if err := errors.Join(faults...); err != nil {
		return inference.Result{}, err
	}
	seen, size := 0.0, 0.0
	for _, d := range differences {
		seen, size = seen+d, size+math.Abs(d)
	}
	r := inference.Result{
		Question: o.Question, Method: "exact sign flips of pairs", Null: "each difference was as likely to have the other sign", Side: o.Side,
		Quantity: "mean difference", Estimate: seen / float64(n), N: n, Tested: true, Alpha: round(1 - o.Level),
		Exposure: []inference.Exposure{{Name: "pairs", Amount: float64(n), Unit: "values"}},
		Interval: student(differences, o), Provenance: inference.Provenance{Design: o.Side.String(), Source: "Fisher 1935"},
	}
	slack := 1e-10 * size
	if n <= 20 {
		hits := 0
		for mask := range 1 << n {
			sum := 0.0
			for i, d := range differences {
				if mask>>i&1 == 1 {
					d = -d
				}
				sum += d
			}
			if extreme(o.Side, sum, seen, slack) {
				hits++
			}
		}
		r.P = float64(hits) / float64(int(1)<<n)
		r.Provenance.Inputs = strconv.Itoa(1<<n) + " flips, all tried"
	} else {
		hit := make([]bool, o.Draws)
		err := draws.Run(ctx, o.Draws, o.Seed, "sign flips", func() func(int, *rand.Rand) {
			return func(i int, rng *rand.Rand) {
				sum := 0.0
				for _, d := range differences {
					if rng.Uint64()&1 == 1 {
						d = -d
					}
					sum += d
				}
				hit[i] = extreme(o.Side, sum, seen, slack)
			}
		})
		if err != nil {
			return inference.Result{}, err
		}
		hits := 0
		for _, h := range hit {
			if h {
				hits++
			}
		}
		r.Method = "random sign flips of pairs"
		r.P = float64(hits+1) / float64(o.Draws+1)
		r.Provenance.Inputs, r.Provenance.Seed = strconv.Itoa(o.Draws)+" random flips", strconv.FormatUint(o.Seed, 10)
	}
	r.LogP = math.Log(r.P)
	if n < 6 {
		r.Warnings = append(r.Warnings, "with so few pairs no two-sided P below "+sheet.Digits(2/float64(int(1)<<n), 3)+" is possible")
	}
	if constant(differences) {
		r.Warnings = append(r.Warnings, "all differences are equal: the interval, which rests on their spread, means nothing")
	}
	r.Finding = finding("The mean difference is ", r)
	return r, nil
}
