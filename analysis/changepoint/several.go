package changepoint

import (
	"context"
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Segment is a stretch of one rate.
type Segment struct {
	From, To int // first and last count, from 1
	Events   int
	Exposure float64
	Rate     float64
}

// Partition is the answer of Several. Its Result estimates the number of changes; there is neither a test nor an interval,
// because the penalty decides.
type Partition struct {
	inference.Result
	Changes  []int // last count of every segment but the last one, from 1
	Segments []Segment
	Cost     float64 // sum of the segments' -2 (s log(s/e) - s) plus Penalty for every change
	Penalty  float64
	series   Series
}

// Several finds the division of the series into segments of one rate that has the least cost: twice the negative log
// likelihood, plus penalty for every change. The search is exact: it finds the optimal partition that PELT finds, with
// functional pruning, so that it stays fast also where nothing changes for long.
//
// A penalty of 0 stands for 2 log n, a change counting as two parameters; larger ones give fewer changes. There is no
// P here: compare penalties, and take a change that comes and goes with them for noise. Not for autocorrelated counts.
// Errors: those of One, a negative penalty, the context's error. Source: Killick, Fearnhead and Eckley, JASA 107
// (2012) 1590; Maidstone et al., Stat. Comput. 27 (2017) 519; Jackson et al., IEEE Signal Process. Lett. 12 (2005) 105.
func Several(ctx context.Context, s Series, penalty float64) (*Partition, error) {
	events, exposure, err := s.check(2)
	if !(penalty >= 0) || math.IsInf(penalty, 1) {
		err = errors.Join(err, &InputError{Room: "changepoint", What: "penalty", Value: strconv.FormatFloat(penalty, 'g', -1, 64), Cause: "must be 0 (for 2 log n) or positive"})
	}
	if err != nil {
		return nil, err
	}
	n := len(s.Counts)
	if penalty == 0 {
		penalty = 2 * math.Log(float64(n))
	}
	changes, err := partition(ctx, events, exposure, penalty)
	if err != nil {
		return nil, err
	}
	p := &Partition{Changes: changes, Cost: penalty * float64(len(changes)), Penalty: penalty, series: s}
	from := 0
	for _, end := range append(changes[:len(changes):len(changes)], n) {
		x, e := events[end]-events[from], exposure[end]-exposure[from]
		p.Segments = append(p.Segments, Segment{From: from + 1, To: end, Events: int(x), Exposure: e, Rate: x / e})
		p.Cost += 2 * (x - gain(x, e))
		from = end
	}
	p.conclude(events, exposure)
	return p, nil
}

// conclude writes the number of changes as a result.
func (p *Partition) conclude(events, exposure []float64) {
	s, n := p.series, len(p.series.Counts)
	p.Result = inference.Result{
		Method: "segments of one Poisson rate, optimal partition", Null: "none: changes are weighed against a penalty, not tested", Quantity: "changes of the rate",
		Estimate: float64(len(p.Changes)), P: math.NaN(), N: n, Exposure: s.seen(events, exposure), Finding: p.Sentence(),
		Interval:  inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the penalty decides; try others"},
		Statistic: inference.Statistic{Name: "cost", Value: p.Cost},
		Provenance: inference.Provenance{Design: "penalty " + sheet.Number(p.Penalty) + " a change", Inputs: strconv.Itoa(n) + " counts",
			Source: "optimal partition, functional pruning; Killick, Fearnhead and Eckley 2012; Maidstone et al. 2017"},
	}
	for _, g := range p.Segments {
		if len(p.Segments) > 1 && g.To-g.From < 2 {
			p.Warnings = append(p.Warnings, "a segment of fewer than 3 counts (from "+s.label(g.From)+") is more likely an outlier than a regime")
			break
		}
	}
	p.Warnings = s.clustered(p.Warnings, p.Changes)
}

// Sentence is the partition in one sentence.
func (p *Partition) Sentence() string {
	if len(p.Changes) == 0 {
		return "No change of the rate is worth its penalty of " + sheet.Number(p.Penalty) + "."
	}
	text := "The rate changed " + strconv.Itoa(len(p.Changes)) + " times, after "
	if len(p.Changes) == 1 {
		text = "The rate changed once, after "
	}
	for i, k := range p.Changes {
		if i > 0 {
			text += ", "
		}
		text += p.series.label(k)
	}
	return text + " (penalty " + sheet.Number(p.Penalty) + " a change)."
}

// String is the text form.
func (p *Partition) String() string { return p.sheet().Text() }

// SimpleRender shows the segments, one sentence and warnings.
func (p *Partition) SimpleRender() map[string]any { return p.sheet().Render() }

func (p *Partition) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Segments of one rate", Head: []string{"from", "to", "events", "exposure", "rate"}, Lines: []string{p.Sentence()}, Warnings: p.Warnings,
		Source: p.Result.Sheet().Source}
	for _, g := range p.Segments {
		s.Rows = append(s.Rows, []string{p.series.label(g.From), p.series.label(g.To), strconv.Itoa(g.Events), sheet.Number(g.Exposure), sheet.Number(g.Rate)})
	}
	return s
}
