package notebook

import (
	"encoding/json"
	"fmt"
	"html"
	"strconv"
	"strings"
)

// longOutput is the number of lines from which text gets a box that scrolls.
const longOutput = 40

// output is one output as HTML.
func (r *writer) output(o *object) string {
	switch o.text("output_type") {
	case "stream":
		text, _ := join(o.get("text"))
		return pre("text "+o.text("name"), text)
	case "error":
		return failed(o)
	case "display_data", "execute_result":
		return r.bundle(o.object("data"), o.object("metadata"))
	}
	return ""
}

// pre is text in a fixed font, with its colours.
func pre(class, text string) string {
	text = strings.TrimRight(overwrite(text), "\n")
	if strings.Count(text, "\n") >= longOutput {
		class += " long"
	}
	return `<div class="output ` + html.EscapeString(class) + `"><pre>` + ansi(text) + "</pre></div>"
}

func failed(o *object) string {
	head := o.text("ename")
	if v := o.text("evalue"); v != "" {
		head += ": " + v
	}
	list, _ := o.get("traceback").([]any)
	var lines []string
	for _, l := range list {
		if s, ok := l.(string); ok && s != head {
			lines = append(lines, s)
		}
	}
	body := ""
	if len(lines) > 0 {
		body = "<pre>" + ansi(strings.Join(lines, "\n")) + "</pre>"
	}
	return `<div class="output error"><strong>` + html.EscapeString(head) + "</strong>" + body + "</div>"
}

// bundle shows the richest representation that a page can show without running code.
func (r *writer) bundle(data, metadata *object) string {
	text := func(mime string) (string, bool) {
		v := data.get(mime)
		if v == nil {
			return "", false
		}
		return join(v)
	}
	if s, ok := text("text/html"); ok {
		return `<div class="output html">` + s + "</div>"
	}
	plain, _ := text("text/plain")
	if s, ok := text("image/svg+xml"); ok {
		return picture("data:image/svg+xml;base64,"+base64Text(s), plain, nil)
	}
	for _, mime := range []string{"image/png", "image/jpeg", "image/gif", "image/webp"} {
		if s, ok := text(mime); ok {
			return picture("data:"+mime+";base64,"+strings.Join(strings.Fields(s), ""), plain, metadata.object(mime))
		}
	}
	if s, ok := text("text/markdown"); ok {
		out, _ := r.markdown.render(s)
		return `<div class="output"><div class="markdown">` + out + "</div></div>"
	}
	if s, ok := text("text/latex"); ok {
		return `<div class="output">` + latex(s) + "</div>"
	}
	if v := data.get("application/json"); v != nil {
		return `<div class="output text"><details><summary>JSON</summary><pre>` + html.EscapeString(string(encode(v))) + "</pre></details></div>"
	}
	if s, ok := text("application/javascript"); ok {
		return `<div class="output text"><details><summary>JavaScript, not run in this page</summary><pre>` + html.EscapeString(s) + "</pre></details></div>"
	}
	if plain == "" {
		return ""
	}
	return pre("text", plain)
}

func picture(source, alt string, size *object) string {
	attributes := ""
	for _, name := range []string{"width", "height"} {
		if n, ok := size.get(name).(json.Number); ok {
			if x, err := strconv.ParseFloat(n.String(), 64); err == nil && x > 0 && x < 1e5 {
				attributes += fmt.Sprintf(` %s="%d"`, name, int(x))
			}
		}
	}
	first, _, _ := strings.Cut(alt, "\n")
	return `<div class="output"><figure><img src="` + html.EscapeString(source) + `" alt="` + html.EscapeString(first) + `"` + attributes + "></figure></div>"
}
