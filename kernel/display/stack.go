package display

import (
	"fmt"
	"html"
	"strings"
)

// stack puts several bundles into one. If all are plain text, so is the result, on one line where that is possible.
func stack(parts []Data) Data {
	texts := make([]string, len(parts))
	formatted, long := false, false
	for i, d := range parts {
		texts[i] = fmt.Sprint(d.Data[MIMETypeText])
		long = long || strings.Contains(texts[i], "\n")
		formatted = formatted || len(d.Data) > 1
	}
	separator := " "
	if long || formatted {
		separator = "\n"
	}
	out := Data{Data: MIMEMap{MIMETypeText: strings.Join(texts, separator)}}
	if !formatted {
		return out
	}
	var b strings.Builder
	for _, d := range parts {
		b.WriteString(`<div style="margin:0 0 .6em 0">`)
		b.WriteString(asHTML(d))
		b.WriteString("</div>\n")
		if p, ok := d.Data[MIMETypePNG]; ok && out.Data[MIMETypePNG] == nil {
			out.Data[MIMETypePNG] = p
		}
	}
	out.Data[MIMETypeHTML] = b.String()
	return out
}

// asHTML is a bundle as one piece of HTML, with pictures inside.
func asHTML(d Data) string {
	if s, ok := d.Data[MIMETypeHTML].(string); ok {
		return s
	}
	for _, mime := range []string{MIMETypePNG, MIMETypeJPEG} {
		if b, ok := d.Data[mime].([]byte); ok {
			return `<img alt="` + html.EscapeString(fmt.Sprint(d.Data[MIMETypeText])) + `" style="max-width:100%" src="data:` + mime +
				`;base64,` + base64String(b) + `">`
		}
	}
	if s, ok := d.Data[MIMETypeLatex].(string); ok {
		return html.EscapeString(s)
	}
	return `<pre style="margin:0">` + html.EscapeString(fmt.Sprint(d.Data[MIMETypeText])) + `</pre>`
}
