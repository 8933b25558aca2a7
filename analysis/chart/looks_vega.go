package chart

// spec is the figure in Vega-Lite: dots, whiskers with their ends, arrows, and the strip of looks without a count, as in
// the picture, with hover and zoom.
func (g *looksFigure) spec(f *Figure, s *settings, unit string) object {
	x := timeField("start")
	var ticks []any
	for _, t := range (numberTicks{most: 6, whole: true, above: true}).Ticks(0, g.top) {
		ticks = append(ticks, t.Value)
	}
	y := func(name string) object {
		return object{"field": name, "type": "quantitative", "title": unit + " at a look", "scale": object{"domain": []any{f.plot.Y.Min, f.plot.Y.Max}, "nice": false}, "axis": object{"values": ticks}}
	}
	colors := groupColors("group", g.groups())
	tip := tooltips(f.rows.columns)
	only := func(test string) []any { return []any{object{"filter": test}} }
	layer := func(test string, mark, encoding object) object {
		if colors["field"] != nil || mark["color"] == nil {
			encoding["color"] = colors
		}
		return object{"transform": only(test), "mark": mark, "encoding": encoding}
	}
	both := "datum.count != null && datum.low != null && datum.high != null"
	points := layer("datum.count != null", object{"type": "point", "size": 55, "opacity": 1, "strokeWidth": 1.6}, object{"x": g.axis.channel("start"), "y": y("count"), "tooltip": tip,
		"fill": object{"condition": []any{object{"test": "datum.count == 0", "value": "white"}, object{"test": "datum.about", "value": hex(grid)}}, "field": "group", "type": "nominal", "scale": colors["scale"], "legend": colors["legend"], "title": nil}})
	points["params"] = []any{panZoom()}
	layers := []any{
		layer(both, object{"type": "rule", "strokeWidth": 1.5, "opacity": 0.6}, object{"x": x, "y": y("low"), "y2": object{"field": "high"}}),
		layer(both, object{"type": "tick", "orient": "horizontal", "size": 6, "thickness": 1.5, "opacity": 0.6}, object{"x": x, "y": y("low")}),
		layer(both, object{"type": "tick", "orient": "horizontal", "size": 6, "thickness": 1.5, "opacity": 0.6}, object{"x": x, "y": y("high")}),
		layer("datum.count != null && datum.low != null && datum.high == null", object{"type": "point", "shape": "M0,1L0,-3M-0.7,-1.8L0,-3L0.7,-1.8", "size": 60, "strokeWidth": 1.5, "yOffset": -4, "opacity": 1}, object{"x": x, "y": y("count"), "tooltip": tip}),
		points,
	}
	for row, status := range g.strip {
		at := object{"datum": g.stripAt(row), "type": "quantitative", "scale": y("count")["scale"], "axis": object{"values": ticks}}
		test := "datum.count == null && datum.status == '" + status + "'"
		layers = append(layers,
			object{"transform": only(test), "mark": object{"type": "point", "shape": "M-1,-1L1,1M-1,1L1,-1", "size": 35, "stroke": hex(faded), "opacity": 1}, "encoding": object{"x": x, "y": at, "tooltip": tip}},
			object{"data": object{"values": []any{object{"text": statusWords[status]}}}, "mark": object{"type": "text", "align": "right", "color": hex(faded), "clip": false},
				"encoding": object{"x": object{"value": -5}, "y": at, "text": object{"field": "text", "type": "nominal"}}})
	}
	return object{"height": countsHeight, "layer": append(layers, markLayers(s.shown)...)}
}

// groupColors is a colour channel with the picture's colours; one colour without a legend where there is one group.
func groupColors(name string, kinds []kind) object {
	if len(kinds) < 2 {
		one := Blue
		if len(kinds) == 1 {
			one = kinds[0].color
		}
		return object{"field": name, "type": "nominal", "legend": nil, "scale": object{"range": []any{hex(one)}}}
	}
	var domain, own []any
	for _, k := range kinds {
		domain, own = append(domain, k.name), append(own, hex(k.color))
	}
	return object{"field": name, "type": "nominal", "title": nil, "scale": object{"domain": domain, "range": own}, "legend": object{"orient": "top"}}
}

// channel is a horizontal time channel over the range that the picture shows. One layer of a figure names the range.
func (a timeAxis) channel(name string) object {
	o := timeField(name)
	o["scale"] = object{"domain": []any{a.from.UnixMilli(), a.to.UnixMilli()}}
	return o
}
