package rate_test

import (
	"errors"
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/rate"
)

// Two-sided P (R's rule), P(X >= x1), P(X <= x1) and interval, worked out with mpmath 1.3 at 50 digits.
var fifty = []struct {
	x1, x2                          int
	t1, t2, level                   float64
	twoSided, greater, less, lo, hi float64
	log                             float64 // of the two-sided P where it is below the smallest float
}{
	{3, 0, 2, 9, 0.95, 0.0060105184072126221, 0.0060105184072126221, 1.0, 1.8595410976390229, math.Inf(1), 0},
	{0, 3, 2, 9, 0.99, 1.0, 1.0, 0.54770848985725019, 0.0, 21.816159643915787, 0},
	{12, 5, 1e-06, 3e-07, 0.95, 0.56489953372448013, 0.82094133579046281, 0.35288660658985464, 0.23611376825184482, 2.6087943356040819, 0},
	{150, 90, 10, 10, 0.9999, 0.00012987667540779148, 6.4938337703895742e-5, 0.99996218483850114, 0.99175177735554334, 2.8636732455149787, 0},
	{200, 1, 30, 30, 0.95, 1.2570490861279506e-58, 6.2852454306397531e-59, 1.0, 35.48778798162037, 7938.575941743246, 0},
	{400, 20, 1, 1, 0.95, 5.886680300416609e-93, 2.9433401502083045e-93, 1.0, 12.776399255876031, 33.099277599509882, 0},
	{30, 900, 5, 2, 0.5, 0, 1.0, 0, 0.011589770171773732, 0.015395138993853251, -1007.6429032841946},
	{1000, 1100, 7, 7.5, 0.95, 0.55552858655473744, 0.73368784445276778, 0.28084872176917548, 0.89318894299636685, 1.0620834770103055, 0},
	{600, 0, 1, 1, 0.95, 4.8198397302057682e-181, 2.4099198651028841e-181, 1.0, 162.15153075313597, math.Inf(1), 0},
	{25, 25, 10, 10, 0.8, 1, 0.55613758632960852, 0.55613758632960852, 0.66905957074252126, 1.4946352219282979, 0},
	{5, 9, 1, 2, 0.95, 1.0, 0.52449953156710821, 0.68980752331867507, 0.29252223798395923, 3.6918417963210086, 0},
	{2000, 1700, 100, 90, 0.99, 0.083892177374063428, 0.042981064118808226, 0.95994582159213785, 0.97211539589520783, 1.1534610950854559, 0},
}

func TestTwoRatesAgreeWithFiftyDigits(t *testing.T) {
	for _, c := range fifty {
		r := compare(t, rate.Design{Level: c.level}, c.x1, c.t1, c.x2, c.t2)
		if c.log != 0 {
			near(t, "log P", r.LogP, c.log, 1e-6)
		} else {
			near(t, "two-sided P", r.P, c.twoSided, 1e-9)
		}
		near(t, "low", r.Interval.Low, c.lo, 1e-9)
		near(t, "high", r.Interval.High, c.hi, 1e-9)
		near(t, "greater", compare(t, rate.Design{Side: rate.Greater}, c.x1, c.t1, c.x2, c.t2).P, c.greater, 1e-9)
		near(t, "less", compare(t, rate.Design{Side: rate.Less}, c.x1, c.t1, c.x2, c.t2).P, c.less, 1e-9)
	}
}

func TestATailBelowTheSmallestFloatKeepsItsLogarithm(t *testing.T) {
	r := compare(t, rate.Design{}, 900, 2, 30, 5)
	if r.P != 0 && r.P > 1e-300 || !(r.LogP < -900) || r.PText()[:4] != "10^-" {
		t.Errorf("P = %v, log P = %v, text %s", r.P, r.LogP, r.PText())
	}
}

func TestCountsOfAMillion(t *testing.T) {
	// scipy 1.14: 2*binom.cdf(1000000, 2002000, .5); beta.ppf(.025, 1000000, 1002001) as odds; gamma.ppf(.025, 1000000)
	r := compare(t, rate.Design{}, 1_000_000, 1, 1_002_000, 1)
	near(t, "P", r.P, 0.15771445281314467, 1e-9)
	near(t, "low", r.Interval.Low, 0.9952419287811539, 1e-9)
	one, err := rate.Design{}.Rate(rate.Of(1_000_000).In(1e-9, "s"))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "low", one.Interval.Low, 998040.9833402939e9, 1e-9)
}

