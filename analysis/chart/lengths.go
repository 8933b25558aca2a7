package chart

import (
	"fmt"
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Length is one measured or stated length; other positive quantities work as well.
type Length struct {
	Metres    float64 // > 0
	Low, High float64 // what it may have been; both zero: nothing stated
	About     bool    // stated as approximate: drawn hollow
	Group     string  // before, after, …; each group has its own panel
	Label     string
}

// BinWidth fixes the width of the bins; without it, it is a round number near Freedman and Diaconis' rule for all values
// together.
func BinWidth(metres float64) Option { return func(s *settings) { s.binWidth = metres } }

// Lengths draws one histogram a group, one above the other, over the same bins, with the median of each. Up to forty
// values a group are drawn one square each, hollow if they are approximate; more become bars. A length that is not above
// zero or not finite, or lies outside its own interval, is an error that names every one.
func Lengths(lengths []Length, options ...Option) (*Figure, error) {
	s, err := apply(options)
	if err != nil {
		return nil, err
	}
	if err := checkLengths(s, lengths); err != nil {
		return nil, err
	}
	l := newLetters()
	f := &Figure{Title: s.title, letters: l, width: s.width, plot: l.newPlot(), notes: s.notes, interactive: s.interactive}
	g := newLengthsFigure(l, s, lengths)
	f.rows = g.table(lengths)
	f.plot.X.Min, f.plot.X.Max = g.edge(g.first), g.edge(g.last+1)
	f.plot.X.Tick.Marker = g.binTicks()
	f.plot.X.Label.Text = firstOf(s.xlabel, "length, m")
	f.plot.Y.Min, f.plot.Y.Max = 0, g.total
	f.plot.Y.Tick.Marker = g.ticks()
	f.plot.Add(layer{paint: g.paintGround}, layer{paint: g.paintBins})
	h := l.newHeader(s, s.width-2*marginX, g.legend())
	f.plot.Add(h)
	f.notes = append([]string{g.sentence()}, f.notes...)
	f.spec = lengthsSpec(f.plot.X.Label.Text, g)
	f.finish(s, h, g.total*g.unit+32)
	return f, nil
}

func checkLengths(s *settings, lengths []Length) error {
	var bad []string
	for i, v := range lengths {
		name := fmt.Sprintf("length %d", i+1)
		if v.Label != "" {
			name += " (" + v.Label + ")"
		}
		if !(v.Metres > 0) || math.IsInf(v.Metres, 0) {
			bad = append(bad, fmt.Sprintf("%s: %g m", name, v.Metres))
		} else if (v.Low != 0 || v.High != 0) && !(v.Low <= v.Metres && v.Metres <= v.High) {
			bad = append(bad, fmt.Sprintf("%s: %g m lies outside its interval %g to %g", name, v.Metres, v.Low, v.High))
		}
	}
	if len(lengths) == 0 {
		bad = append(bad, "no lengths")
	}
	if s.binWidth < 0 || math.IsNaN(s.binWidth) || math.IsInf(s.binWidth, 0) {
		bad = append(bad, fmt.Sprintf("bins of %g m", s.binWidth))
	}
	return badRows("lengths", bad)
}

type lengthsFigure struct {
	letters     *letters
	groups      []lengthGroup
	width       float64 // of a bin, metres
	first, last int     // bins
	total       float64 // height of all panels, in counts
	unit        float64 // points a count takes
	squares     bool    // one square a value
}

type lengthGroup struct {
	name   string
	color  color.NRGBA
	values []Length // sorted
	bins   map[int][]Length
	base   float64 // baseline of the panel, in counts from the bottom
	most   int     // in one bin
}

const panelGap = 1.9 // counts of free room above each panel, for its name

func newLengthsFigure(l *letters, s *settings, lengths []Length) *lengthsFigure {
	g := &lengthsFigure{letters: l, width: s.binWidth, squares: true}
	var all []float64
	for _, v := range lengths {
		all = append(all, v.Metres)
		g.add(v)
	}
	sort.Float64s(all)
	if g.width == 0 {
		g.width = binWidth(all)
	}
	g.first, g.last = g.bin(all[0])-1, g.bin(all[len(all)-1])+1
	if g.first < 0 { // nothing is shorter than nothing
		g.first = 0
	}
	for i := range g.groups {
		own := &g.groups[i]
		sort.SliceStable(own.values, func(a, b int) bool { return own.values[a].Metres < own.values[b].Metres })
		own.bins = map[int][]Length{}
		for _, v := range own.values {
			own.bins[g.bin(v.Metres)] = append(own.bins[g.bin(v.Metres)], v)
			own.most = max(own.most, len(own.bins[g.bin(v.Metres)]))
		}
		g.squares = g.squares && len(own.values) <= 40
	}
	most := 0
	for _, own := range g.groups {
		most = max(most, own.most)
	}
	if !g.squares {
		g.stack(float64(most)*0.28, 70/float64(most))
		return g
	}
	binPoints := (s.width - 2*marginX - 30) / float64(g.last+1-g.first)
	g.stack(panelGap, math.Max(7, math.Min(math.Min(16, binPoints*0.8), 110/float64(most))))
	return g
}

func (g *lengthsFigure) add(v Length) {
	for i := range g.groups {
		if g.groups[i].name == v.Group {
			g.groups[i].values = append(g.groups[i].values, v)
			return
		}
	}
	g.groups = append(g.groups, lengthGroup{name: v.Group, color: paletteColor(len(g.groups)), values: []Length{v}})
}

// stack sets the baselines, the first group on top; unit is the points that one count takes.
func (g *lengthsFigure) stack(gap, unit float64) {
	g.unit = unit
	if g.squares {
		gap = math.Max(gap, 17/unit)
	} else {
		gap = math.Max(gap, 20/unit)
	}
	for i := len(g.groups) - 1; i >= 0; i-- {
		g.groups[i].base = g.total
		g.total += float64(max(g.groups[i].most, 1)) + gap
	}
}

// Bins are centred on multiples of their width, since stated lengths are round numbers.
func (g *lengthsFigure) bin(metres float64) int { return int(math.Floor(metres/g.width + 0.5 + 1e-9)) }
func (g *lengthsFigure) edge(bin int) float64   { return (float64(bin) - 0.5) * g.width }
func median(sorted []Length) float64 {
	n := len(sorted)
	return (sorted[(n-1)/2].Metres + sorted[n/2].Metres) / 2
}

// binWidth is 2 IQR / n^(1/3) (Freedman & Diaconis 1981) rounded to 1, 2 or 5 times a power of ten; if most values are
// equal, a tenth of the range.
func binWidth(sorted []float64) float64 {
	n := len(sorted)
	quartile := func(q float64) float64 {
		at := q * float64(n-1)
		i := int(at)
		return sorted[i] + (at-float64(i))*(sorted[min(i+1, n-1)]-sorted[i])
	}
	width := 2 * (quartile(0.75) - quartile(0.25)) / math.Cbrt(float64(n))
	spread := sorted[n-1] - sorted[0]
	width = math.Min(math.Max(width, spread/40), spread/5)
	if width <= 0 {
		width = sorted[0] / 10
	}
	if step := roundStep(width * 0.75); step > 0 {
		return step
	}
	return 1
}

// binTicks label every bin, or every second, fifth, tenth … if that would be too many.
func (g *lengthsFigure) binTicks() plot.ConstantTicks {
	step := int(math.Max(1, roundStep(float64(g.last-g.first)/14)))
	var out plot.ConstantTicks
	for bin := g.first; bin <= g.last; bin++ {
		if bin%step == 0 {
			out = append(out, plot.Tick{Value: float64(bin) * g.width, Label: short(float64(bin) * g.width)})
		}
	}
	return out
}

func (g *lengthsFigure) ticks() plot.Ticker {
	return plot.TickerFunc(func(low, high float64) []plot.Tick {
		var out []plot.Tick
		for _, own := range g.groups {
			for _, t := range (numberTicks{most: 3, whole: true}).Ticks(0, float64(own.most)) {
				out = append(out, plot.Tick{Value: own.base + t.Value, Label: t.Label})
			}
		}
		return out
	})
}

func (g *lengthsFigure) paintGround(p pen) {
	for _, t := range g.binTicks() {
		p.vertical(grid, 0.6, p.x(t.Value), p.Min.Y, p.Max.Y)
	}
	for _, own := range g.groups {
		p.horizontal(rule, 0.6, p.y(own.base), p.Min.X, p.Max.X)
	}
}

func (g *lengthsFigure) paintBins(p pen) {
	for _, own := range g.groups {
		for bin := g.first; bin <= g.last; bin++ {
			g.paintBin(p, own, bin)
		}
		top := p.y(own.base + float64(own.most))
		m := p.x(median(own.values))
		p.dashed(ink, 0.9, []vg.Length{1.5, 1.5}, vg.Point{X: m, Y: p.y(own.base)}, vg.Point{X: m, Y: top + 2})
		at := vg.Point{X: p.Min.X + 2, Y: top + 9}
		p.writeHalo(g.letters.style(textSize, own.color, true), at, own.name)
		if own.name != "" {
			at.X += vg.Points(g.letters.width(own.name, textSize, true) + 7)
		}
		p.writeHalo(g.letters.style(tickSize, ink, false), at, fmt.Sprintf("n = %d, median %s", len(own.values), short(median(own.values))))
	}
}

func (g *lengthsFigure) paintBin(p pen, own lengthGroup, bin int) {
	values := own.bins[bin]
	x0, x1 := p.x(g.edge(bin)), p.x(g.edge(bin+1))
	if !g.squares {
		if len(values) > 0 {
			p.rect(own.color, x0+0.5, p.y(own.base), x1-0.5, p.y(own.base+float64(len(values))))
		}
		return
	}
	for i, v := range values {
		y0, y1 := p.y(own.base+float64(i)), p.y(own.base+float64(i+1))
		fill := own.color
		if v.About {
			fill = tint(own.color, 0.12)
		}
		p.rect(fill, x0+1.5, y0+1, x1-1.5, y1-1)
		p.frame(own.color, 1, nil, x0+1.5, y0+1, x1-1.5, y1-1)
	}
}

func (g *lengthsFigure) legend() []legendEntry {
	about, exact := false, false
	for _, own := range g.groups {
		for _, v := range own.values {
			about = about || v.About
			exact = exact || !v.About
		}
	}
	if !g.squares || !about {
		return []legendEntry{medianEntry()}
	}
	var out []legendEntry
	if exact {
		out = append(out, legendEntry{"one length, stated without \"about\"", boxSwatch(faded, faded)})
	}
	return append(out, legendEntry{"stated as \"about\"", boxSwatch(tint(faded, 0.12), faded)}, medianEntry())
}

func medianEntry() legendEntry {
	return legendEntry{"median", func(p pen, at vg.Point) {
		p.dashed(ink, 0.9, []vg.Length{1.5, 1.5}, vg.Point{X: at.X, Y: at.Y - 6}, vg.Point{X: at.X, Y: at.Y + 6})
	}}
}

func (g *lengthsFigure) sentence() string {
	n := 0
	for _, own := range g.groups {
		n += len(own.values)
	}
	return fmt.Sprintf("%s in bins of %s m, the same for every group and centred on its multiples.", several(n, "length"), short(g.width))
}

func (g *lengthsFigure) table(lengths []Length) rows {
	r := rows{columns: []string{"group", "metres", "low", "high", "about", "label"}}
	for _, v := range lengths {
		var low, high any
		if v.Low != 0 || v.High != 0 {
			low, high = v.Low, v.High
		}
		about := ""
		if v.About {
			about = "about"
		}
		r.add(v.Group, v.Metres, low, high, about, v.Label)
	}
	return r
}

func lengthsSpec(xlabel string, g *lengthsFigure) object {
	x := field("metres", "quantitative", xlabel)
	x["bin"] = object{"step": g.width, "extent": []any{g.edge(g.first), g.edge(g.last + 1)}}
	colors := object{"field": "group", "type": "nominal", "legend": nil, "scale": object{"range": paletteHex()}}
	return object{"height": 80, "mark": object{"type": "bar", "binSpacing": 1},
		"encoding": object{"x": x, "y": object{"aggregate": "count", "title": "number"}, "color": colors,
			"row":     object{"field": "group", "type": "nominal", "title": nil, "sort": nil},
			"tooltip": []any{object{"aggregate": "count", "title": "number"}, x}}}
}
