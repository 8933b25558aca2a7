package changepoint

import (
	"errors"
	"math"
	"sort"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Prior is a gamma law of each regime's rate: Shape events in Rate units of exposure.
type Prior struct{ Shape, Rate float64 }

// Posterior is the answer of Bayes. Its Result estimates the most probable place with the credible interval; nothing is
// tested, so there is no P: the Bayes factor against no change takes its place, as the statistic.
type Posterior struct {
	inference.Result
	Probability []float64 // that the last count of the first regime is the (i+1)-th, given one change
	Mode        int       // the most probable place, from 1
	Mean        float64   // expected place
	Low, High   int       // equal-tailed credible interval
	Level       float64
	RateBefore  float64 // posterior means of the two rates, over all places
	RateAfter   float64
	LogFactor   float64 // natural log of the Bayes factor of one change against none
	Prior       Prior
	series      Series
}

// Bayes returns the posterior of the place of one change, with a uniform prior over the places and the same gamma prior
// for both rates; both are integrated out exactly.
//
// It takes for granted that there is one change: read LogFactor before the place, and remember that the factor depends
// on the prior much more than the place does. Not for series with several changes. Errors (*InputError): those of One;
// a prior that is not positive. Source: Raftery and Akman, Biometrika 73 (1986) 85.
func Bayes(s Series, prior Prior, level float64) (*Posterior, error) {
	events, exposure, err := s.check(4)
	level, bad := inference.Level("changepoint", level)
	if !(prior.Shape > 0 && prior.Rate > 0) || math.IsInf(prior.Shape+prior.Rate, 0) {
		bad = errors.Join(bad, &InputError{Room: "changepoint", What: "prior", Value: sheet.Number(prior.Shape) + ", " + sheet.Number(prior.Rate), Cause: "shape and rate must be positive"})
	}
	if err := errors.Join(err, bad); err != nil {
		return nil, err
	}
	n := len(s.Counts)
	p := &Posterior{Probability: make([]float64, n-1), Level: level, Prior: prior, series: s}
	evidence := func(x, e float64) float64 {
		a, _ := math.Lgamma(prior.Shape + x)
		b, _ := math.Lgamma(prior.Shape)
		return a - b + prior.Shape*math.Log(prior.Rate) - (prior.Shape+x)*math.Log(prior.Rate+e)
	}
	top := math.Inf(-1)
	for k := 1; k < n; k++ {
		l := evidence(events[k], exposure[k]) + evidence(events[n]-events[k], exposure[n]-exposure[k])
		p.Probability[k-1] = l
		if l > top {
			top, p.Mode = l, k
		}
	}
	sum := 0.0
	for i, l := range p.Probability {
		p.Probability[i] = math.Exp(l - top)
		sum += p.Probability[i]
	}
	p.LogFactor = top + math.Log(sum/float64(n-1)) - evidence(events[n], exposure[n])
	cumulative := make([]float64, n-1)
	run := 0.0
	for i := range p.Probability {
		p.Probability[i] /= sum
		k := i + 1
		w := p.Probability[i]
		p.Mean += w * float64(k)
		p.RateBefore += w * (prior.Shape + events[k]) / (prior.Rate + exposure[k])
		p.RateAfter += w * (prior.Shape + events[n] - events[k]) / (prior.Rate + exposure[n] - exposure[k])
		run += w
		cumulative[i] = run
	}
	p.Low = 1 + sort.SearchFloat64s(cumulative, (1-level)/2)
	p.High = min(1+sort.SearchFloat64s(cumulative, 1-(1-level)/2), n-1)
	p.conclude(events, exposure)
	return p, nil
}

// conclude writes the place as a result.
func (p *Posterior) conclude(events, exposure []float64) {
	n := len(p.series.Counts)
	p.Result = inference.Result{
		Method: "one change of a Poisson rate, Bayes", Null: "none: a posterior tests nothing; the Bayes factor weighs one change against none",
		Quantity: "last count of the first regime", Estimate: float64(p.Mode), P: math.NaN(), Alpha: round(1 - p.Level), N: n,
		Interval:  inference.Interval{Low: float64(p.Low), High: float64(p.High), Level: p.Level, Method: "equal-tailed, credible"},
		Statistic: inference.Statistic{Name: "log Bayes factor against no change", Value: p.LogFactor},
		Exposure:  p.series.seen(events, exposure), Finding: p.Sentence(),
		Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(p.Level, 'g', -1, 64) + ", uniform place, gamma(" + sheet.Number(p.Prior.Shape) + ", " + sheet.Number(p.Prior.Rate) + ") rates",
			Inputs: strconv.Itoa(n) + " counts", Source: "Raftery and Akman 1986"},
	}
	if p.LogFactor < math.Log(3) {
		p.Warnings = append(p.Warnings, "the counts hardly speak for a change at all (Bayes factor "+factorText(p.LogFactor)+"): the place means little")
	}
	if p.Mode < p.Low || p.Mode > p.High {
		p.Warnings = append(p.Warnings, "the most probable place lies outside the equal-tailed interval: read the whole posterior")
	}
	p.Warnings = p.series.clustered(p.Warnings, []int{p.Mode})
}

// Sentence is the posterior in one sentence.
func (p *Posterior) Sentence() string {
	return "If the rate changed once, it most likely did after " + p.series.label(p.Mode) + " (probability " + sheet.Digits(p.Probability[p.Mode-1], 3) + "; " +
		inference.Percent(p.Level) + " credible " + p.series.label(p.Low) + " to " + p.series.label(p.High) + "); the Bayes factor against no change is " + factorText(p.LogFactor) + "."
}

func factorText(log float64) string {
	if log > 700 {
		return "10^" + strconv.FormatFloat(log/math.Ln10, 'f', 1, 64)
	}
	return sheet.Number(math.Exp(log))
}

// String is the text form.
func (p *Posterior) String() string { return p.sheet().Text() }

// SimpleRender shows the five most probable places, one sentence and warnings.
func (p *Posterior) SimpleRender() map[string]any { return p.sheet().Render() }

func (p *Posterior) sheet() sheet.Sheet {
	out := sheet.Sheet{Title: "One change of rate, Bayes", Head: []string{"last of the first regime", "probability"}, Lines: []string{p.Sentence()}, Warnings: p.Warnings,
		Source: p.Result.Sheet().Source}
	order := make([]int, len(p.Probability))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return p.Probability[order[a]] > p.Probability[order[b]] })
	for _, i := range order[:min(5, len(order))] {
		out.Rows = append(out.Rows, []string{p.series.label(i + 1), sheet.Digits(p.Probability[i], 3)})
	}
	return out
}
