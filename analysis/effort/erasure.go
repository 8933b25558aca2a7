package effort

import (
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/rate"
)

// Erasure is the number of empty looks, made but never published, that would undo a result. Its own Result estimates that
// number (NaN, with a warning, where there is none) and tests nothing; the two comparisons are Before and After.
type Erasure struct {
	inference.Result
	Empty     int              // smallest number of extra empty looks after which the null value is no longer rejected; -1 when it never was
	Sample    string           // the sample they would have to belong to
	Published float64          // exposure that was published for it
	Factor    float64          // (Published + Empty) / Published
	Before    inference.Result // the comparison as published
	After     inference.Result // the comparison with the empty looks added
}

// limit is where the search gives up: no one makes so many looks.
const limit = 1e12

// EmptyLooks asks how many unseen empty looks would erase a result: looks at the sample with the higher rate at which
// nothing was seen, and which therefore nobody published. Each look counts one unit of exposure.
//
// A small number beside the published effort means that publication bias alone could have made the result. It assumes
// that the other sample is complete; where both are selective use Vary. If the comparison is not significant to begin
// with, Empty is -1. Errors: those of Design.Compare.
// Not for looks that found something and were kept back: those move the ratio the other way.
func EmptyLooks(d rate.Design, first, second rate.Sample) (Erasure, error) {
	start, err := d.Compare(first, second)
	if err != nil {
		return Erasure{}, err
	}
	label := names(first, second)
	e := Erasure{Before: start, After: start, Sample: label[0], Published: first.Exposure, Factor: 1}
	inFirst := first.Rate() >= second.Rate()
	if !inFirst {
		e.Sample, e.Published = label[1], second.Exposure
	}
	if !start.Rejected() {
		e.Empty = -1
		e.conclude("the null value is not rejected as it stands: there is no result to erase")
		return e, nil
	}
	with := func(extra float64) (inference.Result, error) {
		if inFirst {
			return d.Compare(first.In(first.Exposure+extra, first.Unit), second)
		}
		return d.Compare(first, second.In(second.Exposure+extra, second.Unit))
	}
	hi := 1.0
	for {
		r, err := with(hi)
		if err != nil {
			return Erasure{}, err
		}
		if !r.Rejected() {
			break
		}
		if hi *= 2; hi > limit {
			e.Empty = math.MaxInt
			e.conclude("no plausible number of empty looks undoes this result under this design")
			return e, nil
		}
	}
	lo := math.Floor(hi / 2)
	for hi-lo > 1 {
		mid := math.Floor((lo + hi) / 2)
		r, err := with(mid)
		if err != nil {
			return Erasure{}, err
		}
		if r.Rejected() {
			lo = mid
		} else {
			hi = mid
		}
	}
	e.Empty, e.Factor = int(hi), (e.Published+hi)/e.Published
	if e.After, err = with(hi); err != nil {
		return Erasure{}, err
	}
	e.conclude("")
	if hi <= e.Published {
		e.Warnings = append(e.Warnings, "fewer empty looks than were published would be enough: publication bias alone could explain the result")
	}
	return e, nil
}

// conclude writes the number of empty looks as a result; why says why there is none.
func (e *Erasure) conclude(why string) {
	e.Result = inference.Result{
		Question: "How many unseen empty looks would erase the result?", Method: "empty looks added until the design no longer rejects", Null: "none: a comparison is repeated, see Before and After",
		Side: e.Before.Side, Quantity: "empty looks needed", Estimate: float64(e.Empty), P: math.NaN(), Alpha: e.Before.Alpha, N: e.Before.N, Exposure: e.Before.Exposure, Finding: e.Sentence(),
		Interval:   inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the number follows from the counts"},
		Provenance: inference.Provenance{Design: e.Before.Provenance.Design, Inputs: e.Before.Provenance.Inputs, Source: e.Before.Provenance.Source},
	}
	if why != "" {
		e.Estimate, e.Warnings = math.NaN(), []string{why}
	}
}

// Sentence is the answer in one sentence.
func (e Erasure) Sentence() string {
	switch e.Empty {
	case -1:
		return "There is no result to erase: the null value is not rejected as it stands (P = " + e.Before.PText() + ")."
	case math.MaxInt:
		return "No plausible number of empty looks in " + e.Sample + " erases the result."
	case 1:
		return "One unseen empty look in " + e.Sample + " would erase the result (P from " + e.Before.PText() + " to " + e.After.PText() + ")."
	}
	return strconv.Itoa(e.Empty) + " unseen empty looks in " + e.Sample + ", beside the " + sheet.Number(e.Published) + " published, would erase the result (P from " +
		e.Before.PText() + " to " + e.After.PText() + ")."
}

// String is the text form.
func (e Erasure) String() string { return e.sheet().Text() }

// SimpleRender shows the table, its sentence and warnings.
func (e Erasure) SimpleRender() map[string]any { return e.sheet().Render() }

func (e Erasure) sheet() sheet.Sheet {
	empty := strconv.Itoa(e.Empty)
	if e.Empty < 0 || e.Empty == math.MaxInt {
		empty = "none"
	}
	return sheet.Sheet{
		Title: e.Question,
		Rows: [][]string{{"published effort, " + e.Sample, sheet.Number(e.Published)}, {"empty looks needed", empty},
			{"P as published", e.Before.PText()}, {"P with them", e.After.PText()}},
		Lines: []string{e.Sentence()}, Warnings: e.Warnings, Source: e.Result.Sheet().Source,
	}
}
