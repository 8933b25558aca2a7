package power_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/power"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func TestExactPowerAgreesWithR(t *testing.T) {
	const name = "power exact cond Poisson one-sided"
	p, err := power.Exact(rate.Design{Side: rate.Greater}, power.Truth{First: 0.66, Second: 0.40, FirstLooks: 30, SecondLooks: 30})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "power", p.Chance, reference.R(t, name, "rates .66 vs .40, 30 looks each, alpha .05", "power"), 1e-9)
	reference.Near(t, "size", p.Size, reference.R(t, name, "rates .40 vs .40, 30 looks each, alpha .05", "size"), 1e-9)
	// border_numbers_R422.txt: rate ratio 2, base 7 per period, equal exposure: 0.25777317; ratio 5: 0.99363581
	for ratio, want := range map[float64]float64{2: 0.25777317, 5: 0.99363581} {
		p, err := power.Exact(rate.Design{}, power.Truth{First: 7 * ratio, Second: 7, FirstLooks: 1, SecondLooks: 1})
		if err != nil {
			t.Fatal(err)
		}
		reference.Near(t, "two-sided", p.Chance, want, 2e-8)
	}
}

// The rejected counts lie around the null value, wherever that is: against going through every pair.
func TestPowerAgainstAnotherNullValue(t *testing.T) {
	truth := power.Truth{First: 0.9, Second: 1.1, FirstLooks: 9, SecondLooks: 7}
	for _, d := range []rate.Design{{Null: 3}, {Null: 0.25}, {Null: 3, Side: rate.Less}, {Measure: rate.Difference, Method: rate.Score, Null: 1}, {Measure: rate.Difference, Method: rate.Score, Null: -2}} {
		p, err := power.Exact(d, truth)
		if err != nil {
			t.Fatal(err)
		}
		want := 0.0
		pmf := func(k int, mean float64) float64 {
			l, _ := math.Lgamma(float64(k) + 1)
			return math.Exp(float64(k)*math.Log(mean) - mean - l)
		}
		for x := range 40 {
			for y := range 40 {
				r, err := d.Compare(rate.Of(x).In(9, "looks"), rate.Of(y).In(7, "looks"))
				if err != nil {
					t.Fatal(err)
				}
				if r.Rejected() {
					want += pmf(x, 8.1) * pmf(y, 7.7)
				}
			}
		}
		if math.Abs(p.Chance-want) > 1e-9 {
			t.Errorf("%+v: power %v, all pairs give %v", d, p.Chance, want)
		}
	}
}

func TestSimulationAgreesWithEnumeration(t *testing.T) {
	truth := power.Truth{First: 0.66, Second: 0.40, FirstLooks: 30, SecondLooks: 30}
	p, err := power.Simulated(context.Background(), rate.Design{Side: rate.Greater}, truth, 0, 20_000, 3)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(p.Chance-0.338314907877493) > 4*p.Error {
		t.Errorf("%v ± %v", p.Chance, p.Error)
	}
	same := power.Truth{First: 2, Second: 2, FirstLooks: 30, SecondLooks: 30}
	clustered, err := power.Simulated(context.Background(), rate.Design{}, same, 0.5, 2000, 3)
	if err != nil || clustered.Chance < 0.1 {
		t.Errorf("clustering does not raise the size: %v %v", clustered.Chance, err)
	}
}

func TestTheLooksNeededAreEnoughAndNoFewerWouldDo(t *testing.T) {
	n, p, err := power.Needed(rate.Design{Side: rate.Greater}, 0.66, 0.40, 0.8, 0)
	if err != nil {
		t.Fatal(err)
	}
	if p.Chance < 0.8 || n < 60 || n > 140 {
		t.Errorf("%d looks, power %v", n, p.Chance)
	}
	less, _ := power.Exact(rate.Design{Side: rate.Greater}, power.Truth{First: 0.66, Second: 0.40, FirstLooks: float64(n - 1), SecondLooks: float64(n - 1)})
	if less.Chance >= 0.8 {
		t.Errorf("%d looks would do", n-1)
	}
}

func TestBadWorldsAreNamed(t *testing.T) {
	ctx := context.Background()
	var bad *power.InputError
	if _, err := power.Exact(rate.Design{}, power.Truth{First: -1, Second: 1, FirstLooks: 0, SecondLooks: 1}); !errors.As(err, &bad) {
		t.Error(err)
	}
	if _, err := power.Exact(rate.Design{Level: 4}, power.Truth{First: 1, Second: 1, FirstLooks: 1, SecondLooks: 1}); !errors.As(err, &bad) {
		t.Error(err)
	}
	if _, _, err := power.Needed(rate.Design{}, 1, 1, 0.9, 50); !errors.As(err, &bad) {
		t.Error(err)
	}
	if _, err := power.Simulated(ctx, rate.Design{}, power.Truth{First: 1, Second: 1, FirstLooks: 1.5, SecondLooks: 1}, 0, 0, 0); !errors.As(err, &bad) {
		t.Error(err)
	}
}

func ExampleExact() {
	p, err := power.Exact(rate.Design{Side: rate.Greater}, power.Truth{First: 0.66, Second: 0.40, FirstLooks: 30, SecondLooks: 30})
	fmt.Println(p, err)
	// Output:
	// Power
	// method                     exact, Poisson counts
	// rates                      0.66 v 0.4
	// looks                      30 v 30
	// power                      0.3383
	// size when nothing changed  0.0335
	// If the rates are 0.66 and 0.4, 30 and 30 looks show a difference with a chance of 0.338.
	// ! a difference of this size would more likely be missed than shown: "not shown" will then mean nothing
	// (design: rate ratio, exact conditional, one-sided, greater, level 0.95; rates 0.66 and 0.4 supposed; source: enumeration or simulation of the design's own test) <nil>
}

func ExampleNeeded() {
	looks, p, err := power.Needed(rate.Design{Side: rate.Greater}, 0.66, 0.40, 0.8, 0)
	fmt.Printf("%d looks in each period, power %.3f %v\n", looks, p.Chance, err)
	// Output:
	// 104 looks in each period, power 0.803 <nil>
}

func ExampleSimulated() {
	truth := power.Truth{First: 2, Second: 1, FirstLooks: 30, SecondLooks: 30}
	p, err := power.Simulated(context.Background(), rate.Design{}, truth, 0.8, 1000, 7)
	fmt.Printf("%.2f with clustered looks %v\n", p.Chance, err)
	// Output:
	// 0.75 with clustered looks <nil>
}
