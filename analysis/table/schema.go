package table

import (
	"fmt"
	"strings"
)

// Field declares one column of a file.
type Field struct {
	Name string
	Kind Kind
	Unit string // shown, compared in joins; values are not converted
}

// Schema declares the columns of a file, in any order.
type Schema []Field

// Field is the declaration of that name, or false.
func (s Schema) Field(name string) (Field, bool) {
	for _, f := range s {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// String lists names, kinds and units.
func (s Schema) String() string {
	var b strings.Builder
	for i, f := range s {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.Name + " " + f.Kind.String())
		if f.Unit != "" {
			b.WriteString(" [" + f.Unit + "]")
		}
	}
	return b.String()
}

// Schema is the declaration of the table's own columns.
func (t *Table) Schema() Schema {
	s := make(Schema, len(t.cols))
	for i, c := range t.cols {
		s[i] = Field{c.name, c.kind, c.unit}
	}
	return s
}

// BadCell is one cell or line of a file that could not be read.
type BadCell struct {
	Line   int // 1-based line of the file
	Column string
	Text   string // what stands there, shortened
	Cause  string
}

func (b BadCell) describe(source string) string {
	s := fmt.Sprintf("%s:%d: ", source, b.Line)
	if b.Column != "" {
		s += fmt.Sprintf("column %q: ", b.Column)
	}
	s += b.Cause
	if b.Text != "" {
		s += fmt.Sprintf(" (%q)", b.Text)
	}
	return s
}

// BadCells is the error for a file in which something could not be read. The table that comes with it has missing values
// in the place of the cells listed here.
type BadCells struct {
	Source string
	Cells  []BadCell // the first mostBadCells of them
	Total  int

	hint string // what may be the cause of all of them
}

const mostBadCells = 100_000

// Error lists the first ten; Cells has the others.
func (e *BadCells) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "table: %s: %s could not be read", e.Source, plural(e.Total, "cell"))
	for i, c := range e.Cells {
		if i == 10 {
			break
		}
		b.WriteString("\n" + c.describe(e.Source))
	}
	if e.Total > 10 {
		fmt.Fprintf(&b, "\n… and %s more", thousands(e.Total-10))
	}
	if e.hint != "" {
		b.WriteString("\n" + e.hint)
	}
	return b.String()
}

// Table lists the bad cells in a table.
func (e *BadCells) Table() *Table {
	var lines []int64
	var cols, texts, causes []string
	for _, c := range e.Cells {
		lines, cols = append(lines, int64(c.Line)), append(cols, c.Column)
		texts, causes = append(texts, c.Text), append(causes, c.Cause)
	}
	return New(Ints("line", "", lines...), Texts("column", cols...), Texts("text", texts...), Texts("cause", causes...))
}

// SimpleRender shows the list in a notebook.
func (e *BadCells) SimpleRender() map[string]any {
	return map[string]any{"text/plain": e.Error(), "text/html": e.Table().HTML()}
}

func (e *BadCells) add(b BadCell) {
	e.Total++
	if len(e.Cells) < mostBadCells {
		if len(b.Text) > 60 {
			b.Text = strings.ToValidUTF8(b.Text[:57], "") + "…"
		}
		e.Cells = append(e.Cells, b)
	}
}

func (e *BadCells) join(o *BadCells) {
	e.Total += o.Total
	e.hint = o.hint
	room := min(len(o.Cells), mostBadCells-len(e.Cells))
	e.Cells = append(e.Cells, o.Cells[:room]...)
}
