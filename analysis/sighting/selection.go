package sighting

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Selection is a part of a data set: the looks at some places in some time, and the sightings and claims that belong
// there. Verbs on it read as a sentence and give another selection; none changes the data set. Choosing a kind of object
// (Trains, Ships, Of) keeps all looks, because a look without that object counts as well.
//
// A verb that cannot be carried out (an unknown place, a date that does not exist) gives a selection with an error: Err
// returns it, and a cell shows it.
type Selection struct {
	d         *Dataset
	Looks     []*Look
	Sightings []*Sighting
	Claims    []*Claim

	types    []string // chosen object types; nil for all
	said     []string
	warnings []string
	err      error
}

// All is the selection of everything. A data set that could not be opened (nil) gives a selection with an error.
func (d *Dataset) All() *Selection {
	if d == nil {
		return &Selection{d: &Dataset{}, err: errors.New("sighting: there is no data set: Open or Load gave an error instead")}
	}
	s := &Selection{d: d}
	for i := range d.Looks {
		s.Looks = append(s.Looks, &d.Looks[i])
	}
	for i := range d.Sightings {
		s.Sightings = append(s.Sightings, &d.Sightings[i])
	}
	for i := range d.Claims {
		s.Claims = append(s.Claims, &d.Claims[i])
	}
	return s
}

// At, Between, Before, After, On, Trains, Railcars, Ships, Of and By are the verbs of a selection, from everything.

// At keeps what happened at the places; see Selection.At.
func (d *Dataset) At(places ...string) *Selection { return d.All().At(places...) }

// Between keeps what happened from one day to another; see Selection.Between.
func (d *Dataset) Between(from, to string) *Selection { return d.All().Between(from, to) }

// Before keeps what happened before a day; see Selection.Before.
func (d *Dataset) Before(day string) *Selection { return d.All().Before(day) }

// After keeps what happened after a day; see Selection.After.
func (d *Dataset) After(day string) *Selection { return d.All().After(day) }

// On keeps what happened on a day; see Selection.On.
func (d *Dataset) On(day string) *Selection { return d.All().On(day) }

// Of keeps sightings and claims of some types; see Selection.Of.
func (d *Dataset) Of(types ...string) *Selection { return d.All().Of(types...) }

// Trains keeps trains; see Selection.Of.
func (d *Dataset) Trains() *Selection { return d.All().Trains() }

// Ships keeps ships; see Selection.Of.
func (d *Dataset) Ships() *Selection { return d.All().Ships() }

// By keeps what an observer saw; see Selection.By.
func (d *Dataset) By(observer string) *Selection { return d.All().By(observer) }

func (s *Selection) next(words string) *Selection {
	out := *s
	out.said = append(slices.Clone(s.said), words)
	out.warnings = slices.Clone(s.warnings)
	return &out
}

func (s *Selection) fail(format string, args ...any) *Selection {
	if s.err != nil {
		return s
	}
	return &Selection{d: s.d, err: fmt.Errorf("sighting: "+format, args...)}
}

// Err is the first error of the verbs; nil if there was none.
func (s *Selection) Err() error { return s.err }

// Warnings say what the verbs had to leave out.
func (s *Selection) Warnings() []string { return slices.Clone(s.warnings) }

// String is the sentence of verbs that made the selection, with what it holds.
func (s *Selection) String() string {
	if s.err != nil {
		return "error: " + s.err.Error()
	}
	what := strings.Join(s.said, ", ")
	if what == "" {
		what = "everything"
	}
	return fmt.Sprintf("%s: %d looks, %d sightings, %d claims", what, len(s.Looks), len(s.Sightings), len(s.Claims))
}

func (s *Selection) keep(look func(*Look) bool, seen func(*Sighting) bool, claim func(*Claim) bool) {
	s.Looks = filter(s.Looks, look)
	s.Sightings = filter(s.Sightings, seen)
	s.Claims = filter(s.Claims, claim)
}

func filter[T any](in []*T, keep func(*T) bool) []*T {
	var out []*T
	for _, r := range in {
		if keep(r) {
			out = append(out, r)
		}
	}
	return out
}

