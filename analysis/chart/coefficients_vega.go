package chart

import (
	"encoding/json"
	"fmt"
	"math"
)

// spec is the figure in Vega-Lite: the same rows, bands, intervals with their ends or arrows, line of no effect and
// numbers as the picture, with hover.
func (g *coefficientFigure) spec(s *settings, xlabel string, ticks []any) object {
	names := make([]string, len(g.rows))
	values := make([]any, len(g.rows))
	for i, c := range g.rows {
		names[i] = c.Name
		values[i] = object{"row": i, "name": c.Name, "estimate": c.Estimate, "low": finite(c.Low), "high": finite(c.High), "group": c.Group, "numbers": g.numbers[i],
			"from": math.Max(c.Low, g.from), "to": math.Min(c.High, g.to), "below": c.Low < g.from, "above": c.High > g.to}
	}
	list, err := json.Marshal(names)
	if err != nil {
		panic(fmt.Sprintf("chart: %v", err)) // strings only
	}
	scale := object{"domain": []any{g.from, g.to}, "nice": false}
	if s.ratio {
		scale["type"] = "log"
	} else {
		scale["zero"] = false
	}
	var title any
	if xlabel != "" {
		title = xlabel
	}
	x := func(name string) object {
		return object{"field": name, "type": "quantitative", "title": title, "scale": scale, "axis": object{"values": ticks, "grid": false, "format": "~g"}}
	}
	y := object{"field": "row", "type": "ordinal", "title": nil, "scale": object{"paddingInner": 0, "paddingOuter": 0},
		"axis": object{"labelExpr": string(list) + "[datum.value]", "labelColor": hex(ink), "labelLimit": 200, "ticks": false, "domain": false}}
	tip := []any{object{"field": "name", "type": "nominal"}, object{"field": "numbers", "type": "nominal", "title": "estimate [interval]"}, object{"field": "group", "type": "nominal"}}
	colors := object{"value": hex(Blue)}
	if len(g.kinds) > 1 {
		var domain, own []any
		for _, k := range g.kinds {
			domain, own = append(domain, k.name), append(own, hex(k.color))
		}
		colors = object{"field": "group", "type": "nominal", "title": nil, "scale": object{"domain": domain, "range": own}, "legend": object{"orient": "top"}}
	}
	only := func(test string) []any { return []any{object{"filter": test}} }
	width := g.width - 200 - g.column
	end := func(name, test string) object {
		return object{"transform": only("!datum." + test), "mark": object{"type": "tick", "orient": "vertical", "thickness": 1.5, "size": 6, "opacity": 1}, "encoding": object{"x": x(name), "y": y, "color": colors}}
	}
	arrow := func(name, test, shape string) object {
		return object{"transform": only("datum." + test), "mark": object{"type": "point", "shape": shape, "filled": true, "size": 45, "opacity": 1}, "encoding": object{"x": x(name), "y": y, "color": colors}}
	}
	return object{"data": object{"values": values}, "width": width, "height": len(g.rows) * coefficientPitch, "layer": []any{
		object{"transform": only("datum.row % 2 == 0"), "mark": object{"type": "rect", "color": hex(band)}, "encoding": object{"x": object{"value": 0}, "x2": object{"value": width + g.column + 12}, "y": y}},
		object{"data": object{"values": []any{object{"at": g.zero}}}, "mark": object{"type": "rule", "strokeDash": []any{4, 2.5}, "color": hex(ink)}, "encoding": object{"x": x("at")}},
		object{"mark": object{"type": "rule", "strokeWidth": 1.5}, "encoding": object{"x": x("from"), "x2": object{"field": "to"}, "y": y, "color": colors, "tooltip": tip}},
		end("from", "below"), end("to", "above"),
		arrow("from", "below", "M1,-1L-1,0L1,1Z"), arrow("to", "above", "M-1,-1L1,0L-1,1Z"),
		object{"mark": object{"type": "point", "filled": true, "size": 60, "opacity": 1, "stroke": "white", "strokeWidth": 0.8}, "encoding": object{"x": x("estimate"), "y": y, "color": colors, "tooltip": tip}},
		object{"mark": object{"type": "text", "align": "right", "fontSize": tickSize, "color": hex(ink)}, "encoding": object{"x": object{"value": width + g.column + 8}, "y": y, "text": object{"field": "numbers", "type": "nominal"}}},
	}}
}

// finite is v, or nil where JSON has no number for it.
func finite(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
