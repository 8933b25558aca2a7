package sighting

import (
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Num is a number that may be unknown. The zero Num is unknown, not 0.
type Num struct {
	Value float64
	Known bool
}

// N is a known number.
func N(v float64) Num { return Num{v, true} }

// String is the number, or nothing if it is unknown.
func (n Num) String() string {
	if !n.Known {
		return ""
	}
	return strconv.FormatFloat(n.Value, 'f', -1, 64)
}

// Span is the time of a record: from, to, and in which sense. Either end may be unknown.
type Span struct {
	Start, End table.Stamp // zero if unknown
	Precision  string      // minute, day, range, month, year, before, after, fuzzy, unknown
}

// Quantity is how much was seen, as the source qualifies it. None of the numbers is filled in by us.
type Quantity struct {
	Low, Best, High Num
	Qualifier       string // exact, about, at_least, at_most, more_than, less_than, range, several, not_stated
	Unit            string // train, railcar, ship, …; units are never added to each other
}

// String writes the quantity with its qualifier: "1 train", "about 5 trains", "at least 8 railcars", "2 to 3 railcars".
func (q Quantity) String() string {
	s, one := "", false
	switch {
	case q.Qualifier == "several":
		s = "several"
	case q.Qualifier == "range" && q.Low.Known && q.High.Known:
		s = q.Low.String() + " to " + q.High.String()
	case q.Qualifier == "not_stated" || q.Qualifier == "":
		return ""
	default:
		for _, n := range []Num{q.Best, q.Low, q.High} {
			if n.Known {
				s, one = n.String(), n.Value == 1
				break
			}
		}
		if w := phrase[q.Qualifier]; w != "" {
			s = w + " " + s
		}
	}
	if q.Unit != "" && one {
		s += " " + q.Unit
	} else if q.Unit != "" {
		s += " " + plural(q.Unit)
	}
	return s
}

// plural is a unit of the vocabulary for any number but 1.
func plural(unit string) string {
	head, rest, _ := strings.Cut(unit, "_of_") // a tonne of something is counted in tonnes of it
	switch {
	case len(unit) <= 2, head == "percent", head == "aircraft", strings.HasSuffix(head, "s"), strings.HasSuffix(head, "_usd"):
		return unit // symbols such as m, and words that have no plural
	case rest != "":
		return head + "s_of_" + rest
	}
	return unit + "s"
}

var phrase = map[string]string{"about": "about", "at_least": "at least", "at_most": "at most", "more_than": "more than", "less_than": "less than"}

// Length is a length in metres as the source qualifies it.
type Length struct {
	Low, Best, High Num
	Qualifier       string
	SD              Num // standard deviation, if the source or a measurement gives one
}

// String writes the length with its qualifier: "about 200 m".
func (l Length) String() string {
	s := Quantity{l.Low, l.Best, l.High, l.Qualifier, "m"}.String()
	if l.Qualifier == "range" && l.Low.Known && l.High.Known {
		s = l.Low.String() + " to " + l.High.String() + " m"
	}
	return s
}
