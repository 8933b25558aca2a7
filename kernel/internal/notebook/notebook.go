package notebook

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Notebook is one notebook in memory.
type Notebook struct {
	Path  string // where it was read from, for messages
	Cells []*Cell

	root *object
}

// Cell is one cell of a notebook.
type Cell struct {
	Number int // from 1, all kinds counted
	Kind   string

	source string
	object *object
}

// Source is the cell's text.
func (c *Cell) Source() string { return c.source }

// SetSource replaces the cell's text.
func (c *Cell) SetSource(text string) {
	c.source = text
	c.object.set("source", lines(text))
}

// Headline is the line by which a code cell is known: its first comment or statement behind the imports.
func (c *Cell) Headline() string {
	inImport, first := false, ""
	for line := range strings.Lines(c.source) {
		line = strings.TrimSpace(line)
		switch {
		case line == "import (":
			inImport = true
		case inImport:
			inImport = line != ")"
		case strings.HasPrefix(line, "import "):
			if first == "" {
				first = line
			}
		default:
			if line = strings.TrimSpace(strings.TrimLeft(line, "/")); line != "" {
				return strings.Map(printable, line)
			}
		}
	}
	return strings.Map(printable, first)
}

func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// IsCode reports whether the cell is run.
func (c *Cell) IsCode() bool { return c.Kind == "code" }

// HasTag reports whether the cell carries a tag in its metadata.
func (c *Cell) HasTag(tag string) bool {
	tags, _ := c.object.object("metadata").get("tags").([]any)
	return slices.Contains(tags, any(tag))
}

// Count is the execution count that is shown as In [n]; 0 if the cell was not run.
func (c *Cell) Count() int {
	n, _ := c.object.get("execution_count").(json.Number)
	i, _ := n.Int64()
	return int(i)
}

// ClearOutputs forgets what an earlier run showed.
func (c *Cell) ClearOutputs() {
	c.object.set("outputs", []any{})
	c.object.set("execution_count", nil)
}

// setOutputs keeps what a run showed.
func (c *Cell) setOutputs(count int, outputs []any) {
	c.object.set("outputs", outputs)
	c.object.set("execution_count", nil)
	if count > 0 {
		c.object.set("execution_count", json.Number(fmt.Sprint(count)))
	}
}

// outputs are the outputs as they stand in the file.
func (c *Cell) outputs() []*object {
	list, _ := c.object.get("outputs").([]any)
	var out []*object
	for _, o := range list {
		if o, ok := o.(*object); ok {
			out = append(out, o)
		}
	}
	return out
}

// Language is the language that the notebook says it is written in, in lower case, or "" if it does not say.
func (n *Notebook) Language() string {
	meta := n.root.object("metadata")
	if l := meta.object("kernelspec").text("language"); l != "" {
		return strings.ToLower(l)
	}
	return strings.ToLower(meta.object("language_info").text("name"))
}

// Title is the first heading of the notebook's text, or "".
func (n *Notebook) Title() string {
	for _, c := range n.Cells {
		if c.Kind != "markdown" {
			continue
		}
		for line := range strings.Lines(c.source) {
			if t, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok {
				return strings.TrimSpace(t)
			}
		}
	}
	return ""
}

// join is the text of a multi-line string, which a file may hold as one string or as a list of lines.
func join(v any) (string, bool) {
	switch x := v.(type) {
	case string:
		return x, true
	case []any:
		var b strings.Builder
		for _, e := range x {
			s, ok := e.(string)
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	}
	return "", false
}

// lines is a multi-line string as files hold it.
func lines(text string) []any {
	out := []any{}
	for line := range strings.Lines(text) {
		out = append(out, line)
	}
	return out
}
