package chart

import (
	"fmt"
	"image/color"
	"math"
	"sort"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Look is one look at a place: a usable one has a count, which may be zero; the others say why there is none.
type Look struct {
	Start, End time.Time // End is zero for a look at one moment or on one day
	Status     string    // usable, cloud, partial, night, not_imaged, not_countable or unknown; empty counts as usable
	Count      float64   // what was counted; used if Status is usable or partial; NaN there counts as not_countable
	Low, High  float64   // what the count may have been; both zero: nothing stated; High may be +Inf ("at least")
	About      bool      // the count is stated as approximate: drawn pale
	Group      string    // gives the colour: before, after, …
	Label      string    // in the text form and on hover
}

// Unit names what a Looks figure counts, for its axis and its texts; "trains", say.
func Unit(name string) Option { return func(s *settings) { s.ylabel = name } }

// Whiskers draws an interval at each usable look that states none, from the count: an exact Poisson interval, say. The name
// is printed in the legend. Intervals that a look states itself are drawn as they are.
func Whiskers(name string, interval func(count float64) (low, high float64)) Option {
	return func(s *settings) { s.whiskersName, s.whiskers = name, interval }
}

// Looks draws the count of each look against time, with its interval. An empty look is a hollow dot at zero, never
// nothing; looks without a count stand in a strip below zero, one row a reason. A look over a range is a bar as long as
// the range. Negative counts, an interval that does not hold its count, an unknown status, a missing or reversed date are
// errors that name every bad look.
func Looks(looks []Look, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	looks, err = checkLooks("looks", looks)
	if err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	g := looksFigure{letters: l, looks: looks}
	g.intervals(s)
	f.rows = g.table()
	g.strip = stripOf(looks)
	left := 26.0
	for _, status := range g.strip {
		left = max(left, l.width(statusWords[status], tickSize, false)+6)
	}
	g.axis = newTimeAxis(s, lookInstants(looks), s.width-2*marginX-left-30)
	if n := g.outside(); n > 0 {
		f.notes = append(f.notes, fmt.Sprintf("%d of %d looks lie outside the range shown.", n, len(looks)))
	}
	h := l.newHeader(s, s.width-2*marginX, g.legend(s))
	marks := g.axis.placeMarks(s, h, l)
	g.axis.apply(f)
	panel := g.scale(f, s.height)
	g.dodge()
	f.plot.Add(layer{paint: g.paintGround}, marks, layer{paint: g.paintLooks}, h)
	unit := firstOf(s.ylabel, "count")
	f.plot.Y.Label.Text = unit + " at a look"
	f.notes = append([]string{g.sentence(unit)}, f.notes...)
	f.spec = g.spec(f, s, unit)
	f.finish(s, h, panel)
	return f, nil
}

// statusWords are the reasons for which a look has no count, as printed, in the order of the strip.
var statusWords = map[string]string{
	"not_countable": "not counted", "partial": "partial", "cloud": "cloud", "night": "night", "not_imaged": "no image", "unknown": "unknown",
}

var statusOrder = []string{"not_countable", "partial", "cloud", "night", "not_imaged", "unknown"}

func checkLooks(figure string, looks []Look) ([]Look, error) {
	var bad []string
	out := make([]Look, len(looks))
	for i, k := range looks {
		name := fmt.Sprintf("look %d", i+1)
		if k.Label != "" {
			name += " (" + k.Label + ")"
		}
		if k.Status == "" {
			k.Status = "usable"
		}
		if _, known := statusWords[k.Status]; !known && k.Status != "usable" {
			bad = append(bad, fmt.Sprintf("%s: status %q is none of usable, cloud, partial, night, not_imaged, not_countable, unknown", name, k.Status))
		}
		if k.Status == "usable" && math.IsNaN(k.Count) {
			k.Status = "not_countable"
		}
		if k.Start.IsZero() {
			bad = append(bad, name+": no date")
		} else if !k.End.IsZero() && k.End.Before(k.Start) {
			bad = append(bad, fmt.Sprintf("%s: ends %s before it starts %s", name, dateText(k.End), dateText(k.Start)))
		}
		if k.counted() {
			bad = append(bad, k.badCount(name)...)
		}
		out[i] = k
	}
	if len(looks) == 0 {
		bad = append(bad, "no looks")
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start.Before(out[j].Start) })
	return out, badRows(figure, bad)
}

