package rate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if got == want {
		return
	}
	if !(math.Abs(got-want) <= rel*math.Abs(want)) {
		t.Errorf("%s: got %.17g, want %.17g", what, got, want)
	}
}

func compare(t *testing.T, d rate.Design, x1 int, t1 float64, x2 int, t2 float64) inference.Result {
	t.Helper()
	r, err := d.Compare(rate.Of(x1).In(t1, "days"), rate.Of(x2).In(t2, "days"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTwoRatesAgreeWithPoissonTestOfR(t *testing.T) {
	cases := []struct {
		name   string
		x1, x2 int
		t1, t2 float64
		design rate.Design
	}{
		{"x=(11,6+8+7) T=(800,1083+1050+878)", 11, 21, 800, 3011, rate.Design{}},
		{"greater (11,21)/(800,3011)", 11, 21, 800, 3011, rate.Design{Side: rate.Greater}},
		{"less (11,21)/(800,3011)", 11, 21, 800, 3011, rate.Design{Side: rate.Less}},
		{"coal 1892-1962 vs 1851-1891", 64, 127, 71, 41, rate.Design{}}, // the row coal,inputs
		{"0 of 10 vs 7 of 10 exposure 5 5", 0, 7, 5, 5, rate.Design{}},
		{"summit demo 41 in 62 looks vs 23 in 58 looks", 41, 23, 62, 58, rate.Design{}},
		{"r=0.5 41/62 vs 23/58", 41, 23, 62, 58, rate.Design{Null: 0.5}},
	}
	for _, c := range cases {
		r := compare(t, c.design, c.x1, c.t1, c.x2, c.t2)
		for quantity, got := range map[string]float64{"estimate": r.Estimate, "p": r.P, "ci_lo": r.Interval.Low, "ci_hi": r.Interval.High} {
			near(t, c.name+" "+quantity, got, reference.R(t, "poisson.test", c.name, quantity), 1e-9)
		}
	}
}

// The rows exact_cond_ci are Clopper-Pearson limits worked out with scipy's beta quantiles.
func TestConditionalLimitsAgreeWithScipy(t *testing.T) {
	for _, row := range reference.Rows(t, "reference_py.csv") {
		s, ok := samples()[row[1]]
		if !ok || row[0] != "exact_cond_ci(rate ratio) Clopper-Pearson" {
			continue
		}
		r := compare(t, rate.Design{}, int(s[0]), s[1], int(s[2]), s[3])
		got := map[string]float64{"lo": r.Interval.Low, "hi": r.Interval.High}[row[2]]
		near(t, row[1]+" "+row[2], got, reference.Py(t, row[0], row[1], row[2]), 1e-9)
	}
}

func TestDispersionOfCoalAgreesWithR(t *testing.T) {
	var counts []int
	for _, c := range reference.Column(t, "in_coal_yearly.csv", 1) {
		counts = append(counts, int(c))
	}
	r, err := rate.Dispersion(counts)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "chi-squared", r.Statistic.Value, reference.R(t, "dispersion", "coal yearly", "index chi2"), 1e-9)
	near(t, "P", r.P, reference.R(t, "dispersion", "coal yearly", "p_upper"), 1e-9)
}

func TestBorderNumbersOfR(t *testing.T) {
	// border_numbers_R422.txt: poisson.test(c(x1,x2), c(n1,n2)); estimates and intervals to 6 decimals, p to 6 digits.
	cases := []struct {
		x1, x2                int
		t1, t2, rr, lo, hi, p float64
	}{
		{36, 7, 30, 31, 5.314286, 2.332454, 14.151112, 4.11059e-06},
		{36, 7, 20, 20, 5.142857, 2.257214, 13.694625, 8.96304e-06},
		{36, 7, 25, 12, 2.468571, 1.083463, 6.573420, 0.0224727},
		{36, 7, 12, 25, 10.714286, 4.702528, 28.530468, 5.65287e-12},
		{2, 9, 17877, 16660, 0.207094, 0.021774, 1.000549, 0.0330942},
		{11, 21, 800, 3011, 1.971488, 0.858426, 4.277266, 0.0796686},
	}
	for _, c := range cases {
		r := compare(t, rate.Design{}, c.x1, c.t1, c.x2, c.t2)
		for _, v := range [][2]float64{{r.Estimate, c.rr}, {r.Interval.Low, c.lo}, {r.Interval.High, c.hi}} {
			if math.Abs(v[0]-v[1]) > 5.1e-7 {
				t.Errorf("%v: got %.8f, want %.6f", c, v[0], v[1])
			}
		}
		near(t, "p", r.P, c.p, 5e-6)
	}
	one := compare(t, rate.Design{Side: rate.Greater}, 36, 30, 7, 31)
	near(t, "one-sided exact P(X>=36)", one.P, 2.7506381e-06, 5e-8)
	one = compare(t, rate.Design{Side: rate.Greater, Method: rate.MidP}, 36, 30, 7, 31)
	near(t, "one-sided mid-p", one.P, 1.6185894e-06, 5e-8)
}

func TestOneRateAgreesWithPoissonTestOfR(t *testing.T) {
	for _, c := range []struct {
		name string
		x    int
		t    float64
	}{{"x=137,T=24.19893", 137, 24.19893}, {"x=0,T=12", 0, 12}} {
		r, err := rate.Design{Null: 1}.Rate(rate.Of(c.x).In(c.t, "weeks"))
		if err != nil {
			t.Fatal(err)
		}
		for quantity, got := range map[string]float64{"estimate": r.Estimate, "p": r.P, "ci_lo": r.Interval.Low, "ci_hi": r.Interval.High} {
			near(t, c.name+" "+quantity, got, reference.R(t, "poisson.test", c.name, quantity), 1e-9)
		}
	}
	// border_numbers_R422.txt, "poisson exact CI k=…"
	for k, want := range map[int][2]float64{0: {0, 3.688879}, 7: {2.814363, 14.422675}, 18: {10.667941, 28.447760},
		25: {16.178682, 36.904932}, 36: {25.213957, 49.839174}, 73: {57.220347, 91.786540}} {
		r, err := rate.Design{}.Rate(rate.Of(k).In(1, "look"))
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(r.Interval.Low-want[0]) > 5.1e-7 || math.Abs(r.Interval.High-want[1]) > 5.1e-7 {
			t.Errorf("k=%d: got %v, want %v", k, r.Interval, want)
		}
	}
}

// samples are the counts and exposures that the cases of reference_py.csv name.
func samples() map[string][4]float64 {
	return map[string][4]float64{
		"41/62 vs 23/58":                            {41, 62, 23, 58},
		"11/800 vs 21/3011":                         {11, 800, 21, 3011},
		"60/51477.5 vs 30/54308.7 (Ng&Tang breast)": {60, 51477.5, 30, 54308.7},
		"0/5 vs 7/5":                                {0, 5, 7, 5},
	}
}

// Every row of statsmodels' test_poisson_2indep that ran there. The E-test rows are sums cut off at 1e-13 there.
func TestTwoRatesAgreeWithStatsmodels(t *testing.T) {
	methods := map[string]rate.Method{"score": rate.Score, "wald": rate.Wald, "sqrt": rate.SquareRoot, "exact-cond": rate.Exact,
		"cond-midp": rate.MidP, "etest-score": rate.ETest, "etest-wald": rate.ETestWald}
	seen := 0
	for _, row := range reference.Rows(t, "reference_py.csv") {
		if !strings.HasPrefix(row[0], "test_poisson_2indep") || strings.HasPrefix(row[3], "error") {
			continue
		}
		part := strings.Split(row[2], ":")
		d := rate.Design{Method: methods[part[0]]}
		if part[1] == "larger" {
			d.Side = rate.Greater
		}
		if strings.HasSuffix(row[0], "ratio_null=1.5") {
			d.Null = 1.5
		}
		s := samples()[row[1]]
		r := compare(t, d, int(s[0]), s[1], int(s[2]), s[3])
		want := reference.Py(t, row[0], row[1], row[2])
		got := r.P
		if part[len(part)-1] == "stat" {
			got = r.Statistic.Value
		}
		near(t, row[0]+" "+row[1]+" "+row[2], got, want, 1e-9)
		seen++
	}
	if seen < 90 {
		t.Errorf("only %d rows of the reference were compared", seen)
	}
}
