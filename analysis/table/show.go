package table

import (
	"html"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// How much of a table is shown: all rows up to shownWhole, else the first and the last ones.
const (
	shownWhole = 24
	shownFirst = 12
	shownLast  = 6
	shownWide  = 60 // characters of a cell

	shownColumns  = 40 // all columns up to this many, else the first and the last ones
	shownLeft     = 24
	shownRight    = 12
	shownHover    = 600 // characters of a long cell that appear when the mouse rests on it
	shownUnbroken = 16  // characters of a cell without spaces that stays on one line
)

// SimpleRender shows the table in a notebook: HTML and plain text.
func (t *Table) SimpleRender() map[string]any {
	return map[string]any{"text/html": t.HTML(), "text/plain": t.String()}
}

// visible are the numbers of the rows that are shown; -1 stands for those left out.
func (t *Table) visible() []int {
	var rows []int
	if t.n <= shownWhole {
		for i := range t.n {
			rows = append(rows, i)
		}
		return rows
	}
	for i := range shownFirst {
		rows = append(rows, i)
	}
	rows = append(rows, -1)
	for i := t.n - shownLast; i < t.n; i++ {
		rows = append(rows, i)
	}
	return rows
}

// cells are the texts of a column for the rows shown; numbers of a column share their number of decimals.
func (c *Column) cells(rows []int) []string {
	out := make([]string, len(rows))
	places := c.places(rows)
	for i, r := range rows {
		switch {
		case r < 0:
			out[i] = "…"
		case !c.Known(r):
			out[i] = missingMark
		case c.kind == Float:
			out[i] = formatFloat(c.floats[r], places)
		default:
			out[i] = tidy(c.Format(r))
		}
	}
	return out
}

// tidy is a text on one line, with a mark in the place of what would act on the terminal or turn the text around it:
// control characters and the marks that override the direction of writing.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return utf8.RuneError
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// shown are the columns that are shown; nil stands for those left out.
func (t *Table) shown() []*Column {
	if len(t.cols) <= shownColumns {
		return t.all()
	}
	var out []*Column
	for i, c := range t.cols {
		if i < shownLeft || i >= len(t.cols)-shownRight {
			out = append(out, c.full())
		} else if i == shownLeft {
			out = append(out, nil)
		}
	}
	return out
}

// head is the name and the unit of a column that is shown, and what its cells hold.
func (c *Column) head(rows []int) (name, unit string, cells []string) {
	if c == nil {
		cells = make([]string, len(rows))
		for i := range cells {
			cells[i] = "…"
		}
		return "…", "", cells
	}
	return tidy(c.name), tidy(c.unit), c.cells(rows)
}

const missingMark = "·"

// places is the number of decimals that shows the column's visible numbers to about four digits; -1 for none that fits.
func (c *Column) places(rows []int) int {
	if c.kind != Float {
		return 0
	}
	places, largest := 0, 0.0
	for _, r := range rows {
		if r < 0 || !c.Known(r) {
			continue
		}
		v := math.Abs(c.floats[r])
		if math.IsInf(v, 0) {
			continue
		}
		if v != 0 && (v >= 1e12 || v < 1e-4) {
			return -1
		}
		largest = max(largest, v)
		for places < 4 && math.Abs(v-round(v, places)) > 1e-9*max(v, 1e-9) {
			places++
		}
	}
	if largest >= 1000 {
		places = min(places, 2)
	}
	return places
}

func round(v float64, places int) float64 {
	p := math.Pow10(places)
	return math.Round(v*p) / p
}

func formatFloat(v float64, places int) string {
	if places < 0 || math.IsInf(v, 0) {
		return strconv.FormatFloat(v, 'g', 5, 64)
	}
	return strconv.FormatFloat(v, 'f', places, 64)
}

func (c *Column) rightAligned() bool { return c != nil && (c.kind == Float || c.kind == Int) }

// footer counts rows, columns and missing values and names the sources.
func (t *Table) footer() string {
	missing := 0
	for _, c := range t.all() {
		missing += c.Missing()
	}
	s := plural(t.n, "row") + " × " + plural(len(t.cols), "column")
	if missing > 0 {
		s += ", " + plural(missing, "missing value") + " (" + missingMark + ")"
	}
	if src := t.Sources(); len(src) > 0 && len(src) <= 3 {
		s += "; from " + strings.Join(src, ", ")
	} else if len(src) > 3 {
		s += "; from " + strings.Join(src[:2], ", ") + " and " + strconv.Itoa(len(src)-2) + " more"
	}
	return s
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return thousands(n) + " " + what
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// String shows the table as text: names, units, the first and the last rows, counts and warnings.
func (t *Table) String() string {
	if t.err != nil {
		return "error: " + t.err.Error()
	}
	rows := t.visible()
	lines := make([]strings.Builder, 2+len(rows))
	units := false
	for _, c := range t.cols {
		units = units || c.unit != ""
	}
	for i, c := range t.shown() {
		name, unit, cells := c.head(rows)
		cells = append([]string{name, unit}, cells...)
		w := 0
		for j := range cells {
			cells[j] = clip(cells[j])
			w = max(w, cellWidth(cells[j]))
		}
		for j, s := range cells {
			if i > 0 {
				lines[j].WriteString("  ")
			}
			pad := strings.Repeat(" ", w-cellWidth(s))
			if c.rightAligned() {
				s = pad + s
			} else {
				s += pad
			}
			lines[j].WriteString(s)
		}
	}
	var b strings.Builder
	for j := range lines {
		if j == 1 && !units {
			continue
		}
		b.WriteString(strings.TrimRight(lines[j].String(), " "))
		b.WriteByte('\n')
	}
	b.WriteString(t.footer())
	for _, w := range t.warnings {
		b.WriteString("\nnote: " + tidy(w))
	}
	return b.String()
}

func clip(s string) string {
	if utf8.RuneCountInString(s) <= shownWide {
		return s
	}
	return string([]rune(s)[:shownWide-1]) + "…"
}

// cellWidth counts columns of a terminal: wide characters take two.
func cellWidth(s string) int {
	n := 0
	for _, r := range s {
		if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) { // accents and joiners stand on the character before
			continue
		}
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// Styles are inline and name no colour of their own, so that they suit light and dark pages.
const (
	styleTable  = "border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:4px 0;width:auto"
	styleHead   = "padding:3px 10px;border-bottom:2px solid rgba(128,128,128,.6);font-weight:600;vertical-align:bottom;white-space:nowrap;background:transparent"
	styleUnit   = "font-weight:400;font-size:11px;opacity:.65"
	styleCell   = "padding:3px 10px;border-bottom:1px solid rgba(128,128,128,.22);vertical-align:top;background:transparent"
	styleFooter = "font-size:11px;opacity:.7;margin:2px 0 0"
	styleError  = "border-left:3px solid rgba(200,60,60,.9);padding:4px 10px"
)

// HTML shows the table for a notebook. Units stand under the names, numbers are aligned at the right, missing values are
// a dot, and below stand counts, sources and warnings.
func (t *Table) HTML() string {
	if t.err != nil {
		return `<div style="` + styleError + `">` + html.EscapeString(t.err.Error()) + `</div>`
	}
	rows := t.visible()
	var b strings.Builder
	b.WriteString(`<div style="overflow-x:auto"><table style="` + styleTable + `"><thead><tr>`)
	cols := t.shown()
	cells := make([][]string, len(cols))
	for i, c := range cols {
		var name, unit string
		name, unit, cells[i] = c.head(rows)
		b.WriteString(`<th style="` + styleHead + align(c) + `"` + hover(name) + `>` + html.EscapeString(clip(name)))
		if unit != "" {
			b.WriteString(`<br><span style="` + styleUnit + `">` + html.EscapeString(clip(unit)) + `</span>`)
		}
		b.WriteString(`</th>`)
	}
	b.WriteString("</tr></thead><tbody>\n")
	for j, r := range rows {
		b.WriteString("<tr>")
		for i, c := range cols {
			writeCell(&b, c, cells[i][j], r)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString(`</tbody></table><p style="` + styleFooter + `">` + html.EscapeString(t.footer()) + `</p>`)
	for _, w := range t.warnings {
		b.WriteString(`<p style="` + styleFooter + `">† ` + html.EscapeString(tidy(w)) + `</p>`)
	}
	b.WriteString(`</div>`)
	return b.String()
}

// hover is the attribute that shows more of a text that is clipped.
func hover(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case n <= shownWide:
		return ""
	case n > shownHover:
		text = string([]rune(text)[:shownHover-1]) + "…"
	}
	return ` title="` + html.EscapeString(text) + `"`
}

func align(c *Column) string {
	if c.rightAligned() {
		return ";text-align:right"
	}
	return ";text-align:left"
}

func writeCell(b *strings.Builder, c *Column, text string, row int) {
	b.WriteString(`<td style="` + styleCell + align(c))
	if row < 0 || c == nil || !c.Known(row) {
		b.WriteString(";opacity:.5")
	}
	if !strings.Contains(text, " ") && utf8.RuneCountInString(text) <= shownUnbroken {
		b.WriteString(";white-space:nowrap") // pages break at hyphens, which would cut identifiers and dates
	}
	b.WriteByte('"')
	short := clip(text)
	b.WriteString(hover(text) + `>`)
	if url := text; short == text && (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) && !strings.ContainsAny(url, " \"<>") {
		b.WriteString(`<a href="` + html.EscapeString(url) + `">` + html.EscapeString(short) + `</a></td>`)
		return
	}
	b.WriteString(html.EscapeString(short) + `</td>`)
}
