package sighting

import (
	"fmt"
	"html"
	"slices"

	"github.com/sightline-osint/sightline/analysis/table"
)

func escape(s string) string { return html.EscapeString(s) }

// Count is how many objects of one type one look showed.
type Count struct {
	Look   *Look
	Status string // present, absent, not_countable, or not_stated: the look says nothing about the type
	Low    Num    // sum of the lower bounds, where all rows have one
	Best   Num    // sum of the numbers, where all rows have one in the unit
	High   Num
	About  bool // a number in the sum is qualified as approximate or as a bound
	Rows   []*Sighting
	Group  string // conflict group of the rows, if any
}

// Counts are the counts of one type, one a look, in order of time.
type Counts struct {
	ObjectType, Unit string
	List             []Count
	Warnings         []string
}

// CountsPerLook counts the objects of a type in each single look, in that unit only: rows of a train counted in railcars
// say that a train was there, not how many. Looks in which the type was searched for and not found count 0; looks that do
// not speak about the type are listed without a number, for they are neither a zero nor a sighting. Periods are no looks
// and are left out; Effort lists them. Looks of different observers at the same day stay apart.
func (s *Selection) CountsPerLook(objectType string) (*Counts, error) {
	of := s.Of(objectType)
	if of.err != nil {
		return nil, of.err
	}
	out := &Counts{ObjectType: objectType, Warnings: slices.Clone(s.warnings)}
	if t, _ := typeNamed(objectType); len(t.units) > 0 {
		out.Unit = t.units[0]
	}
	rows := map[string][]*Sighting{}
	for _, x := range of.Sightings {
		rows[x.LookID] = append(rows[x.LookID], x)
	}
	periods, silent, conflicts := 0, 0, 0
	for _, l := range s.Looks {
		if l.Kind == "period" {
			periods++
			continue
		}
		c := countOf(l, rows[l.ID], out.Unit)
		if c.Status == "not_stated" {
			silent++
		}
		if c.Group != "" {
			conflicts++
		}
		out.List = append(out.List, c)
	}
	slices.SortStableFunc(out.List, func(a, b Count) int {
		x, y := a.Look.Time.Middle().T, b.Look.Time.Middle().T
		if x.IsZero() != y.IsZero() {
			if x.IsZero() {
				return 1
			}
			return -1
		}
		return x.Compare(y)
	})
	out.note(periods, "periods are no looks and are left out: see Effort")
	out.note(silent, fmt.Sprintf("looks say nothing about %s: neither seen nor searched for", objectType))
	out.note(conflicts, "looks hold rows in conflict with others: see Conflicts")
	return out, nil
}

func (c *Counts) note(n int, what string) {
	if n > 0 {
		c.Warnings = append(c.Warnings, fmt.Sprintf("%d %s", n, what))
	}
}

func countOf(l *Look, rows []*Sighting, unit string) Count {
	c := Count{Look: l, Status: "not_stated"}
	low, best, high := N(0), N(0), N(0)
	add := func(sum *Num, n Num) {
		sum.Known = sum.Known && n.Known
		sum.Value += n.Value
	}
	for _, x := range rows {
		if x.Scope == "individual" && x.Status == "absent" {
			continue
		}
		c.Rows = append(c.Rows, x)
		if x.ConflictGroup != "" {
			c.Group = x.ConflictGroup
		}
		if c.Status != "present" {
			c.Status = x.Status
		}
		if x.Status == "absent" {
			continue
		}
		q := x.Qty
		if q.Unit != unit {
			q = Quantity{}
		}
		if q.Qualifier != "exact" {
			c.About = true
		}
		add(&low, q.Low)
		add(&best, q.Best)
		add(&high, q.High)
	}
	if c.Status == "present" || c.Status == "absent" {
		c.Low, c.Best, c.High = zeroUnless(low), zeroUnless(best), zeroUnless(high)
	}
	return c
}

func zeroUnless(n Num) Num {
	if !n.Known {
		return Num{}
	}
	return n
}

// Table lists the counts: one row a look, the empty ones included.
func (c *Counts) Table() *table.Table {
	n := len(c.List)
	ids, places, status, who, groups := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	when := make([]table.Stamp, n)
	about := make([]bool, n)
	low, best, high := make([]Num, n), make([]Num, n), make([]Num, n)
	marks := make([]table.Mark, n)
	for i, x := range c.List {
		ids[i], places[i], status[i], who[i], groups[i] = x.Look.ID, x.Look.PlaceID, x.Status, x.Look.Observer, x.Group
		when[i], about[i] = x.Look.Time.Middle(), x.About
		low[i], best[i], high[i] = x.Low, x.Best, x.High
		marks[i] = table.Mark{Source: x.Look.File, Line: x.Look.Line}
	}
	t := table.New(table.Stamps("t", when...), table.Texts("place_id", places...), blankMissing("observer", who), table.Texts("status", status...),
		numbers("low", c.Unit, low), numbers("count", c.Unit, best), numbers("high", c.Unit, high), table.Bools("approximate", about...),
		blankMissing("conflict_group", groups), table.Texts("look_id", ids...)).FromMarks(marks)
	for _, w := range c.Warnings {
		t = t.Warn("%s", w)
	}
	return t
}

func numbers(name, unit string, vals []Num) *table.Column {
	out, gaps := make([]float64, len(vals)), []int{}
	for i, v := range vals {
		out[i] = v.Value
		if !v.Known {
			gaps = append(gaps, i)
		}
	}
	return table.Floats(name, unit, out...).WithMissing(gaps...)
}

// SimpleRender shows the counts in a notebook.
func (c *Counts) SimpleRender() map[string]any { return c.Table().SimpleRender() }

// String shows the counts as text.
func (c *Counts) String() string { return c.Table().String() }

// Searched are the counts of the looks that speak about the type: seen, absent or not countable.
func (c *Counts) Searched() []Count {
	var out []Count
	for _, x := range c.List {
		if x.Status != "not_stated" {
			out = append(out, x)
		}
	}
	return out
}

// Effort lists what is known about how often each place was looked at: single looks are counted, periods keep the numbers
// their source states. Single looks are those that somebody published; they are no sample.
func (s *Selection) Effort() *table.Table {
	if s.err != nil {
		return table.Failed(s.err)
	}
	looks := filter(s.Looks, func(l *Look) bool {
		return l.Kind == "period" && (l.Days.Known || l.ImagesLow.Known || l.ImagesHigh.Known || l.CloudDays.Known || l.PositiveDays.Known)
	})
	t := tableOf(looks, lookFields()).Select("look_id", "place_id", "t_start", "t_end", "observer", "days", "images_low", "images", "images_high", "cloud_days", "positive_days", "note")
	single := map[string]int{}
	for _, l := range s.Looks {
		if l.Kind != "period" {
			single[l.PlaceID]++
		}
	}
	for _, id := range s.d.PlaceIDs() {
		if single[id] > 0 {
			t = t.Warn("%s: %d single looks were published", id, single[id])
		}
	}
	return s.finish(t)
}
