package inference

import (
	"strconv"
	"strings"
)

// Likelihood is a word for the probability that something is true or will happen, of the scale of ICD 203.
type Likelihood string

// Confidence is a word for how well founded a judgement is. It says nothing about probability.
type Confidence string

// The levels of confidence of ICD 203.
const (
	LowConfidence      Confidence = "low confidence"
	ModerateConfidence Confidence = "moderate confidence"
	HighConfidence     Confidence = "high confidence"
)

// band is one step of the scale, up to and including its top.
type band struct {
	top  float64
	word Likelihood
	twin string
}

// scale is the table of Intelligence Community Directive 203 (2015), section D.6.e.(2)(a).
func scale() [7]band {
	return [7]band{{0.05, "almost no chance", "remote"}, {0.20, "very unlikely", "highly improbable"}, {0.45, "unlikely", "improbable"},
		{0.55, "roughly even chance", "roughly even odds"}, {0.80, "likely", "probable"}, {0.95, "very likely", "highly probable"}, {0.99, "almost certain", "nearly certain"}}
}

// Words returns the ICD 203 term for a probability: 0.7 is "likely". p is the probability of the statement itself, for
// instance a posterior. A P value is not one and must not be given: Result has no method that does.
//
// Errors (*InputError): p outside 0 … 1, and 0 and 1 themselves, for which the scale has no term. Below 0.01 and above
// 0.99 the outermost terms are used.
func Words(p float64) (Likelihood, error) {
	if !(p > 0 && p < 1) {
		return "", &InputError{Room: "inference", What: "probability", Value: strconv.FormatFloat(p, 'g', -1, 64), Cause: "must lie between 0 and 1; no term stands for certainty"}
	}
	for _, b := range scale() {
		if p <= b.top {
			return b.word, nil
		}
	}
	return "almost certain", nil
}

// Judgement is a statement with its likelihood and, apart from it, the confidence in the judgement.
type Judgement struct {
	Statement  string // a clause, such as "traffic grew after the summit"
	Likelihood Likelihood
	Confidence Confidence
	Basis      string // why the confidence is what it is
}

// Text returns two sentences, one for each of the two words; they are never put into one. Errors (*InputError): a word
// that is not on its scale, a confidence given as a likelihood or the other way round, a statement that carries words
// of either scale itself.
func (j Judgement) Text() (string, error) {
	word := string(j.Likelihood)
	if !isLikelihood(word) {
		return "", &InputError{Room: "inference", What: "likelihood", Value: strconv.Quote(word), Cause: "is no term of the ICD 203 scale; confidence is another thing"}
	}
	switch j.Confidence {
	case LowConfidence, ModerateConfidence, HighConfidence:
	default:
		return "", &InputError{Room: "inference", What: "confidence", Value: strconv.Quote(string(j.Confidence)), Cause: "must be low, moderate or high confidence; likelihood is another thing"}
	}
	if err := Mixed(j.Statement + " " + word); err != nil || containsWord(j.Statement, terms()) {
		return "", &InputError{Room: "inference", What: "statement", Value: strconv.Quote(j.Statement), Cause: "already carries a word of likelihood or confidence"}
	}
	text := "It is " + word + " that " + j.Statement + ". We have " + string(j.Confidence) + " in this judgement"
	if word == "roughly even chance" || word == "almost no chance" || word == "roughly even odds" {
		text = "There is " + article(word) + word + " that " + j.Statement + ". We have " + string(j.Confidence) + " in this judgement"
	}
	if j.Basis != "" {
		text += ": " + j.Basis
	}
	return text + ".", nil
}

func article(word string) string {
	if word == "roughly even chance" {
		return "a "
	}
	return ""
}

// Mixed returns an error (*InputError) that names the first sentence of text in which a word of likelihood and a word
// of confidence stand together, as in "likely, with high confidence".
func Mixed(text string) error {
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '!' || r == '?' || r == ';' }) {
		if containsWord(sentence, terms()) && strings.Contains(strings.ToLower(sentence), "confidence") {
			return &InputError{Room: "inference", What: "sentence", Value: strconv.Quote(strings.TrimSpace(sentence)), Cause: "mixes likelihood and confidence; say them in two sentences"}
		}
	}
	return nil
}

func terms() []string {
	var out []string
	for _, b := range scale() {
		out = append(out, string(b.word), b.twin)
	}
	return out
}

func isLikelihood(word string) bool {
	for _, t := range terms() {
		if word == t {
			return true
		}
	}
	return false
}

// containsWord looks for terms as whole words.
func containsWord(text string, list []string) bool {
	padded := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z') }), " ") + " "
	for _, t := range list {
		if strings.Contains(padded, " "+t+" ") {
			return true
		}
	}
	return false
}
