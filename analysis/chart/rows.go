package chart

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
	"time"
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
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.Join(r.columns, "\t"))
	for i, row := range r.cells {
		if i == mostRows {
			break
		}
		texts := make([]string, len(row))
		for j, cell := range row {
			texts[j] = cellText(cell)
		}
		fmt.Fprintln(t, strings.Join(texts, "\t"))
	}
	t.Flush()
	for _, line := range strings.Split(strings.TrimRight(b.String(), "\n"), "\n") {
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
	if more := len(r.cells) - mostRows; more > 0 {
		fmt.Fprintf(w, "… and %d more rows\n", more)
	}
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