// Swapping the samples inverts the ratio and its interval and leaves P alone; a common factor on both exposures
// changes nothing; P does not rise as the counts move apart.
func TestSwapScaleAndOrder(t *testing.T) {
	for _, m := range []rate.Method{rate.Exact, rate.MidP, rate.Score, rate.ETest, rate.Wald, rate.SquareRoot} {
		for _, x := range [][2]int{{0, 7}, {3, 3}, {41, 23}, {12, 90}} {
			for _, e := range [][2]float64{{62, 58}, {1e-7, 3e-7}, {12, 25}} {
				a := compare(t, rate.Design{Method: m}, x[0], e[0], x[1], e[1])
				b := compare(t, rate.Design{Method: m}, x[1], e[1], x[0], e[0])
				c := compare(t, rate.Design{Method: m}, x[0], e[0]*1024, x[1], e[1]*1024)
				if m != rate.Wald && m != rate.SquareRoot {
					near(t, m.String()+" swapped P", b.P, a.P, 1e-9)
					near(t, m.String()+" swapped low", 1/b.Interval.High, a.Interval.Low, 1e-9)
					near(t, m.String()+" swapped high", 1/b.Interval.Low, a.Interval.High, 1e-9)
				}
				near(t, m.String()+" scaled P", c.P, a.P, 1e-10)
				near(t, m.String()+" scaled high", c.Interval.High, a.Interval.High, 1e-9)
			}
		}
		last := 2.0
		for x := 20; x < 60; x++ {
			r := compare(t, rate.Design{Method: m, Side: rate.Greater}, x, 10, 20, 10)
			if r.P > last*(1+1e-12) {
				t.Errorf("%v: P rises from %v to %v at %d v 20", m, last, r.P, x)
			}
			last = r.P
		}
	}
}

// With nothing in the second sample the most likely second rate is 0 for a large difference; the chance of as little or
// less in the first one is then a plain Poisson tail, and the interval reaches as far as that of the first rate alone.
func TestTheETestOfADifferenceFromNothing(t *testing.T) {
	d := rate.Design{Method: rate.ETest, Measure: rate.Difference, Side: rate.Less, Null: 6}
	r := compare(t, d, 12, 3, 0, 1)
	near(t, "P", r.P, 0.09166917742423095, 1e-9) // scipy 1.17: poisson.cdf(12, 18)
	d.Side, d.Null = rate.TwoSided, 0
	near(t, "high", compare(t, d, 12, 3, 0, 1).Interval.High, 20.96158504817696/3, 1e-6)
}

func TestATestAndItsOneSidedIntervalAgree(t *testing.T) {
	for _, m := range []rate.Method{rate.Exact, rate.MidP, rate.Score, rate.ETest, rate.Wald, rate.SquareRoot} {
		for _, x := range [][2]int{{14, 3}, {41, 23}, {5, 60}} {
			r := compare(t, rate.Design{Method: m, Side: rate.Greater}, x[0], 10, x[1], 12)
			at := compare(t, rate.Design{Method: m, Side: rate.Greater, Null: r.Interval.Low}, x[0], 10, x[1], 12)
			near(t, m.String()+" P at the lower limit", at.P, 0.05, 2e-6)
		}
	}
	for _, m := range []rate.Method{rate.Score, rate.ETest, rate.Wald} {
		r := compare(t, rate.Design{Method: m, Measure: rate.Difference, Side: rate.Less}, 14, 10, 5, 12)
		at := compare(t, rate.Design{Method: m, Measure: rate.Difference, Side: rate.Less, Null: r.Interval.High}, 14, 10, 5, 12)
		near(t, m.String()+" P at the upper limit of the difference", at.P, 0.05, 2e-6)
	}
}

