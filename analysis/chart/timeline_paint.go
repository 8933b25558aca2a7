package chart

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// timeline is the layout of a Timeline: every event in a row of its lane where neither it nor its label meets another.
type timeline struct {
	letters *letters
	axis    timeAxis
	lines   []float64 // of the marks, in points from the panel's left edge
	kinds   []kind
	placed  []placedEvent
	first   map[string]int // first row of each lane
	last    map[string]int
	rows    int
}

type kind struct {
	name  string
	color color.NRGBA
}

type placedEvent struct {
	Event
	row   int
	label string
	spot
}

func kindColors(events []Event) []kind {
	var out []kind
	seen := map[string]bool{}
	for _, e := range events {
		if !seen[e.Kind] {
			seen[e.Kind] = true
			out = append(out, kind{e.Kind, paletteColor(len(out))})
		}
	}
	return out
}

func (t *timeline) color(name string) color.NRGBA {
	for _, k := range t.kinds {
		if k.name == name {
			return k.color
		}
	}
	return Blue
}

// extent of a row: what is taken so far, in points.
type extent struct{ from, to float64 }

// pack places events in order of time, each in the first row of its lane with room for it and its label.
func (t *timeline) pack(events []Event, lanes []string) {
	t.first, t.last = map[string]int{}, map[string]int{}
	for _, lane := range lanes {
		var own []Event
		for _, e := range events {
			if from, to := e.span(); e.Lane == lane && t.axis.shows(from, to) {
				own = append(own, e)
			}
		}
		sort.SliceStable(own, func(i, j int) bool { return own[i].Start.Before(own[j].Start) })
		var taken [][]extent
		t.first[lane] = t.rows
		for _, e := range own {
			p, need := t.fit(e)
			for p.row < len(taken) && meets(taken[p.row], need) {
				p.row++
			}
			if p.row == len(taken) {
				taken = append(taken, nil)
			}
			taken[p.row] = append(taken[p.row], need)
			p.row += t.rows
			t.placed = append(t.placed, p)
		}
		t.rows += max(1, len(taken))
		t.last[lane] = t.rows - 1
	}
}

func meets(taken []extent, need extent) bool {
	for _, e := range taken {
		if need.meets(e) {
			return true
		}
	}
	return false
}

// fit puts the label where no line of a mark runs through it, see spotFor; else right of the event, or left of it if
// there is more room, and cuts it if neither side has enough.
func (t *timeline) fit(e Event) (placedEvent, extent) {
	from, to := t.drawn(e)
	p := placedEvent{Event: e}
	if e.Label == "" {
		return p, extent{from - 3, to + 3}
	}
	width := t.letters.width(e.Label, tickSize, false)
	clear := false
	if p.label = e.Label; width <= t.axis.panel {
		p.spot, clear = spotFor(extent{from, to}, width, t.axis.panel, t.lines)
	}
	if !clear {
		roomRight, roomLeft := t.axis.panel-to-4, from-6
		if inside := to - from - 12; inside > 3*max(roomRight, roomLeft) { // a bar that leaves no room beside it
			p.label, p.shift = t.letters.cut(e.Label, tickSize, inside), from+2-to
			return p, extent{from - 5, to + 5}
		}
		p.left = width > roomRight && roomLeft > roomRight
		p.label = t.letters.cut(e.Label, tickSize, max(roomRight, roomLeft))
	}
	width = t.letters.width(p.label, tickSize, false) + 6 + p.shift
	if p.left {
		return p, extent{from - width - 3, to + 5}
	}
	return p, extent{from - 5, to + width + 3}
}

// arrow is the length in points of what stands for "before" and "after".
const arrow = 26

// drawn is the extent of an event's mark in points.
func (t *timeline) drawn(e Event) (from, to float64) {
	start, end := e.span()
	a, b := t.axis.points(t.axis.clamp(start)), t.axis.points(t.axis.clamp(end))
	switch {
	case e.Precision == "before":
		return math.Max(0, a-arrow), a + 2
	case e.Precision == "after":
		return b - 2, math.Min(t.axis.panel, b+arrow)
	case t.isDot(e):
		middle := (a + b) / 2
		return middle - 4, middle + 4
	}
	return a, math.Max(b, a+3)
}

// isDot: days and minutes are dots, unless the day itself is wide on this axis or the event lasts longer.
func (t *timeline) isDot(e Event) bool {
	start, end := e.span()
	if e.Precision != "day" && e.Precision != "minute" {
		return false
	}
	return t.axis.points(end)-t.axis.points(start) < 14
}

func (t *timeline) laneTicks(lanes []string) plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for _, lane := range lanes {
		middle := -(float64(t.first[lane]+t.last[lane]) + 1) / 2
		ticks = append(ticks, plot.Tick{Value: middle, Label: firstOf(laneText(t.letters, lane), " ")})
	}
	return ticks
}

// paintLanes shades every other lane and draws the calendar's lines.
func (t *timeline) paintLanes(p pen) {
	i := 0
	for _, lane := range sortedByRow(t.first) {
		if i%2 == 0 {
			p.rect(band, p.Min.X, p.y(-float64(t.last[lane]+1)), p.Max.X, p.y(-float64(t.first[lane])))
		}
		i++
	}
	ticks := calendarTicks{zone: t.axis.zone, width: t.axis.panel}.Ticks(seconds(t.axis.from), seconds(t.axis.to))
	for _, tick := range ticks {
		p.vertical(grid, 0.6, p.x(tick.Value), p.Min.Y, p.Max.Y)
	}
}