func (k Look) badCount(name string) (bad []string) {
	if k.Count < 0 || math.IsInf(k.Count, 0) {
		bad = append(bad, fmt.Sprintf("%s: count %g", name, k.Count))
	}
	if k.stated() && !(k.Low <= k.Count && k.Count <= k.High && k.Low >= 0) {
		bad = append(bad, fmt.Sprintf("%s: count %g lies outside its interval %g to %g", name, k.Count, k.Low, k.High))
	}
	return bad
}

// counted looks have a count to draw; that of a partial look is a lower bound.
func (k Look) counted() bool {
	return k.Status == "usable" || k.Status == "partial" && k.Count > 0
}

func (k Look) stated() bool { return k.Low != 0 || k.High != 0 }

// span is the time a look covers; an end at midnight means that whole day.
func (k Look) span() (from, to time.Time) {
	return Event{Start: k.Start, End: k.End, Precision: k.precision()}.span()
}

func (k Look) precision() string {
	if k.Start.Equal(midnight(k.Start)) {
		return "day"
	}
	return "minute"
}

func lookInstants(looks []Look) (out []time.Time) {
	for _, k := range looks {
		from, to := k.span()
		out = append(out, from, to)
	}
	return out
}

// looksFigure is the layout of a Looks figure.
type looksFigure struct {
	letters *letters
	looks   []Look
	low     []float64 // interval of each look, NaN if it has none
	high    []float64
	axis    timeAxis
	strip   []string  // statuses that have a row below zero
	top     float64   // highest value shown
	aside   []float64 // points that each look stands beside its date, so that no dot hides another
	row     float64   // height of a row of the strip, in units of the count
}

func (g *looksFigure) intervals(s *settings) {
	g.low, g.high = make([]float64, len(g.looks)), make([]float64, len(g.looks))
	for i, k := range g.looks {
		g.low[i], g.high[i] = math.NaN(), math.NaN()
		switch {
		case !k.counted():
		case k.stated():
			g.low[i], g.high[i] = k.Low, k.High
		case k.Status == "partial":
			g.low[i], g.high[i] = k.Count, math.Inf(1)
		case s.whiskers != nil:
			g.low[i], g.high[i] = s.whiskers(k.Count)
		}
	}
}

func stripOf(looks []Look) (out []string) {
	for _, status := range statusOrder {
		for _, k := range looks {
			if k.Status == status && !k.counted() {
				out = append(out, status)
				break
			}
		}
	}
	return out
}

func (g *looksFigure) outside() (n int) {
	for _, k := range g.looks {
		if from, to := k.span(); !g.axis.shows(from, to) {
			n++
		}
	}
	return n
}

// groups are the colours, in the order of first appearance.
func (g *looksFigure) groups() []kind {
	var events []Event
	for _, k := range g.looks {
		if k.counted() {
			events = append(events, Event{Kind: k.Group})
		}
	}
	return kindColors(events)
}

func (g *looksFigure) color(group string) color.NRGBA {
	for _, k := range g.groups() {
		if k.name == group {
			return k.color
		}
	}
	return Blue
}

const (
	countsHeight = 150 // points of the panel above zero
	stripHeight  = 13  // points of one row below zero
)

// scale sets the vertical axis and returns the height of panel and axis in points.
func (g *looksFigure) scale(f *Figure, height float64) float64 {
	g.top = 1
	for i, k := range g.looks {
		if k.counted() {
			g.top = max(g.top, k.Count)
			if !math.IsInf(g.high[i], 1) && !math.IsNaN(g.high[i]) {
				g.top = max(g.top, g.high[i])
			} else if math.IsInf(g.high[i], 1) {
				g.top = max(g.top, k.Count*1.15)
			}
		}
	}
	g.top *= 1.04
	g.row = g.top / countsHeight * stripHeight
	below := 0.35 * g.row
	if len(g.strip) > 0 {
		below = float64(len(g.strip))*g.row + 0.75*g.row
	}
	f.plot.Y.Min, f.plot.Y.Max = -below, g.top
	counts := numberTicks{most: 6, whole: true, above: true}
	f.plot.Y.Tick.Marker = plot.TickerFunc(func(low, high float64) []plot.Tick {
		ticks := counts.Ticks(low, high)
		for i, status := range g.strip {
			ticks = append(ticks, plot.Tick{Value: g.stripAt(i), Label: statusWords[status]})
		}
		return ticks
	})
	return countsHeight + below/g.row*stripHeight + 28
}

