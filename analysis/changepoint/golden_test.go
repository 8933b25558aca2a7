package changepoint_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/internal/reference"
)

func coal(t *testing.T) changepoint.Series {
	var s changepoint.Series
	for _, c := range reference.Column(t, "in_coal_yearly.csv", 1) {
		s.Counts = append(s.Counts, int(c))
	}
	s.Labels = reference.Text(t, "in_coal_yearly.csv", 0)
	return s
}

func TestOneChangeAgreesWithR(t *testing.T) {
	c, err := changepoint.One(context.Background(), coal(t), changepoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const name = "coal Poisson MLE"
	reference.Near(t, "k", float64(c.K), reference.R(t, "changepoint1", name, "k(last index of first seg)"), 0)
	if year := reference.R(t, "changepoint1", name, "year_last_before"); c.Label != strconv.Itoa(int(year)) {
		t.Errorf("the last year of the first regime is %s, R has %v", c.Label, year)
	}
	reference.Near(t, "before", c.RateBefore, reference.R(t, "changepoint1", name, "rate_before"), 1e-9)
	reference.Near(t, "after", c.RateAfter, reference.R(t, "changepoint1", name, "rate_after"), 1e-9)
	reference.Near(t, "LR", c.Statistic, reference.R(t, "changepoint1", name, "LR=2*(l1-l0)"), 1e-9)
	reference.Near(t, "ratio", c.Ratio.Estimate, reference.R(t, "poisson.test", "coal 1892-1962 vs 1851-1891", "estimate"), 1e-9)
	for i, row := range reference.Rows(t, "out_coal_changepoint_profile.csv") {
		want, err := strconv.ParseFloat(strings.TrimSpace(row[2]), 64)
		if err != nil {
			t.Fatal(err)
		}
		reference.Near(t, "profile "+row[1], c.Profile[i].LogLik, want, 1e-9)
	}
	// border_numbers_R422.txt has "profile-lik 95pct years 1886 1893" from the chi-squared cut of 3.84, which is too narrow
	// for a place; the simulated cut is wider.
	first, last := "", ""
	for _, p := range c.Profile {
		if 2*(c.Profile[c.K-1].LogLik-p.LogLik) <= 3.841459 {
			if last = p.Label; first == "" {
				first = p.Label
			}
		}
	}
	if first != "1886" || last != "1893" {
		t.Errorf("the chi-squared cut gives %s to %s", first, last)
	}
	if c.Cut < 3.84 || c.Low > 36 || c.High < 43 || c.Low < 30 || c.High > 50 {
		t.Errorf("cut %v, interval %d to %d", c.Cut, c.Low, c.High)
	}
	if c.Ratio.P != 0.0005 {
		t.Errorf("P = %v", c.Ratio.P)
	}
	again, _ := changepoint.One(context.Background(), coal(t), changepoint.Options{})
	if again.String() != c.String() {
		t.Error("the same seed gives another answer")
	}
}

func TestBayesAgreesWithR(t *testing.T) {
	p, err := changepoint.Bayes(coal(t), changepoint.Prior{Shape: 1, Rate: 1}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	const name = "coal Gamma(1,1) uniform k=1..111"
	reference.Near(t, "p_mode", p.Probability[p.Mode-1], reference.R(t, "bayeschange", name, "p_mode"), 1e-9)
	reference.Near(t, "mean_k", p.Mean, reference.R(t, "bayeschange", name, "mean_k"), 1e-9)
	reference.Near(t, "mode", float64(1850+p.Mode), reference.R(t, "bayeschange", name, "mode_year(last before)"), 0)
	ends := reference.List(t, "reference_R.csv", "bayeschange", name, "cdf 2.5/97.5 years")
	if float64(1850+p.Low) != ends[0] || float64(1850+p.High) != ends[1] {
		t.Errorf("interval %d to %d, R has %v", 1850+p.Low, 1850+p.High, ends)
	}
	years := reference.List(t, "reference_R.csv", "bayeschange", name, "top5 years")
	for i, want := range reference.List(t, "reference_R.csv", "bayeschange", name, "top5 p") {
		reference.Near(t, "top5", p.Probability[int(years[i])-1851], want, 1e-9)
	}
	for i, row := range reference.Rows(t, "out_coal_changepoint_profile.csv") {
		want, _ := strconv.ParseFloat(strings.TrimSpace(row[3]), 64)
		reference.Near(t, "post "+row[1], p.Probability[i], want, 1e-9)
	}
}

func TestPartitionsAgreeWithR(t *testing.T) {
	for _, row := range reference.Rows(t, "reference_R.csv") {
		if row[0] != "optpart_poisson" || !strings.HasPrefix(row[2], "cp") {
			continue
		}
		beta, err := strconv.ParseFloat(strings.TrimPrefix(strings.Fields(row[1])[1], "beta="), 64)
		if err != nil {
			t.Fatal(err)
		}
		p, err := changepoint.Several(context.Background(), coal(t), beta)
		if err != nil {
			t.Fatal(err)
		}
		var want []int
		for _, v := range reference.List(t, "reference_R.csv", row[0], row[1], row[2]) {
			want = append(want, int(v))
		}
		if !slices.Equal(p.Changes, want) {
			t.Errorf("beta %v: %v, R has %v", beta, p.Changes, want)
		}
		reference.Near(t, "cost", p.Cost, reference.R(t, row[0], row[1], "total_cost"), 1e-9)
	}
}

func TestOneShiftOfTheMeanAgreesWithStrucchange(t *testing.T) {
	s, err := changepoint.Mean(reference.Column(t, "in_nile.csv", 1), 15)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "index", float64(s.K), reference.R(t, "strucchange", "Nile~1", "breakpoint idx"), 0)
	reference.Near(t, "RSS", s.RSS, reference.R(t, "strucchange", "Nile~1", "RSS_1break"), 1e-9)
	for i, want := range reference.List(t, "reference_R.csv", "strucchange", "Nile~1", "ci95 idx") {
		reference.Near(t, "interval", []float64{float64(s.Low), float64(s.K), float64(s.High)}[i], want, 0)
	}
	wide, err := s.At(0.999)
	if err != nil || wide.Low > s.Low || wide.High < s.High || wide.High-wide.Low <= s.High-s.Low {
		t.Errorf("99.9 %%: %d to %d, %v", wide.Low, wide.High, err)
	}
}

// The pruned search must find what the plain one finds.
func TestPruningLosesNothing(t *testing.T) {
	s := coal(t)
	for i := range s.Counts {
		s.Exposure = append(s.Exposure, 1+float64(i%5)/3)
	}
	for _, beta := range []float64{0.5, 2, 5, 9} {
		p, err := changepoint.Several(context.Background(), s, beta)
		if err != nil {
			t.Fatal(err)
		}
		reference.Near(t, "cost", p.Cost, plain(s, beta), 1e-12)
	}
}

// Long zeros, one huge count, no change at all, uneven exposures: the search must still be exact.
func TestPruningLosesNothingOnOddSeries(t *testing.T) {
	odd := map[string]changepoint.Series{"zeros": {Counts: make([]int, 60)}, "flat": {}, "spike": {Counts: make([]int, 50)}, "mixed": {}}
	odd["spike"].Counts[20] = 1_000_000
	flat, mixed := odd["flat"], odd["mixed"]
	long := longSeries(400)
	for i := range 150 {
		flat.Counts = append(flat.Counts, 3+i%2)
		mixed.Counts = append(mixed.Counts, long.Counts[i]*(i/50%2)*(1+i%3*40))
	}
	odd["flat"], odd["mixed"], odd["long"] = flat, mixed, long
	for name, s := range odd {
		for i := range s.Counts {
			s.Exposure = append(s.Exposure, []float64{1, 0.25, 7, 1e-3}[i*i%4])
		}
		for _, beta := range []float64{0.01, 1, 6, 40, 1e6} {
			p, err := changepoint.Several(context.Background(), s, beta)
			if err != nil {
				t.Fatal(err)
			}
			if want := plain(s, beta); math.Abs(p.Cost-want) > 1e-9*(1+math.Abs(want)) {
				t.Errorf("%s, penalty %v: cost %.15g, want %.15g", name, beta, p.Cost, want)
			}
		}
	}
}

func plain(s changepoint.Series, beta float64) float64 {
	n := len(s.Counts)
	best := make([]float64, n+1)
	best[0] = -beta
	for end := 1; end <= n; end++ {
		best[end] = math.Inf(1)
		x, e := 0.0, 0.0
		for from := end - 1; from >= 0; from-- {
			x += float64(s.Counts[from])
			e += s.Exposure[from]
			c := 2 * x
			if x > 0 {
				c -= 2 * x * math.Log(x/e)
			}
			best[end] = math.Min(best[end], best[from]+c+beta)
		}
	}
	return best[n]
}

func TestBadSeriesAreNamed(t *testing.T) {
	ctx := context.Background()
	for name, err := range map[string]error{
		"short":    second(changepoint.One(ctx, changepoint.Series{Counts: []int{1, 2}}, changepoint.Options{})),
		"negative": second(changepoint.Several(ctx, changepoint.Series{Counts: []int{1, -2, 3, -4}}, 0)),
		"exposure": second(changepoint.Bayes(changepoint.Series{Counts: []int{1, 2, 3, 4}, Exposure: []float64{1, 0, 1, math.NaN()}}, changepoint.Prior{Shape: 1, Rate: 1}, 0)),
		"empty":    second(changepoint.One(ctx, changepoint.Series{Counts: []int{0, 0, 0, 0}}, changepoint.Options{})),
		"prior":    second(changepoint.Bayes(changepoint.Series{Counts: []int{1, 2, 3, 4}}, changepoint.Prior{}, 0)),
		"level":    second(changepoint.One(ctx, changepoint.Series{Counts: []int{1, 2, 3, 4}}, changepoint.Options{Level: 3})),
		"penalty":  second(changepoint.Several(ctx, changepoint.Series{Counts: []int{1, 2, 3, 4}}, -1)),
		"limit":    second(changepoint.Watch(changepoint.Series{Counts: []int{1, 2, 3, 4}}, 1, 1, 4)),
		"trim":     second(changepoint.Mean([]float64{1, 2}, 9)),
	} {
		var bad *changepoint.InputError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestALongSearchStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := changepoint.One(ctx, coal(t), changepoint.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := changepoint.Several(ctx, coal(t), 0); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// longSeries is counts whose rate changes every 1000 steps.
func longSeries(n int) changepoint.Series {
	s := changepoint.Series{Counts: make([]int, n)}
	state := uint64(3)
	for i := range s.Counts {
		mean := []float64{2, 5, 3, 8}[i/1000%4]
		p, limit := 1.0, math.Exp(-mean)
		for {
			state = state*6364136223846793005 + 1442695040888963407
			if p *= float64(state>>11) / (1 << 53); p <= limit {
				break
			}
			s.Counts[i]++
		}
	}
	return s
}

func BenchmarkPartitionOfHundredThousand(b *testing.B) {
	s := longSeries(100_000)
	b.ResetTimer()
	for b.Loop() {
		if _, err := changepoint.Several(context.Background(), s, 0); err != nil {
			b.Fatal(err)
		}
	}
}
