package display

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

func (g *grid) bundle() Data {
	return Data{Data: MIMEMap{MIMETypeText: g.text(), MIMETypeHTML: g.html()}}
}

// footer says how much there is and, if so, that not all of it is shown.
func (g *grid) footer() string {
	rows, cols := "rows", "columns"
	if g.total == 1 {
		rows = "row"
	}
	if g.columns == 1 {
		cols = "column"
	}
	s := fmt.Sprintf("%s %s × %s %s", count(g.total), rows, count(g.columns), cols)
	if g.total > wholeRows {
		s += fmt.Sprintf(", first and last %d shown", edgeRows)
	}
	return s
}

// text is the table in columns of fixed width.
func (g *grid) text() string {
	width := make([]int, len(g.head))
	for j, h := range g.head {
		width[j] = utf8.RuneCountInString(h)
	}
	for _, row := range g.rows {
		for j, c := range row {
			width[j] = max(width[j], utf8.RuneCountInString(oneLine(c)))
		}
	}
	var b strings.Builder
	line := func(cells []string) {
		var l strings.Builder
		for j, c := range cells {
			c = oneLine(c)
			gap := strings.Repeat(" ", width[j]-utf8.RuneCountInString(c))
			if j > 0 {
				l.WriteString("  ")
			}
			if g.number[j] {
				l.WriteString(gap + c)
			} else {
				l.WriteString(c + gap)
			}
		}
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	line(g.head)
	for _, row := range g.rows {
		if row == nil {
			b.WriteString("…\n")
			continue
		}
		line(row)
	}
	return b.String() + "(" + g.footer() + ")"
}

func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
}

// html is the table with the few styles that no front end gives by itself.
func (g *grid) html() string {
	var b strings.Builder
	b.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse">` + "\n<thead><tr>")
	for j, h := range g.head {
		b.WriteString(`<th style="` + g.align(j) + `">` + html.EscapeString(h) + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range g.rows {
		b.WriteString("<tr>")
		if row == nil {
			fmt.Fprintf(&b, `<td colspan="%d" style="text-align:center">⋮</td>`, len(g.head))
		}
		for j, c := range row {
			keep := "" // dates and numbers stay on one line
			if len(c) <= 20 && strings.ContainsAny(c, "- ") {
				keep = ";white-space:nowrap"
			}
			b.WriteString(`<td style="` + g.align(j) + keep + `">` + html.EscapeString(c) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>\n")
	b.WriteString(`<p style="opacity:.7;font-size:90%;margin:.3em 0">` + html.EscapeString(g.footer()) + "</p>")
	return b.String()
}

func (g *grid) align(column int) string {
	if g.number[column] {
		return "text-align:right"
	}
	return "text-align:left"
}