// At keeps what happened at the places, named by id or by the first words of an id, and at the places that are part of
// them: At("tumangang") takes the yard, the rail facility and the east track.
func (s *Selection) At(places ...string) *Selection {
	if s.err != nil {
		return s
	}
	in := map[string]bool{}
	for _, p := range places {
		ids := s.d.within(p)
		if len(ids) == 0 {
			return s.fail("there is no place %q; there are %q", p, s.d.PlaceIDs())
		}
		for _, id := range ids {
			in[id] = true
		}
	}
	out := s.next("at " + strings.Join(places, " or "))
	look := s.d.lookByID()
	out.keep(func(l *Look) bool { return in[l.PlaceID] }, func(x *Sighting) bool {
		l := look[x.LookID]
		return l != nil && in[l.PlaceID]
	}, func(c *Claim) bool { return in[c.PlaceID] })
	return out
}

// PlaceIDs are the keys of the gazetteer.
func (d *Dataset) PlaceIDs() []string {
	out := make([]string, len(d.Places))
	for i := range d.Places {
		out[i] = d.Places[i].ID
	}
	return out
}

// within lists a place and all that are part of it. A name that is no key stands for all keys that begin with it.
func (d *Dataset) within(name string) []string {
	var ids []string
	for _, id := range d.PlaceIDs() {
		if id == name {
			ids = []string{id}
			break
		}
		if strings.HasPrefix(id, name+"_") {
			ids = append(ids, id)
		}
	}
	for i := 0; i < len(ids); i++ {
		for j := range d.Places {
			if p := &d.Places[j]; p.PartOf == ids[i] && !slices.Contains(ids, p.ID) {
				ids = append(ids, p.ID)
			}
		}
	}
	return ids
}

func (d *Dataset) lookByID() map[string]*Look {
	out := make(map[string]*Look, len(d.Looks))
	for i := range d.Looks {
		out[d.Looks[i].ID] = &d.Looks[i]
	}
	return out
}

// interval is a time between two instants of the local clock; false for an end that is not known.
type interval struct {
	from, to       time.Time
	hasFrom, hasTo bool
}

func (s Span) interval() interval {
	var iv interval
	if !s.Start.T.IsZero() {
		iv.from, iv.hasFrom = lower(s.Start), true
	}
	if !s.End.T.IsZero() {
		iv.to, iv.hasTo = upper(s.End), true
	}
	return iv
}

// within3 says whether a time lies in [from, to]: yes, no, or (partly, or perhaps) neither.
func (iv interval) within3(from, to time.Time) (inside, outside bool) {
	inside = iv.hasFrom && iv.hasTo && !iv.from.Before(from) && !iv.to.After(to)
	outside = iv.hasTo && iv.to.Before(from) || iv.hasFrom && iv.from.After(to)
	if !iv.hasFrom && iv.hasTo && from.Equal(distantPast) && !iv.to.After(to) {
		inside = true
	}
	if iv.hasFrom && !iv.hasTo && to.Equal(distantFuture) && !iv.from.Before(from) {
		inside = true
	}
	return inside, outside
}

