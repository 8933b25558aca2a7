// Package multiplicity corrects P values when several questions were asked of the same data. Holm's method bounds the
// chance of any false finding, Benjamini and Hochberg's (BH) and Benjamini and Yekutieli's (BY) the expected share of
// false findings among all findings. All questions that were asked must be given, not only those that came out well:
// the package cannot see the others.
package multiplicity

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Method names a correction.
type Method int

const (
	// MethodHolm controls the chance of any false finding, under any dependence. For a handful of questions.
	MethodHolm Method = iota
	// MethodBH controls the share of false findings for independent or positively dependent questions. For screens of
	// many places; not where a single false finding does harm.
	MethodBH
	// MethodBY is BH under any dependence, and much stricter.
	MethodBY
	// MethodBonferroni multiplies by the number of questions; Holm is never worse.
	MethodBonferroni
)

// String is the name of the method.
func (m Method) String() string {
	switch m {
	case MethodHolm:
		return "Holm"
	case MethodBH:
		return "Benjamini-Hochberg"
	case MethodBY:
		return "Benjamini-Yekutieli"
	case MethodBonferroni:
		return "Bonferroni"
	}
	return "method " + strconv.Itoa(int(m))
}

// Holm returns P values adjusted by Holm's step-down method, in the order given. Errors (*InputError, every row):
// values outside 0 … 1. Source: Holm, Scand. J. Stat. 6 (1979) 65.
// Not for a screen of very many questions, where it finds little: use BH.
func Holm(p []float64) ([]float64, error) { return adjust(MethodHolm, p) }

// BH returns P values adjusted by the step-up method of Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289.
// Not for strongly negatively dependent questions. Errors as in Holm.
func BH(p []float64) ([]float64, error) { return adjust(MethodBH, p) }

// BY returns P values adjusted for any dependence: Benjamini and Yekutieli, Ann. Stat. 29 (2001) 1165. Errors as in
// Holm.
// Not where the questions are independent: BH finds more then.
func BY(p []float64) ([]float64, error) { return adjust(MethodBY, p) }

// Bonferroni returns P values times their number, at most 1. Errors as in Holm.
// Not where Holm can be used, which is never worse.
func Bonferroni(p []float64) ([]float64, error) { return adjust(MethodBonferroni, p) }

func adjust(m Method, p []float64) ([]float64, error) {
	var faults []error
	for i, v := range p {
		if !(v >= 0 && v <= 1) {
			faults = append(faults, &InputError{Room: "multiplicity", What: "P", Row: i + 1, Value: strconv.FormatFloat(v, 'g', -1, 64), Cause: "must lie between 0 and 1"})
		}
	}
	if m < MethodHolm || m > MethodBonferroni {
		faults = append(faults, &InputError{Room: "multiplicity", What: "method", Value: m.String(), Cause: "is unknown"})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	n := len(p)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if p[a] < p[b] {
			return -1
		}
		if p[a] > p[b] {
			return 1
		}
		return 0
	})
	out := make([]float64, n)
	switch m {
	case MethodBonferroni:
		for i, v := range p {
			out[i] = math.Min(1, v*float64(n))
		}
	case MethodHolm:
		run := 0.0
		for k, i := range order {
			run = math.Max(run, math.Min(1, p[i]*float64(n-k)))
			out[i] = run
		}
	default:
		factor := 1.0
		if m == MethodBY {
			factor = 0
			for k := 1; k <= n; k++ {
				factor += 1 / float64(k)
			}
		}
		run := 1.0
		for k := n - 1; k >= 0; k-- {
			i := order[k]
			run = math.Min(run, factor*p[i]*float64(n)/float64(k+1))
			out[i] = run
		}
	}
	return out, nil
}

// Family is all the questions that were asked together. Its Result counts those that hold; its P, the smallest adjusted
// one, is that of the hypothesis that every null hypothesis of the family is true.
type Family struct {
	inference.Result
	Correction Method
	Rows       []Row
}

// Row is one question of a family.
type Row struct {
	Name     string
	P        float64
	Adjusted float64
	Shown    bool // Adjusted is at most Alpha
}

