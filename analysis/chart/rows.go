package chart

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// rows are the data of a figure: what its text form prints and its Vega-Lite form embeds. Cells are string, float64, bool,
// time.Time or nil.
type rows struct {
	columns []string
	cells   [][]any
}

func (r *rows) add(cells ...any) { r.cells = append(r.cells, cells) }

const mostRows = 60 // in the text form

func (r rows) writeText(w io.Writer) {
	if len(r.cells) == 0 {
		return
	}
	lines := [][]string{r.columns}
	for i, row := range r.cells {
		if i == mostRows {
			break
		}
		texts := make([]string, len(row))
		for j, cell := range row {
			texts[j] = cellText(cell)
		}
		lines = append(lines, texts)
	}
	widths := make([]int, len(r.columns))
	for _, line := range lines {
		for j, text := range line {
			widths[j] = max(widths[j], screenWidth(text))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for j, text := range line {
			b.WriteString(text + strings.Repeat(" ", widths[j]-screenWidth(text)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
	if more := len(r.cells) - mostRows; more > 0 {
		fmt.Fprintf(w, "… and %d more rows\n", more)
	}
}

// screenWidth is the room that text takes in a fixed-width font: Korean and Chinese characters take two columns, marks that
// stand on others none.
func screenWidth(text string) (columns int) {
	for _, r := range text {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			columns += 2
		default:
			columns++
		}
	}
	return columns
}

func cellText(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return strings.Join(strings.Fields(v), " ")
	case float64:
		return short(v)
	case time.Time:
		return dateText(v)
	}
	return fmt.Sprint(cell)
}

// dateText is a day, or a minute with its offset.
func dateText(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04 -07:00")
}

// values are the rows as Vega-Lite takes them: what is not a finite number is null.
func (r rows) values() []any {
	out := make([]any, 0, len(r.cells))
	for _, row := range r.cells {
		object := map[string]any{}
		for j, cell := range row {
			switch v := cell.(type) {
			case time.Time:
				if v.IsZero() {
					cell = nil
				} else {
					cell = v.Format(time.RFC3339)
				}
			case float64:
				if math.IsNaN(v) || math.IsInf(v, 0) {
					cell = nil
				}
			}
			object[r.columns[j]] = cell
		}
		out = append(out, object)
	}
	return out
}
