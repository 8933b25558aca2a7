package sighting

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

// ResolveDate turns a relative date ("yesterday", "last month", "the 24th of last month", "late last year", "three days
// ago", "since the end of last month") into a span, counted from the reference day, which is the day of the report and must
// be given. "First observed" and the like are no dates. The result is fuzzy where the words are; what the words do not
// say stays unknown. The parts of a month or year are thirds: early, mid, late. A wording that is not understood is an
// error: no date is guessed.
func ResolveDate(words, reference string) (Span, error) {
	ref, err := table.ParseStamp(reference)
	if err != nil || ref.Precision > table.Day {
		return Span{}, fmt.Errorf("sighting: the reference %q must be a day, such as 2023-10-10", reference)
	}
	day := time.Date(ref.T.Year(), ref.T.Month(), ref.T.Day(), 0, 0, 0, 0, time.UTC)
	w := strings.TrimSpace(strings.ToLower(strings.Join(strings.Fields(words), " ")))
	since := false
	for _, p := range []string{"since ", "from ", "starting "} {
		if strings.HasPrefix(w, p) {
			w, since = strings.TrimPrefix(w, p), true
		}
	}
	w = strings.TrimPrefix(strings.TrimPrefix(w, "on "), "in ")
	s, ok := relative(strings.TrimPrefix(w, "the "), day)
	if !ok {
		return Span{}, fmt.Errorf("sighting: %q is not understood as a relative date", words)
	}
	if since { // it began somewhere in the span and went on until the report at least
		s.End, s.Precision = table.Stamp{T: day, Precision: table.Day}, "fuzzy"
	}
	return s, nil
}

var (
	agoForm    = regexp.MustCompile(`^(\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten) (day|week|month|year)s? (ago|earlier)$`)
	dayForm    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? of (last|this) month$`)
	countWords = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)

func relative(w string, day time.Time) (Span, bool) {
	switch w {
	case "today", "same day":
		return daySpan(day), true
	case "yesterday", "day before", "previous day":
		return daySpan(day.AddDate(0, 0, -1)), true
	case "day before yesterday":
		return daySpan(day.AddDate(0, 0, -2)), true
	}
	if m := dayForm.FindStringSubmatch(w); m != nil {
		n, _ := strconv.Atoi(m[1])
		first := monthStart(day)
		if m[2] == "last" {
			first = first.AddDate(0, -1, 0)
		}
		at := first.AddDate(0, 0, n-1)
		if n < 1 || at.Month() != first.Month() {
			return Span{}, false
		}
		return daySpan(at), true
	}
	if m := agoForm.FindStringSubmatch(w); m != nil {
		return ago(m[1], m[2], day), true
	}
	part := ""
	for _, p := range []string{"early ", "beginning of ", "start of ", "mid-", "mid ", "middle of ", "late ", "end of "} {
		if strings.HasPrefix(w, p) {
			part, w = p, strings.TrimPrefix(strings.TrimPrefix(w, p), "the ")
			break
		}
	}
	var from, to time.Time // to is excluded
	precision := "fuzzy"
	switch w {
	case "last month", "this month":
		from = monthStart(day)
		if w == "last month" {
			from = from.AddDate(0, -1, 0)
		}
		to, precision = from.AddDate(0, 1, 0), "month"
	case "last year", "this year":
		from = time.Date(day.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		if w == "last year" {
			from = from.AddDate(-1, 0, 0)
		}
		to, precision = from.AddDate(1, 0, 0), "year"
	case "last week", "this week": // ISO weeks begin on Monday
		from = day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		if w == "last week" {
			from = from.AddDate(0, 0, -7)
		}
		to, precision = from.AddDate(0, 0, 7), "range"
	default:
		return Span{}, false
	}
	if part != "" {
		from, to = third(part, from, to)
		precision = "fuzzy"
	}
	last := to.AddDate(0, 0, -1)
	if last.After(day) {
		last = day
	}
	return Span{Start: table.Stamp{T: from, Precision: table.Day}, End: table.Stamp{T: last, Precision: table.Day}, Precision: precision}, true
}

func ago(count, unit string, day time.Time) Span {
	n, err := strconv.Atoi(count)
	if err != nil {
		n = 1
		for i, w := range countWords {
			if w == count {
				n = i
			}
		}
	}
	switch unit {
	case "day":
		return daySpan(day.AddDate(0, 0, -n))
	case "week":
		at := day.AddDate(0, 0, -7*n)
		return Span{Start: stampDay(at.AddDate(0, 0, -3)), End: stampDay(at.AddDate(0, 0, 3)), Precision: "fuzzy"}
	case "month":
		from := monthStart(day).AddDate(0, -n, 0)
		return Span{Start: stampDay(from), End: stampDay(from.AddDate(0, 1, -1)), Precision: "fuzzy"}
	}
	from := time.Date(day.Year()-n, 1, 1, 0, 0, 0, 0, time.UTC)
	return Span{Start: stampDay(from), End: stampDay(from.AddDate(1, 0, -1)), Precision: "fuzzy"}
}

// third is the first, second or last third of [from, to).
func third(part string, from, to time.Time) (time.Time, time.Time) {
	days := int(to.Sub(from).Hours() / 24)
	a, b := days/3, 2*days/3
	switch part {
	case "early ", "beginning of ", "start of ":
		return from, from.AddDate(0, 0, a)
	case "mid-", "mid ", "middle of ":
		return from.AddDate(0, 0, a), from.AddDate(0, 0, b)
	}
	return from.AddDate(0, 0, b), to
}

func monthStart(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}
func stampDay(t time.Time) table.Stamp { return table.Stamp{T: t, Precision: table.Day} }
func daySpan(t time.Time) Span         { return Span{stampDay(t), stampDay(t), "day"} }
