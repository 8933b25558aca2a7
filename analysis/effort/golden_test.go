package effort_test

import (
	"errors"
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// border_numbers_R422.txt: binom.test, intervals to 6 decimals.
func TestOccupancyAgreesWithBinomTestOfR(t *testing.T) {
	for _, c := range []struct {
		x, n         int
		p, low, high float64
	}{{49, 109, 0.449541, 0.354118, 0.547776}, {37, 49, 0.755102, 0.611304, 0.866571}, {12, 49, 0.244898, 0.133429, 0.388696}, {0, 1, 0, 0, 0.975}, {0, 3, 0, 0, 0.707598}} {
		r, err := effort.Occupancy(c.x, c.n, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range [][2]float64{{r.Estimate, c.p}, {r.Interval.Low, c.low}, {r.Interval.High, c.high}} {
			if math.Abs(v[0]-v[1]) > 5.1e-7 {
				t.Errorf("%d of %d: got %v", c.x, c.n, r)
			}
		}
	}
}

func TestFisherAgreesWithR(t *testing.T) {
	tea, err := effort.CompareOccupancy(effort.Share{Present: 3, Looks: 4}, effort.Share{Present: 1, Looks: 4}, inference.TwoSided, 0)
	if err != nil {
		t.Fatal(err)
	}
	const name = "tea [3 1;1 3]"
	reference.Near(t, "p", tea.P, reference.R(t, "fisher", name, "p"), 1e-9)
	reference.Near(t, "scipy p", tea.P, reference.Py(t, "scipy.fisher_exact", "tea", "p"), 1e-9)
	// R's uniroot stops at a relative 1e-4 of the interval for the estimate: its digits hold to some 1e-5 only.
	reference.Near(t, "or", tea.Estimate, reference.R(t, "fisher", name, "or_cmle"), 1e-4)
	reference.Near(t, "low", tea.Interval.Low, reference.R(t, "fisher", name, "ci_lo"), 1e-4)
	// R searches the upper limit as 1/t with an absolute tolerance of 1e-4 in t, which leaves 0.7 % here: 621.93 in R,
	// 626.24 by scipy.stats.contingency.odds_ratio and here.
	reference.Near(t, "high in R", tea.Interval.High, reference.R(t, "fisher", name, "ci_hi"), 1e-2)
	reference.Near(t, "high", tea.Interval.High, 626.2435305888144, 1e-9)
	const twins = "convictions c(2,10,15,3) less"
	less, err := effort.CompareOccupancy(effort.Share{Present: 2, Looks: 17}, effort.Share{Present: 10, Looks: 13}, inference.Less, 0)
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "p", less.P, reference.R(t, "fisher", twins, "p"), 1e-9)
	reference.Near(t, "or", less.Estimate, reference.R(t, "fisher", twins, "or_cmle"), 1e-4)
	reference.Near(t, "high", less.Interval.High, reference.R(t, "fisher", twins, "ci_hi"), 1e-4)
	both, _ := effort.CompareOccupancy(effort.Share{Present: 2, Looks: 17}, effort.Share{Present: 10, Looks: 13}, inference.TwoSided, 0)
	reference.Near(t, "scipy", both.P, reference.Py(t, "scipy.fisher_exact", "convictions", "p"), 1e-9)
}

func TestEffortMovesTheRatio(t *testing.T) {
	s, err := effort.Vary(rate.Design{}, rate.Of(36).In(1, "looks"), rate.Of(7).In(1, "looks"), []float64{12, 25}, []float64{12, 25})
	if err != nil {
		t.Fatal(err)
	}
	// border_numbers_R422.txt: 2.468571 with 25 v 12 looks, 10.714286 with 12 v 25
	grid := s.Contour()
	reference.Near(t, "25 v 12", grid.Estimate[0][1], 2.468571, 1e-6)
	reference.Near(t, "12 v 25", grid.Estimate[1][0], 10.714286, 1e-6)
	if low, high := s.Range(); low != grid.Estimate[0][1] || high != grid.Estimate[1][0] {
		t.Errorf("range %v to %v", low, high)
	}
}

func TestEmptyLooksAreTheFewestThatErase(t *testing.T) {
	a, b := rate.Of(36).In(30, "looks"), rate.Of(7).In(31, "looks")
	e, err := effort.EmptyLooks(rate.Design{}, a, b)
	if err != nil {
		t.Fatal(err)
	}
	one := func(extra float64) inference.Result {
		r, err := rate.Design{}.Compare(a.In(30+extra, "looks"), b)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if one(float64(e.Empty)).Rejected() || !one(float64(e.Empty-1)).Rejected() {
		t.Errorf("%d is not the fewest", e.Empty)
	}
	e, err = effort.EmptyLooks(rate.Design{}, rate.Of(3).In(30, "looks"), rate.Of(3).In(30, "looks"))
	if err != nil || e.Empty != -1 {
		t.Errorf("%v %v", e, err)
	}
	e, err = effort.EmptyLooks(rate.Design{}, b, a)
	if err != nil || e.Sample != "second" {
		t.Errorf("%v %v", e, err)
	}
}

func TestBadEffortIsNamed(t *testing.T) {
	for name, err := range map[string]error{
		"looks":   second(effort.Occupancy(0, 0, 0)),
		"present": second(effort.Occupancy(5, 3, 0)),
		"level":   second(effort.Occupancy(1, 3, 2)),
		"share":   second(effort.CompareOccupancy(effort.Share{Present: 4, Looks: 2}, effort.Share{Present: 1, Looks: 2}, 0, 0)),
		"vary":    second(effort.Vary(rate.Design{}, rate.Of(1), rate.Of(1), []float64{0}, []float64{1})),
		"chance":  second(effort.LooksToSee(0, 0.5)),
	} {
		var bad *effort.InputError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
