package changepoint

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// oddSeries draws short series that are hard to prune: zeros, ties, jumps, bursts, equal or very unequal exposures.
func oddSeries(rng *rand.Rand) Series {
	n := 2 + rng.IntN(60)
	s := Series{Counts: make([]int, n)}
	mean := math.Exp(6*rng.Float64() - 2)
	for i := range s.Counts {
		switch rng.IntN(40) {
		case 0:
			mean = math.Exp(8*rng.Float64() - 3)
		case 1:
			mean = 0
		}
		s.Counts[i] = int(poisson(rng, mean))
		if rng.IntN(50) == 0 {
			s.Counts[i] = rng.IntN(1_000_000)
		}
	}
	switch rng.IntN(4) {
	case 0: // ties: two values only
		for i := range s.Counts {
			s.Counts[i] = []int{rng.IntN(3), 2}[i/10%2]
		}
	case 1:
		for range n {
			s.Exposure = append(s.Exposure, math.Exp(18*rng.Float64()-9))
		}
	}
	return s
}

// bruteForce is the least cost over all divisions, by comparing every last change with every other.
func bruteForce(events, exposure []float64, penalty float64) float64 {
	best := make([]float64, len(events))
	best[0] = -penalty
	for end := 1; end < len(events); end++ {
		best[end] = math.Inf(1)
		for from := range end {
			x := events[end] - events[from]
			best[end] = min(best[end], best[from]+2*(x-gain(x, exposure[end]-exposure[from]))+penalty)
		}
	}
	return best[len(events)-1]
}

func costOf(events, exposure []float64, changes []int, penalty float64) float64 {
	n, from := len(events)-1, 0
	cost := penalty * float64(len(changes))
	for _, end := range append(changes[:len(changes):len(changes)], n) {
		x := events[end] - events[from]
		cost += 2 * (x - gain(x, exposure[end]-exposure[from]))
		from = end
	}
	return cost
}

func TestThePartitionIsThatOfBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(20, 26))
	idle := func(int) error { return nil }
	for trial := range 3000 {
		s := oddSeries(rng)
		events, exposure, err := s.check(2)
		if err != nil {
			t.Fatal(err)
		}
		n := len(s.Counts)
		penalty := []float64{1e-3, 0.7, 2 * math.Log(float64(n)), 30, 400}[rng.IntN(5)]
		want := bruteForce(events, exposure, penalty)
		changes, err := partition(context.Background(), events, exposure, penalty)
		if err != nil {
			t.Fatal(err)
		}
		ways := map[string][]int{"from one end": changes}
		for _, middle := range []int{1, n / 2, n - 1, 1 + rng.IntN(n-1)} {
			if ways["from both ends"], err = meeting(events, exposure, penalty, middle, idle); err != nil {
				t.Fatal(err)
			}
			for name, changes := range ways {
				got := costOf(events, exposure, changes, penalty)
				if math.Abs(got-want) > 1e-10*(1+math.Abs(want)) {
					t.Errorf("trial %d, %s, middle %d, penalty %v: cost %.15g of changes after %v, the least is %.15g\n%v", trial, name, middle, penalty, got, changes, want, s)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
}

// A series long enough to be searched from both ends has the cost of a search from one end.
func TestALongPartitionIsTheSameFromBothEnds(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 5))
	s := Series{Counts: make([]int, 3*fromBothEnds)}
	for i := range s.Counts {
		s.Counts[i] = int(poisson(rng, []float64{2, 5, 0.1, 8, 300}[i/700%5]))
	}
	events, exposure, err := s.check(2)
	if err != nil {
		t.Fatal(err)
	}
	low, high := rates(events, exposure)
	for _, penalty := range []float64{0.5, 20, 1e4} {
		both, err := partition(context.Background(), events, exposure, penalty)
		if err != nil {
			t.Fatal(err)
		}
		last, _ := newSearch(len(s.Counts), low, high, true).run(events, exposure, penalty, func(int) error { return nil })
		one := chain(last, last[len(s.Counts)])
		a, b := costOf(events, exposure, both, penalty), costOf(events, exposure, one, penalty)
		if math.Abs(a-b) > 1e-10*math.Abs(b) {
			t.Errorf("penalty %v: cost %.15g from both ends, %.15g from one", penalty, a, b)
		}
	}
}

func TestDistancesSolveTheirEquation(t *testing.T) {
	d := lookUp()
	for k := -400; k <= 400; k++ {
		tt := float64(k)/100 + 1e-3
		v := d.at(tt*tt/2, tt > 0)
		if want := distance(tt*tt/2, tt > 0); math.Abs(v-want) > 3e-15*math.Max(1, math.Abs(want)) {
			t.Errorf("t = %v: %.17g, want %.17g", tt, v, want)
		}
	}
}
