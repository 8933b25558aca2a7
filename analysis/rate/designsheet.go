package rate

import (
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// String says when the line between two samples was drawn.
func (s Split) String() string {
	switch s {
	case SplitBeforeData:
		return "fixed before the counts were seen"
	case SplitAfterData:
		return "chosen after looking at the counts"
	case SplitUnstated:
		return "not stated"
	}
	return "split " + strconv.Itoa(int(s))
}

// String is the margin in words: "0.8 to 1.25", "at least 0.8", "at most 1.25"; "none" without ends.
func (m Margin) String() string {
	low, high := sheet.Number(m.Low), sheet.Number(m.High)
	switch {
	case m.HasLow && m.HasHigh:
		return low + " to " + high
	case m.HasLow:
		return "at least " + low
	case m.HasHigh:
		return "at most " + high
	}
	return "none"
}

// String is the text form of the design.
func (d Design) String() string { return d.sheet().Text() }

// SimpleRender shows the choices as a small table (text/plain, text/markdown, text/html), defaults filled in, and warns
// of those that no analysis will take.
func (d Design) SimpleRender() map[string]any { return d.sheet().Render() }

func (d Design) sheet() sheet.Sheet {
	null := 1.0
	if d.Measure == Difference {
		null = 0
	}
	p, err := d.plan(null)
	s := sheet.Sheet{Title: d.Question}
	if s.Title == "" {
		s.Title = "design"
	}
	level := inference.Percent(p.Level)
	if err != nil {
		level = sheet.Number(d.Level)
		s.Warnings = append(s.Warnings, err.Error())
	}
	s.Rows = [][]string{
		{"measure", d.Measure.String()},
		{"method", d.Method.String()},
		{"side", d.Side.String()},
		{"null value", sheet.Number(p.Null)},
		{"level", level},
		{"margin", d.Margin.String()},
		{"split", d.Split.String()},
	}
	return s
}
