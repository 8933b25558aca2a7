package chart

import (
	"fmt"
	"image/color"
	"math"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Effort draws a calendar of looks, one square a day, a column a week (Monday on top), a block a year: what was counted,
// days that were looked at in vain, cloud, and days for which nothing is known, which stay blank. Of several looks on one
// day the best is shown (counted, then partial, then the rest). A look longer than a day fills its days. The errors are
// those of Looks.
// Not for comparing counts, which a shade tells poorly: Looks does that.
func Effort(looks []Look, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	looks, err = checkLooks("effort", looks)
	if err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	g := newEffortFigure(l, s, looks)
	if g.to.Sub(g.from) > 40*366*day {
		return nil, fmt.Errorf("chart: effort: %s to %s is more than 40 years", dateText(g.from), dateText(g.to))
	}
	g.fill(looks)
	g.layOut(s)
	f.plot.X.Min, f.plot.X.Max = 0, g.columns
	f.plot.Y.Min, f.plot.Y.Max = -g.lines, 0
	f.plot.X.Tick.Marker, f.plot.X.LineStyle.Width, f.plot.X.Tick.LineStyle.Width = plot.ConstantTicks{}, 0, 0
	f.plot.Y.Tick.Marker = g.names()
	h := l.newHeader(s, s.width-2*marginX, g.legend(s))
	f.plot.Add(layer{paint: g.paint}, h)
	f.rows = g.table()
	f.notes = append([]string{g.sentence()}, f.notes...)
	for _, m := range s.marks {
		f.notes = append(f.notes, fmt.Sprintf("Framed: %s, %s.", m.at.In(g.zone).Format("2 January 2006"), m.label))
	}
	f.spec = g.spec(s)
	f.finish(s, h, g.lines*g.cell+8)
	return f, nil
}

// effortDay is what is shown of one day.
type effortDay struct {
	status string // as of Look, or "" for nothing known
	count  float64
	looks  int
}

type effortFigure struct {
	letters        *letters
	zone           *time.Location
	from, to       time.Time // first and last day
	days           map[string]effortDay
	years          []int
	marks          []mark
	cell           float64 // points
	columns, lines float64
	most           float64
}

func newEffortFigure(l *letters, s *settings, looks []Look) *effortFigure {
	g := &effortFigure{letters: l, zone: s.zone, days: map[string]effortDay{}, marks: s.marks}
	if g.zone == nil {
		g.zone = looks[0].Start.Location()
	}
	g.from, g.to = s.from, s.to
	if g.from.IsZero() {
		g.from, g.to = looks[0].Start, looks[0].Start
		for _, k := range looks {
			if k.Start.Before(g.from) {
				g.from = k.Start
			}
			if k.Start.After(g.to) {
				g.to = k.Start
			}
			if k.End.After(g.to) {
				g.to = k.End
			}
		}
	}
	g.from, g.to = midnight(g.from.In(g.zone)), midnight(g.to.In(g.zone))
	return g
}

func (g *effortFigure) fill(looks []Look) {
	rank := map[string]int{"usable": 6, "partial": 5, "not_countable": 4, "cloud": 3, "night": 2, "not_imaged": 1}
	for _, k := range looks {
		from, to := k.span()
		for d := midnight(from.In(g.zone)); d.Before(to) || d.Equal(midnight(from.In(g.zone))); d = d.AddDate(0, 0, 1) {
			if d.Before(g.from) || d.After(g.to) {
				if d.After(g.to) {
					break
				}
				continue
			}
			key := d.Format(time.DateOnly)
			old, known := g.days[key]
			now := effortDay{status: k.Status, looks: old.looks + 1}
			if k.counted() {
				now.count = k.Count
				g.most = math.Max(g.most, k.Count)
			}
			better := !known || rank[k.Status] > rank[old.status] || rank[k.Status] == rank[old.status] && now.count > old.count
			if !better {
				old.looks++
				now = old
			}
			g.days[key] = now
		}
	}
}

// layOut gives every year a block of seven lines, and all blocks the cell size that the widest one allows.
func (g *effortFigure) layOut(s *settings) {
	for y := g.from.Year(); y <= g.to.Year(); y++ {
		g.years = append(g.years, y)
		first, last := g.yearDays(y)
		g.columns = math.Max(g.columns, math.Floor(weekFloor(last).Sub(weekFloor(first)).Hours()/24/7+0.5)+1)
	}
	g.columns = math.Max(g.columns, 12)
	g.cell = math.Min((s.width-2*marginX-50)/g.columns, 15)
	g.columns = (s.width - 2*marginX - 50) / g.cell
	g.lines = float64(len(g.years))*blockLines - 0.6
}

const blockLines = 9 // a line of month names, seven days, a gap

func (g *effortFigure) yearDays(year int) (first, last time.Time) {
	first, last = time.Date(year, 1, 1, 0, 0, 0, 0, g.zone), time.Date(year, 12, 31, 0, 0, 0, 0, g.zone)
	if first.Before(g.from) {
		first = g.from
	}
	if last.After(g.to) {
		last = g.to
	}
	return first, last
}

// place of a day: its column and its line from the top.
func (g *effortFigure) place(d time.Time) (column, line float64) {
	first, _ := g.yearDays(d.Year())
	weeks := math.Floor(weekFloor(d).Sub(weekFloor(first)).Hours()/24/7 + 0.5)
	return weeks, float64(d.Year()-g.years[0])*blockLines + 1 + float64((int(d.Weekday())+6)%7)
}

func (g *effortFigure) names() plot.ConstantTicks {
	var out plot.ConstantTicks
	for i, year := range g.years {
		top := float64(i) * blockLines
		out = append(out, plot.Tick{Value: -top - 0.5, Label: fmt.Sprint(year)})
		for line, name := range map[int]string{0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"} {
			out = append(out, plot.Tick{Value: -top - 1.5 - float64(line), Label: name})
		}
	}
	return out
}

func (g *effortFigure) paint(p pen) {
	month := g.letters.style(tickSize, faded, false)
	for _, year := range g.years {
		g.eachDay(year, func(d time.Time, column, line float64) {
			x0, x1, y0, y1 := p.x(column)+0.7, p.x(column+1)-0.7, p.y(-line-1)+0.7, p.y(-line)-0.7
			g.paintDay(p, g.days[d.Format(time.DateOnly)], x0, y0, x1, y1)
		}, func(d time.Time, column float64) {
			p.write(month, vg.Point{X: p.x(column) + 0.7, Y: p.y(-float64(year-g.years[0])*blockLines - 0.5)}, d.Format("Jan"))
		})
	}
	for _, m := range g.marks {
		if d := midnight(m.at.In(g.zone)); !d.Before(g.from) && !d.After(g.to) {
			column, line := g.place(d)
			p.frame(ink, 1.6, nil, p.x(column), p.y(-line-1), p.x(column+1), p.y(-line))
		}
	}
}

// eachDay calls see for every day of a year with its place, and name where the name of its month stands.
func (g *effortFigure) eachDay(year int, see func(d time.Time, column, line float64), name func(d time.Time, column float64)) {
	first, last := g.yearDays(year)
	free := -1.0
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		column, line := g.place(d)
		see(d, column, line)
		if (d.Day() == 1 || d.Equal(first) && d.Day() < 22) && column >= free {
			name(d, column)
			free = column + 26/g.cell
		}
	}
}

