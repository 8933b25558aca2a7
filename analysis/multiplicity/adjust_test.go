package multiplicity_test

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/multiplicity"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func TestAdjustmentsAgreeWithRAndStatsmodels(t *testing.T) {
	var in []float64 // the row p.adjust,in has its numbers in the column of quantities
	for _, row := range reference.Rows(t, "reference_R.csv") {
		if row[0] == "p.adjust" && row[1] == "in" {
			for _, f := range strings.Fields(row[2]) {
				p, err := strconv.ParseFloat(f, 64)
				if err != nil {
					t.Fatal(err)
				}
				in = append(in, p)
			}
		}
	}
	for _, c := range []struct {
		r, py  string
		adjust func([]float64) ([]float64, error)
	}{{"holm", "holm", multiplicity.Holm}, {"BH", "fdr_bh", multiplicity.BH}, {"BY", "fdr_by", multiplicity.BY}} {
		got, err := c.adjust(in)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range reference.List(t, "reference_R.csv", "p.adjust", c.r, "out") {
			if math.Abs(got[i]-want) > 1e-9*want {
				t.Errorf("%s %d: got %v, want %v", c.r, i, got[i], want)
			}
		}
		for i, want := range reference.List(t, "reference_py.csv", "multipletests", c.py, "out") {
			if math.Abs(got[i]-want) > 1e-9*want {
				t.Errorf("%s %d: got %v, want %v", c.py, i, got[i], want)
			}
		}
	}
	// border_numbers_R422.txt: p.adjust of 0.01 … 0.05
	holm, _ := multiplicity.Holm([]float64{0.01, 0.02, 0.03, 0.04, 0.05})
	for i, want := range []float64{0.05, 0.08, 0.09, 0.09, 0.09} {
		if math.Abs(holm[i]-want) > 1e-12 {
			t.Errorf("holm %d: %v", i, holm[i])
		}
	}
}

func TestBadProbabilitiesAreNamed(t *testing.T) {
	_, err := multiplicity.Holm([]float64{0.5, -1, math.NaN()})
	var bad *multiplicity.InputError
	if !errors.As(err, &bad) || bad.Row != 2 {
		t.Error(err)
	}
	one, err := rate.Design{}.Rate(rate.Of(3).In(4, "looks"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := multiplicity.Results(multiplicity.MethodBH, 0, one); !errors.As(err, &bad) {
		t.Error("a result that was not tested was accepted")
	}
}

func ExampleResults() {
	yard, err1 := rate.Design{Question: "more trains in the yard?"}.Compare(rate.Of(41).In(62, "looks"), rate.Of(20).In(58, "looks"))
	port, err2 := rate.Design{Question: "more ships in the port?"}.Compare(rate.Of(37).In(49, "looks"), rate.Of(12).In(49, "looks"))
	family, err := multiplicity.Results(multiplicity.MethodHolm, 0, yard, port)
	fmt.Println(family, err1, err2, err)
	// Output:
	// Several questions, Holm
	// question                         P  adjusted
	// more trains in the yard?    0.0203    0.0203  shown
	// more ships in the port?   4.70e-04  9.40e-04  shown
	// 2 of 2 null hypotheses are rejected at the 5 % level after Holm's correction.
	// (design: Holm, level of the test 0.05; 2 P values; source: Holm 1979) <nil> <nil> <nil>
}

func ExampleHolm() {
	p, err := multiplicity.Holm([]float64{0.01, 0.02, 0.03, 0.04})
	fmt.Printf("%.2f %v\n", p, err)
	// Output:
	// [0.04 0.06 0.06 0.06] <nil>
}

func ExampleBH() {
	p, err := multiplicity.BH([]float64{0.01, 0.02, 0.03, 0.04})
	fmt.Printf("%.2f %v\n", p, err)
	// Output:
	// [0.04 0.04 0.04 0.04] <nil>
}

func ExampleBY() {
	p, err := multiplicity.BY([]float64{0.01, 0.02, 0.03, 0.04})
	fmt.Printf("%.3f %v\n", p, err)
	// Output:
	// [0.083 0.083 0.083 0.083] <nil>
}

func ExampleBonferroni() {
	p, err := multiplicity.Bonferroni([]float64{0.01, 0.02, 0.03, 0.04})
	fmt.Printf("%.2f %v\n", p, err)
	// Output:
	// [0.04 0.08 0.12 0.16] <nil>
}
