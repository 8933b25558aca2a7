package sighting

import (
	"slices"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Columns of times come in two forms: t_start and t_end as they are written, and t, the middle of the time if both ends
// are known, for axes.

// Table lists the sightings with their looks: one row each, with its trail to the file and line. Read lengths, numbers
// and times from its columns: place_id, t, t_start, t_end, t_precision, status, object_type, qty_low, qty, qty_high,
// qty_qualifier, unit, len_low_m, len_m, len_high_m, len_qualifier, observer, conflict_group, look_id, sighting_id and
// the others of the schema.
func (s *Selection) Table() *table.Table {
	if s.err != nil {
		return table.Failed(s.err)
	}
	look := s.d.lookByID()
	place := make([]string, len(s.Sightings))
	for i, x := range s.Sightings {
		if l := look[x.LookID]; l != nil {
			place[i] = l.PlaceID
		}
	}
	t := tableOf(s.Sightings, sightingFields())
	return s.finish(arrange(t.With(blankMissing("place_id", place)).With(middles(spans(s.Sightings, func(x *Sighting) Span { return x.Time }))), sightingOrder))
}

var sightingOrder = []string{"sighting_id", "place_id", "t_start", "t_end", "t_precision", "status", "object_type", "qty_low", "qty", "qty_high",
	"qty_qualifier", "unit", "len_low_m", "len_m", "len_high_m", "len_qualifier", "observer", "conflict_group", "not_known", "t"}

// LookTable lists the looks, the empty ones included.
func (s *Selection) LookTable() *table.Table {
	if s.err != nil {
		return table.Failed(s.err)
	}
	t := tableOf(s.Looks, lookFields())
	return s.finish(t.With(middles(spans(s.Looks, func(l *Look) Span { return l.Time }))))
}

// ClaimTable lists the claims.
func (s *Selection) ClaimTable() *table.Table {
	if s.err != nil {
		return table.Failed(s.err)
	}
	t := tableOf(s.Claims, claimFields())
	return s.finish(t.With(middles(spans(s.Claims, func(c *Claim) Span { return c.Time }))))
}

// SourceTable lists the sources that the selection rests on.
func (s *Selection) SourceTable() *table.Table {
	if s.err != nil {
		return table.Failed(s.err)
	}
	in := map[string]bool{}
	for _, x := range s.Sightings {
		in[x.SourceID] = true
	}
	for _, c := range s.Claims {
		in[c.SourceID] = true
	}
	for _, l := range s.Looks {
		in[l.SourceID] = true
	}
	var recs []*Source
	for i := range s.d.Sources {
		if in[s.d.Sources[i].ID] {
			recs = append(recs, &s.d.Sources[i])
		}
	}
	return s.finish(tableOf(recs, sourceFields()))
}

// PlaceTable lists the gazetteer.
func (d *Dataset) PlaceTable() *table.Table {
	recs := make([]*Place, len(d.Places))
	for i := range d.Places {
		recs[i] = &d.Places[i]
	}
	return tableOf(recs, placeFields())
}

func (s *Selection) finish(t *table.Table) *table.Table {
	for _, w := range s.warnings {
		t = t.Warn("%s", w)
	}
	return t
}

// tableOf makes a table of records, one column a field, with the trail to files and lines.
func tableOf[T any](recs []*T, fields []field[T]) *table.Table {
	var cols []*table.Column
	for _, f := range fields {
		cols = append(cols, columnOf(recs, f))
	}
	marks := make([]table.Mark, len(recs))
	for i, r := range recs {
		o := any(r).(record).origin()
		marks[i] = table.Mark{Source: o.File, Line: o.Line}
	}
	return table.New(cols...).FromMarks(marks)
}

func columnOf[T any](recs []*T, f field[T]) *table.Column {
	switch f.form {
	case formNumber:
		vals, gaps := make([]float64, len(recs)), []int{}
		for i, r := range recs {
			n := f.at(r).(*Num)
			vals[i] = n.Value
			if !n.Known {
				gaps = append(gaps, i)
			}
		}
		return table.Floats(f.name, f.unit, vals...).WithMissing(gaps...)
	case formTime:
		vals := make([]table.Stamp, len(recs))
		for i, r := range recs {
			vals[i] = *f.at(r).(*table.Stamp)
		}
		return table.Stamps(f.name, vals...)
	}
	vals := make([]string, len(recs))
	for i, r := range recs {
		vals[i] = f.format(f.at(r))
	}
	return blankMissing(f.name, vals)
}

// blankMissing is a column of texts in which the empty ones are missing.
func blankMissing(name string, vals []string) *table.Column {
	var gaps []int
	for i, v := range vals {
		if v == "" {
			gaps = append(gaps, i)
		}
	}
	return table.Texts(name, vals...).WithMissing(gaps...)
}

func spans[T any](recs []*T, of func(*T) Span) []Span {
	out := make([]Span, len(recs))
	for i, r := range recs {
		out[i] = of(r)
	}
	return out
}

// middles is the column t: the middle of each time, in local clock, missing where an end is not known.
func middles(ss []Span) *table.Column {
	vals := make([]table.Stamp, len(ss))
	for i, s := range ss {
		vals[i] = s.Middle()
	}
	return table.Stamps("t", vals...)
}

// Middle is the middle of the time, by the local clock: noon of a day, the fifteenth or sixteenth of a month. It is zero
// if an end is not known.
func (s Span) Middle() table.Stamp {
	iv := s.interval()
	if !iv.hasFrom || !iv.hasTo {
		return table.Stamp{}
	}
	if s.Precision == "minute" {
		return s.Start
	}
	mid := iv.from.Add(iv.to.Sub(iv.from) / 2).Round(time.Second)
	if s.Precision == "day" {
		return table.Stamp{T: iv.from, Precision: table.Day}
	}
	return table.Stamp{T: mid.Truncate(24 * time.Hour), Precision: table.Day}
}

// sortKey orders times by their start, or by their end if that is all there is; unknown ones come last.
func (s Span) sortKey() time.Time {
	iv := s.interval()
	switch {
	case iv.hasFrom:
		return iv.from
	case iv.hasTo:
		return iv.to
	}
	return distantFuture
}

// Bounds are the first and the last instant of the time by the local clock; false if one is not known.
func (s Span) Bounds() (from, to time.Time, ok bool) {
	iv := s.interval()
	return iv.from, iv.to, iv.hasFrom && iv.hasTo
}

// String writes the time as it is known: "2023-09-24", "2023-09-29 to 2023-09-30", "before 2023-08-21".
func (s Span) String() string {
	a, b := "", ""
	if !s.Start.T.IsZero() {
		a = s.Start.String()
	}
	if !s.End.T.IsZero() {
		b = s.End.String()
	}
	switch {
	case a == "" && b == "":
		return "date unknown"
	case s.Precision == "month" && len(a) >= 7 && len(b) >= 7 && a[:7] == b[:7]:
		return a[:7]
	case a == "":
		return "before " + b
	case b == "":
		return "from " + a
	case a == b:
		return a
	}
	out := a + " to " + b
	if s.Precision == "fuzzy" {
		out = "about " + out
	}
	return out
}

// arrange puts some columns first.
func arrange(t *table.Table, first []string) *table.Table {
	names := append([]string(nil), first...)
	for _, n := range t.Names() {
		if !contains(first, n) {
			names = append(names, n)
		}
	}
	return t.Select(names...)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Short is the table a reader wants first, in order of time: where, when, what, how much, how long, who says so.
func (s *Selection) Short() *table.Table {
	if s.err != nil {
		return table.Failed(s.err)
	}
	look := s.d.lookByID()
	rows := slices.Clone(s.Sightings)
	slices.SortStableFunc(rows, func(a, b *Sighting) int { return a.Time.sortKey().Compare(b.Time.sortKey()) })
	n := len(rows)
	id, place, when, what, much, long, who, group := make([]string, n), make([]string, n), make([]string, n), make([]string, n),
		make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	marks := make([]table.Mark, n)
	for i, x := range rows {
		id[i], when[i], what[i], who[i], group[i] = x.ID, x.Time.String(), strings.ReplaceAll(x.ObjectType, "_", " "), x.Observer, x.ConflictGroup
		if l := look[x.LookID]; l != nil {
			place[i] = l.PlaceID
		}
		much[i], long[i] = x.Qty.String(), x.Len.String()
		switch x.Status {
		case "absent":
			much[i] = "none"
			if x.Scope == "individual" {
				much[i] = "this one gone"
			}
		case "not_countable":
			much[i] = "not countable"
		}
		marks[i] = table.Mark{Source: x.File, Line: x.Line}
	}
	cols := []*table.Column{table.Texts("id", id...), blankMissing("place", place), table.Texts("when", when...), table.Texts("what", what...),
		blankMissing("how much", much), blankMissing("length", long), blankMissing("seen by", who)}
	if strings.Join(group, "") != "" {
		cols = append(cols, blankMissing("conflict", group))
	}
	return s.finish(table.New(cols...).FromMarks(marks))
}

// SimpleRender shows the selection in a notebook: its sentence and the short table.
func (s *Selection) SimpleRender() map[string]any {
	if s.err != nil {
		return table.Failed(s.err).SimpleRender()
	}
	t := s.Short()
	return map[string]any{
		"text/plain": s.String() + "\n" + t.String(),
		"text/html":  `<p style="margin:4px 0;font-weight:600">` + escape(s.String()) + `</p>` + t.HTML(),
	}
}
