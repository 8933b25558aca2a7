// Package sheet renders results as a small table, plain sentences and footnotes, in text, Markdown and HTML with
// inline styles only. The same sheet always gives the same bytes.
package sheet

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sheet is what a result looks like: a title, a table (Head may be empty), sentences, and warnings as footnotes.
type Sheet struct {
	Title    string
	Head     []string
	Rows     [][]string
	Lines    []string // plain sentences under the table
	Warnings []string
	Source   string // provenance, in small print
}

// Render returns the sheet under text/plain, text/markdown and text/html.
func (s Sheet) Render() map[string]any {
	return map[string]any{
		"text/plain":    s.Text(),
		"text/markdown": s.Markdown(),
		"text/html":     s.HTML(),
	}
}

// Text is the sheet in columns of a fixed-width font.
func (s Sheet) Text() string {
	var b strings.Builder
	if s.Title != "" {
		b.WriteString(s.Title + "\n")
	}
	rows := s.Rows
	if len(s.Head) > 0 {
		rows = append([][]string{s.Head}, rows...)
	}
	width := widths(rows)
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			gap := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			if len(s.Head) > 0 && i > 0 {
				line.WriteString(gap + cell)
			} else {
				line.WriteString(cell + gap)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	for _, l := range s.Lines {
		b.WriteString(l + "\n")
	}
	for _, w := range s.Warnings {
		b.WriteString("! " + w + "\n")
	}
	if s.Source != "" {
		b.WriteString("(" + s.Source + ")\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func widths(rows [][]string) []int {
	var w []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(w) {
				w = append(w, 0)
			}
			w[i] = max(w[i], utf8.RuneCountInString(cell))
		}
	}
	return w
}

// Markdown is the sheet as a pipe table.
func (s Sheet) Markdown() string {
	var b strings.Builder
	if s.Title != "" {
		b.WriteString("**" + mark(s.Title) + "**\n\n")
	}
	if len(s.Rows) > 0 {
		head := s.Head
		if len(head) == 0 {
			head = make([]string, len(s.Rows[0]))
		}
		pipes(&b, head)
		for i := range head {
			if len(s.Head) > 0 && i > 0 {
				b.WriteString("|---:")
			} else {
				b.WriteString("|---")
			}
		}
		b.WriteString("|\n")
		for _, row := range s.Rows {
			pipes(&b, row)
		}
		b.WriteString("\n")
	}
	for _, l := range s.Lines {
		b.WriteString(mark(l) + "\n\n")
	}
	for _, w := range s.Warnings {
		b.WriteString("- Warning: " + mark(w) + "\n")
	}
	if s.Source != "" {
		b.WriteString("\n*" + mark(s.Source) + "*\n")
	}
	return strings.TrimSpace(b.String())
}

func pipes(b *strings.Builder, cells []string) {
	for _, c := range cells {
		b.WriteString("| " + mark(c) + " ")
	}
	b.WriteString("|\n")
}

var marks = strings.NewReplacer("|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "\n", " ")

func mark(s string) string { return marks.Replace(s) }

const (
	cellStyle = "padding:2px 10px 2px 0;border:none;text-align:"
	headStyle = "padding:2px 10px 2px 0;border:none;border-bottom:1px solid #999;font-weight:600;text-align:"
)

// HTML is the sheet with inline styles, readable on light and dark pages.
func (s Sheet) HTML() string {
	var b strings.Builder
	b.WriteString(`<div style="font-size:13px;line-height:1.4">`)
	if s.Title != "" {
		b.WriteString(`<div style="font-weight:600;margin-bottom:4px">` + html.EscapeString(s.Title) + `</div>`)
	}
	if len(s.Rows) > 0 {
		b.WriteString(`<table style="border-collapse:collapse;margin:0">`)
		if len(s.Head) > 0 {
			b.WriteString("<thead><tr>")
			for i, c := range s.Head {
				b.WriteString(`<th style="` + headStyle + align(i > 0) + `">` + html.EscapeString(c) + `</th>`)
			}
			b.WriteString("</tr></thead>")
		}
		b.WriteString("<tbody>")
		for _, row := range s.Rows {
			b.WriteString("<tr>")
			for i, c := range row {
				b.WriteString(`<td style="` + cellStyle + align(len(s.Head) > 0 && i > 0) + `">` + html.EscapeString(c) + `</td>`)
			}
			b.WriteString("</tr>")
		}
		b.WriteString("</tbody></table>")
	}
	for _, l := range s.Lines {
		b.WriteString(`<p style="margin:6px 0 0 0">` + html.EscapeString(l) + `</p>`)
	}
	for _, w := range s.Warnings {
		b.WriteString(`<p style="margin:4px 0 0 0;padding-left:8px;border-left:3px solid #D55E00">` + html.EscapeString(w) + `</p>`)
	}
	if s.Source != "" {
		b.WriteString(`<p style="margin:4px 0 0 0;opacity:0.7;font-size:11px">` + html.EscapeString(s.Source) + `</p>`)
	}
	b.WriteString("</div>")
	return b.String()
}

func align(right bool) string {
	if right {
		return "right"
	}
	return "left"
}

// Number prints x with four significant digits, in the plain form where that is readable.
func Number(x float64) string { return Digits(x, 4) }

// Digits prints x with n significant digits, without trailing zeros; whole numbers below a million keep all of theirs.
func Digits(x float64, n int) string {
	switch {
	case x != x:
		return "undefined"
	case x > 1.7976931348623157e308:
		return "∞"
	case x < -1.7976931348623157e308:
		return "-∞"
	case x == float64(int64(x)) && x < 1e6 && x > -1e6:
		return strconv.FormatInt(int64(x), 10)
	}
	a := x
	if a < 0 {
		a = -a
	}
	if a < 1e-4 || a >= 1e7 {
		return strconv.FormatFloat(x, 'e', n-1, 64)
	}
	whole := 1
	for t := a; t >= 10; t /= 10 {
		whole++
	}
	for t := a; t < 1; t *= 10 {
		whole--
	}
	var room [32]byte
	text := strconv.AppendFloat(room[:0], x, 'f', max(n-whole, 0), 64)
	if n > whole {
		for text[len(text)-1] == '0' {
			text = text[:len(text)-1]
		}
		if text[len(text)-1] == '.' {
			text = text[:len(text)-1]
		}
	}
	return string(text)
}
