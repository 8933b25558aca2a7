package display

import (
	"fmt"
	"html"
	"reflect"
	"strings"
)

// Render turns any value into a bundle. In this order: a foreign renderer that takes it, the interfaces of this
// package, errors, GeoJSON, slices of structs and maps and matrices as tables (first and last rows, with the counts; the
// text of a short map or list of lists stays on one line),
// and everything else as Text. text/plain is always there and the bytes depend on the value alone.
func Render(v any, foreign ...Foreign) Data {
	if v == nil {
		return MakeData(MIMETypeText, "<nil>")
	}
	if d, ok := rich(v, foreign); ok {
		return complete(d, v)
	}
	if err, ok := v.(error); ok && !isNil(v) {
		return failure(err)
	}
	if d, ok := geoJSON(v); ok {
		return d
	}
	if d, ok := gallery(v, foreign); ok {
		return d
	}
	if g, ok := tabulate(v); ok {
		d := g.bundle()
		if line := Text(v); len(line) <= lineWidth && !strings.Contains(line, "\n") && !g.records {
			d.Data[MIMETypeText] = line
		}
		return d
	}
	return MakeData(MIMETypeText, Text(v))
}

// RenderResult turns what the last expression of a cell evaluated to into one bundle; ok is false if there is nothing
// to show. Nil errors at the end of several values are left out, so that data, err := … reads as data; several values
// that are left are shown one below the other.
func RenderResult(values []any, foreign ...Foreign) (d Data, ok bool) {
	for len(values) > 1 && values[len(values)-1] == nil {
		values = values[:len(values)-1]
	}
	switch len(values) {
	case 0:
		return Data{}, false
	case 1:
		return Render(values[0], foreign...), true
	}
	if err, failed := values[len(values)-1].(error); failed && blank(values[:len(values)-1]) {
		return failure(err), true
	}
	parts := make([]Data, len(values))
	for i, v := range values {
		parts[i] = Render(v, foreign...)
	}
	return stack(parts), true
}

// blank reports whether all values are zero, as beside an error.
func blank(values []any) bool {
	for _, v := range values {
		if v != nil && !reflect.ValueOf(v).IsZero() {
			return false
		}
	}
	return true
}

// rich asks the foreign renderers, then the value itself. A foreign renderer that panics is as if it were not there.
func rich(v any, foreign []Foreign) (Data, bool) {
	for _, f := range foreign {
		if d, ok := try(f, v); ok {
			return d, true
		}
	}
	return asked(v)
}

func try(f Foreign, v any) (d Data, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			d, ok = failed(v, r), true
		}
	}()
	return f(v)
}

// failed is shown for a value whose own methods panic.
func failed(v any, reason any) Data {
	return MakeData(MIMETypeText, fmt.Sprintf("%T cannot be shown: %v", v, reason))
}

// complete adds to a bundle what every bundle has: text/plain, and HTML that shows a drawing which is only SVG.
func complete(d Data, v any) Data {
	out := Data{Data: join(MIMEMap{}, d.Data), Metadata: d.Metadata, Transient: d.Transient}
	if svg, ok := out.Data[MIMETypeSVG].(string); ok && out.Data[MIMETypeHTML] == nil && out.Data[MIMETypePNG] == nil {
		out.Data[MIMETypeHTML] = SVG(svg).Data[MIMETypeHTML]
	}
	if s, ok := out.Data[MIMETypeText].(string); ok && s != "" {
		return out
	}
	out.Data[MIMETypeText] = describe(out, v)
	return out
}

// describe is text/plain for a bundle that lacks it: the value's own text if it has one, else the most readable content.
func describe(d Data, v any) string {
	if _, isData := v.(Data); !isData {
		if s, ok := worded(reflect.ValueOf(v)); ok {
			return s
		}
	}
	for _, mime := range []string{MIMETypeMarkdown, MIMETypeLatex, MIMETypeHTML, MIMETypeSVG, MIMETypeJavaScript} {
		if s, ok := d.Data[mime].(string); ok {
			return cut(s, maxText)
		}
	}
	for _, mime := range []string{MIMETypePNG, MIMETypeJPEG, MIMETypePDF, MIMETypeJSON} {
		if x, ok := d.Data[mime]; ok {
			return plain(mime, x)
		}
	}
	return fmt.Sprintf("%T", v)
}

// failure shows an error: its type, where that says something, and its message.
func failure(err error) Data {
	name := strings.TrimPrefix(reflect.TypeOf(err).String(), "*")
	switch name {
	case "errors.errorString", "errors.joinError", "fmt.wrapError", "fmt.wrapErrors":
		name = "error"
	default:
		name = reflect.TypeOf(err).String()
	}
	message, _ := worded(reflect.ValueOf(err))
	message = cut(message, 1<<16)
	return Data{Data: MIMEMap{
		MIMETypeText: name + ": " + message,
		MIMETypeHTML: `<div style="border-left:4px solid #d64545;padding:.2em .8em;white-space:pre-wrap"><b style="color:#d64545">` +
			html.EscapeString(name) + `</b>: ` + html.EscapeString(message) + `</div>`,
	}}
}

// gallery shows a short slice of values that all show themselves, such as plots or images, one below the other.
func gallery(v any, foreign []Foreign) (Data, bool) {
	s := reflect.ValueOf(v)
	if s.Kind() != reflect.Slice && s.Kind() != reflect.Array || s.Len() == 0 || s.Len() > 24 {
		return Data{}, false
	}
	if k := s.Type().Elem().Kind(); k != reflect.Interface && k != reflect.Pointer && k != reflect.Struct {
		return Data{}, false
	}
	var parts []Data
	for i := range s.Len() {
		e := s.Index(i)
		if !e.CanInterface() {
			return Data{}, false
		}
		d, ok := rich(e.Interface(), foreign)
		if !ok {
			return Data{}, false
		}
		parts = append(parts, complete(d, e.Interface()))
	}
	return stack(parts), true
}