var (
	distantPast   = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC)
	distantFuture = time.Date(2261, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Between keeps what certainly happened from one day to another, both included; days are those of the local clock. The
// ends are ISO dates (2023-09-13) or months. What reaches over an end, or whose date is not known well enough, is left
// out, and a warning says how much that is.
func (s *Selection) Between(from, to string) *Selection {
	a, err := table.ParseStamp(from)
	if err != nil {
		return s.fail("Between: %v", err)
	}
	b, err := table.ParseStamp(to)
	if err != nil {
		return s.fail("Between: %v", err)
	}
	if upper(b).Before(lower(a)) {
		return s.fail("Between: %s is after %s", from, to)
	}
	return s.clip("from "+from+" to "+to, lower(a), upper(b))
}

// On keeps what happened on one day of the local clock.
func (s *Selection) On(day string) *Selection {
	a, err := table.ParseStamp(day)
	if err != nil {
		return s.fail("On: %v", err)
	}
	return s.clip("on "+day, lower(a), upper(a))
}

// Before keeps what certainly happened before the day began.
func (s *Selection) Before(day string) *Selection {
	a, err := table.ParseStamp(day)
	if err != nil {
		return s.fail("Before: %v", err)
	}
	return s.clip("before "+day, distantPast, lower(a).Add(-1))
}

// After keeps what certainly happened after the day was over.
func (s *Selection) After(day string) *Selection {
	a, err := table.ParseStamp(day)
	if err != nil {
		return s.fail("After: %v", err)
	}
	return s.clip("after "+day, upper(a).Add(1), distantFuture)
}

func (s *Selection) clip(words string, from, to time.Time) *Selection {
	if s.err != nil {
		return s
	}
	out := s.next(words)
	unsure := map[string]int{}
	in := func(kind string, t Span) bool {
		inside, outside := t.interval().within3(from, to)
		if !inside && !outside {
			unsure[kind]++
		}
		return inside
	}
	out.keep(func(l *Look) bool { return in("looks", l.Time) }, func(x *Sighting) bool { return in("sightings", x.Time) },
		func(c *Claim) bool { return in("claims", c.Time) })
	var parts []string
	for _, k := range []string{"looks", "sightings", "claims"} {
		if unsure[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", unsure[k], k))
		}
	}
	if len(parts) > 0 {
		out.warnings = append(out.warnings, fmt.Sprintf("%s: %s reach over an end or have no sure date and are left out", words, strings.Join(parts, ", ")))
	}
	return out
}

// Of keeps sightings and claims of the object types. An absence of a wider type speaks for the narrower one as well:
// where neither trains nor cargo were found, there were no trains. Looks stay.
func (s *Selection) Of(types ...string) *Selection {
	if s.err != nil {
		return s
	}
	for _, t := range types {
		if _, ok := typeNamed(t); !ok {
			return s.fail("there is no object type %q; there are %s", t, list(typeWords()))
		}
	}
	out := s.next("of " + strings.Join(types, " or "))
	out.types = types
	out.keep(func(*Look) bool { return true }, func(x *Sighting) bool {
		if slices.Contains(types, x.ObjectType) {
			return true
		}
		t, _ := typeNamed(x.ObjectType)
		return x.Status == "absent" && slices.ContainsFunc(types, func(n string) bool { return slices.Contains(t.includes, n) })
	}, func(c *Claim) bool { return slices.Contains(types, c.ObjectType) })
	return out
}

// Trains keeps trains.
func (s *Selection) Trains() *Selection { return s.Of("train") }

// Railcars keeps railcars of every kind.
func (s *Selection) Railcars() *Selection {
	t, _ := typeNamed("railcar")
	return s.Of(append([]string{"railcar"}, t.includes...)...)
}

// Ships keeps ships.
func (s *Selection) Ships() *Selection { return s.Of("ship") }

// Containers keeps containers (not stacks of them, which are another unit).
func (s *Selection) Containers() *Selection { return s.Of("container") }

// By keeps what an observer saw or a claimant said; part of the name will do.
func (s *Selection) By(observer string) *Selection {
	if s.err != nil {
		return s
	}
	out := s.next("by " + observer)
	has := func(name string) bool { return strings.Contains(strings.ToLower(name), strings.ToLower(observer)) }
	out.keep(func(l *Look) bool { return has(l.Observer) }, func(x *Sighting) bool { return has(x.Observer) },
		func(c *Claim) bool { return has(c.Claimant) })
	return out
}

// Observed keeps single looks and what they showed: no totals over periods, no claims.
func (s *Selection) Observed() *Selection {
	if s.err != nil {
		return s
	}
	out := s.next("single looks only")
	look := s.d.lookByID()
	out.keep(func(l *Look) bool { return l.Kind != "period" }, func(x *Sighting) bool {
		return x.Kind == "observation" && look[x.LookID] != nil && look[x.LookID].Kind != "period"
	}, func(*Claim) bool { return false })
	return out
}

// Where keeps the sightings for which keep answers true; looks and claims stay.
func (s *Selection) Where(keep func(*Sighting) bool) *Selection {
	if s.err != nil {
		return s
	}
	out := s.next("chosen")
	out.Sightings = filter(s.Sightings, keep)
	return out
}
