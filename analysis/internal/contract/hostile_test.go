package contract_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/censored"
	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/corroborate"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/length"
	"github.com/sightline-osint/sightline/analysis/multiplicity"
	"github.com/sightline-osint/sightline/analysis/power"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/resample"
	"github.com/sightline-osint/sightline/analysis/smooth"
)

// What a hostile user hands in.
var (
	floats = []float64{0, 1, -1, 0.5, 1e-300, 1e300, math.Inf(1), math.Inf(-1), math.NaN()}
	counts = []int{0, 1, -1, 7, 10_000_000, math.MinInt, math.MaxInt}
	series = [][]float64{nil, {1}, {2, 2}, {2, 2, 2, 2, 2}, {1, 2, math.NaN(), 4}, {1, math.Inf(1), 3, 4}, {-1e308, 1e308, 1, 2}, {1e-320, 2e-320, 3e-320, 4e-320}, {3, 1, 2, 9, 4, 4}}
	lists  = [][]int{nil, {0}, {3}, {0, 0}, {0, 0, 0, 0, 0}, {1, -2, 3, 4}, {5, 5, 5, 5, 5, 5}, {0, 0, 1_000_000_000, 0, 1}, {1, 0, 2, 0, 9, 3}}
)

// attempt calls one function. It must not panic; what it refuses it refuses with a typed error; what it answers holds no
// NaN without a word.
func attempt(t *testing.T, name string, call func() (any, error)) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s panics: %v", name, p)
		}
	}()
	got, err := call()
	if err != nil {
		var bad *inference.InputError
		var stuck *regression.ConvergenceError
		if !errors.As(err, &bad) && !errors.As(err, &stuck) {
			t.Errorf("%s: an untyped error: %v", name, err)
		}
		return
	}
	shown, ok := got.(interface{ SimpleRender() map[string]any })
	if !ok {
		if strings.Contains(fmt.Sprint(got), "NaN") {
			t.Errorf("%s: NaN without a word: %v", name, got)
		}
		return
	}
	text, _ := shown.SimpleRender()["text/plain"].(string)
	if strings.Contains(text, "NaN") && !strings.Contains(text, "!") {
		t.Errorf("%s: NaN without a word: %s", name, text)
	}
	if r, ok := got.(inference.Result); ok && r.Tested && !(r.P >= 0 && r.P <= 1) {
		t.Errorf("%s: P %v", name, r.P)
	}
}

func TestRatesOfHostileSamples(t *testing.T) {
	for m := rate.Method(-1); m <= rate.ETestWald+1; m++ {
		for _, x := range counts {
			for _, e := range floats {
				if m >= rate.ETest && x > 1_000_000 {
					continue // the sums would be long, not wrong
				}
				d := rate.Design{Method: m}
				name := fmt.Sprintf("%v of %d in %v", m, x, e)
				attempt(t, "rate "+name, func() (any, error) { return d.Rate(rate.Of(x).In(e, "looks")) })
				attempt(t, "ratio "+name, func() (any, error) { return d.Compare(rate.Of(x).In(e, "looks"), rate.Of(3).In(4, "looks")) })
				d.Measure = rate.Difference
				attempt(t, "difference "+name, func() (any, error) { return d.Compare(rate.Of(3).In(4, "looks"), rate.Of(x).In(e, "looks")) })
				d.Measure, d.Margin = rate.Ratio, rate.Within(0.5, 2)
				attempt(t, "equivalence "+name, func() (any, error) {
					return d.Equivalence(rate.Of(x).In(e, "looks"), rate.Of(3).In(4, "looks"))
				})
			}
		}
	}
	a, b := rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks")
	for _, v := range floats {
		for _, measure := range []rate.Measure{rate.Ratio, rate.Difference, 7} {
			for _, d := range []rate.Design{{Null: v}, {Level: v}, {Margin: rate.Within(v, 2)}, {Margin: rate.AtMost(v)}, {Null: v, Method: rate.ETest}, {Level: v, Method: rate.ETest}} {
				d.Measure = measure
				attempt(t, fmt.Sprintf("design %+v", d), func() (any, error) { return d.Compare(a, b) })
				attempt(t, fmt.Sprintf("design %+v", d), func() (any, error) { return d.Equivalence(a, b) })
				attempt(t, fmt.Sprintf("design %+v", d), func() (any, error) { return d.Rate(a) })
				attempt(t, fmt.Sprintf("empty looks %+v", d), func() (any, error) { return effort.EmptyLooks(d, a, b) })
				if d.Method == rate.ETest {
					continue // slow, not wrong
				}
				attempt(t, fmt.Sprintf("power %+v", d), func() (any, error) {
					return power.Exact(d, power.Truth{First: 1, Second: 2, FirstLooks: 3, SecondLooks: 4})
				})
			}
		}
		attempt(t, "vary", func() (any, error) { return effort.Vary(rate.Design{}, a, b, []float64{v, 1}, []float64{2, v}) })
		attempt(t, "power", func() (any, error) {
			return power.Exact(rate.Design{}, power.Truth{First: v, Second: 1, FirstLooks: 30, SecondLooks: v})
		})
		attempt(t, "simulated power", func() (any, error) {
			return power.Simulated(context.Background(), rate.Design{}, power.Truth{First: 1, Second: 2, FirstLooks: 3, SecondLooks: 4}, v, 200, 1)
		})
		attempt(t, "looks to see", func() (any, error) { return effort.LooksToSee(v, 0.9) })
		attempt(t, "adjusted", func() (any, error) { return multiplicity.BY([]float64{0.5, v}) })
		attempt(t, "words", func() (any, error) { return inference.Words(v) })
	}
}

