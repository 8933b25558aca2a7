// Package inference holds what every answer of the library has in common: the method that ran, the null hypothesis and
// side it was asked with, an estimate with its interval, the probability, how much was looked at, and the warnings that
// the data raised. The rooms beside it (rate, regression, changepoint, resample, length, …) make the answers; chart
// draws them. A probability never travels alone.
package inference

import (
	"math"
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Result is one answer. Fields are plain values, for figures and for tables.
//
// Answers with more to say (a posterior, a partition, a matrix of hypotheses) embed a Result and add to it. What does not
// apply is said, never left blank: an answer that tests nothing has Tested false, P NaN and a Null that begins with
// "none: " and the reason; one without an interval has an Interval whose Method does the same.
type Result struct {
	Question   string  // what was asked, in words; may be empty
	Method     string  // the procedure that ran
	Null       string  // the hypothesis that P speaks about
	Side       Side    // which departures count
	Quantity   string  // what Estimate is, for instance "rate ratio"
	Estimate   float64 // NaN only together with a warning that says why
	Interval   Interval
	Statistic  Statistic  // empty when the method has none
	P          float64    // probability of data at least as extreme under Null; NaN when Tested is false
	LogP       float64    // natural logarithm of P, for values below the smallest float
	Tested     bool       // false when only an estimate was asked for
	Alpha      float64    // level of the test fixed in advance; 1 - interval level unless said otherwise
	N          int        // events, or observations where Quantity is no rate
	Exposure   []Exposure // how much was looked at, one a sample
	Finding    string     // a sentence made by the method; Sentence falls back on a general one
	Warnings   []string   // reasons to trust the answer less
	Provenance Provenance
}

// Statistic is the number that a test compared with its null distribution.
type Statistic struct {
	Name  string
	Value float64
	DF    float64 // degrees of freedom, 0 when there are none
}

// Exposure is the amount of looking behind one sample.
type Exposure struct {
	Name   string
	Amount float64
	Unit   string
	Count  int // events seen in it; Uncounted, or the unit "values", where there is nothing to count
}

// Uncounted is the Count of an amount in which no events are counted: reports, rows of evidence, hours between two looks.
const Uncounted = -1

// Provenance says where a result comes from, so that it can be made again.
type Provenance struct {
	Design string // the choices fixed in advance
	Inputs string // the numbers that went in
	Source string // paper or reference implementation of the method
	Seed   string // seed of the random numbers, empty when none were used
}

// Rejected reports whether P is at or below Alpha; false when nothing was tested.
func (r Result) Rejected() bool { return r.Tested && r.P <= r.Alpha }

// Sentence is the result in one plain sentence.
func (r Result) Sentence() string {
	if r.Finding != "" {
		return r.Finding
	}
	s := upper(r.Quantity) + " " + sheet.Number(r.Estimate)
	if r.Interval.Known() && r.Interval.Level > 0 {
		s += " (" + Percent(r.Interval.Level) + " interval " + sheet.Number(r.Interval.Low) + " to " + sheet.Number(r.Interval.High) + ")"
	}
	if r.Tested {
		verdict := " is not rejected"
		if r.Rejected() {
			verdict = " is rejected"
		}
		s += "; that " + r.Null + verdict + " at the " + Percent(r.Alpha) + " level (" + r.Side.String() + ", P = " + r.PText() + ")"
	}
	return s + "."
}

// upper makes the first letter of a sentence a capital.
func upper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// PText prints P with three significant digits, from its logarithm where P itself is too small for a float.
func (r Result) PText() string { return Probability(r.P, r.LogP) }

// Probability prints p with three significant digits, or as a power of ten from its natural logarithm when p is 0.
func Probability(p, logp float64) string {
	switch {
	case math.IsNaN(p):
		return "not tested"
	case p == 0 && logp < -700 && !math.IsInf(logp, -1):
		return "10^" + strconv.FormatFloat(logp/math.Ln10, 'f', 1, 64)
	case p == 0 || p == 1:
		return strconv.FormatFloat(p, 'f', 0, 64)
	case p < 1e-3:
		return strconv.FormatFloat(p, 'e', 2, 64)
	}
	text := sheet.Digits(p, 3)
	for digits := 4; text == "1" && digits <= 6; digits++ { // next to 1: as many digits as tell it apart
		text = sheet.Digits(p, digits)
	}
	return text
}

// Percent prints a level: 0.95 is "95 %".
func Percent(level float64) string {
	if level == 0.95 {
		return "95 %"
	}
	return strconv.FormatFloat(level*100, 'g', 6, 64) + " %"
}

// String is the text form of the result.
func (r Result) String() string { return r.Sheet().Text() }

// SimpleRender shows the result as a small table, one sentence and its warnings (text/plain, text/markdown, text/html).
func (r Result) SimpleRender() map[string]any { return r.Sheet().Render() }

// Sheet lays the result out; other results build on it.
func (r Result) Sheet() sheet.Sheet {
	s := sheet.Sheet{Title: r.Question, Lines: []string{r.Sentence()}, Warnings: r.Warnings}
	if s.Title == "" {
		s.Title = r.Quantity
	}
	add := func(name, value string) {
		if value != "" {
			s.Rows = append(s.Rows, []string{name, value})
		}
	}
	add("method", r.Method)
	add("null hypothesis", r.Null)
	if r.Tested {
		add("side", r.Side.String())
	}
	for _, e := range r.Exposure {
		add(e.label(), e.text())
	}
	if len(r.Exposure) == 0 && r.N > 0 {
		add("n", strconv.Itoa(r.N))
	}
	add(r.Quantity, sheet.Number(r.Estimate))
	if r.Interval.Known() && r.Interval.Level > 0 {
		text := sheet.Number(r.Interval.Low) + " to " + sheet.Number(r.Interval.High)
		if r.Interval.Method != "" {
			text += "  (" + r.Interval.Method + ")"
		}
		add(Percent(r.Interval.Level)+" interval", text)
	} else if !r.Interval.Known() {
		add("interval", r.Interval.Method)
	}
	if r.Statistic.Name != "" {
		v := sheet.Number(r.Statistic.Value)
		if r.Statistic.DF > 0 {
			v += " on " + sheet.Number(r.Statistic.DF) + " df"
		}
		add(r.Statistic.Name, v)
	}
	if r.Tested {
		add("P", r.PText())
	}
	s.Source = r.Provenance.text()
	return s
}

func (e Exposure) label() string {
	if e.Name == "" {
		return "sample"
	}
	return e.Name
}

func (e Exposure) text() string {
	unit := e.Unit
	if e.Amount == 1 { // "looks" is "look" then, "units of exposure" is "unit of exposure"
		first, rest, _ := strings.Cut(unit, " ")
		if strings.HasSuffix(first, "s") && !strings.HasSuffix(first, "ss") && len(first) > 2 {
			unit = strings.TrimSpace(strings.TrimSuffix(first, "s") + " " + rest)
		}
	}
	if e.Unit == "values" || e.Count == Uncounted {
		return strings.TrimSpace(sheet.Number(e.Amount) + " " + unit)
	}
	s := strconv.Itoa(e.Count) + " in " + sheet.Number(e.Amount)
	if unit != "" {
		s += " " + unit
	}
	return s
}

func (p Provenance) text() string {
	s := ""
	for _, part := range []struct{ name, value string }{{"design: ", p.Design}, {"", p.Inputs}, {"seed ", p.Seed}, {"source: ", p.Source}} {
		if part.value == "" {
			continue
		}
		if s != "" {
			s += "; "
		}
		s += part.name + part.value
	}
	return s
}
