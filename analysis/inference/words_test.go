package inference_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/inference"
)

func TestTheScaleOfICD203(t *testing.T) {
	for p, want := range map[float64]inference.Likelihood{0.005: "almost no chance", 0.05: "almost no chance", 0.051: "very unlikely", 0.3: "unlikely", 0.5: "roughly even chance",
		0.56: "likely", 0.8: "likely", 0.81: "very likely", 0.97: "almost certain", 0.999: "almost certain"} {
		if got, err := inference.Words(p); got != want || err != nil {
			t.Errorf("%v: %q %v", p, got, err)
		}
	}
	var bad *inference.InputError
	for _, p := range []float64{0, 1, -1, 2, math.NaN()} {
		if _, err := inference.Words(p); !errors.As(err, &bad) {
			t.Errorf("%v: %v", p, err)
		}
	}
}

func TestLikelihoodAndConfidenceAreNotMixed(t *testing.T) {
	if err := inference.Mixed("It is likely, with high confidence, that trains crossed."); err == nil {
		t.Error("a mixed sentence passed")
	}
	if err := inference.Mixed("It is likely that trains crossed. We have low confidence in this."); err != nil {
		t.Error(err)
	}
	if err := inference.Mixed("The likelihood is unknown; confidence is low."); err != nil {
		t.Error(err)
	}
	for _, j := range []inference.Judgement{
		{Statement: "x", Likelihood: "high confidence", Confidence: inference.HighConfidence},
		{Statement: "x", Likelihood: "likely", Confidence: "likely"},
		{Statement: "trains probably came, which is very likely", Likelihood: "likely", Confidence: inference.LowConfidence},
	} {
		if text, err := j.Text(); err == nil {
			t.Errorf("%v gave %q", j, text)
		}
	}
}

func TestAResultRendersTheSameBytesInThreeForms(t *testing.T) {
	r := inference.Result{Quantity: "rate <ratio>", Estimate: 2, Null: "it is 1", P: 0, LogP: -2000, Tested: true, Alpha: 0.05, Warnings: []string{"few & far"},
		Interval: inference.Interval{Low: 1, High: math.Inf(1), Level: 0.9}}
	m := r.SimpleRender()
	page := m["text/html"].(string)
	if strings.Contains(page, "<ratio>") || !strings.Contains(page, "&amp; far") || strings.Contains(page, "<script") || strings.Contains(page, "<style") {
		t.Error(page)
	}
	if !strings.Contains(m["text/plain"].(string), "10^-868.6") || !strings.Contains(m["text/markdown"].(string), "∞") {
		t.Error(m)
	}
	if r.SimpleRender()["text/html"] != page {
		t.Error("the bytes change")
	}
	if !r.Interval.Contains(5) || r.Interval.Contains(0.5) || !math.IsInf(r.Interval.Width(), 1) {
		t.Error(r.Interval)
	}
}

func ExampleWords() {
	word, err := inference.Words(0.72)
	fmt.Println(word, err)
	// Output:
	// likely <nil>
}

func ExampleJudgement_Text() {
	text, err := inference.Judgement{Statement: "the same train was seen twice", Likelihood: "likely", Confidence: inference.LowConfidence, Basis: "one image, two readings"}.Text()
	fmt.Println(text, err)
	// Output:
	// It is likely that the same train was seen twice. We have low confidence in this judgement: one image, two readings. <nil>
}

func ExampleMixed() {
	fmt.Println(inference.Mixed("It is very likely, with moderate confidence, that horses crossed."))
	// Output:
	// inference: sentence "It is very likely, with moderate confidence, that horses crossed": mixes likelihood and confidence; say them in two sentences
}

func ExampleProbability() {
	fmt.Println(inference.Probability(0.0598, 0), inference.Probability(0, -2000))
	// Output:
	// 0.0598 10^-868.6
}

func ExamplePercent() {
	fmt.Println(inference.Percent(0.9), inference.Percent(0.9999))
	// Output:
	// 90 % 99.99 %
}

func ExampleLevel() {
	level, err := inference.Level("report", 0)
	fmt.Println(level, err)
	_, err = inference.Level("report", 1)
	fmt.Println(err)
	// Output:
	// 0.95 <nil>
	// report: level 1: must lie between 0 and 1
}
