package notebook

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"html"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// markdown turns the text of cells into HTML: GitHub's flavour with tables and footnotes, formulas between dollar signs,
// and headings that can be linked to.
type markdown struct {
	md   goldmark.Markdown
	used map[string]int // heading ids
}

// heading is one entry for the table of contents.
type heading struct {
	level    int
	id, text string
}

func newMarkdown() *markdown {
	return &markdown{used: map[string]int{}, md: goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, formulas{}),
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithRendererOptions(goldhtml.WithUnsafe(), codeBlocks),
	)}
}

// render turns text into HTML.
func (m *markdown) render(source string) (string, []heading) {
	raw := []byte(source)
	doc := m.md.Parser().Parse(text.NewReader(raw))
	var headings []heading
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if x, ok := n.(*ast.Heading); ok {
			h := heading{level: x.Level, text: plainText(x, raw)}
			h.id = m.id(h.text)
			x.SetAttributeString("id", []byte(h.id))
			headings = append(headings, h)
		}
		return ast.WalkContinue, nil
	})
	var out bytes.Buffer
	if err := m.md.Renderer().Render(&out, raw, doc); err != nil {
		return "<pre>" + html.EscapeString(source) + "</pre>", nil
	}
	return out.String(), headings
}

// id is a heading as an anchor, unique on the page.
func (m *markdown) id(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	id := strings.Trim(b.String(), "-")
	if id == "" {
		id = "section"
	}
	m.used[id]++
	if n := m.used[id]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch x := n.(type) {
			case *ast.Text:
				b.Write(x.Segment.Value(source))
			case *ast.String:
				b.Write(x.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func base64Text(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