// Results corrects the tested results of one family; their questions (or quantities) are the names. Results that were
// not tested are refused (*InputError, every one), and so is a family without results. alpha of 0 stands for 0.05.
// Not for a choice of questions made after their answers: hand in all that were asked.
func Results(m Method, alpha float64, results ...inference.Result) (Family, error) {
	if alpha == 0 {
		alpha = 0.05
	}
	var faults []error
	if !(alpha > 0 && alpha < 1) {
		faults = append(faults, &InputError{Room: "multiplicity", What: "alpha", Value: strconv.FormatFloat(alpha, 'g', -1, 64), Cause: "must lie between 0 and 1"})
	}
	if len(results) == 0 {
		faults = append(faults, &InputError{Room: "multiplicity", What: "results", Value: "none", Cause: "hand in every question that was asked"})
	}
	var p []float64
	for i, r := range results {
		if !r.Tested {
			faults = append(faults, &InputError{Room: "multiplicity", What: "result", Row: i + 1, Value: r.Quantity, Cause: "was not tested"})
		}
		p = append(p, r.P)
	}
	adjusted, err := adjust(m, p)
	if err := errors.Join(append(faults, err)...); err != nil {
		return Family{}, err
	}
	f := Family{Correction: m}
	for i, r := range results {
		name := r.Question
		if name == "" {
			name = r.Quantity
		}
		f.Rows = append(f.Rows, Row{name, r.P, adjusted[i], adjusted[i] <= alpha})
	}
	f.conclude(alpha)
	if len(results) == 1 {
		f.Warnings = append(f.Warnings, "one question needs no correction; were others asked and left out?")
	}
	return f, nil
}

// conclude writes the number of questions that hold as a result.
func (f *Family) conclude(alpha float64) {
	f.Result = inference.Result{
		Method: f.Correction.String() + "'s correction", Null: "every null hypothesis of the family is true", Quantity: "null hypotheses rejected", Estimate: 0, P: math.NaN(), Alpha: alpha, N: len(f.Rows),
		Interval:   inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: questions are counted"},
		Exposure:   []inference.Exposure{{Name: "family", Amount: float64(len(f.Rows)), Unit: "questions", Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: f.Correction.String() + ", level of the test " + strconv.FormatFloat(alpha, 'g', -1, 64), Inputs: strconv.Itoa(len(f.Rows)) + " P values", Source: f.Correction.source()},
	}
	least := math.Inf(1)
	for _, r := range f.Rows {
		if least = math.Min(least, r.Adjusted); r.Shown {
			f.Estimate++
		}
	}
	if f.Tested = len(f.Rows) > 0; f.Tested {
		f.P, f.LogP = least, math.Log(least)
	} else {
		f.Null = "none: no question was asked"
	}
	f.Finding = f.Sentence()
}

func (m Method) source() string {
	return [...]string{"Holm 1979", "Benjamini and Hochberg 1995", "Benjamini and Yekutieli 2001", "Bonferroni 1936"}[m]
}

// Sentence is the family in one sentence.
func (f Family) Sentence() string {
	k := 0
	for _, r := range f.Rows {
		if r.Shown {
			k++
		}
	}
	return strconv.Itoa(k) + " of " + strconv.Itoa(len(f.Rows)) + " null hypotheses are rejected at the " + inference.Percent(f.Alpha) + " level after " + f.Correction.String() + "'s correction."
}

// String is the text form.
func (f Family) String() string { return f.sheet().Text() }

// SimpleRender shows the questions with their P before and after the correction.
func (f Family) SimpleRender() map[string]any { return f.sheet().Render() }

func (f Family) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Several questions, " + f.Correction.String(), Head: []string{"question", "P", "adjusted", ""}, Lines: []string{f.Sentence()}, Warnings: f.Warnings, Source: f.Result.Sheet().Source}
	for _, r := range f.Rows {
		verdict := "not shown"
		if r.Shown {
			verdict = "shown"
		}
		s.Rows = append(s.Rows, []string{r.Name, inference.Probability(r.P, math.Log(r.P)), inference.Probability(r.Adjusted, math.Log(r.Adjusted)), verdict})
	}
	return s
}
