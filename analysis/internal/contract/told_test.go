package contract

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/length"
	"github.com/sightline-osint/sightline/analysis/multiplicity"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/resample"
	"github.com/sightline-osint/sightline/analysis/smooth"
)

// TestWeakDataIsToldOf: answers that follow from the numbers but mislead say so by themselves.
func TestWeakDataIsToldOf(t *testing.T) {
	ctx := context.Background()
	classes := []length.Class{{Name: "freight", Mean: 250, SD: 60, Share: 0.6}}
	rows := regression.Columns{"trains": []int{1, 0, 2, 15, 0, 0, 9, 12, 3, 30, 0, 1, 4, 2}, "after": []int{0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1}}
	for _, c := range []struct {
		name, word string
		warnings   func() ([]string, error)
	}{
		{"a length that no class comes in", "10.7 standard deviations from freight", func() ([]string, error) {
			r, err := length.Classify(900, 8, classes, 10, 500)
			return r.Warnings, err
		}},
		{"a length outside the range of other", "outside the range of other", func() ([]string, error) {
			r, err := length.Classify(340, 8, classes, 10, 300)
			return r.Warnings, err
		}},
		{"groups of equal values", "all values are equal", func() ([]string, error) {
			r, err := resample.Permutation(ctx, []float64{1, 1, 1}, []float64{1, 1}, resample.Options{})
			return r.Warnings, err
		}},
		{"differences that are all alike", "all differences are equal", func() ([]string, error) {
			r, err := resample.SignFlip(ctx, []float64{2, 2, 2}, resample.Options{})
			return r.Warnings, err
		}},
		{"regimes without spread", "neither regime has any spread", func() ([]string, error) {
			r, err := changepoint.Mean([]float64{100, 100, 100, 200, 200, 200}, 2)
			return r.Warnings, err
		}},
		{"a density of one value", "all values are equal", func() ([]string, error) {
			r, err := smooth.Density([]float64{225, 225, 225}, []float64{225}, 0)
			return r.Warnings, err
		}},
		{"counts that do not vary", "vary less than independent events", func() ([]string, error) {
			f, err := regression.QuasiPoisson("n ~ 1", regression.Columns{"n": []int{5, 5, 5, 5, 5}})
			return f.Warnings, err
		}},
		{"a size of few rows", "theta is uncertain", func() ([]string, error) {
			f, err := regression.NegativeBinomial("trains ~ after", rows)
			return f.Warnings, err
		}},
	} {
		got, err := c.warnings()
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if !strings.Contains(strings.Join(got, "\n"), c.word) {
			t.Errorf("%s: no warning says %q: %q", c.name, c.word, got)
		}
	}
}

// TestMissingInputIsNamed: nothing given is an error of its own, each fault stands once, and all of them at once.
func TestMissingInputIsNamed(t *testing.T) {
	ctx, nan := context.Background(), math.NaN()
	for _, c := range []struct {
		name  string
		words []string
		err   func() error
	}{
		{"no statistic", []string{"statistic nil"}, func() error {
			_, err := resample.Bootstrap(ctx, []float64{1, 2, 3}, nil, resample.Options{})
			return err
		}},
		{"no statistic, blocks", []string{"statistic nil"}, func() error {
			_, err := resample.BlockBootstrap(ctx, []float64{1, 2, 3}, 1, nil, resample.Options{})
			return err
		}},
		{"no questions", []string{"results none"}, func() error { _, err := multiplicity.Results(multiplicity.MethodBH, 0); return err }},
		{"a column by another name", []string{`column "Place": is not in the data, which has n, place`}, func() error {
			_, err := regression.Poisson("n ~ Place", regression.Columns{"n": []int{1, 2, 3}, "place": []string{"a", "a", "b"}})
			return err
		}},
		{"one level", []string{`column "place" "a": is the only level`}, func() error {
			_, err := regression.Poisson("n ~ place", regression.Columns{"n": []int{1, 2, 3}, "place": []string{"a", "a", "a"}})
			return err
		}},
		{"no events to choose a date by", []string{"counts 0 events"}, func() error {
			_, err := resample.Placebo(make([]int, 8), nil, 4, 2, nil, resample.Options{})
			return err
		}},
		{"looks that are not those of the count", []string{"count 5: is not the sum of its looks, 3"}, func() error {
			_, err := rate.Design{}.Rate(rate.Sample{Count: 5, Looks: []int{1, 2}, Exposure: 2, Unit: "looks"})
			return err
		}},
		{"no looks", []string{"no looks were given"}, func() error { _, err := rate.Design{}.Rate(rate.Each(nil)); return err }},
		{"options and rows", []string{"row 2: count -1", "level 2", "simulations -5"}, func() error {
			_, err := changepoint.One(ctx, changepoint.Series{Counts: []int{1, -1, 2, 3}}, changepoint.Options{Level: 2, Simulations: -5})
			return err
		}},
		{"penalty and rows", []string{"row 2: count -1", "penalty -1"}, func() error {
			_, err := changepoint.Several(ctx, changepoint.Series{Counts: []int{1, -1, 2, 3}}, -1)
			return err
		}},
		{"prior and rows", []string{"row 2: count -1", "prior 0, 0"}, func() error {
			_, err := changepoint.Bayes(changepoint.Series{Counts: []int{1, -1, 2, 3}}, changepoint.Prior{}, 0.9)
			return err
		}},
		{"rates and rows", []string{"row 2: count -1", "rates and limit"}, func() error {
			_, err := changepoint.Watch(changepoint.Series{Counts: []int{1, -1, 2, 3}}, 0, 1, 4)
			return err
		}},
		{"trim and values", []string{"trim 0", "row 2: value NaN", "row 3: value +Inf"}, func() error {
			_, err := changepoint.Mean([]float64{1, nan, math.Inf(1), 4}, 0)
			return err
		}},
		{"exposures", []string{"first: exposure 0", "first: exposure -90", "second: exposure NaN"}, func() error {
			_, err := effort.Vary(rate.Design{}, rate.Of(41).In(62, "looks"), rate.Of(12).In(55, "looks"), []float64{40, 0, -90}, []float64{nan, 55})
			return err
		}},
	} {
		err := c.err()
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		var typed *inference.InputError
		if !errors.As(err, &typed) {
			t.Errorf("%s: %T is no InputError", c.name, err)
		}
		for _, word := range c.words {
			if n := strings.Count(err.Error(), word); n != 1 {
				t.Errorf("%s: %q stands %d times in\n%v", c.name, word, n, err)
			}
		}
	}
}

// TestSentencesReadWell: a P next to 1 and an estimate that is not defined have words of their own.
func TestSentencesReadWell(t *testing.T) {
	if got := inference.Probability(0.99971, math.Log(0.99971)); got != "0.9997" {
		t.Errorf("P of 0.99971 is printed as %q", got)
	}
	if got := inference.Probability(1-1e-12, 0); got != "1" {
		t.Errorf("P of 1 - 1e-12 is printed as %q", got)
	}
	r, err := effort.CompareOccupancy(effort.Share{Present: 0, Looks: 12}, effort.Share{Present: 0, Looks: 9}, inference.TwoSided, 0.95)
	if err != nil || !strings.Contains(r.Sentence(), "undefined") || strings.Contains(r.Sentence(), "are 0 times") {
		t.Errorf("an undefined ratio reads %q (%v)", r.Sentence(), err)
	}
}
