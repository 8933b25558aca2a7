package chart

import "math"

// spec is the map in Vega-Lite: the same extent, places, circles and courses as the picture, with hover.
func (g *placeMap) spec() object {
	axis := func(name string, low, high float64, negative, positive string) object {
		var ticks []any
		for _, t := range (degreeTicks{most: 5, negative: negative, positive: positive}).Ticks(low, high) {
			ticks = append(ticks, t.Value)
		}
		label := "format(abs(datum.value), '~g') + '° ' + (datum.value < 0 ? '" + negative + "' : '" + positive + "')"
		return object{"field": name, "type": "quantitative", "title": nil, "scale": object{"domain": []any{low, high}, "nice": false, "zero": false}, "axis": object{"values": ticks, "labelExpr": label}}
	}
	x, y := axis("lon", g.west, g.east, "W", "E"), axis("lat", g.south, g.north, "S", "N")
	colors := groupColors("kind", g.kinds)
	tip := []any{object{"field": "name", "type": "nominal"}, object{"field": "lon", "type": "quantitative"}, object{"field": "lat", "type": "quantitative"}, object{"field": "radius", "type": "quantitative", "title": "radius, m"}, object{"field": "kind", "type": "nominal"}}
	var values, rings, layers []any
	for i, p := range g.places {
		values = append(values, object{"name": p.Name, "lon": p.Lon, "lat": p.Lat, "radius": p.Radius, "kind": p.Kind})
		const corners = 36
		for k := 0; k <= corners && p.Radius > 0; k++ {
			angle := 2 * math.Pi * float64(k) / corners
			dy := p.Radius / metresPerDegree
			rings = append(rings, object{"place": i, "order": k, "kind": p.Kind, "lon": p.Lon + dy/math.Cos(p.Lat*math.Pi/180)*math.Cos(angle), "lat": p.Lat + dy*math.Sin(angle)})
		}
	}
	order := object{"field": "order", "type": "quantitative"}
	for _, line := range g.lines {
		var points []any
		for i, q := range line.Points {
			points = append(points, object{"lon": q[0], "lat": q[1], "order": i})
		}
		mark := object{"type": "line", "color": hex(faded), "strokeWidth": 1.2, "tooltip": object{"content": "data"}, "clip": true}
		if line.Dashed {
			mark["strokeDash"] = []any{4, 3}
		}
		layers = append(layers, object{"data": object{"values": points}, "mark": mark, "encoding": object{"x": x, "y": y, "order": order}})
	}
	if len(rings) > 0 {
		layers = append(layers, object{"data": object{"values": rings}, "mark": object{"type": "line", "strokeDash": []any{2, 2}, "strokeWidth": 1},
			"encoding": object{"x": x, "y": y, "order": order, "color": colors, "detail": object{"field": "place", "type": "nominal"}}})
	}
	layers = append(layers,
		object{"mark": object{"type": "circle", "size": 55, "opacity": 1}, "encoding": object{"x": x, "y": y, "color": colors, "tooltip": tip}},
		object{"mark": object{"type": "text", "align": "left", "dx": 9, "color": hex(ink)}, "encoding": object{"x": x, "y": y, "text": field("name", "nominal", "")}})
	metres, text := g.bar(g.scale())
	length := metres / g.scale()
	stroke := func(width, x, y, x2, y2 float64) {
		at := func(v float64) object { return object{"value": v} }
		layers = append(layers, object{"data": object{"values": []any{object{}}}, "mark": object{"type": "rule", "color": hex(ink), "strokeWidth": width},
			"encoding": object{"x": at(x), "y": at(y), "x2": at(x2), "y2": at(y2)}}) // one row of data, so that it is drawn once
	}
	foot := g.panelHeight - 9
	stroke(1.6, 10, foot, 10+length, foot)
	stroke(1.2, 10, foot-2.5, 10, foot+2.5)
	stroke(1.2, 10+length, foot-2.5, 10+length, foot+2.5)
	layers = append(layers, object{"data": object{"values": []any{object{"length": text}}}, "mark": object{"type": "text", "align": "left", "baseline": "middle", "color": hex(ink)},
		"encoding": object{"x": object{"value": 15 + length}, "y": object{"value": foot}, "text": field("length", "nominal", "")}})
	return object{"data": object{"values": values}, "width": g.panelWidth, "height": g.panelHeight, "view": object{"fill": hex(band), "stroke": hex(rule)}, "layer": layers}
}