func TestSeriesOfHostileCounts(t *testing.T) {
	ctx := context.Background()
	for _, list := range lists {
		name := fmt.Sprint(list)
		attempt(t, "dispersion "+name, func() (any, error) { return rate.Dispersion(list) })
		attempt(t, "truncated "+name, func() (any, error) { return censored.ZeroTruncated(list, 0) })
		for _, e := range [][]float64{nil, {1, 2, 3, 4, 5, 6}, {1, 0, 1, 1, math.NaN(), -1}, {1e-9, 1e9, 1e-9, 1e9, 1, 1}} {
			if e != nil && len(list) > 1 {
				e = e[:min(len(e), len(list))]
			}
			s := changepoint.Series{Counts: list, Exposure: e}
			attempt(t, "one change "+name, func() (any, error) { return changepoint.One(ctx, s, changepoint.Options{Simulations: 99}) })
			attempt(t, "several changes "+name, func() (any, error) { return changepoint.Several(ctx, s, 0) })
			attempt(t, "Bayes "+name, func() (any, error) { return changepoint.Bayes(s, changepoint.Prior{Shape: 1, Rate: 1}, 0) })
			attempt(t, "CUSUM "+name, func() (any, error) { return changepoint.Watch(s, 1, 2, 4) })
			attempt(t, "placebo "+name, func() (any, error) { return resample.Placebo(list, e, 3, 1, nil, resample.Options{}) })
			times := []float64{1, 2, 3, 4, 5, 6}[:min(6, len(list))]
			attempt(t, "interrupted "+name, func() (any, error) { return regression.InterruptedSeries(times, list, e, 3.5, 1) })
		}
	}
	for _, v := range floats {
		s := changepoint.Series{Counts: []int{1, 0, 2, 0, 9, 3}}
		attempt(t, "level", func() (any, error) { return changepoint.One(ctx, s, changepoint.Options{Level: v, Simulations: 99}) })
		attempt(t, "penalty", func() (any, error) { return changepoint.Several(ctx, s, v) })
		attempt(t, "prior", func() (any, error) { return changepoint.Bayes(s, changepoint.Prior{Shape: v, Rate: 1}, v) })
		attempt(t, "limit", func() (any, error) { return changepoint.Watch(s, v, 2, v) })
		attempt(t, "date", func() (any, error) {
			return regression.InterruptedSeries([]float64{1, 2, 3, v, 5, 6}, s.Counts, nil, v, 1)
		})
	}
}

