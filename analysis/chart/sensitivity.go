package chart

import (
	"fmt"
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot/vg"
)

// Scenario is a ratio with its interval for one guess at the effort before and after.
type Scenario struct {
	Before, After    float64 // effort, for example looks; > 0
	Ratio, Low, High float64 // after to before; Low may be 0, High +Inf
}

// Sensitivity draws what becomes of a ratio over a grid of guesses at the effort of both periods: where its interval lies
// above 1, below 1, or holds it, with lines of equal ratio. Marked is where both efforts are equal. The scenarios must form
// a full grid of at least two by two; a scenario that is missing, occurs twice, or is no number above zero is an error.
// Not where the efforts are known: Coefficients shows the one ratio then.
func Sensitivity(scenarios []Scenario, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	g, err := newEffortGrid(scenarios)
	if err != nil {
		return nil, err
	}
	l := newLetters()
	g.letters = l
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	f.plot.X.Min, f.plot.X.Max = g.edges(g.before)
	f.plot.Y.Min, f.plot.Y.Max = g.edges(g.after)
	f.plot.X.Tick.Marker, f.plot.Y.Tick.Marker = numberTicks{most: 9}, numberTicks{most: 7}
	f.plot.X.Label.Text, f.plot.Y.Label.Text = firstOf(s.xlabel, "looks before"), firstOf(s.ylabel, "looks after")
	h := l.newHeader(s, s.width-2*marginX, g.legend())
	f.plot.Add(layer{paint: g.paintVerdicts}, layer{paint: g.paintEqual}, layer{paint: g.paintLines}, h)
	f.rows = rows{columns: []string{"before", "after", "ratio", "low", "high"}}
	for _, c := range scenarios {
		f.rows.add(c.Before, c.After, c.Ratio, c.Low, c.High)
	}
	f.notes = append([]string{g.sentence()}, f.notes...)
	f.spec = g.spec(f.plot.X.Label.Text, f.plot.Y.Label.Text)
	f.finish(s, h, 230)
	return f, nil
}

// effortGrid holds the scenarios by row (after) and column (before).
type effortGrid struct {
	letters       *letters
	before, after []float64
	cells         [][]Scenario // [after][before]
}

func newEffortGrid(scenarios []Scenario) (*effortGrid, error) {
	g := &effortGrid{}
	var bad []string
	for _, c := range scenarios {
		name := fmt.Sprintf("scenario %g before, %g after", c.Before, c.After)
		if !(c.Before > 0) || !(c.After > 0) || math.IsInf(c.Before, 0) || math.IsInf(c.After, 0) {
			bad = append(bad, name+": effort must be above zero")
		}
		if !(c.Ratio > 0) || math.IsInf(c.Ratio, 0) || !(c.Low <= c.Ratio && c.Ratio <= c.High) || c.Low < 0 {
			bad = append(bad, fmt.Sprintf("%s: ratio %g [%g, %g]", name, c.Ratio, c.Low, c.High))
		}
		g.before, g.after = append(g.before, c.Before), append(g.after, c.After)
	}
	g.before, g.after = distinct(g.before), distinct(g.after)
	if len(bad) == 0 && (len(g.before) < 2 || len(g.after) < 2) {
		bad = append(bad, "a grid needs two values of each effort")
	}
	if len(bad) > 0 {
		return nil, badRows("sensitivity", bad)
	}
	g.cells = make([][]Scenario, len(g.after))
	for i := range g.cells {
		g.cells[i] = make([]Scenario, len(g.before))
	}
	for _, c := range scenarios {
		cell := &g.cells[sort.SearchFloat64s(g.after, c.After)][sort.SearchFloat64s(g.before, c.Before)]
		if cell.Ratio != 0 {
			bad = append(bad, fmt.Sprintf("scenario %g before, %g after occurs twice", c.Before, c.After))
		}
		*cell = c
	}
	for i, row := range g.cells {
		for j, c := range row {
			if c.Ratio == 0 {
				bad = append(bad, fmt.Sprintf("scenario %g before, %g after is missing", g.before[j], g.after[i]))
			}
		}
	}
	return g, badRows("sensitivity", bad)
}

func distinct(values []float64) []float64 {
	sort.Float64s(values)
	var out []float64
	for i, v := range values {
		if i == 0 || v != values[i-1] {
			out = append(out, v)
		}
	}
	return out
}

func (g *effortGrid) edges(values []float64) (low, high float64) {
	return values[0], values[len(values)-1]
}

var (
	growth    = tint(Blue, 0.34)
	decline   = tint(Vermillion, 0.34)
	undecided = color.NRGBA{238, 240, 242, 255}
)

func verdict(c Scenario) color.NRGBA {
	switch {
	case c.Low > 1:
		return growth
	case c.High < 1:
		return decline
	}
	return undecided
}

// paintVerdicts fills the panel in fine rows, with the ends of the intervals interpolated between the scenarios.
func (g *effortGrid) paintVerdicts(p pen) {
	for _, r := range g.runs(520, 160) {
		p.rect(r.verdict, p.x(r.left), p.y(r.bottom), p.x(r.right), min(p.y(r.top)+0.3, p.Max.Y))
	}
}

// run is a part of a fine row in which the verdict is the same.
type run struct {
	left, right, bottom, top float64
	verdict                  color.NRGBA
}

