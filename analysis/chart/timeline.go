package chart

import (
	"fmt"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Event is one dated thing on a timeline.
type Event struct {
	Start, End time.Time // End is zero if Precision alone says how long
	Precision  string    // minute, day, range, month, year, before, after, fuzzy or unknown; empty counts as day
	Lane       string    // the row it stands in: a place, a source
	Kind       string    // gives the colour: observation, claim, …
	Label      string    // short text beside it, or empty
}

// Timeline draws events in lanes, each as exactly as it is dated: a dot for a day or a minute, a bar for a range or a
// month, a dashed bar for fuzzy ends, an arrow to the left for "before" and to the right for "after". Events of unknown date are named under the
// figure. An event without a start (unless unknown), one that ends before it starts, or an unknown precision is an error.
// Not for counts (Looks), nor for more events than lanes have rows for: some 200.
func Timeline(events []Event, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	dated, undated, err := checkEvents(events)
	if err != nil {
		return nil, err
	}
	dated, hidden := s.inRange(dated)
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	f.rows = eventRows(events)
	lanes := laneNames(dated)
	laneWidth := 0.0
	for _, name := range lanes {
		laneWidth = max(laneWidth, l.width(laneText(l, name), textSize, false))
	}
	t := timeline{letters: l, kinds: kindColors(dated)}
	t.axis = newTimeAxis(s, instants(dated), s.width-2*marginX-laneWidth-10)
	if s.from.IsZero() {
		t.axis.room(dated)
	}
	for _, m := range s.marks {
		if t.axis.shows(m.at, m.at) {
			t.lines = append(t.lines, t.axis.points(m.at))
		}
	}
	t.pack(dated, lanes)
	h := l.newHeader(s, s.width-2*marginX, t.legend())
	marks := t.axis.placeMarks(s, h, l)
	t.axis.apply(f)
	f.plot.Y.Min, f.plot.Y.Max = -float64(t.rows), 0
	f.plot.Y.Tick.Marker = t.laneTicks(lanes)
	f.plot.Y.Tick.Label.Color = ink
	f.plot.Add(layer{paint: t.paintLanes}, marks, layer{paint: t.paintEvents}, h)
	if hidden > 0 {
		f.notes = append(f.notes, fmt.Sprintf("%d of %d events lie outside the range shown.", hidden, len(events)))
	}
	if len(undated) > 0 {
		f.notes = append(f.notes, fmt.Sprintf("Not drawn, date not known (%d): %s.", len(undated), strings.Join(undated, ", ")))
	}
	f.spec = t.spec(s, f.rows.columns)
	f.finish(s, h, float64(t.rows)*rowHeight+28)
	return f, nil
}

const rowHeight = 17 // points that a row of events takes

// inRange drops the events outside of the range that Between fixed, unless that leaves none.
func (s *settings) inRange(events []Event) (inside []Event, hidden int) {
	if s.from.IsZero() {
		return events, 0
	}
	for _, e := range events {
		if from, to := e.span(); to.Before(s.from) || from.After(s.to) {
			hidden++
			continue
		}
		inside = append(inside, e)
	}
	if len(inside) == 0 {
		return events, hidden
	}
	return inside, hidden
}

var precisions = map[string]string{
	"": "day", "minute": "minute", "day": "day", "range": "range", "month": "month", "year": "year", "before": "before", "after": "after", "fuzzy": "fuzzy", "unknown": "unknown",
}

// checkEvents splits events into those with a place on the axis and the labels of those without.
func checkEvents(events []Event) (dated []Event, undated []string, err error) {
	var bad []string
	for i, e := range events {
		name := fmt.Sprintf("event %d (%s)", i+1, firstOf(e.Label, e.Lane, "no label"))
		precision, known := precisions[e.Precision]
		e.Precision = precision
		switch {
		case !known:
			bad = append(bad, fmt.Sprintf("%s: precision %q is none of minute, day, range, month, year, before, after, fuzzy, unknown", name, events[i].Precision))
		case precision == "unknown" || e.Start.IsZero() && precision == "before" && e.End.IsZero():
			undated = append(undated, firstOf(e.Label, e.Lane, "no label"))
		case e.Start.IsZero() && precision == "before":
			e.Start, e.End = e.End, time.Time{}
			dated = append(dated, e)
		case e.Start.IsZero():
			bad = append(bad, name+": no start, and its precision is not \"unknown\"")
		case !e.End.IsZero() && e.End.Before(e.Start):
			bad = append(bad, fmt.Sprintf("%s: ends %s before it starts %s", name, dateText(e.End), dateText(e.Start)))
		default:
			dated = append(dated, e)
		}
	}
	if len(bad) == 0 && len(dated) == 0 {
		bad = append(bad, "no event has a date")
	}
	return dated, undated, badRows("timeline", bad)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// span is the time an event covers, both ends included; an end at midnight means that whole day.
func (e Event) span() (from, to time.Time) {
	from, to = e.Start, e.End
	if to.IsZero() {
		to = from
		switch e.Precision {
		case "day", "range", "fuzzy":
			to = midnight(from).AddDate(0, 0, 1)
		case "month":
			from = monthFloor(1)(from)
			to = from.AddDate(0, 1, 0)
		case "year":
			from = yearFloor(1)(from)
			to = from.AddDate(1, 0, 0)
		}
	} else if e.Precision != "minute" && to.Equal(midnight(to)) {
		to = to.AddDate(0, 0, 1)
	}
	return from, to
}

// room widens the axis until the arrows of "before" and "after" have their place on it.
func (a *timeAxis) room(events []Event) {
	for range 4 { // each side makes the other one narrower
		perPoint := float64(a.to.Sub(a.from)) / a.panel
		early, late := 0.0, 0.0
		for _, e := range events {
			from, to := e.span()
			switch e.Precision {
			case "before":
				early = max(early, arrow+4-a.points(from))
			case "after":
				late = max(late, arrow+4-(a.panel-a.points(to)))
			}
		}
		a.from, a.to = a.from.Add(-time.Duration(early*perPoint)), a.to.Add(time.Duration(late*perPoint))
	}
}

func instants(events []Event) []time.Time {
	var out []time.Time
	for _, e := range events {
		from, to := e.span()
		out = append(out, from, to)
	}
	return out
}

func laneNames(events []Event) []string {
	var out []string
	seen := map[string]bool{}
	for _, e := range events {
		if !seen[e.Lane] {
			seen[e.Lane] = true
			out = append(out, e.Lane)
		}
	}
	return out
}

const widestLane = 150 // points; longer names are cut, the text form keeps them

func laneText(l *letters, name string) string { return l.cut(name, textSize, widestLane) }

func eventRows(events []Event) rows {
	r := rows{columns: []string{"start", "end", "precision", "lane", "kind", "label"}}
	for _, e := range events {
		if e.Precision == "" {
			e.Precision = "day"
		}
		from, to := e.Start, e.End
		if e.Precision == "unknown" {
			from, to = time.Time{}, time.Time{}
		}
		r.add(from, to, e.Precision, e.Lane, e.Kind, e.Label)
	}
	return r
}

func paletteHex() []any {
	var out []any
	for _, c := range Palette() {
		out = append(out, hex(c))
	}
	return out
}

var _ plot.Plotter = (*header)(nil)
var _ vg.Length
