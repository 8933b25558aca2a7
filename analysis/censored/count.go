// Package censored works with counts that are not one number: "about 5", "more than 70", "at least 2". Every such count
// is an interval whose width the user names; there is no default for "about". Rates and ratios then come twice: by
// likelihood, which treats the true count as unknown inside its interval, and as worst cases over all of them.
//
// It assumes Poisson counts and intervals that do not depend on the true count beyond holding it. Counts that are all
// exact belong to analysis/rate. Turnbull's estimate for interval-censored lengths or times is here too.
package censored

import (
	"errors"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Unbounded is the High of a count without an upper end.
const Unbounded = -1

// impossible is the High of a count that cannot be, such as fewer than 0; every method refuses it.
const impossible = -2

// end is an upper end that was given as a number.
func end(n int) int {
	if n < 0 {
		return impossible
	}
	return n
}

// Count is a number of events known to lie between Low and High, both included; High may be Unbounded.
type Count struct {
	Low, High int
	Text      string // as the source said it
}

// Approx is a count that was called approximate. It is no Count until its width is named.
type Approx struct{ n int }

// About starts an approximate count: About(5).Within(2) lies between 3 and 7. Without Within it cannot be used, because
// only the user can say how wide "about" is.
func About(n int) Approx { return Approx{n} }

// Within gives an approximate count its half-width, in events; the lower end stops at 0.
func (a Approx) Within(width int) Count {
	low, high := max(0, a.n-width), a.n+width
	if a.n < 0 || width < 0 || high < a.n {
		high = impossible
	}
	return Count{low, high, "about " + strconv.Itoa(a.n) + " (± " + strconv.Itoa(width) + ")"}
}

// Exactly is a count without doubt.
func Exactly(n int) Count { return Count{n, end(n), strconv.Itoa(n)} }

// AtLeast is n or more.
func AtLeast(n int) Count { return Count{n, Unbounded, "at least " + strconv.Itoa(n)} }

// MoreThan is n+1 or more.
func MoreThan(n int) Count { return Count{max(n, n+1), Unbounded, "more than " + strconv.Itoa(n)} }

// AtMost is 0 to n.
func AtMost(n int) Count { return Count{0, end(n), "at most " + strconv.Itoa(n)} }

// FewerThan is 0 to n-1.
func FewerThan(n int) Count { return Count{0, end(min(n, n-1)), "fewer than " + strconv.Itoa(n)} }

// Between is low to high, both included.
func Between(low, high int) Count {
	return Count{low, end(high), strconv.Itoa(low) + " to " + strconv.Itoa(high)}
}

// String is the count as the source said it.
func (c Count) String() string { return c.Text }

// Look is one observation: a count and the exposure in which it arose.
type Look struct {
	Count    Count
	Exposure float64 // > 0
}

// Each makes looks of exposure 1 from counts.
func Each(counts ...Count) []Look {
	var looks []Look
	for _, c := range counts {
		looks = append(looks, Look{c, 1})
	}
	return looks
}

// check returns every fault of the looks.
func check(looks []Look, what string) error {
	var faults []error
	if len(looks) == 0 {
		faults = append(faults, &InputError{Room: "censored", What: what, Value: "no looks", Cause: "need at least one"})
	}
	for i, l := range looks {
		if l.Count.Low > inference.MostEvents || l.Count.High > inference.MostEvents {
			faults = append(faults, &InputError{Room: "censored", What: what + " count", Row: i + 1, Value: l.Count.Text, Cause: "is above 100 billion"})
			continue
		}
		if l.Count.Low < 0 || l.Count.High != Unbounded && l.Count.High < l.Count.Low {
			faults = append(faults, &InputError{Room: "censored", What: what + " count", Row: i + 1, Value: strconv.Itoa(l.Count.Low) + " to " + strconv.Itoa(l.Count.High), Cause: "must run from 0 or more up to its end"})
		}
		if !(l.Exposure > 0 && l.Exposure < 1e300) {
			faults = append(faults, &InputError{Room: "censored", What: what + " exposure", Row: i + 1, Value: strconv.FormatFloat(l.Exposure, 'g', -1, 64), Cause: "must be positive and finite"})
		}
	}
	return errors.Join(faults...)
}

// Total adds counts end by end.
// Not for adding things of different units.
func Total(looks []Look) Count {
	var t Count
	for _, l := range looks {
		t.Low += l.Count.Low
		if t.High != Unbounded {
			t.High += l.Count.High
		}
		if l.Count.High == Unbounded {
			t.High = Unbounded
		}
	}
	t.Text = Between(t.Low, t.High).Text
	if t.High == Unbounded {
		t.Text = AtLeast(t.Low).Text
	}
	return t
}
