// Package figure draws what the other rooms of the library return, so that a cell reads as a sentence:
//
//	figure.Timeline(border.At("tumangang").Trains(), chart.Mark(summit, "summit"))
//
// Each function turns one kind of record or result into the plain rows of a figure of package chart and takes chart's
// options, which override what is chosen here. It computes nothing: what a figure shows is what the record or result says.
//
// Place in the flow: sighting, rate, effort, changepoint -> figure -> chart -> notebook.
package figure

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/chart"
	"github.com/sightline-osint/sightline/analysis/sighting"
	"github.com/sightline-osint/sightline/analysis/table"
)

// Timeline draws every sighting and claim of a selection, one lane an observer, dated as exactly as its source dates it, and
// labelled with number and length as the source words them. Searches without success are marked as such. Background that a
// source gives (claims of kind context) is left out. Errors: that of the selection, those of chart.Timeline.
// Not for counts: Looks.
func Timeline(records *sighting.Selection, options ...chart.Option) (*chart.Figure, error) {
	if err := records.Err(); err != nil {
		return nil, err
	}
	var events []chart.Event
	for _, s := range records.Sightings {
		if s.Status == "absent" {
			events = append(events, event("searched for, not there", s.Observer, "none", s.Time))
			continue
		}
		events = append(events, event("seen", s.Observer, wording(s.Qty, s.Len), s.Time))
	}
	for _, c := range records.Claims {
		if c.Kind == "context" {
			continue
		}
		label := wording(c.Qty, c.Len)
		if label == "" {
			label = strings.Join(c.Attributes, ", ")
		}
		events = append(events, event("said", c.Claimant, label, c.Time))
	}
	return chart.Timeline(events, options...)
}

// event puts a record on the timeline.
func event(kind, lane, label string, when sighting.Span) chart.Event {
	e := chart.Event{Precision: when.Precision, Kind: kind, Lane: lane, Label: label, Start: when.Start.T}
	if end := lastDay(when.End); !end.Equal(e.Start) {
		e.End = end
	}
	if e.Start.IsZero() && e.End.IsZero() {
		e.Precision = "unknown"
	}
	return e
}

// lastDay is the end of a stamp as chart takes it: the midnight of its last day, or its minute.
func lastDay(end table.Stamp) time.Time {
	if end.T.IsZero() || end.End().Sub(end.T) < 23*time.Hour {
		return end.T
	}
	return end.End().AddDate(0, 0, -1)
}

// wording is how many a source says there were, in its own unit, and how long: "about 5 trains, about 200 m".
func wording(quantity sighting.Quantity, length sighting.Length) string {
	return strings.Trim(quantity.String()+", "+length.String(), ", ")
}

// Looks draws the count of each look that speaks about the type: looks that found none as hollow dots at zero, looks
// that name no number below the line. Looks before the date since are coloured apart; the zero time means one colour.
// Each count has its exact 95 % Poisson interval, unless chart.Whiskers says otherwise. Errors: those of chart.Looks.
// Not for counts of periods of unequal length, which need rates.
func Looks(counts *sighting.Counts, since time.Time, options ...chart.Option) (*chart.Figure, error) {
	looks, err := lookRows(counts, since)
	if err != nil {
		return nil, err
	}
	defaults := []chart.Option{chart.Unit(counts.Unit + "s"), chart.Whiskers("exact 95 % interval", exact)}
	return chart.Looks(looks, append(defaults, options...)...)
}

// Effort draws a calendar of the looks that speak about the type, a square a day. Errors: those of chart.Effort.
// Not for the size of counts: Looks.
func Effort(counts *sighting.Counts, options ...chart.Option) (*chart.Figure, error) {
	looks, err := lookRows(counts, time.Time{})
	if err != nil {
		return nil, err
	}
	return chart.Effort(looks, append([]chart.Option{chart.Unit(counts.Unit + "s")}, options...)...)
}

func lookRows(counts *sighting.Counts, since time.Time) ([]chart.Look, error) {
	var looks []chart.Look
	for _, c := range counts.Searched() {
		at := c.Look.Time.Start.T
		look := chart.Look{Start: at, Status: "usable", Count: c.Best.Value, About: c.About, Label: c.Look.Observer}
		if end := lastDay(c.Look.Time.End); !end.Equal(at) {
			look.End = end
		}
		if !c.Best.Known || c.Status == "not_countable" {
			look.Status = "not_countable"
		} else if c.Low.Known && c.High.Known && c.Low != c.High {
			look.Low, look.High = c.Low.Value, c.High.Value
		}
		if !since.IsZero() {
			look.Group = "from " + since.Format("2 January 2006")
			if at.Before(since) {
				look.Group = "before " + since.Format("2 January 2006")
			}
		}
		looks = append(looks, look)
	}
	if len(looks) == 0 {
		return nil, fmt.Errorf("figure: no look speaks about %s", counts.ObjectType)
	}
	return looks, nil
}

// Lengths draws the lengths of a selection, one square an object, in one panel a group, in order of time; group names a sighting's group,
// or is empty to leave it out. Only sightings with one length and a counted number have a place; the others are counted
// under the figure. Errors: that of the selection, no length at all, those of chart.Lengths.
// Not for lengths that were chosen because they were long.
func Lengths(records *sighting.Selection, group func(*sighting.Sighting) string, options ...chart.Option) (*chart.Figure, error) {
	if err := records.Err(); err != nil {
		return nil, err
	}
	inOrder := slices.SortedStableFunc(slices.Values(records.Sightings), func(a, b *sighting.Sighting) int { return a.Time.Start.T.Compare(b.Time.Start.T) })
	var lengths []chart.Length
	without := 0
	for _, s := range inOrder {
		name := group(s)
		if name == "" || s.Status != "present" {
			continue
		}
		if !s.Len.Best.Known || !s.Qty.Best.Known || s.Qty.Unit != s.ObjectType {
			without++
			continue
		}
		for range int(s.Qty.Best.Value) {
			lengths = append(lengths, chart.Length{Metres: s.Len.Best.Value, About: s.Len.Qualifier == "about", Group: name, Label: s.ID})
		}
	}
	if len(lengths) == 0 {
		return nil, errors.New("figure: no sighting of the selection states a length")
	}
	if without > 0 {
		options = append(options, chart.Note(fmt.Sprintf("%d sightings state no single length or number.", without)))
	}
	return chart.Lengths(lengths, options...)
}