// stripAt is the middle of a row of the strip on the vertical axis.
func (g *looksFigure) stripAt(row int) float64 { return -g.row * (float64(row) + 1.15) }

// dodge moves a dot that would hide another to the side, by no more than four dots.
func (g *looksFigure) dodge() {
	const apart = 8 // points between the middles of two dots
	g.aside = make([]float64, len(g.looks))
	type spot struct{ x, y float64 }
	var taken []spot
	hidden := func(at spot) bool {
		for _, t := range taken {
			if math.Abs(t.x-at.x) < apart/2 && math.Abs(t.y-at.y) < apart/2 {
				return true
			}
		}
		return false
	}
	for i, k := range g.looks {
		if !k.counted() {
			continue
		}
		from, to := k.span()
		at := spot{(g.axis.points(from) + g.axis.points(to)) / 2, k.Count / g.top * countsHeight}
		for _, aside := range []float64{0, apart, -apart, 2 * apart, -2 * apart} {
			if !hidden(spot{at.x + aside, at.y}) {
				g.aside[i] = aside
				break
			}
		}
		taken = append(taken, spot{at.x + g.aside[i], at.y})
	}
}

func (g *looksFigure) paintGround(p pen) {
	for _, t := range (numberTicks{most: 6, whole: true, above: true}).Ticks(0, g.top) {
		c, w := grid, 0.6
		if t.Value == 0 {
			c, w = rule, 0.8
		}
		p.horizontal(c, w, p.y(t.Value), p.Min.X, p.Max.X)
	}
	if len(g.strip) > 0 {
		p.rect(band, p.Min.X, p.Min.Y, p.Max.X, p.y(-0.55*g.row))
	}
}

// paintLooks draws all whiskers before all dots, so that no dot hides behind the whisker of its neighbour.
func (g *looksFigure) paintLooks(p pen) {
	for i, k := range g.looks {
		if from, to := k.span(); k.counted() && g.axis.shows(from, to) {
			aside := vg.Points(g.aside[i])
			g.paintInterval(p, i, p.x(seconds(g.axis.clamp(from)))+aside, p.x(seconds(g.axis.clamp(to)))+aside)
		}
	}
	for i, k := range g.looks {
		from, to := k.span()
		if !g.axis.shows(from, to) {
			continue
		}
		x0, x1 := p.x(seconds(g.axis.clamp(from))), p.x(seconds(g.axis.clamp(to)))
		if !k.counted() {
			for row, status := range g.strip {
				if status == k.Status {
					g.paintUncounted(p, status, x0, x1, p.y(g.stripAt(row)))
				}
			}
			continue
		}
		aside := vg.Points(g.aside[i])
		g.paintCount(p, i, x0+aside, x1+aside)
	}
}

func (g *looksFigure) paintUncounted(p pen, status string, x0, x1, y vg.Length) {
	if x1-x0 > 12 {
		p.rect(tint(rule, 0.5), x0, y-2.5, x1, y+2.5)
		return
	}
	p.cross(vg.Point{X: (x0 + x1) / 2, Y: y}, 2.6, faded, 1.1)
}

func (g *looksFigure) paintInterval(p pen, i int, x0, x1 vg.Length) {
	k, c := g.looks[i], tint(g.color(g.looks[i].Group), 0.6)
	x, y := (x0+x1)/2, p.y(k.Count)
	if x1-x0 > 12 { // a count over a range: as wide as the range
		p.rect(tint(c, 0.45), x0, y-1.5, x1, y+1.5)
	}
	if low, high := g.low[i], g.high[i]; !math.IsNaN(low) {
		to := p.y(math.Min(high, g.top))
		if math.IsInf(high, 1) {
			to = min(y+22, to)
			p.arrow(vg.Point{X: x, Y: to + 4}, math.Pi/2, 7, c)
		}
		if g.crowded() {
			p.vertical(tint(c, 0.6), 0.6, x, p.y(low), to)
			return
		}
		p.vertical(c, 1.3, x, p.y(low), to)
		if !math.IsInf(high, 1) {
			p.horizontal(c, 1.3, to, x-3, x+3)
		}
		if low < k.Count {
			p.horizontal(c, 1.3, p.y(low), x-3, x+3)
		}
	}
}

// crowded figures have less than half a dot's width for each look: their dots are small and their whiskers thin.
func (g *looksFigure) crowded() bool { return g.axis.panel < 3.5*float64(len(g.looks)) }