func (g *effortFigure) paintDay(p pen, d effortDay, x0, y0, x1, y1 vg.Length) {
	switch d.status {
	case "usable", "partial":
		if d.count == 0 && d.status == "usable" {
			p.rect(tint(Blue, 0.1), x0, y0, x1, y1)
			p.frame(Blue, 0.9, nil, x0+0.4, y0+0.4, x1-0.4, y1-0.4)
			return
		}
		p.rect(g.shade(d.count), x0, y0, x1, y1)
		if d.status == "partial" {
			p.FillPolygon(paper, []vg.Point{{X: x0, Y: y1}, {X: x1, Y: y1}, {X: x1, Y: y0}})
		}
		p.frame(Blue, 0.6, nil, x0+0.3, y0+0.3, x1-0.3, y1-0.3)
	case "cloud", "night", "not_countable":
		p.rect(g.dull(d.status), x0, y0, x1, y1)
		if d.status == "cloud" {
			p.line(faded, 0.7, vg.Point{X: x0, Y: y0}, vg.Point{X: x1, Y: y1})
		}
	case "not_imaged":
		p.frame(rule, 0.6, nil, x0+0.3, y0+0.3, x1-0.3, y1-0.3)
	default:
		p.disc(vg.Point{X: (x0 + x1) / 2, Y: (y0 + y1) / 2}, 0.8, rule, rule, 0.3)
	}
}

