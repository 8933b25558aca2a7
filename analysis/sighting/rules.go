package sighting

import (
	"fmt"
	"slices"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Check lists what is wrong with the records themselves, across fields and tables: keys, references, times, quantities,
// units, zeros. Types of cells are checked when a file is read.
func (d *Dataset) Check() Findings {
	c := &checker{d: d}
	c.keys()
	c.looks()
	c.sightings()
	c.claims()
	c.places()
	c.cycles()
	c.found = append(c.found, uniqueDistances(d)...)
	return c.found
}

type checker struct {
	d                                         *Dataset
	found                                     Findings
	sources, placesID, looksID, seen, claimed map[string]int // id -> index
}

func (c *checker) add(o *Origin, fallback, column, rule, format string, args ...any) {
	f := Finding{File: o.File, Line: o.Line, Column: column, Rule: rule, Cause: fmt.Sprintf(format, args...)}
	if f.File == "" {
		f.File = fallback
	}
	c.found = append(c.found, f)
}

func (c *checker) keys() {
	c.sources = keysOf(c, c.d.Sources, resSources, "source_id", func(r *Source) string { return r.ID })
	c.placesID = keysOf(c, c.d.Places, resPlaces, "place_id", func(r *Place) string { return r.ID })
	c.looksID = keysOf(c, c.d.Looks, resLooks, "look_id", func(r *Look) string { return r.ID })
	c.seen = keysOf(c, c.d.Sightings, resSightings, "sighting_id", func(r *Sighting) string { return r.ID })
	c.claimed = keysOf(c, c.d.Claims, resClaims, "claim_id", func(r *Claim) string { return r.ID })
}

func keysOf[T any](c *checker, recs []T, file, column string, id func(*T) string) map[string]int {
	if c.d.unread[file] {
		return nil // that is found already: not once more for every row that refers to the table
	}
	out := map[string]int{}
	for i := range recs {
		o := any(&recs[i]).(record).origin()
		key := id(&recs[i])
		if key == "" {
			c.add(o, file, column, "required", "must not be empty")
			continue
		}
		if first, twice := out[key]; twice {
			c.add(o, file, column, "key", "%q is the key of another row as well (line %d)", key, any(&recs[first]).(record).origin().Line)
			continue
		}
		out[key] = i
	}
	return out
}

func (c *checker) refer(o *Origin, file, column, key string, in map[string]int, what string) {
	if key == "" || in == nil {
		return
	}
	if _, ok := in[key]; !ok {
		c.add(o, file, column, "foreign key", "there is no %s %q", what, key)
	}
}

func (c *checker) looks() {
	const file = resLooks
	for i := range c.d.Looks {
		l := &c.d.Looks[i]
		o := &l.Origin
		c.refer(o, file, "place_id", l.PlaceID, c.placesID, "place")
		c.refer(o, file, "source_id", l.SourceID, c.sources, "source")
		for _, k := range l.SameAs {
			c.refer(o, file, "same_as", k, c.looksID, "look")
		}
		c.span(o, file, l.Time, l.OffsetBasis)
		c.order(o, file, "images", l.ImagesLow, l.Images, l.ImagesHigh)
		if l.Kind != "period" {
			for name, n := range map[string]Num{"days": l.Days, "images": l.Images, "cloud_days": l.CloudDays, "positive_days": l.PositiveDays} {
				if n.Known {
					c.add(o, file, name, "look", "only a period has an effort; this look is of kind %s", l.Kind)
				}
			}
		}
		if n, ok := calendarDays(l.Time); ok && l.Days.Known && l.Days.Value > n {
			c.add(o, file, "days", "look", "%v days are more than the %v from %v to %v", l.Days, n, l.Time.Start, l.Time.End)
		}
		if l.PositiveDays.Known && l.ImagesHigh.Known && l.PositiveDays.Value > l.ImagesHigh.Value {
			c.add(o, file, "positive_days", "look", "%v days with something are more than %v imaged days", l.PositiveDays, l.ImagesHigh)
		}
		if l.CloudDays.Known && l.Days.Known && l.CloudDays.Value > l.Days.Value {
			c.add(o, file, "cloud_days", "look", "%v days of cloud are more than %v days", l.CloudDays, l.Days)
		}
	}
}

// calendarDays is the number of days from the start to the end, both included; false if an end is missing or wrong.
func calendarDays(s Span) (float64, bool) {
	if s.Start.T.IsZero() || s.End.T.IsZero() || lower(s.Start).After(upper(s.End)) {
		return 0, false
	}
	first := lower(s.Start).Truncate(24 * time.Hour)
	return float64(upper(s.End).Truncate(24*time.Hour).Sub(first)/(24*time.Hour)) + 1, true
}

// span checks the times of a record by themselves.
func (c *checker) span(o *Origin, file string, s Span, basis string) {
	hasStart, hasEnd := !s.Start.T.IsZero(), !s.End.T.IsZero()
	need := func(ok bool, column, what string) {
		if !ok {
			c.add(o, file, column, "time", "a time of precision %s needs %s", s.Precision, what)
		}
	}
	switch s.Precision {
	case "minute":
		need(hasStart && s.Start.Precision <= table.Minute, "t_start", "a time of day with its offset")
		need(hasEnd && s.End.Precision <= table.Minute, "t_end", "a time of day with its offset")
	case "day":
		need(hasStart && s.Start.Precision <= table.Day, "t_start", "a day")
		need(hasEnd, "t_end", "an end")
		if hasStart && hasEnd && dayOf(s.Start) != dayOf(s.End) {
			c.add(o, file, "t_end", "time", "precision day, but the ends are different days")
		}
	case "range", "fuzzy":
		need(hasStart || hasEnd, "t_start", "a start or an end")
	case "month", "year":
		need(hasStart, "t_start", "a start")
		need(hasEnd, "t_end", "an end")
	case "before":
		need(hasEnd, "t_end", "an end")
		need(!hasStart, "t_start", "no start")
	case "after":
		need(hasStart, "t_start", "a start")
		need(!hasEnd, "t_end", "no end")
	case "unknown":
		need(!hasStart && !hasEnd, "t_start", "no dates")
	}
	if hasStart && hasEnd && lower(s.Start).After(upper(s.End)) {
		c.add(o, file, "t_end", "time", "ends (%v) before it starts (%v)", s.End, s.Start)
	}
	timed := hasStart && s.Start.HasOffset || hasEnd && s.End.HasOffset
	if timed != (basis != "") {
		c.add(o, file, "offset_basis", "time", "a time of day needs a basis of its offset (stated or assumed), a date has none")
	}
}

// lower and upper are the first and last local instant of a stamp, on a common clock without zones.
func lower(s table.Stamp) time.Time { return wall(s.T) }
func upper(s table.Stamp) time.Time { return wall(s.End()).Add(-1) }

func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

func dayOf(s table.Stamp) string { return s.T.Format(time.DateOnly) }

func (c *checker) order(o *Origin, file, column string, low, best, high Num) {
	for _, p := range [][2]Num{{low, best}, {best, high}, {low, high}} {
		if p[0].Known && p[1].Known && p[0].Value > p[1].Value {
			c.add(o, file, column, "order", "low <= best <= high does not hold: %v, %v, %v", low, best, high)
			return
		}
	}
}

// qualified checks that the numbers suit the qualifier.
func (c *checker) qualified(o *Origin, file, column, qualifier string, low, best, high Num) {
	any := low.Known || best.Known || high.Known
	bad := func(what string) {
		c.add(o, file, column+"_qualifier", "quantity", "%s: %s (low %q, best %q, high %q)", qualifier, what, low, best, high)
	}
	switch qualifier {
	case "exact":
		if !best.Known {
			bad("needs the number")
		} else if low.Known && low.Value != best.Value || high.Known && high.Value != best.Value {
			bad("the three numbers must be equal")
		}
	case "about":
		if !best.Known {
			bad("needs the number")
		}
	case "at_least", "more_than":
		if !low.Known {
			bad("needs the lower bound")
		}
	case "at_most", "less_than":
		if !high.Known {
			bad("needs the upper bound")
		}
	case "range":
		if !low.Known || !high.Known {
			bad("needs both bounds")
		}
	case "several", "not_stated":
		if any {
			bad("has no numbers")
		}
	case "":
		if any {
			bad("a number needs a qualifier")
		}
	}
}

func (c *checker) unit(o *Origin, file, objectType, unit string, q Quantity) {
	t, ok := typeNamed(objectType)
	if !ok {
		return // found as a word outside the vocabulary
	}
	if unit == "" {
		if q.Low.Known || q.Best.Known || q.High.Known {
			c.add(o, file, "unit", "unit", "a number without a unit")
		}
		return
	}
	if !slices.Contains(t.units, unit) {
		c.add(o, file, "unit", "unit", "%s cannot be counted in %q; units are never mixed (%q)", objectType, unit, t.units)
	}
}

// reported checks that the report is not older than what it reports.
func (c *checker) reported(o *Origin, file, report string, s Span) {
	if report == "" || s.Start.T.IsZero() {
		return
	}
	_, last, err := reportSpan(report)
	if err == nil && upper(last).Before(lower(s.Start)) {
		c.add(o, file, "report_date", "report", "reported (%s) before it was seen (%v)", report, s.Start)
	}
}