func (g *looksFigure) paintCount(p pen, i int, x0, x1 vg.Length) {
	k, c := g.looks[i], g.color(g.looks[i].Group)
	x, y := (x0+x1)/2, p.y(k.Count)
	fill := c
	if k.About {
		fill = tint(c, 0.3)
	}
	if k.Count == 0 || k.Status == "partial" {
		fill = paper
	}
	if g.crowded() {
		p.disc(vg.Point{X: x, Y: y}, 2, fill, c, 0.9)
		return
	}
	p.disc(vg.Point{X: x, Y: y}, 3.5, fill, c, 1.3)
}

func (g *looksFigure) legend(s *settings) []legendEntry {
	var out []legendEntry
	groups := g.groups()
	first := Blue
	if len(groups) > 0 {
		first = groups[0].color
	}
	if len(groups) > 1 {
		for _, k := range groups {
			out = append(out, legendEntry{firstOf(k.name, "no group"), dotSwatch(k.color, k.color)})
		}
		first = faded
	} else if len(groups) == 1 {
		out = append(out, legendEntry{"one look", dotSwatch(first, first)})
	}
	var empty, about, partial, ranged, atLeast, drawn bool
	for i, k := range g.looks {
		from, to := k.span()
		empty = empty || k.counted() && k.Count == 0
		about = about || k.counted() && k.About && k.Count > 0
		partial = partial || k.counted() && k.Status == "partial"
		ranged = ranged || k.counted() && g.axis.points(to)-g.axis.points(from) > 12
		atLeast = atLeast || math.IsInf(g.high[i], 1)
		drawn = drawn || !math.IsNaN(g.low[i]) && !k.stated() && k.Status != "partial"
	}
	if empty {
		out = append(out, legendEntry{"looked, none seen", dotSwatch(paper, first)})
	}
	if about {
		out = append(out, legendEntry{"stated as \"about\"", dotSwatch(tint(first, 0.3), first)})
	}
	if ranged {
		out = append(out, legendEntry{"count of a whole period", func(p pen, at vg.Point) {
			p.rect(tint(first, 0.45), at.X-7, at.Y-1.5, at.X+7, at.Y+1.5)
			p.disc(at, 3, first, first, 1)
		}})
	}
	if atLeast {
		text := "at least"
		if partial {
			text = "at least (or seen in part)"
		}
		out = append(out, legendEntry{text, func(p pen, at vg.Point) {
			p.vertical(first, 1.3, at.X, at.Y-4, at.Y+2)
			p.arrow(vg.Point{X: at.X, Y: at.Y + 6}, math.Pi/2, 6, first)
		}})
	}
	if drawn {
		out = append(out, legendEntry{s.whiskersName, func(p pen, at vg.Point) {
			p.vertical(first, 1.3, at.X, at.Y-5, at.Y+5)
			p.horizontal(first, 1.3, at.Y-5, at.X-3, at.X+3)
			p.horizontal(first, 1.3, at.Y+5, at.X-3, at.X+3)
		}})
	}
	return out
}

// sentence counts the looks, so that the picture's denominator is printed with it.
func (g *looksFigure) sentence(unit string) string {
	counted, empty := 0, 0
	for _, k := range g.looks {
		if k.counted() {
			counted++
			if k.Count == 0 {
				empty++
			}
		}
	}
	looks := "looks"
	if len(g.looks) == 1 {
		looks = "look"
	}
	of := " of " + unit
	if unit == "count" {
		of = ""
	}
	out := fmt.Sprintf("%d %s: %d with a count%s (%d of them empty)", len(g.looks), looks, counted, of, empty)
	for _, status := range g.strip {
		n := 0
		for _, k := range g.looks {
			if k.Status == status && !k.counted() {
				n++
			}
		}
		out += fmt.Sprintf(", %d %s", n, statusWords[status])
	}
	return out + "."
}

func (g *looksFigure) table() rows {
	r := rows{columns: []string{"start", "end", "status", "count", "about", "low", "high", "group", "label"}}
	for i, k := range g.looks {
		var count, low, high any
		if k.counted() {
			count = k.Count
			if !math.IsNaN(g.low[i]) {
				low, high = g.low[i], g.high[i]
			}
		}
		about := ""
		if k.counted() && k.About {
			about = "about"
		}
		r.add(k.Start, k.End, k.Status, count, about, low, high, k.Group, k.Label)
	}
	return r
}