func (g *effortFigure) dull(status string) color.NRGBA {
	switch status {
	case "night":
		return tint(ink, 0.65)
	case "not_countable":
		return tint(Orange, 0.7)
	}
	return tint(rule, 0.45)
}

// shade grows with the count; its square root, so that small counts differ.
func (g *effortFigure) shade(count float64) color.NRGBA {
	return tint(Blue, 0.3+0.7*math.Sqrt(count/math.Max(g.most, 1)))
}

func (g *effortFigure) legend(s *settings) []legendEntry {
	here := map[string]bool{}
	empty, seen, partial := false, false, false
	for _, d := range g.days {
		here[d.status] = true
		empty = empty || d.status == "usable" && d.count == 0
		seen = seen || d.status == "usable" && d.count > 0
		partial = partial || d.status == "partial"
	}
	draw := func(d effortDay) func(pen, vg.Point) {
		return func(p pen, at vg.Point) { g.paintDay(p, d, at.X-5, at.Y-5, at.X+5, at.Y+5) }
	}
	var out []legendEntry
	add := func(use bool, text string, d effortDay) {
		if use {
			out = append(out, legendEntry{text, draw(d)})
		}
	}
	unit := firstOf(s.ylabel, "count")
	add(seen && g.most > 1, "1", effortDay{status: "usable", count: 1})
	add(seen, short(math.Max(g.most, 1))+" "+unit, effortDay{status: "usable", count: math.Max(g.most, 1)})
	add(empty, "looked, none seen", effortDay{status: "usable"})
	add(partial, "seen in part", effortDay{status: "partial", count: g.most})
	add(here["not_countable"], "not counted", effortDay{status: "not_countable"})
	add(here["cloud"], "cloud", effortDay{status: "cloud"})
	add(here["night"], "night", effortDay{status: "night"})
	add(here["not_imaged"], "no image", effortDay{status: "not_imaged"})
	add(true, "nothing known", effortDay{})
	return out
}

func (g *effortFigure) table() rows {
	r := rows{columns: []string{"start", "status", "count", "looks"}}
	for d := g.from; !d.After(g.to); d = d.AddDate(0, 0, 1) {
		if e, ok := g.days[d.Format(time.DateOnly)]; ok {
			var count any
			if e.status == "usable" || e.status == "partial" {
				count = e.count
			}
			r.add(d, e.status, count, float64(e.looks))
		}
	}
	return r
}

func (g *effortFigure) sentence() string {
	total := int(math.Round(g.to.Sub(g.from).Hours()/24)) + 1
	usable, empty := 0, 0
	for _, d := range g.days {
		if d.status == "usable" || d.status == "partial" {
			usable++
			if d.count == 0 {
				empty++
			}
		}
	}
	return fmt.Sprintf("%s from %s to %s: %d with a usable look (%d of them empty), %d with a look that gave no count, %d of which nothing is known.",
		several(total, "day"), g.from.Format("2 January 2006"), g.to.Format("2 January 2006"), usable, empty, len(g.days)-usable, total-len(g.days))
}
