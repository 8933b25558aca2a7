package chart

import (
	"fmt"
	"math"
	"sort"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// ProfilePoint is the log likelihood if the rate changed right after a date.
type ProfilePoint struct {
	At            time.Time
	LogLikelihood float64 // -Inf is allowed: impossible
}

// Profile draws how well each date explains the counts as the date of one change: the log likelihood below its maximum,
// the best date, and the dates that lie less than drop below it. A drop of 1.92 is half the 95 % point of chi-squared with
// one degree of freedom, which a change point follows only roughly; take a simulated one if there is one. Fewer than two
// dates, a date twice, a likelihood that is no number, or a drop that is not above zero, is an error.
func Profile(points []ProfilePoint, drop float64, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	points, err = checkProfile(points, drop)
	if err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	g := profileFigure{letters: l, points: points, drop: drop}
	g.measure()
	var when []time.Time
	for _, p := range points {
		when = append(when, p.At)
	}
	g.axis = newTimeAxis(s, when, s.width-2*marginX-50)
	h := l.newHeader(s, s.width-2*marginX, []legendEntry{
		{"best date", dotSwatch(Vermillion, Vermillion)},
		{fmt.Sprintf("dates less than %s below the best", short(drop)), boxSwatch(tint(Sky, 0.35), tint(Sky, 0.35))},
	})
	marks := g.axis.placeMarks(s, h, l)
	g.axis.apply(f)
	f.plot.Y.Min, f.plot.Y.Max = g.floor, -0.06*g.floor
	f.plot.Y.Label.Text = firstOf(s.ylabel, "log likelihood below its maximum")
	f.plot.Y.Tick.Marker = plot.TickerFunc(func(low, high float64) []plot.Tick { return numberTicks{most: 5}.Ticks(low, 0) })
	f.plot.Add(layer{paint: g.paintGround}, marks, layer{paint: g.paintLine}, h)
	f.rows = rows{columns: []string{"start", "below maximum", "within"}}
	for _, p := range points {
		within := ""
		if g.best-p.LogLikelihood < drop {
			within = "yes"
		}
		f.rows.add(p.At, p.LogLikelihood-g.best, within)
	}
	f.notes = append([]string{g.sentence(s)}, f.notes...)
	f.spec = g.spec(f, s, f.plot.Y.Label.Text)
	f.finish(s, h, 150+28)
	return f, nil
}

func checkProfile(points []ProfilePoint, drop float64) ([]ProfilePoint, error) {
	var bad []string
	out := append([]ProfilePoint(nil), points...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.Before(out[j].At) })
	finite := false
	for i, p := range out {
		if p.At.IsZero() {
			bad = append(bad, fmt.Sprintf("point %d has no date", i+1))
		}
		if math.IsNaN(p.LogLikelihood) || math.IsInf(p.LogLikelihood, 1) {
			bad = append(bad, fmt.Sprintf("%s: log likelihood %g", dateText(p.At), p.LogLikelihood))
		}
		if i > 0 && p.At.Equal(out[i-1].At) {
			bad = append(bad, dateText(p.At)+" occurs twice")
		}
		finite = finite || !math.IsInf(p.LogLikelihood, -1)
	}
	if len(points) < 2 || !finite {
		bad = append(bad, "fewer than two possible dates")
	}
	if !(drop > 0) || math.IsInf(drop, 0) {
		bad = append(bad, fmt.Sprintf("drop %g", drop))
	}
	return out, badRows("profile", bad)
}

type profileFigure struct {
	letters *letters
	points  []ProfilePoint
	drop    float64
	axis    timeAxis
	best    float64
	at      int
	floor   float64 // lowest value shown
}

func (g *profileFigure) measure() {
	g.best = math.Inf(-1)
	lowest := 0.0
	for i, p := range g.points {
		if p.LogLikelihood > g.best {
			g.best, g.at = p.LogLikelihood, i
		}
	}
	for _, p := range g.points {
		if !math.IsInf(p.LogLikelihood, -1) {
			lowest = math.Min(lowest, p.LogLikelihood-g.best)
		}
	}
	g.floor = math.Min(lowest*1.05, -1.6*g.drop)
}

func (g *profileFigure) height(i int) float64 {
	return math.Max(g.points[i].LogLikelihood-g.best, g.floor)
}

func (g *profileFigure) within(i int) bool { return g.best-g.points[i].LogLikelihood < g.drop }

// spans are the stretches of plausible dates, each up to the middle between it and its neighbours, in seconds.
func (g *profileFigure) spans(see func(from, to float64)) {
	at := func(i int) float64 { return seconds(g.points[i].At) }
	for i := 0; i < len(g.points); i++ {
		if !g.within(i) {
			continue
		}
		from := at(i)
		if i > 0 {
			from = (at(i-1) + at(i)) / 2
		}
		for i+1 < len(g.points) && g.within(i+1) {
			i++
		}
		to := at(i)
		if i+1 < len(g.points) {
			to = (at(i) + at(i+1)) / 2
		}
		from, to = math.Max(from, seconds(g.axis.from)), math.Min(to, seconds(g.axis.to))
		if from < to {
			see(from, to)
		}
	}
}

// paintGround shades the plausible dates.
func (g *profileFigure) paintGround(p pen) {
	g.spans(func(from, to float64) { p.rect(tint(Sky, 0.35), p.x(from), p.Min.Y, p.x(to), p.Max.Y) })
	for _, t := range (numberTicks{most: 5}).Ticks(g.floor, 0) {
		p.horizontal(grid, 0.6, p.y(t.Value), p.Min.X, p.Max.X)
	}
	p.dashed(faded, 0.9, []vg.Length{1.5, 2}, vg.Point{X: p.Min.X, Y: p.y(-g.drop)}, vg.Point{X: p.Max.X, Y: p.y(-g.drop)})
}

func (g *profileFigure) paintLine(p pen) {
	var line []vg.Point
	for i, pt := range g.points {
		if g.axis.shows(pt.At, pt.At) {
			line = append(line, vg.Point{X: p.x(seconds(pt.At)), Y: p.y(g.height(i))})
		}
	}
	p.line(Blue, 1.4, line...)
	if len(line) <= 120 {
		for _, at := range line {
			p.disc(at, 1.8, Blue, Blue, 0.3)
		}
	}
	if best := g.points[g.at]; g.axis.shows(best.At, best.At) {
		p.disc(vg.Point{X: p.x(seconds(best.At)), Y: p.y(0)}, 4, Vermillion, paper, 0.9)
	}
}

func (g *profileFigure) sentence(s *settings) string {
	first, last, n := -1, -1, 0
	for i := range g.points {
		if g.within(i) {
			if first < 0 {
				first = i
			}
			last = i
			n++
		}
	}
	date := func(i int) string { return dateText(g.points[i].At) }
	out := fmt.Sprintf("Best date of %d: after %s; %d dates from %s to %s are less than %s below it.", len(g.points), date(g.at), n, date(first), date(last), short(g.drop))
	if n == 1 {
		out = fmt.Sprintf("Best date of %d: after %s; no other is less than %s below it.", len(g.points), date(g.at), short(g.drop))
	}
	for _, m := range s.marks {
		rank, found := 1, -1
		for i, p := range g.points {
			if !p.At.After(m.at) {
				found = i
			}
		}
		if found < 0 {
			continue
		}
		for _, p := range g.points {
			if p.LogLikelihood > g.points[found].LogLikelihood {
				rank++
			}
		}
		out += fmt.Sprintf(" The date of %q ranks %d of %d.", m.label, rank, len(g.points))
	}
	return out
}
