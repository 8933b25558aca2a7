// Package corroborate weighs what several sources say about one thing: Admiralty grades, groups of sources that are
// independent of each other (two articles about one image are one source), Bayes factors that allow for shared
// imagery, the matrix of competing hypotheses, and the likelihood that two sightings are of one object.
//
// It assumes that the user supplies the weights; it keeps the books. Words for probabilities are in package inference,
// and grades of sources are never turned into them.
package corroborate

import (
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Grade is an Admiralty grade: Reliability of the source A to F, Credibility of the information 1 to 6. The two are
// judged apart from each other, and neither is a probability.
type Grade struct {
	Reliability byte // 'A' … 'F'
	Credibility int  // 1 … 6
}

// ParseGrade reads "B2". Errors (*InputError): anything else than a letter A to F and a digit 1 to 6.
func ParseGrade(text string) (Grade, error) {
	t := strings.ToUpper(strings.TrimSpace(text))
	if len(t) != 2 || t[0] < 'A' || t[0] > 'F' || t[1] < '1' || t[1] > '6' {
		return Grade{}, &InputError{Room: "corroborate", What: "grade", Value: strconv.Quote(text), Cause: "must be a letter A to F and a digit 1 to 6"}
	}
	return Grade{t[0], int(t[1] - '0')}, nil
}

// String is the short form, "B2".
func (g Grade) String() string {
	if g == (Grade{}) {
		return "not graded"
	}
	return string(g.Reliability) + strconv.Itoa(g.Credibility)
}

// Words is the grade in words: "usually reliable source; probably true".
func (g Grade) Words() string {
	if g.Reliability < 'A' || g.Reliability > 'F' || g.Credibility < 1 || g.Credibility > 6 {
		return "not graded"
	}
	return [...]string{"completely reliable", "usually reliable", "fairly reliable", "not usually reliable", "unreliable", "reliability not to be judged"}[g.Reliability-'A'] +
		" source; information " + [...]string{"confirmed by others", "probably true", "possibly true", "doubtfully true", "improbable", "truth not to be judged"}[g.Credibility-1]
}

// Judged reports whether both halves of the grade say something (neither F nor 6).
func (g Grade) Judged() bool {
	return g.Reliability >= 'A' && g.Reliability < 'F' && g.Credibility >= 1 && g.Credibility < 6
}
