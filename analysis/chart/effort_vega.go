package chart

import (
	"image/color"
	"math"
	"time"
)

// spec is the calendar in Vega-Lite: the same squares, marks and legend as the picture, with hover.
func (g *effortFigure) spec(s *settings) object {
	var squares, months, names []any
	for i, year := range g.years {
		top := float64(i) * blockLines
		names = append(names, object{"name": year, "line": top + 0.5})
		for line, name := range map[int]string{0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"} {
			names = append(names, object{"name": name, "line": top + 1.5 + float64(line)})
		}
		g.eachDay(year, func(d time.Time, column, line float64) {
			squares = append(squares, g.square(d, column, line, s))
		}, func(d time.Time, column float64) {
			months = append(months, object{"name": d.Format("Jan"), "column": column, "line": top + 0.5})
		})
	}
	sortNames(names)
	x := object{"field": "x", "type": "quantitative", "axis": nil, "scale": object{"domain": []any{0, g.columns}, "nice": false, "zero": false}}
	y := object{"field": "y", "type": "quantitative", "axis": nil, "scale": object{"domain": []any{0, g.lines}, "nice": false, "zero": false, "reverse": true}}
	at := func(channel object, name string) object {
		return object{"field": name, "type": channel["type"], "axis": nil, "scale": channel["scale"]}
	}
	tip := []any{object{"field": "day", "type": "nominal"}, object{"field": "shown", "type": "nominal", "title": "look"}, object{"field": "count", "type": "quantitative", "title": firstOf(s.ylabel, "count")},
		object{"field": "looks", "type": "quantitative"}, object{"field": "mark", "type": "nominal"}}
	box := object{"x": x, "x2": object{"field": "x2"}, "y": y, "y2": object{"field": "y2"}}
	with := func(more object) object {
		for k, v := range box {
			more[k] = v
		}
		return more
	}
	only := func(test string) []any { return []any{object{"filter": test}} }
	labels := func(values []any, channels object, align string) object {
		return object{"data": object{"values": values}, "mark": object{"type": "text", "align": align, "fontSize": tickSize, "color": hex(faded)}, "encoding": channels}
	}
	left := object{"value": -6}
	layers := []any{
		object{"mark": object{"type": "rect", "cornerRadius": 0}, "encoding": with(object{"tooltip": tip,
			"fill": object{"field": "shown", "type": "nominal", "title": nil, "scale": g.looksScale(s, true), "legend": object{"orient": "top", "symbolType": "square", "symbolSize": 120, "symbolStrokeColor": hex(rule), "symbolStrokeWidth": 0.6, "columns": 4}}})},
		object{"transform": only("datum.count > 0"), "mark": object{"type": "rect"}, "encoding": with(object{"tooltip": tip,
			"color": object{"field": "count", "type": "quantitative", "title": firstOf(s.ylabel, "count"), "legend": object{"orient": "top", "direction": "horizontal", "gradientLength": 80},
				"scale": object{"type": "sqrt", "domain": []any{0, math.Max(g.most, 1)}, "range": []any{hex(tint(Blue, 0.3)), hex(Blue)}}}})},
		object{"mark": object{"type": "rect", "filled": false}, "encoding": with(object{"color": object{"field": "shown", "type": "nominal", "scale": g.looksScale(s, false), "legend": nil}})},
		object{"transform": only("datum.status == 'partial'"), "mark": object{"type": "point", "shape": "M-1,-1L1,-1L1,1Z", "filled": true, "fill": "white", "opacity": 1, "size": math.Pow(g.cell-1.4, 2), "tooltip": true},
			"encoding": object{"x": at(x, "middle"), "y": at(y, "centre"), "tooltip": tip}},
		object{"transform": only("datum.status == 'cloud'"), "mark": object{"type": "rule", "color": hex(faded)},
			"encoding": object{"x": x, "x2": object{"field": "x2"}, "y": at(y, "y2"), "y2": object{"field": "y"}}},
		object{"transform": only("datum.status == ''"), "mark": object{"type": "point", "filled": true, "size": 6, "color": hex(rule), "opacity": 1}, "encoding": object{"x": at(x, "middle"), "y": at(y, "centre"), "tooltip": tip}},
		object{"transform": only("datum.mark != ''"), "mark": object{"type": "rect", "filled": false, "stroke": hex(ink), "strokeWidth": 2.2}, "encoding": with(object{"tooltip": tip})},
		labels(months, object{"x": at(x, "column"), "y": at(y, "line"), "text": object{"field": "name", "type": "nominal"}}, "left"),
		labels(names, object{"x": left, "y": at(y, "line"), "text": object{"field": "name", "type": "nominal"}}, "right"),
	}
	return object{"data": object{"values": squares}, "width": g.columns * g.cell, "height": g.lines * g.cell, "layer": layers, "resolve": object{"scale": object{"color": "independent"}}}
}

// sortNames puts the names of lines in order, from the top.
func sortNames(names []any) {
	for i := 1; i < len(names); i++ {
		for j := i; j > 0 && names[j].(object)["line"].(float64) < names[j-1].(object)["line"].(float64); j-- {
			names[j], names[j-1] = names[j-1], names[j]
		}
	}
}

// square is a day as a row of data.
func (g *effortFigure) square(d time.Time, column, line float64, s *settings) object {
	e := g.days[d.Format(time.DateOnly)]
	const gap = 0.05
	o := object{"day": d.Format(time.DateOnly), "start": d.Format(time.RFC3339), "status": e.status, "shown": g.shown(e), "looks": e.looks, "count": nil, "mark": "",
		"x": column + gap, "x2": column + 1 - gap, "y": line + gap, "y2": line + 1 - gap, "middle": column + 0.5, "centre": line + 0.5}
	if e.status == "usable" || e.status == "partial" {
		o["count"] = e.count
	}
	for _, m := range s.marks {
		if midnight(m.at.In(g.zone)).Equal(d) {
			o["mark"] = m.label
		}
	}
	return o
}

// shown is the word of the legend for a day.
func (g *effortFigure) shown(e effortDay) string {
	switch e.status {
	case "usable":
		if e.count == 0 {
			return "looked, none seen"
		}
		return "counted"
	case "partial":
		return "seen in part"
	case "not_countable":
		return "not counted"
	case "not_imaged":
		return "no image"
	case "cloud", "night":
		return e.status
	}
	return "nothing known"
}

// looksScale gives the words that occur their fill or their frame.
func (g *effortFigure) looksScale(s *settings, fill bool) object {
	here := map[string]bool{"nothing known": true}
	for _, e := range g.days {
		here[g.shown(e)] = true
	}
	var domain, colors []any
	for _, w := range []struct {
		word        string
		fill, frame color.NRGBA
	}{{"counted", Blue, Blue}, {"looked, none seen", tint(Blue, 0.1), Blue}, {"seen in part", tint(Blue, 0.65), Blue}, {"not counted", g.dull("not_countable"), g.dull("not_countable")},
		{"cloud", g.dull("cloud"), g.dull("cloud")}, {"night", g.dull("night"), g.dull("night")}, {"no image", paper, rule}, {"nothing known", paper, paper}} {
		if here[w.word] {
			c := w.frame
			if fill {
				c = w.fill
			}
			domain, colors = append(domain, w.word), append(colors, hex(c))
		}
	}
	return object{"domain": domain, "range": colors}
}
