package chart

// spec is the figure in Vega-Lite: the picture's regions, its lines of equal ratio and of equal effort, and the scenarios
// as points that say their ratio under the pointer.
func (g *effortGrid) spec(xlabel, ylabel string) object {
	axis := func(name, title string, values []float64) object {
		low, high := g.edges(values)
		return object{"field": name, "type": "quantitative", "title": title, "scale": object{"domain": []any{low, high}, "nice": false, "zero": false}, "axis": object{"grid": false}}
	}
	x, y := axis("before", xlabel, g.before), axis("after", ylabel, g.after)
	names := map[string]string{hex(growth): "growth", hex(undecided): "not shown", hex(decline): "decline"}
	colors := object{"field": "verdict", "type": "nominal", "title": nil, "scale": object{"domain": []any{"growth", "not shown", "decline"}, "range": []any{hex(growth), hex(undecided), hex(decline)}}}
	var regions, lines, labels []any
	_, highest := g.edges(g.after)
	for _, r := range g.runs(160, 80) { // each row reaches under the next one, so that no seam shows between them
		regions = append(regions, object{"before": r.left, "right": r.right, "after": r.bottom, "top": min(r.top+(r.top-r.bottom)/2, highest), "verdict": names[hex(r.verdict)]})
	}
	piece := 0
	for _, level := range g.levels() {
		var longest [][2]float64
		width := 0.8
		if level == 1 {
			width = 1.8
		}
		for _, line := range g.contour(level) {
			for k, q := range line {
				lines = append(lines, object{"line": piece, "order": k, "before": q[0], "after": q[1], "width": width, "equal ratio": short(level) + "×"})
			}
			piece++
			if len(line) > len(longest) {
				longest = line
			}
		}
		if len(longest) > 3 {
			q := longest[len(longest)*2/3]
			labels = append(labels, object{"before": q[0], "after": q[1], "ratio": short(level) + "×"})
		}
	}
	layers := []any{object{"data": object{"values": regions}, "mark": object{"type": "rect", "tooltip": nil},
		"encoding": object{"x": x, "x2": object{"field": "right"}, "y": y, "y2": object{"field": "top"}, "color": colors}}}
	if low, high := g.equal(); low < high {
		layers = append(layers, object{"data": object{"values": []any{object{"before": low, "after": low}, object{"before": high, "after": high}}},
			"mark": object{"type": "line", "color": hex(ink), "strokeWidth": 0.9, "strokeDash": []any{4, 3}}, "encoding": object{"x": x, "y": y}})
	}
	if len(lines) > 0 {
		layers = append(layers, object{"data": object{"values": lines}, "mark": object{"type": "line", "color": hex(ink), "interpolate": "linear"},
			"encoding": object{"x": x, "y": y, "order": field("order", "quantitative", ""), "detail": field("line", "nominal", ""),
				"strokeWidth": object{"field": "width", "type": "quantitative", "scale": nil, "legend": nil}, "tooltip": field("equal ratio", "nominal", "")}})
	}
	if len(labels) > 0 { // twice: a white rim and the text
		for _, mark := range []object{{"type": "text", "fontWeight": "bold", "stroke": hex(paper), "strokeWidth": 4, "fill": hex(paper)}, {"type": "text", "fontWeight": "bold", "color": hex(ink)}} {
			layers = append(layers, object{"data": object{"values": labels}, "mark": mark, "encoding": object{"x": x, "y": y, "text": field("ratio", "nominal", "")}})
		}
	}
	number := func(name string) object { return object{"field": name, "type": "quantitative", "format": ".3~f"} }
	layers = append(layers, object{"mark": object{"type": "circle", "size": 120, "opacity": 0}, "encoding": object{"x": x, "y": y,
		"tooltip": []any{field("before", "quantitative", xlabel), field("after", "quantitative", ylabel), number("ratio"), number("low"), number("high")}}})
	return object{"height": 230, "layer": layers}
}