func sortedByRow(first map[string]int) []string {
	var lanes []string
	for lane := range first {
		lanes = append(lanes, lane)
	}
	sort.Slice(lanes, func(i, j int) bool { return first[lanes[i]] < first[lanes[j]] })
	return lanes
}

func (t *timeline) paintEvents(p pen) {
	for _, e := range t.placed {
		t.paintEvent(p, e)
	}
}

func (t *timeline) paintEvent(p pen, e placedEvent) {
	start, end := e.span()
	x0, x1 := p.x(seconds(t.axis.clamp(start))), p.x(seconds(t.axis.clamp(end)))
	y := p.y(-float64(e.row) - 0.5)
	c := t.color(e.Kind)
	switch {
	case e.Precision == "before":
		length := min(arrow, max(arrow/2, x0-p.x(seconds(t.axis.from))))
		p.beforeMark(c, vg.Point{X: x0, Y: y}, length)
		x1, x0 = x0+2, x0-length
	case e.Precision == "after":
		length := min(arrow, max(arrow/2, p.x(seconds(t.axis.to))-x1))
		p.afterMark(c, vg.Point{X: x1, Y: y}, length)
		x0, x1 = x1-2, x1+length
	case t.isDot(e.Event):
		x := (x0 + x1) / 2
		p.disc(vg.Point{X: x, Y: y}, 3.6, c, paper, 0.8)
		x0, x1 = x-4, x+4
	case e.Precision == "fuzzy":
		p.rect(tint(c, 0.2), x0, y-4, max(x1, x0+3), y+4)
		p.frame(c, 0.9, []vg.Length{2, 2}, x0, y-4, max(x1, x0+3), y+4)
	case e.Precision == "month" || e.Precision == "year":
		p.rect(tint(c, 0.35), x0, y-4, max(x1, x0+3), y+4)
		p.frame(c, 0.9, nil, x0, y-4, max(x1, x0+3), y+4)
	default:
		p.rect(c, x0, y-4, max(x1, x0+3), y+4)
	}
	s := t.letters.style(tickSize, ink, false)
	shift := vg.Points(e.shift)
	at, edge := vg.Point{X: max(x1, x0+3) + 4 + shift, Y: y}, max(x1, x0+3)+1
	if e.left {
		s.XAlign = -1
		at.X, edge = x0-4-shift, x0-1
	}
	if e.shift > 0 { // a thread from the event to its label, past the line between them
		end := at.X - 1.5
		if e.left {
			end = at.X + 1.5
		}
		p.line(faded, 0.6, vg.Point{X: edge, Y: y}, vg.Point{X: end, Y: y})
	}
	p.writeHalo(s, at, e.label)
}

// beforeMark ends at the latest possible date and points back.
func (p pen) beforeMark(c color.NRGBA, at vg.Point, length vg.Length) {
	p.dashed(c, 1.4, []vg.Length{3, 2}, at, vg.Point{X: at.X - length + 6, Y: at.Y})
	p.arrow(vg.Point{X: at.X - length, Y: at.Y}, math.Pi, 7, c)
	p.vertical(c, 1.4, at.X, at.Y-4, at.Y+4)
}

// afterMark starts at the earliest possible date and points on.
func (p pen) afterMark(c color.NRGBA, at vg.Point, length vg.Length) {
	p.dashed(c, 1.4, []vg.Length{3, 2}, at, vg.Point{X: at.X + length - 6, Y: at.Y})
	p.arrow(vg.Point{X: at.X + length, Y: at.Y}, 0, 7, c)
	p.vertical(c, 1.4, at.X, at.Y-4, at.Y+4)
}

// legend explains the colours, if there are several kinds, and the forms that occur.
func (t *timeline) legend() []legendEntry {
	var out []legendEntry
	if len(t.kinds) > 1 {
		for _, k := range t.kinds {
			out = append(out, legendEntry{firstOf(k.name, "no kind"), boxSwatch(k.color, k.color)})
		}
	}
	forms := map[string]bool{}
	for _, e := range t.placed {
		form := e.Precision
		if t.isDot(e.Event) {
			form = "dot"
		}
		forms[form] = true
	}
	bar := func(fill, edge color.NRGBA, dash []vg.Length) func(pen, vg.Point) {
		return func(p pen, at vg.Point) {
			p.rect(fill, at.X-7, at.Y-3.5, at.X+7, at.Y+3.5)
			p.frame(edge, 0.9, dash, at.X-7, at.Y-3.5, at.X+7, at.Y+3.5)
		}
	}
	add := func(text string, draw func(pen, vg.Point), names ...string) {
		for _, n := range names {
			if forms[n] {
				out = append(out, legendEntry{text, draw})
				return
			}
		}
	}
	add("one day", dotSwatch(faded, faded), "dot")
	add("range of days", bar(faded, faded, nil), "range", "day", "minute")
	add("month or year only", bar(tint(faded, 0.35), faded, nil), "month", "year")
	add("ends not exact", bar(tint(faded, 0.2), faded, []vg.Length{2, 2}), "fuzzy")
	add("on or before", func(p pen, at vg.Point) { p.beforeMark(faded, vg.Point{X: at.X + 7, Y: at.Y}, 14) }, "before")
	add("on or after", func(p pen, at vg.Point) { p.afterMark(faded, vg.Point{X: at.X - 7, Y: at.Y}, 14) }, "after")
	return out
}
