package chart

import (
	"fmt"
	"sort"
	"time"

	"gonum.org/v1/plot/vg"
)

// timeAxis is the horizontal axis of the figures over time.
type timeAxis struct {
	zone     *time.Location
	from, to time.Time
	panel    float64 // width of the panel in points, as laid out
}

// newTimeAxis spans all given instants and marks with a little room at both ends, or the range that Between fixed.
func newTimeAxis(s *settings, instants []time.Time, panel float64) timeAxis {
	a := timeAxis{zone: s.zone, panel: panel}
	if a.zone == nil {
		a.zone = instants[0].Location()
	}
	if !s.from.IsZero() {
		a.from, a.to = s.from.In(a.zone), s.to.In(a.zone)
		return a
	}
	all := append([]time.Time(nil), instants...)
	for _, m := range s.marks {
		all = append(all, m.at)
	}
	a.from, a.to = all[0], all[0]
	for _, t := range all {
		if t.Before(a.from) {
			a.from = t
		}
		if t.After(a.to) {
			a.to = t
		}
	}
	room := a.to.Sub(a.from) / 40
	switch {
	case room == 0:
		room = 12 * time.Hour
	case a.to.Sub(a.from) == day && a.from.Equal(midnight(a.from.In(a.zone))): // one day, of which no hour is known
		room = 3 * day
	}
	a.from, a.to = a.from.Add(-room).In(a.zone), a.to.Add(room).In(a.zone)
	return a
}

// points from the panel's left edge to t.
func (a timeAxis) points(t time.Time) float64 {
	return (seconds(t) - seconds(a.from)) / (seconds(a.to) - seconds(a.from)) * a.panel
}

// later is the instant so many points right of another one.
func (a timeAxis) later(t time.Time, points float64) time.Time {
	if points == 0 {
		return t
	}
	return t.Add(time.Duration(points / a.panel * float64(a.to.Sub(a.from)))).Truncate(time.Second)
}

// shows reports whether any of the span lies on the axis.
func (a timeAxis) shows(from, to time.Time) bool { return !to.Before(a.from) && !from.After(a.to) }

// clamp keeps an instant on the axis.
func (a timeAxis) clamp(t time.Time) time.Time {
	if t.Before(a.from) {
		return a.from
	}
	if t.After(a.to) {
		return a.to
	}
	return t
}

func (a timeAxis) apply(f *Figure) {
	f.plot.X.Min, f.plot.X.Max = seconds(a.from), seconds(a.to)
	f.plot.X.Tick.Marker = calendarTicks{zone: a.zone, width: a.panel}
}

// placeMarks gives each mark's label a row in the header where it meets no other label and no line, and returns the layer of lines.
func (a timeAxis) placeMarks(s *settings, h *header, l *letters) layer {
	marks := append([]mark(nil), s.marks...)
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].at.Before(marks[j].at) })
	var titles []title
	s.shown = nil
	for _, m := range marks {
		if !a.shows(m.at, m.at) {
			s.warnings = append(s.warnings, fmt.Sprintf("mark %q (%s) lies outside the range shown", m.label, dateText(m.at.In(a.zone))))
			continue
		}
		titles = append(titles, title{x: a.points(m.at), width: l.width(m.label, tickSize, true)})
		s.shown = append(s.shown, m)
		h.marks = append(h.marks, markLabel{x: seconds(m.at), text: m.label})
	}
	h.markRows = arrange(titles, a.panel)
	for i, t := range titles {
		h.marks[i].row, h.marks[i].align = t.row, t.align
		s.shown[i].row, s.shown[i].align = t.row, t.align
	}
	placed := h.marks
	return layer{paint: func(p pen) {
		for _, m := range placed {
			top := p.Max.Y + vg.Points(3+markPitch*float64(m.row))
			p.dashed(ink, 0.9, []vg.Length{4, 2.5}, vg.Point{X: p.x(m.x), Y: p.Min.Y}, vg.Point{X: p.x(m.x), Y: top})
		}
	}}
}