func TestModelsOfHostileColumns(t *testing.T) {
	group := []string{"a", "a", "b", "b", "b", "a"}
	for _, list := range lists {
		for _, x := range series {
			data := regression.Columns{"n": list, "x": x, "group": group[:min(6, len(list))]}
			for name, fit := range map[string]func(string, regression.Columns) (*regression.Fit, error){"Poisson": regression.Poisson, "quasi": regression.QuasiPoisson, "negative binomial": regression.NegativeBinomial} {
				for _, formula := range []string{"n ~ x", "n ~ group", "n ~ 1", "n ~ x + offset(x)"} {
					attempt(t, fmt.Sprint(name, formula, list, x), func() (any, error) {
						f, err := fit(formula, data)
						if err != nil {
							return nil, err
						}
						f.DispersionCheck()
						f.Rootogram()
						for k := regression.HC0; k <= regression.HC3+1; k++ {
							attempt(t, k.String(), func() (any, error) { return f.Robust(k) })
						}
						attempt(t, "Newey-West", func() (any, error) { return f.NeweyWest(1) })
						attempt(t, "observed", func() (any, error) { return f.Observed() })
						attempt(t, "zeros", func() (any, error) { return f.ZeroCheck() })
						return f, nil
					})
				}
			}
		}
	}
	for _, formula := range []string{"", "~", "n", "n ~", "n ~ ~", "n ~ (", "n ~ x ^ 2", "n ~ nothing", "nothing ~ x", "n ~ log(x)", "n ~ log(", "n ~ - x", "n ~ 0", "n ~ x + + x", "n ~ x:group*x", "x ~ n", "group ~ n"} {
		attempt(t, formula, func() (any, error) {
			return regression.Poisson(formula, regression.Columns{"n": []int{1, 0, 2, 0, 9, 3}, "x": []float64{-1, 2, 3, 4, 5, 6}, "group": group})
		})
	}
	// Separation: a group without any event.
	f, err := regression.Poisson("n ~ group", regression.Columns{"n": []int{3, 5, 0, 0, 0, 2}, "group": group})
	if err == nil && !strings.Contains(strings.Join(f.Warnings, " "), "separation") {
		t.Errorf("separation passes without a word: %v", f)
	}
}

func TestGroupsOfHostileValues(t *testing.T) {
	ctx := context.Background()
	sum := func(v []float64) float64 {
		s := 0.0
		for _, x := range v {
			s += x
		}
		return s
	}
	for _, a := range series {
		name := fmt.Sprint(a)
		for _, b := range series {
			attempt(t, "permutation "+name, func() (any, error) { return resample.Permutation(ctx, a, b, resample.Options{Draws: 99}) })
			attempt(t, "Mann-Whitney "+name, func() (any, error) { return length.MannWhitney(a, b, inference.TwoSided, 0) })
			attempt(t, "Kolmogorov-Smirnov "+name, func() (any, error) { return length.KolmogorovSmirnov(a, b, inference.Less) })
			attempt(t, "trend "+name, func() (any, error) { return length.MannKendall(a, b, inference.TwoSided, 0) })
			attempt(t, "density "+name, func() (any, error) { return smooth.Density(a, b, 1) })
			attempt(t, "loess "+name, func() (any, error) { return smooth.Loess(a, b, 0.8, 1, a) })
			attempt(t, "lowess "+name, func() (any, error) { return smooth.Lowess(a, b, 0.8, 2) })
		}
		attempt(t, "sign flips "+name, func() (any, error) { return resample.SignFlip(ctx, a, resample.Options{Draws: 99}) })
		attempt(t, "bootstrap "+name, func() (any, error) { return resample.Bootstrap(ctx, a, sum, resample.Options{Draws: 99}) })
		attempt(t, "blocks "+name, func() (any, error) {
			return resample.BlockBootstrap(ctx, a, 2, sum, resample.Options{Draws: 99})
		})
		attempt(t, "shift "+name, func() (any, error) { return changepoint.Mean(a, 1) })
		attempt(t, "nrd0 "+name, func() (any, error) { return smooth.NRD0(a) })
		attempt(t, "nrd "+name, func() (any, error) { return smooth.NRD(a) })
		attempt(t, "SJ "+name, func() (any, error) { return smooth.SJ(a) })
	}
	for _, v := range floats {
		for _, side := range []inference.Side{-1, inference.Greater, 9} {
			o := resample.Options{Level: v, Draws: 99, Side: side}
			attempt(t, "options", func() (any, error) { return resample.Permutation(ctx, lengths, lengths, o) })
			attempt(t, "options", func() (any, error) { return resample.Bootstrap(ctx, lengths, sum, o) })
			attempt(t, "ranks", func() (any, error) { return length.MannWhitney(lengths, lengths, side, v) })
			attempt(t, "trend", func() (any, error) { return length.MannKendall(nil, lengths, side, v) })
			attempt(t, "odds", func() (any, error) {
				return effort.CompareOccupancy(effort.Share{Present: 1, Looks: 3}, effort.Share{Present: 0, Looks: 2}, side, v)
			})
		}
		attempt(t, "bandwidth", func() (any, error) { return smooth.Density(lengths, lengths, v) })
		attempt(t, "span", func() (any, error) { return smooth.Loess(lengths, lengths, v, 2, lengths) })
		attempt(t, "fraction", func() (any, error) { return smooth.Lowess(lengths, lengths, v, 3) })
		attempt(t, "classes", func() (any, error) {
			return length.Classify(v, 10, []length.Class{{Name: "bulk", Mean: 180, SD: v, Share: 0.4}}, 10, 400)
		})
		attempt(t, "classes", func() (any, error) {
			return length.Classify(150, v, []length.Class{{Name: "bulk", Mean: v, SD: 20, Share: v}}, v, 400)
		})
	}
}

