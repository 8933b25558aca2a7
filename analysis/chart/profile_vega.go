package chart

import "time"

// spec is the figure in Vega-Lite: profile, plausible dates, the line below which dates are not, and the best date.
func (g *profileFigure) spec(f *Figure, s *settings, ylabel string) object {
	x := timeField
	scale := object{"domain": []any{f.plot.Y.Min, f.plot.Y.Max}, "nice": false, "zero": false}
	var ticks, spans []any
	for _, t := range (numberTicks{most: 5}).Ticks(g.floor, 0) {
		ticks = append(ticks, t.Value)
	}
	y := object{"field": "below maximum", "type": "quantitative", "title": ylabel, "scale": scale, "axis": object{"values": ticks}}
	g.spans(func(from, to float64) {
		at := func(v float64) string { return time.Unix(0, int64(v*1e9)).In(g.axis.zone).Format(time.RFC3339) }
		spans = append(spans, object{"from": at(from), "to": at(to)})
	})
	tip := []any{object{"field": "start", "type": "temporal"}, object{"field": "below maximum", "type": "quantitative"}, object{"field": "within", "type": "nominal", "title": "plausible"}}
	line := object{"type": "line", "color": hex(Blue), "clip": true}
	if len(g.points) <= 120 {
		line["point"] = object{"color": hex(Blue), "size": 18}
	}
	return object{"height": 150, "layer": append([]any{
		object{"data": object{"values": spans}, "mark": object{"type": "rect", "color": hex(tint(Sky, 0.35))}, "encoding": object{"x": x("from"), "x2": object{"field": "to"}}},
		object{"data": object{"values": []any{object{"below maximum": -g.drop}}}, "mark": object{"type": "rule", "strokeDash": []any{2, 2}, "color": hex(faded)}, "encoding": object{"y": y}},
		object{"params": []any{panZoom()}, "mark": line, "encoding": object{"x": g.axis.channel("start"), "y": y, "tooltip": tip}},
		object{"transform": []any{object{"filter": "datum['below maximum'] == 0"}}, "mark": object{"type": "point", "filled": true, "size": 70, "opacity": 1, "color": hex(Vermillion), "stroke": "white"}, "encoding": object{"x": x("start"), "y": y, "tooltip": tip}},
	}, markLayers(s.shown)...)}
}
