package effort_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/reference"
)

// The data of R's example(fisher.test), job satisfaction by income (Agresti 2002, p. 57).
var job = [][]int{{1, 3, 10, 6}, {2, 3, 10, 7}, {1, 6, 14, 12}, {0, 1, 9, 11}}

func TestATableAgreesWithFisherTestOfR(t *testing.T) {
	r, err := effort.Association(context.Background(), job, effort.AssociationOptions{})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "p", r.P, reference.R(t, "fisher", "R doc Job 4x4 (column-major)", "p"), 1e-9)
	if r.Provenance.Seed != "" {
		t.Error("was drawn, not exact")
	}
}

// A table of two by two has the P of CompareOccupancy; rows and columns may change places and orders.
func TestATableIsTheSameTurnedAndShuffled(t *testing.T) {
	ctx := context.Background()
	two, err := effort.Association(ctx, [][]int{{3, 1}, {1, 3}}, effort.AssociationOptions{})
	if err != nil {
		t.Fatal(err)
	}
	reference.Near(t, "2 by 2", two.P, reference.R(t, "fisher", "tea [3 1;1 3]", "p"), 1e-9)
	big := [][]int{{8, 2, 5, 0}, {0, 7, 4, 3}, {1, 1, 9, 6}}
	turned := make([][]int, 4)
	for j := range turned {
		for _, i := range []int{2, 0, 1} {
			turned[j] = append(turned[j], big[i][j])
		}
	}
	turned = append(turned, []int{0, 0, 0})
	a, err1 := effort.Association(ctx, big, effort.AssociationOptions{})
	b, err2 := effort.Association(ctx, turned, effort.AssociationOptions{})
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	reference.Near(t, "turned P", b.P, a.P, 1e-12)
	reference.Near(t, "turned V", b.Estimate, a.Estimate, 1e-12)
	reference.Near(t, "all tables", a.P, allTables(big), 1e-9)
}

// allTables adds up every table of three rows by brute force.
func allTables(t [][]int) float64 {
	cols, rows, total := make([]int, len(t[0])), make([]int, len(t)), 0
	log := func(n int) float64 { l, _ := math.Lgamma(float64(n) + 1); return l }
	seen := 0.0
	for i := range t {
		for j, v := range t[i] {
			cols[j] += v
			rows[i] += v
			total += v
			seen -= log(v)
		}
	}
	scale := -log(total)
	for _, s := range append(append([]int(nil), cols...), rows...) {
		scale += log(s)
	}
	p := 0.0
	var walk func(j, a, b int, w float64)
	walk = func(j, a, b int, w float64) {
		if j == len(cols) {
			if a == rows[0] && b == rows[1] && w <= seen+1e-7 {
				p += math.Exp(w + scale)
			}
			return
		}
		for x := 0; x <= cols[j] && a+x <= rows[0]; x++ {
			for y := 0; x+y <= cols[j] && b+y <= rows[1]; y++ {
				walk(j+1, a+x, b+y, w-log(x)-log(y)-log(cols[j]-x-y))
			}
		}
	}
	walk(0, 0, 0, 0)
	return p
}

func TestATableTooLargeIsDrawn(t *testing.T) {
	large := make([][]int, 9)
	for i := range large {
		for j := range 9 {
			large[i] = append(large[i], 20+(i*7+j*j*3)%11)
		}
	}
	r, err := effort.Association(context.Background(), large, effort.AssociationOptions{Draws: 999})
	if err != nil || r.Provenance.Seed != "1" || !(r.P > 0 && r.P <= 1) {
		t.Errorf("%v %v", r, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := effort.Association(ctx, large, effort.AssociationOptions{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBadTablesAreNamed(t *testing.T) {
	var bad *inference.InputError
	for name, table := range map[string][][]int{"nothing": nil, "one row": {{1, 2}}, "ragged": {{1, 2}, {3}}, "negative": {{1, -2}, {3, 4}}, "one column": {{1, 0}, {3, 0}}} {
		if _, err := effort.Association(context.Background(), table, effort.AssociationOptions{}); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := effort.Association(context.Background(), job, effort.AssociationOptions{Level: 2}); !errors.As(err, &bad) {
		t.Error(err)
	}
	if _, err := effort.Association(context.Background(), job, effort.AssociationOptions{Draws: -5}); !errors.As(err, &bad) {
		t.Error(err)
	}
}
