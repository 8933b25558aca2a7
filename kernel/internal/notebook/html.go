package notebook

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's style and script
	"encoding/base64"
	"fmt"
	"html/template"
	"path/filepath"
	"strings"

	"html"
)

//go:embed page/page.html
var pageTemplate string

//go:embed page/page.css
var pageStyle string

//go:embed page/page.js
var pageScript string

// Page says how a notebook becomes a web page.
type Page struct {
	Name string // shown at the top; empty: the notebook's file name
	Dir  string // where relative pictures of the text are found; empty: they stay links

	// Missing is told the addresses of pictures that the page cannot hold, each once. Nil: nobody is.
	Missing func(address string)
}

// HTML is the notebook as one web page that needs nothing else: style and pictures are inside, and a content security
// policy forbids it to load anything or to run a script that a cell put there.
func (n *Notebook) HTML(p Page) []byte {
	if p.Name == "" {
		p.Name = filepath.Base(n.Path)
	}
	r := &writer{page: p, markdown: newMarkdown()}
	var body []template.HTML
	for _, c := range n.Cells {
		if s := r.cell(c); s != "" {
			body = append(body, template.HTML(s))
		}
	}
	if toc := r.contents(); toc != "" {
		body = append([]template.HTML{template.HTML(toc)}, body...)
	}
	title := n.Title()
	if title == "" {
		title = p.Name
	}
	sum := sha256.Sum256([]byte(pageScript))
	var out bytes.Buffer
	err := template.Must(template.New("page").Parse(pageTemplate)).Execute(&out, map[string]any{
		"Title": title, "Name": p.Name, "Cells": body, "Style": template.CSS(pageStyle), "Script": template.JS(pageScript),
		"Hash": template.HTMLAttr("sha256-" + base64.StdEncoding.EncodeToString(sum[:])),
	})
	if err != nil { // the template is constant and the values are plain text
		panic(err)
	}
	return out.Bytes()
}

// writer is one page in the making.
type writer struct {
	page     Page
	markdown *markdown
	headings []heading
	missing  map[string]bool
}

func (r *writer) cell(c *Cell) string {
	if c.HasTag("remove-cell") || c.HasTag("remove_cell") {
		return ""
	}
	switch c.Kind {
	case "markdown":
		text, headings := r.markdown.render(c.Source())
		text = r.embed(text, c)
		r.headings = append(r.headings, headings...)
		return `<section class="cell markdown">` + text + "</section>"
	case "code":
		return r.code(c)
	}
	return ""
}

func (r *writer) code(c *Cell) string {
	var b strings.Builder
	source := strings.TrimRight(c.Source(), "\n")
	if source != "" && !c.HasTag("remove-input") && !c.HasTag("remove_input") {
		label := "In [ ]"
		if n := c.Count(); n > 0 {
			label = fmt.Sprintf("In [%d]", n)
		}
		open := " open"
		if c.HasTag("hide-input") || c.object.object("metadata").object("jupyter").get("source_hidden") == true {
			open = ""
		}
		fmt.Fprintf(&b, `<details class="input"%s><summary><span>%s</span><span class="peek">%s</span></summary><pre class="source"><code>%s</code></pre></details>`,
			open, label, html.EscapeString(c.Headline()), highlight(source))
	}
	if outputs := c.outputs(); len(outputs) > 0 && !c.HasTag("remove-output") && !c.HasTag("remove_output") {
		b.WriteString(`<div class="outputs">`)
		for _, o := range outputs {
			b.WriteString(r.embed(r.output(o), c))
		}
		b.WriteString("</div>")
	}
	if b.Len() == 0 {
		return ""
	}
	return `<section class="cell code">` + b.String() + "</section>"
}

// contents is a folded table of contents, if there is something to navigate.
func (r *writer) contents() string {
	var b strings.Builder
	n := 0
	for _, h := range r.headings {
		if h.level != 2 && h.level != 3 {
			continue
		}
		class := ""
		if h.level == 3 {
			class = ` class="sub"`
		}
		fmt.Fprintf(&b, `<li%s><a href="#%s">%s</a></li>`, class, html.EscapeString(h.id), html.EscapeString(h.text))
		n++
	}
	if n < 3 {
		return ""
	}
	return `<nav><details><summary>Contents</summary><ul>` + b.String() + `</ul></details></nav>`
}