// runs divides the panel into so many fine rows, of so many steps each.
func (g *effortGrid) runs(across, down int) (out []run) {
	x0, x1 := g.edges(g.before)
	y0, y1 := g.edges(g.after)
	at := func(low, high float64, i, n int) float64 { return low + (high-low)*float64(i)/float64(n) }
	for i := range down {
		after := at(y0, y1, 2*i+1, 2*down)
		start, last := 0, g.verdictAt(at(x0, x1, 1, 2*across), after)
		for j := 1; j <= across; j++ {
			var next color.NRGBA
			if j < across {
				next = g.verdictAt(at(x0, x1, 2*j+1, 2*across), after)
			}
			if next != last {
				out = append(out, run{at(x0, x1, start, across), at(x0, x1, j, across), at(y0, y1, i, down), at(y0, y1, i+1, down), last})
				start, last = j, next
			}
		}
	}
	return out
}

// verdictAt interpolates the logarithms of both ends of the interval between the four scenarios around a guess.
func (g *effortGrid) verdictAt(before, after float64) color.NRGBA {
	j := max(0, min(len(g.before)-2, sort.SearchFloat64s(g.before, before)-1))
	i := max(0, min(len(g.after)-2, sort.SearchFloat64s(g.after, after)-1))
	u := (before - g.before[j]) / (g.before[j+1] - g.before[j])
	v := (after - g.after[i]) / (g.after[i+1] - g.after[i])
	between := func(end func(Scenario) float64) float64 {
		log := func(c Scenario) float64 { return math.Max(-50, math.Min(50, math.Log(end(c)))) }
		low := log(g.cells[i][j])*(1-u) + log(g.cells[i][j+1])*u
		high := log(g.cells[i+1][j])*(1-u) + log(g.cells[i+1][j+1])*u
		return math.Exp(low*(1-v) + high*v)
	}
	return verdict(Scenario{Low: between(func(c Scenario) float64 { return c.Low }), High: between(func(c Scenario) float64 { return c.High })})
}

// equal is the part of the efforts over which both can be equal.
func (g *effortGrid) equal() (low, high float64) {
	return math.Max(g.before[0], g.after[0]), math.Min(g.before[len(g.before)-1], g.after[len(g.after)-1])
}

// paintEqual is the line on which both efforts are equal.
func (g *effortGrid) paintEqual(p pen) {
	if low, high := g.equal(); low < high {
		p.dashed(ink, 0.9, []vg.Length{4, 2.5}, vg.Point{X: p.x(low), Y: p.y(low)}, vg.Point{X: p.x(high), Y: p.y(high)})
	}
}

// levels are the ratios that get a line: round ones between the smallest and the largest.
func (g *effortGrid) levels() []float64 {
	low, high := math.Inf(1), 0.0
	for _, row := range g.cells {
		for _, c := range row {
			low, high = math.Min(low, c.Ratio), math.Max(high, c.Ratio)
		}
	}
	var out []float64
	for e := math.Floor(math.Log10(low)); e <= math.Log10(high); e++ {
		for _, m := range []float64{1, 2, 5} {
			if v := m * math.Pow(10, e); v > low && v < high {
				out = append(out, v)
			}
		}
	}
	return out
}

func (g *effortGrid) paintLines(p pen) {
	var labels []func() // above all lines
	for _, level := range g.levels() {
		width := 0.8
		if level == 1 {
			width = 1.8
		}
		lines := g.contour(level)
		var longest []vg.Point
		for _, line := range lines {
			var path []vg.Point
			for _, q := range line {
				path = append(path, vg.Point{X: p.x(q[0]), Y: p.y(q[1])})
			}
			p.line(ink, width, path...)
			if len(path) > len(longest) {
				longest = path
			}
		}
		if len(longest) > 3 {
			s := g.letters.style(tickSize, ink, true)
			s.XAlign = -0.5
			labels = append(labels, func() { p.writeRim(s, longest[len(longest)*2/3], short(level)+"×", 2) })
		}
	}
	for _, label := range labels {
		label()
	}
}

func (g *effortGrid) legend() []legendEntry {
	var out []legendEntry
	for _, v := range []struct {
		c    color.NRGBA
		text string
	}{{growth, "interval above 1: growth"}, {undecided, "interval holds 1: not shown"}, {decline, "interval below 1: decline"}} {
		for _, row := range g.cells {
			found := false
			for _, c := range row {
				found = found || verdict(c) == v.c
			}
			if found {
				out = append(out, legendEntry{v.text, boxSwatch(v.c, rule)})
				break
			}
		}
	}
	return append(out, legendEntry{"equal effort", lineSwatch(ink, 0.9, []vg.Length{4, 2.5})})
}

func (g *effortGrid) sentence() string {
	up, down, n := 0, 0, 0
	low, high := math.Inf(1), 0.0
	for _, row := range g.cells {
		for _, c := range row {
			n++
			if c.Low > 1 {
				up++
			}
			if c.High < 1 {
				down++
			}
			low, high = math.Min(low, c.Ratio), math.Max(high, c.Ratio)
		}
	}
	return fmt.Sprintf("Ratio after to before: %s to %s over %d guesses at the effort; growth in %d, decline in %d, not shown in %d.", short(low), short(high), n, up, down, n-up-down)
}
