package display

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// geoTypes are the values of "type" in GeoJSON (RFC 7946, section 1.4).
var geoTypes = []string{"Feature", "FeatureCollection", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
	"MultiPolygon", "GeometryCollection"}

// geoJSON recognises a map or a type with its own JSON form whose "type" is one of GeoJSON's. The bundle has the JSON,
// a sketch of the geometry as a picture, and a summary as text.
func geoJSON(v any) (Data, bool) {
	raw, ok := geoBytes(v)
	if !ok {
		return Data{}, false
	}
	var head struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(raw, &head) != nil || !slices.Contains(geoTypes, head.Type) {
		return Data{}, false
	}
	var object map[string]any
	if json.Unmarshal(raw, &object) != nil {
		return Data{}, false
	}
	s := &sketch{}
	if !s.object(object, 0) {
		return Data{}, false
	}
	d := Data{Data: MIMEMap{MIMETypeGeoJSON: object, MIMETypeText: s.summary(head.Type)}}
	if png, ok := s.draw(); ok {
		d.Data[MIMETypePNG] = png
	}
	return d, true
}

// geoBytes is v's JSON if v may be GeoJSON at all: a string map with "type", or a type that encodes itself.
func geoBytes(v any) ([]byte, bool) {
	switch x := v.(type) {
	case map[string]any:
		if _, ok := x["type"].(string); !ok {
			return nil, false
		}
	case json.RawMessage:
	case json.Marshaler:
		if isNil(v) || !hasType(reflect.ValueOf(v)) {
			return nil, false
		}
	default:
		return nil, false
	}
	raw, err := json.Marshal(v)
	if err != nil || !bytes.HasPrefix(raw, []byte("{")) {
		return nil, false
	}
	return raw, true
}

func hasType(v reflect.Value) bool {
	v = reflect.Indirect(v)
	if v.Kind() != reflect.Struct {
		return false
	}
	f := v.FieldByName("Type")
	return f.IsValid() && f.Kind() == reflect.String
}

// object collects the paths of a GeoJSON object; false if it is malformed.
func (s *sketch) object(o map[string]any, depth int) bool {
	if depth > 20 {
		return false
	}
	kind, _ := o["type"].(string)
	switch kind {
	case "FeatureCollection":
		return s.each(o["features"], depth)
	case "GeometryCollection":
		return s.each(o["geometries"], depth)
	case "Feature":
		s.features++
		if g, ok := o["geometry"].(map[string]any); ok {
			return s.object(g, depth+1)
		}
		return o["geometry"] == nil
	}
	if !slices.Contains(geoTypes, kind) {
		return false
	}
	return s.coordinates(o["coordinates"], kind == "Polygon" || kind == "MultiPolygon", depth)
}

func (s *sketch) each(list any, depth int) bool {
	items, ok := list.([]any)
	if !ok {
		return false
	}
	for _, i := range items {
		o, ok := i.(map[string]any)
		if !ok || !s.object(o, depth+1) {
			return false
		}
	}
	return true
}

// coordinates walks nested arrays down to positions; an array of positions is one path.
func (s *sketch) coordinates(c any, closed bool, depth int) bool {
	if p, ok := position(c); ok {
		s.add([][2]float64{p}, false)
		return true
	}
	list, ok := c.([]any)
	if !ok || depth > 20 {
		return false
	}
	var path [][2]float64
	for _, e := range list {
		if p, ok := position(e); ok {
			path = append(path, p)
		} else if !s.coordinates(e, closed, depth+1) {
			return false
		}
	}
	if len(path) > 0 {
		s.add(path, closed)
	}
	return true
}

// position is the first two numbers of a position: longitude and latitude.
func position(c any) (p [2]float64, ok bool) {
	list, isList := c.([]any)
	if !isList || len(list) < 2 {
		return p, false
	}
	x, okX := list[0].(float64)
	y, okY := list[1].(float64)
	return [2]float64{x, y}, okX && okY
}

func (s *sketch) summary(kind string) string {
	text := "GeoJSON " + kind
	if s.features > 0 && kind == "FeatureCollection" {
		text += ", " + count(s.features) + " features"
	}
	text += ", " + count(s.points) + " positions"
	if s.points > 0 {
		text += fmt.Sprintf(", from %s, %s to %s, %s", decimal(s.min[0]), decimal(s.min[1]), decimal(s.max[0]), decimal(s.max[1]))
	}
	return text
}