func TestZeroCounts(t *testing.T) {
	r := compare(t, rate.Design{}, 5, 1, 0, 1)
	if !math.IsInf(r.Estimate, 1) || !math.IsInf(r.Interval.High, 1) || !(r.Interval.Low > 0) {
		t.Errorf("5 v 0: %v", r)
	}
	for m := rate.Exact; m <= rate.ETestWald; m++ {
		r := compare(t, rate.Design{Method: m}, 0, 3, 0, 4)
		if !math.IsNaN(r.Estimate) || r.P != 1 || r.Interval.Low != 0 || !math.IsInf(r.Interval.High, 1) || len(r.Warnings) == 0 {
			t.Errorf("%v: 0 v 0: %v", m, r)
		}
		for _, x := range [][2]int{{0, 4}, {4, 0}, {0, 0}, {1, 0}} {
			for _, side := range []rate.Side{rate.TwoSided, rate.Greater, rate.Less} {
				for _, measure := range []rate.Measure{rate.Ratio, rate.Difference} {
					if m == rate.SquareRoot && measure == rate.Difference {
						continue
					}
					r := compare(t, rate.Design{Method: m, Side: side, Measure: measure}, x[0], 3, x[1], 4)
					if math.IsNaN(r.P) || r.P < 0 || r.P > 1 || !r.Interval.Known() || r.Interval.Low > r.Interval.High {
						t.Errorf("%v %v %v %v: P %v interval %v", m, side, measure, x, r.P, r.Interval)
					}
				}
			}
		}
	}
}

func TestBadInputIsNamed(t *testing.T) {
	good := rate.Of(3).In(4, "looks")
	for name, call := range map[string]func() error{
		"negative count":  func() error { _, err := rate.Design{}.Compare(rate.Of(-1).In(3, "looks"), good); return err },
		"no exposure":     func() error { _, err := rate.Design{}.Compare(rate.Of(1), good); return err },
		"NaN exposure":    func() error { _, err := rate.Design{}.Rate(rate.Of(1).In(math.NaN(), "looks")); return err },
		"level 1":         func() error { _, err := rate.Design{Level: 1}.Rate(good); return err },
		"level below 0":   func() error { _, err := rate.Design{Level: -0.1}.Rate(good); return err },
		"units differ":    func() error { _, err := rate.Design{}.Compare(good, rate.Of(1).In(3, "days")); return err },
		"side":            func() error { _, err := rate.Design{Side: 9}.Compare(good, good); return err },
		"method":          func() error { _, err := rate.Design{Method: 77}.Compare(good, good); return err },
		"null":            func() error { _, err := rate.Design{Null: -2}.Compare(good, good); return err },
		"margin":          func() error { _, err := rate.Design{}.Equivalence(good, good); return err },
		"margin reversed": func() error { _, err := rate.Design{Margin: rate.Within(2, 1)}.Equivalence(good, good); return err },
		"one look":        func() error { _, err := rate.Dispersion([]int{3}); return err },
		"difference of 2": func() error { _, err := rate.Design{Measure: rate.Difference, Null: 2}.Compare(good, good); return err },
	} {
		err := call()
		var bad *rate.InputError
		if !errors.As(err, &bad) || bad.What == "" || bad.Cause == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := rate.Design{Level: 2}.Compare(rate.Of(-1), rate.Of(-2))
	if joined, ok := err.(interface{ Unwrap() []error }); !ok || len(joined.Unwrap()) < 2 {
		t.Errorf("not every fault is listed: %v", err)
	}
}

func TestWarningsRaiseThemselves(t *testing.T) {
	has := func(list []string, part string) bool {
		for _, w := range list {
			if len(w) >= len(part) && containsText(w, part) {
				return true
			}
		}
		return false
	}
	a := rate.Each([]int{0, 0, 9, 8, 0, 0, 7, 0, 11, 0})
	r, err := rate.Design{Method: rate.Score}.Compare(a, rate.Of(1).In(2, "looks"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"effort differs", "vary more than", "does not say whether"} {
		if !has(r.Warnings, part) {
			t.Errorf("no warning with %q in %q", part, r.Warnings)
		}
	}
	r, _ = rate.Design{Split: rate.SplitAfterData}.Compare(rate.Of(4).In(2, "looks"), rate.Of(1).In(2, "looks"))
	for _, part := range []string{"fewer than 10", "after the counts were seen"} {
		if !has(r.Warnings, part) {
			t.Errorf("no warning with %q in %q", part, r.Warnings)
		}
	}
}

func containsText(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return true
		}
	}
	return false
}
