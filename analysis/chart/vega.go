package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
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

// markLayers are the vertical lines of marks with their labels.
func markLayers(marks []mark) []any {
	var out []any
	for _, m := range marks {
		data := object{"values": []any{object{"at": m.at.Format(time.RFC3339), "label": m.label}}}
		out = append(out,
			object{"data": data, "mark": object{"type": "rule", "color": hex(ink), "strokeDash": []any{4, 3}}, "encoding": object{"x": timeField("at")}},
			object{"data": data, "mark": object{"type": "text", "align": "left", "dx": 4, "y": 6, "fontWeight": "bold", "color": hex(ink)},
				"encoding": object{"x": timeField("at"), "text": field("label", "nominal", "")}})
	}
	return out
}