func TestVagueCountsAndSourcesOfAHostileUser(t *testing.T) {
	for _, x := range counts {
		for _, y := range counts {
			name := fmt.Sprint(x, y)
			for _, c := range []censored.Count{censored.Exactly(x), censored.Between(x, y), censored.AtLeast(x), censored.AtMost(x), censored.MoreThan(x), censored.FewerThan(x), censored.About(x).Within(y)} {
				attempt(t, "vague "+name, func() (any, error) { return censored.Rate(censored.Each(c, censored.Exactly(3)), 0) })
				attempt(t, "vague pair "+name, func() (any, error) {
					return censored.Compare(rate.Design{}, censored.Each(c), censored.Each(censored.Exactly(2)), "looks")
				})
			}
			attempt(t, "share "+name, func() (any, error) { return effort.Occupancy(x, y, 0) })
		}
	}
	for _, v := range floats {
		attempt(t, "exposure", func() (any, error) {
			return censored.Rate([]censored.Look{{Count: censored.Exactly(3), Exposure: v}}, 0)
		})
		for _, w := range floats {
			attempt(t, fmt.Sprint("spans ", v, w), func() (any, error) { return censored.Turnbull([]censored.Span{{Low: v, High: w}, {Low: 0, High: 2}}) })
			attempt(t, fmt.Sprint("speeds ", v, w), func() (any, error) { return corroborate.SpeedBounds(v, w, time.Hour) })
			attempt(t, fmt.Sprint("sources ", v, w), func() (any, error) {
				return corroborate.Combine([]corroborate.Report{{Source: "a", Factor: v}, {Source: "b", Factor: 2, Images: []string{"i"}}}, w)
			})
			at := time.Date(2022, 11, 4, 10, 0, 0, 0, time.UTC)
			attempt(t, fmt.Sprint("identity ", v, w), func() (any, error) {
				return corroborate.SameObject(corroborate.Fix{At: at, KM: v, SD: w, Marks: []string{"red"}}, corroborate.Fix{At: at.Add(time.Hour), KM: 3, SD: 0.1, Marks: []string{"red", "blue"}},
					corroborate.Setting{MaxKMH: w, StretchKM: 5, Misread: 0.1, Frequency: map[string]float64{"red": 0.2}})
			})
			attempt(t, fmt.Sprint("hypotheses ", v), func() (any, error) {
				return corroborate.Compete([]string{"a", "b"}, []corroborate.Evidence{{Text: "e", Weight: v, Marks: []corroborate.Consistency{corroborate.Inconsistent, 7}}})
			})
		}
	}
}
