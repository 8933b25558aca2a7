package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/plot/vg/draw"
)

type object = map[string]any

// VegaLite is the figure as a Vega-Lite v5 specification, made of plain JSON values, with its data inside. It has the same
// rows as the picture, and adds hover and, where an axis is time, zoom.
func (f *Figure) VegaLite() map[string]any {
	spec := object{
		"$schema": "https://vega.github.io/schema/vega-lite/v5.json",
		"data":    object{"values": f.rows.values()},
		"width":   f.width - 120,
		"config": object{
			"font":  "Inter, 'Noto Sans', 'Noto Sans KR', 'Noto Sans SC', sans-serif",
			"view":  object{"stroke": nil},
			"axis":  object{"gridColor": hex(grid), "domainColor": hex(rule), "tickColor": hex(rule), "labelColor": hex(faded), "titleColor": hex(faded), "titleFontWeight": "normal"},
			"title": object{"anchor": "start", "color": hex(ink), "subtitleColor": hex(faded)},
		},
	}
	if f.markRows > 0 { // room for the labels of marks over the panel
		room := markPitch * float64(f.markRows)
		spec["config"].(object)["legend"] = object{"offset": 10 + room}
		if !hasLegend(f.spec) { // else the title stands over the legend
			spec["config"].(object)["title"].(object)["offset"] = 6 + room
		}
	}
	if f.Title != "" {
		title := object{"text": f.Title}
		if notes := f.noteLines(); len(notes) > 0 {
			title["subtitle"] = notes
		}
		spec["title"] = title
	}
	for k, v := range f.spec {
		spec[k] = v
	}
	return spec
}

// hasLegend reports whether a part of a specification has a legend of its own.
func hasLegend(part any) bool {
	switch part := part.(type) {
	case object:
		for k, v := range part {
			if _, ok := v.(object); k == "legend" && ok || hasLegend(v) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(part, hasLegend)
	}
	return false
}

func (f *Figure) vegaJSON() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(f.VegaLite()); err != nil {
		panic(fmt.Sprintf("chart: %v", err)) // plain values only
	}
	return b.Bytes()
}

// The parts that specifications share.

func field(name, kind, title string) object {
	o := object{"field": name, "type": kind}
	if title != "" {
		o["title"] = title
	}
	return o
}

// timeField is a temporal channel; zoom is bound to the scales by panZoom.
func timeField(name string) object {
	return object{"field": name, "type": "temporal", "title": nil}
}

func panZoom() object {
	return object{"name": "zoom", "select": object{"type": "interval", "encodings": []any{"x"}}, "bind": "scales"}
}

func tooltips(columns []string) []any {
	var out []any
	for _, c := range columns {
		kind := "nominal"
		if strings.HasPrefix(c, "start") || strings.HasPrefix(c, "end") {
			kind = "temporal"
		}
		out = append(out, object{"field": c, "type": kind})
	}
	return out
}

// markLayers are the vertical lines of marks with their labels, over the panel in rows as in the picture.
func markLayers(marks []mark) []any {
	var out []any
	for _, m := range marks {
		top := -markPitch * float64(m.row)
		align := map[draw.XAlignment]string{draw.XLeft: "left", draw.XCenter: "center", draw.XRight: "right"}[m.align]
		data := object{"values": []any{object{"at": m.at.Format(time.RFC3339), "label": m.label}}}
		out = append(out,
			object{"data": data, "mark": object{"type": "rule", "color": hex(ink), "strokeDash": []any{4, 3}}, "encoding": object{"x": timeField("at")}},
			object{"data": data, "mark": object{"type": "rule", "color": hex(ink), "strokeDash": []any{4, 3}, "clip": false}, "encoding": object{"x": timeField("at"), "y": object{"value": 0}, "y2": object{"value": top - 2}}},
			object{"data": data, "mark": object{"type": "text", "align": align, "baseline": "bottom", "fontWeight": "bold", "color": hex(ink), "clip": false},
				"encoding": object{"x": timeField("at"), "y": object{"value": top - 3}, "text": field("label", "nominal", "")}})
	}
	return out
}
