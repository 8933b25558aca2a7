package chart

import (
	"slices"
	"time"
)

// spec is the figure in Vega-Lite: the events in the picture's rows and with its labels, each as exactly as it is dated,
// with hover and zoom.
func (t *timeline) spec(s *settings, columns []string) object {
	var values, lanes, bands []any
	for _, e := range t.placed {
		from, to := e.span()
		shape := "bar"
		switch {
		case e.Precision == "before" || e.Precision == "after" || e.Precision == "fuzzy":
			shape = e.Precision
		case t.isDot(e.Event):
			shape = "dot"
		}
		middle, align := from.Add(to.Sub(from)/2), "right"
		if e.left {
			align = "left"
		}
		away := e.shift
		if e.Precision == "before" && e.left || e.Precision == "after" && !e.left {
			away += arrow
		}
		beside := t.axis.later(to, away)
		if e.left {
			beside = t.axis.later(from, -away)
		}
		o := object{"beside": beside.Format(time.RFC3339), "row": -float64(e.row) - 0.5, "from": from.Format(time.RFC3339), "to": to.Format(time.RFC3339), "middle": middle.Format(time.RFC3339), "shape": shape, "side": align, "shown": e.label}
		r := eventRows([]Event{e.Event})
		for k, v := range r.values()[0].(map[string]any) {
			o[k] = v
		}
		values = append(values, o)
	}
	for _, lane := range laneOrder(t.first) {
		lanes = append(lanes, object{"lane": laneText(t.letters, lane), "row": -(float64(t.first[lane]+t.last[lane]) + 1) / 2})
	}
	for i, lane := range laneOrder(t.first) {
		if i%2 == 0 {
			bands = append(bands, object{"top": -float64(t.first[lane]), "bottom": -float64(t.last[lane] + 1)})
		}
	}
	scale := object{"domain": []any{-float64(t.rows), 0}, "nice": false, "zero": false}
	y := func(name string) object {
		return object{"field": name, "type": "quantitative", "axis": nil, "scale": scale}
	}
	x, x2 := timeField, object{"field": "to"}
	colors := groupColors("kind", t.kinds)
	tip := tooltips(columns)
	layer := func(test string, mark, encoding object) object {
		encoding["y"], encoding["color"] = y("row"), colors
		return object{"transform": []any{object{"filter": test}}, "mark": mark, "encoding": encoding}
	}
	label := func(side, align string, dx int) object {
		return object{"transform": []any{object{"filter": "datum.shown != '' && datum.side == '" + side + "'"}},
			"mark": object{"type": "text", "align": align, "dx": dx, "fontSize": tickSize, "color": hex(ink)}, "encoding": object{"x": x("beside"), "y": y("row"), "text": object{"field": "shown", "type": "nominal"}}}
	}
	dots := layer("datum.shape == 'dot'", object{"type": "point", "filled": true, "size": 60, "opacity": 1}, object{"x": t.axis.channel("middle"), "tooltip": tip})
	dots["params"] = []any{panZoom()}
	layers := []any{
		object{"data": object{"values": bands}, "mark": object{"type": "rect", "color": hex(band)}, "encoding": object{"y": y("top"), "y2": object{"field": "bottom"}}},
		object{"data": object{"values": lanes}, "mark": object{"type": "text", "align": "right", "color": hex(ink), "clip": false}, "encoding": object{"x": object{"value": -6}, "y": y("row"), "text": object{"field": "lane", "type": "nominal"}}},
		layer("datum.shape == 'bar'", object{"type": "bar", "height": 8}, object{"x": x("from"), "x2": x2, "tooltip": tip}),
		layer("datum.shape == 'fuzzy'", object{"type": "bar", "height": 8, "fillOpacity": 0.25, "strokeDash": []any{2, 2}, "strokeWidth": 1}, object{"x": x("from"), "x2": x2, "tooltip": tip}),
		layer("datum.shape == 'before'", object{"type": "point", "shape": "M1,0L-5,0M-4,-1L-5,0L-4,1", "size": 60, "strokeWidth": 1.6, "opacity": 1}, object{"x": x("from"), "tooltip": tip}),
		layer("datum.shape == 'after'", object{"type": "point", "shape": "M-1,0L5,0M4,-1L5,0L4,1", "size": 60, "strokeWidth": 1.6, "opacity": 1}, object{"x": x("to"), "tooltip": tip}),
		dots, label("right", "left", 7), label("left", "right", -7),
	}
	return object{"data": object{"values": values}, "height": float64(t.rows) * rowHeight, "layer": append(layers, markLayers(s.shown)...)}
}

// laneOrder is the lanes from the top.
func laneOrder(first map[string]int) []string {
	out := make([]string, 0, len(first))
	for lane := range first {
		out = append(out, lane)
	}
	slices.SortFunc(out, func(a, b string) int { return first[a] - first[b] })
	return out
}
