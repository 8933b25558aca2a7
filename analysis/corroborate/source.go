package corroborate

import (
	"errors"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Report is what one source says about the question.
type Report struct {
	Source string
	Images []string // identifiers of the images it rests on; empty when it rests on none
	Cites  []string // sources it repeats
	Grade  Grade
	Factor float64 // chance of this report if the claim is true, divided by that if it is false; > 0, 1 says nothing
}

// Weight is the evidence of all reports together. Its Result estimates the Bayes factor; its interval runs from what full
// dependence leaves to what independence would give, and nothing is tested.
type Weight struct {
	inference.Result
	Groups      [][]string // sources that depend on each other, by shared images and citations
	LogFactor   float64    // natural log of the Bayes factor with the dependence given
	LogNaive    float64    // as if all were independent
	LogCautious float64    // the strongest report of each group alone
	Dependence  float64
	reports     []Report
}

// Groups returns the sources that depend on one another: they share an image, or one repeats the other. Sources in
// different groups are independent as far as the reports say. Errors (*InputError): a source twice or without a name.
// Not for sources that depend on each other in ways that no image or citation shows: say so in Cites.
func Groups(reports []Report) ([][]string, error) {
	w := &Weight{}
	if err := w.read(reports); err != nil {
		return nil, err
	}
	return w.Groups, nil
}

// Combine multiplies the Bayes factors of the reports, allowing for what they share. dependence runs from 0 (reports in
// one group count in full) to 1 (only the strongest report of a group counts) and must be chosen by the user: the
// others in a group enter with the power 1 - dependence.
//
// A retelling of the same image adds little, however many retell it. The factors are the user's; the result moves odds
// and is no probability until a prior is named (Posterior). Errors (*InputError, every row): no reports, factors that
// are not positive, dependence outside 0 … 1, sources twice.
func Combine(reports []Report, dependence float64) (*Weight, error) {
	w := &Weight{Dependence: dependence}
	var faults []error
	if !(dependence >= 0 && dependence <= 1) {
		faults = append(faults, &InputError{Room: "corroborate", What: "dependence", Value: strconv.FormatFloat(dependence, 'g', -1, 64), Cause: "must lie between 0 and 1"})
	}
	if len(reports) == 0 {
		faults = append(faults, &InputError{Room: "corroborate", What: "reports", Value: "none", Cause: "need at least one"})
	}
	for i, r := range reports {
		if !(r.Factor > 0) || math.IsInf(r.Factor, 1) {
			faults = append(faults, &InputError{Room: "corroborate", What: "factor", Row: i + 1, Value: strconv.FormatFloat(r.Factor, 'g', -1, 64), Cause: "must be positive and finite"})
		}
	}
	if err := errors.Join(append(faults, w.read(reports))...); err != nil {
		return nil, err
	}
	factor := map[string]float64{}
	for _, r := range reports {
		factor[r.Source] = math.Log(r.Factor)
	}
	for _, g := range w.Groups {
		strongest, sum := 0.0, 0.0
		for _, name := range g {
			f := factor[name]
			sum += f
			if math.Abs(f) > math.Abs(strongest) {
				strongest = f
			}
		}
		w.LogNaive += sum
		w.LogCautious += strongest
		w.LogFactor += strongest + (1-dependence)*(sum-strongest)
	}
	w.conclude()
	w.warn()
	return w, nil
}

// read joins the reports into groups.
func (w *Weight) read(reports []Report) error {
	w.reports = reports
	index := map[string]int{}
	var faults []error
	for i, r := range reports {
		if _, twice := index[r.Source]; twice || r.Source == "" {
			faults = append(faults, &InputError{Room: "corroborate", What: "source", Row: i + 1, Value: strconv.Quote(r.Source), Cause: "must have a name of its own"})
		}
		index[r.Source] = i
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	parent := make([]int, len(reports))
	for i := range parent {
		parent[i] = i
	}
	var root func(i int) int
	root = func(i int) int {
		if parent[i] != i {
			parent[i] = root(parent[i])
		}
		return parent[i]
	}
	owner := map[string]int{}
	for i, r := range reports {
		keys := []string{"source " + r.Source}
		for _, image := range r.Images {
			keys = append(keys, "image "+image)
		}
		for _, c := range r.Cites {
			keys = append(keys, "source "+c)
		}
		for _, k := range keys {
			if j, seen := owner[k]; seen {
				parent[root(i)] = root(j)
			} else {
				owner[k] = i
			}
		}
	}
	byRoot := map[int][]string{}
	for i, r := range reports {
		byRoot[root(i)] = append(byRoot[root(i)], r.Source)
	}
	for _, g := range byRoot {
		slices.Sort(g)
		w.Groups = append(w.Groups, g)
	}
	sort.Slice(w.Groups, func(a, b int) bool { return w.Groups[a][0] < w.Groups[b][0] })
	return nil
}

// conclude writes the factor as a result.
func (w *Weight) conclude() {
	low, high := math.Min(w.LogCautious, w.LogNaive), math.Max(w.LogCautious, w.LogNaive)
	w.LogFactor = math.Max(low, math.Min(high, w.LogFactor))
	w.Result = inference.Result{
		Method: "Bayes factors of groups of sources that share something", Null: "none: reports are weighed, not tested", Quantity: "Bayes factor for the claim", Estimate: math.Exp(w.LogFactor), P: math.NaN(),
		Interval:  inference.Interval{Low: math.Exp(low), High: math.Exp(high), Level: 1, Method: "from full dependence within groups to none"},
		Statistic: inference.Statistic{Name: "log Bayes factor", Value: w.LogFactor}, N: len(w.reports), Finding: w.Sentence(),
		Exposure:   []inference.Exposure{{Name: "reports", Amount: float64(len(w.reports)), Unit: "in " + plural(len(w.Groups), "independent group"), Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: "dependence within a group " + sheet.Number(w.Dependence), Inputs: plural(len(w.reports), "report"), Source: "the factors are the user's"},
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func (w *Weight) warn() {
	if len(w.Groups) == 1 && len(w.reports) > 1 {
		w.Warnings = append(w.Warnings, "all "+strconv.Itoa(len(w.reports))+" sources depend on each other: this is one piece of evidence, told several times")
	}
	if (w.LogNaive > 0) != (w.LogCautious > 0) && w.LogCautious != 0 {
		w.Warnings = append(w.Warnings, "the direction depends on how much the sources share")
	}
	for _, r := range w.reports {
		if !r.Grade.Judged() {
			w.Warnings = append(w.Warnings, "some sources are not graded (F or 6, or no grade)")
			break
		}
	}
}

// Posterior returns the probability of the claim after the reports, from a probability before them that the user names.
// Errors (*InputError): a prior outside (0,1).
// Not from a prior that was chosen after the reports.
func (w *Weight) Posterior(prior float64) (float64, error) {
	if !(prior > 0 && prior < 1) {
		return 0, &InputError{Room: "corroborate", What: "prior", Value: strconv.FormatFloat(prior, 'g', -1, 64), Cause: "must lie between 0 and 1"}
	}
	odds := math.Log(prior) - math.Log1p(-prior) + w.LogFactor
	return 1 / (1 + math.Exp(-odds)), nil
}

// Sentence is the weight in one sentence.
func (w *Weight) Sentence() string {
	verb := " form "
	if len(w.reports) == 1 {
		verb = " forms "
	}
	text := plural(len(w.reports), "report") + verb + plural(len(w.Groups), "independent group") + "; together they make the claim " + times(w.LogFactor)
	if least, most := times(math.Min(w.LogCautious, w.LogNaive)), times(math.Max(w.LogCautious, w.LogNaive)); least != most {
		text += " (from " + least + " to " + most + ", depending on how much they share)"
	}
	return text + "."
}

// times says a log factor in words.
func times(log float64) string {
	if log < 0 {
		return factor(-log) + " times less credible"
	}
	return factor(log) + " times more credible"
}

// factor prints a factor from its logarithm, as a power of ten where no float holds it.
func factor(log float64) string {
	if math.Abs(log) > 700 {
		return "10^" + strconv.FormatFloat(log/math.Ln10, 'f', 1, 64)
	}
	return sheet.Digits(math.Exp(log), 3)
}

// String is the text form.
func (w *Weight) String() string { return w.sheet().Text() }

// SimpleRender shows the reports by group, one sentence and warnings.
func (w *Weight) SimpleRender() map[string]any { return w.sheet().Render() }

func (w *Weight) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Sources and what they share", Head: []string{"source", "group", "grade", "images", "factor"}, Lines: []string{w.Sentence()}, Warnings: w.Warnings,
		Source: w.Result.Sheet().Source}
	for k, g := range w.Groups {
		for _, name := range g {
			for _, r := range w.reports {
				if r.Source == name {
					s.Rows = append(s.Rows, []string{name, strconv.Itoa(k + 1), r.Grade.String(), strings.Join(r.Images, " "), sheet.Number(r.Factor)})
				}
			}
		}
	}
	return s
}

// Words is the ICD 203 term for the posterior probability from a named prior.
// Not for a factor without a prior, nor for a P value.
func (w *Weight) Words(prior float64) (inference.Likelihood, error) {
	p, err := w.Posterior(prior)
	if err != nil {
		return "", err
	}
	return inference.Words(p)
}
