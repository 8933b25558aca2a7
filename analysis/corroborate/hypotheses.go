package corroborate

import (
	"errors"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Consistency says how a piece of evidence sits with a hypothesis.
type Consistency int

// From very inconsistent to very consistent; Neutral is the zero value.
const (
	VeryInconsistent Consistency = iota - 2
	Inconsistent
	Neutral
	Consistent
	VeryConsistent
)

// String is the usual mark: II, I, N, C, CC.
func (c Consistency) String() string {
	if c < VeryInconsistent || c > VeryConsistent {
		return "?"
	}
	return [...]string{"II", "I", "N", "C", "CC"}[c+2]
}

// Evidence is one row of the matrix.
type Evidence struct {
	Text   string
	Weight float64       // credibility times relevance, > 0; 0 stands for 1
	Marks  []Consistency // one for each hypothesis
}

// Matrix is the analysis of competing hypotheses. Its Result gives what speaks against the least contradicted one; marks
// have no sampling error, so there is neither a test nor an interval.
type Matrix struct {
	inference.Result
	Hypotheses []string
	Evidence   []Evidence
	Against    []float64 // weighted inconsistency of each hypothesis: II counts 2, I counts 1
	Order      []int     // hypotheses from the least to the most contradicted
	Diagnostic []float64 // spread of the marks of each row; 0 tells nothing apart
	Pivots     []int     // rows without which another hypothesis would lead
}

// Compete ranks hypotheses by what speaks against them (Heuer): evidence that fits is not counted, because it may fit
// the others as well. The ranking is an order, no probability. Include the dull hypotheses, and "other".
//
// Errors (*InputError, every row): fewer than two hypotheses, no evidence, a row with too few or too many marks, an
// unknown mark, a negative weight. Source: Heuer, Psychology of Intelligence Analysis (1999), chapter 8.
// Not for a probability: it ranks by contradiction, and a hypothesis that nobody listed cannot win.
func Compete(hypotheses []string, evidence []Evidence) (*Matrix, error) {
	var faults []error
	bad := func(what, value, cause string, row int) {
		faults = append(faults, &InputError{Room: "corroborate", What: what, Value: value, Cause: cause, Row: row})
	}
	if len(hypotheses) < 2 {
		bad("hypotheses", strconv.Itoa(len(hypotheses)), "need at least two to compete", 0)
	}
	if len(evidence) == 0 {
		bad("evidence", "none", "need at least one row", 0)
	}
	for i, e := range evidence {
		if len(e.Marks) != len(hypotheses) {
			bad("marks", strconv.Itoa(len(e.Marks)), "must be one for each of the "+strconv.Itoa(len(hypotheses))+" hypotheses", i+1)
		}
		if !(e.Weight >= 0) || math.IsInf(e.Weight, 1) {
			bad("weight", strconv.FormatFloat(e.Weight, 'g', -1, 64), "must be positive, or 0 for 1", i+1)
		}
		for _, m := range e.Marks {
			if m < VeryInconsistent || m > VeryConsistent {
				bad("mark", strconv.Itoa(int(m)), "is none of II, I, N, C, CC", i+1)
			}
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	m := &Matrix{Hypotheses: hypotheses, Evidence: evidence, Against: against(len(hypotheses), evidence, -1)}
	m.Order = ranking(m.Against)
	for i, e := range evidence {
		m.Diagnostic = append(m.Diagnostic, spread(e.Marks)*weight(e))
		without := against(len(hypotheses), evidence, i)
		if lead := ranking(without); lead[0] != m.Order[0] && without[lead[0]] < without[m.Order[0]] {
			m.Pivots = append(m.Pivots, i)
		}
	}
	m.conclude()
	m.warn()
	return m, nil
}

func weight(e Evidence) float64 {
	if e.Weight == 0 {
		return 1
	}
	return e.Weight
}

// against adds the weighted inconsistencies, leaving one row out.
func against(n int, evidence []Evidence, skip int) []float64 {
	out := make([]float64, n)
	for i, e := range evidence {
		if i == skip {
			continue
		}
		for j, m := range e.Marks {
			if m < 0 {
				out[j] += weight(e) * float64(-m)
			}
		}
	}
	return out
}

func ranking(scores []float64) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return scores[order[a]] < scores[order[b]] })
	return order
}

// spread is the standard deviation of the marks.
func spread(marks []Consistency) float64 {
	mean, s := 0.0, 0.0
	for _, m := range marks {
		mean += float64(m) / float64(len(marks))
	}
	for _, m := range marks {
		s += (float64(m) - mean) * (float64(m) - mean)
	}
	return math.Sqrt(s / float64(len(marks)))
}

// conclude writes the leading hypothesis as a result.
func (m *Matrix) conclude() {
	rows := plural(len(m.Evidence), "row")
	m.Result = inference.Result{
		Method: "analysis of competing hypotheses", Null: "none: hypotheses are ordered by what contradicts them, not tested", Quantity: "weight against " + m.Hypotheses[m.Order[0]],
		Estimate: m.Against[m.Order[0]], P: math.NaN(), N: len(m.Evidence), Finding: m.Sentence(),
		Interval:   inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: marks are judgements, without sampling error"},
		Exposure:   []inference.Exposure{{Name: "evidence", Amount: float64(len(m.Evidence)), Unit: strings.TrimLeft(rows, "0123456789 "), Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: "weights times marks, inconsistency only", Inputs: rows + ", " + strconv.Itoa(len(m.Hypotheses)) + " hypotheses", Source: "Heuer 1999"},
	}
}

func (m *Matrix) warn() {
	if m.Against[m.Order[0]] == m.Against[m.Order[1]] {
		m.Warnings = append(m.Warnings, "the evidence does not tell the leading hypotheses apart")
	}
	if len(m.Pivots) > 0 {
		m.Warnings = append(m.Warnings, "the lead hangs on single rows: "+m.Evidence[m.Pivots[0]].Text)
	}
	dull := 0
	for _, d := range m.Diagnostic {
		if d == 0 {
			dull++
		}
	}
	if dull > 0 {
		m.Warnings = append(m.Warnings, strconv.Itoa(dull)+" of "+strconv.Itoa(len(m.Evidence))+" rows fit every hypothesis alike and tell nothing")
	}
}

// Sentence is the matrix in one sentence.
func (m *Matrix) Sentence() string {
	first, second := m.Order[0], m.Order[1]
	return "Least contradicted: " + m.Hypotheses[first] + " (" + sheet.Number(m.Against[first]) + "), before " + m.Hypotheses[second] + " (" + sheet.Number(m.Against[second]) + "); this is an order, no probability."
}

// String is the text form.
func (m *Matrix) String() string { return m.sheet().Text() }

// SimpleRender shows the matrix, one sentence and warnings.
func (m *Matrix) SimpleRender() map[string]any { return m.sheet().Render() }

func (m *Matrix) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Competing hypotheses", Head: append([]string{"evidence"}, m.Hypotheses...), Lines: []string{m.Sentence()}, Warnings: m.Warnings, Source: m.Result.Sheet().Source}
	s.Head = append(s.Head, "tells apart")
	for i, e := range m.Evidence {
		row := []string{e.Text}
		for _, c := range e.Marks {
			row = append(row, c.String())
		}
		s.Rows = append(s.Rows, append(row, sheet.Digits(m.Diagnostic[i], 2)))
	}
	last := []string{"against"}
	for _, a := range m.Against {
		last = append(last, sheet.Number(a))
	}
	s.Rows = append(s.Rows, append(last, ""))
	return s
}
