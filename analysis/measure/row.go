package measure

import (
	"fmt"
	"html"
	"math"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Row is one measured object, ready to become a sighting.
type Row struct {
	Image   string
	Taken   time.Time
	Object  string // "train", "ship", "cargo"
	Number  int    // within the image, or on its track, from 1
	Track   string // name of the rail line, for trains
	Place   orb.Point
	Length  Estimate // zero Unit: not measured
	Width   Estimate
	Area    Estimate
	Heading float64 // degrees from north, 0 to 180: bow and stern are not told apart; NaN when there is none

	// HeadingWithin is how many degrees on both sides of Heading hold the truth in 95 of 100 cases; 90: nothing is known.
	HeadingWithin float64

	Class     string // the likeliest class, else empty
	Note      string
	Method    string
	Version   string
	Simulated bool // the image says that it is SIMULATED
}

func newRow(m *raster.Image, object string, number int, method string) Row {
	return Row{Image: m.Name, Taken: m.Taken, Object: object, Number: number, Method: method, Version: Version,
		Simulated: m.Simulated()}
}

// Columns are the headers of Cells.
func Columns() []string {
	return []string{"image", "taken", "object", "number", "track", "lon", "lat", "length_m", "length_low_m", "length_high_m", "length_qualifier",
		"width_m", "width_low_m", "width_high_m", "area_m2", "area_low_m2", "area_high_m2", "heading_deg", "heading_within_deg", "class", "note", "method", "version", "status"}
}

// Cells returns the row as text, by Columns; what was not measured is empty.
func (r Row) Cells() []string {
	est := func(e Estimate) (v, low, high, q string) {
		if e.Unit == "" {
			return "", "", "", ""
		}
		q = "about"
		if e.AtLeast {
			q = "at_least"
		}
		return fmt.Sprintf("%.2f", e.Value), fmt.Sprintf("%.2f", e.Low()), fmt.Sprintf("%.2f", e.High()), q
	}
	taken, status, heading, within := "", "", "", ""
	if !r.Taken.IsZero() {
		taken = r.Taken.UTC().Format(time.RFC3339)
	}
	if r.Simulated {
		status = "SIMULATED"
	}
	if r.Heading == r.Heading && r.Object == "ship" {
		heading, within = fmt.Sprintf("%.0f", r.Heading), fmt.Sprintf("%.0f", math.Ceil(r.HeadingWithin))
	}
	l, ll, lh, lq := est(r.Length)
	w, wl, wh, _ := est(r.Width)
	a, al, ah, _ := est(r.Area)
	return []string{r.Image, taken, r.Object, fmt.Sprint(r.Number), r.Track, fmt.Sprintf("%.6f", r.Place[0]), fmt.Sprintf("%.6f", r.Place[1]),
		l, ll, lh, lq, w, wl, wh, a, al, ah, heading, within, r.Class, r.Note, r.Method, r.Version, status}
}

// listing is the part of Cells that a notebook shows.
type listing []Row

var shown = []string{"object", "track", "number", "length_m", "length_low_m", "length_high_m", "width_m", "width_low_m", "width_high_m", "area_m2", "area_low_m2", "area_high_m2", "heading_deg", "heading_within_deg", "class", "note"}

// used returns which of the shown columns hold anything.
func (t listing) used() []int {
	var out []int
	for i, c := range Columns() {
		for _, s := range shown {
			if c != s {
				continue
			}
			for _, r := range t {
				if r.Cells()[i] != "" {
					out = append(out, i)
					break
				}
			}
		}
	}
	return out
}

func (t listing) String() string {
	cols := t.used()
	lines := [][]string{{}}
	for _, i := range cols {
		lines[0] = append(lines[0], Columns()[i])
	}
	for _, r := range t {
		var cells []string
		for _, i := range cols {
			cells = append(cells, r.Cells()[i])
		}
		lines = append(lines, cells)
	}
	width := make([]int, len(cols))
	for _, l := range lines {
		for i, c := range l {
			width[i] = max(width[i], len([]rune(c)))
		}
	}
	var b strings.Builder
	for _, l := range lines {
		var s strings.Builder
		for i, c := range l {
			fmt.Fprintf(&s, "%*s  ", width[i], c)
		}
		b.WriteString(strings.TrimRight(s.String(), " ") + "\n")
	}
	return b.String()
}

func (t listing) html() string {
	cols := t.used()
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse"><thead><tr>`)
	for _, i := range cols {
		b.WriteString(`<th style="text-align:right;padding:2px 8px">` + html.EscapeString(Columns()[i]) + `</th>`)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, r := range t {
		b.WriteString("<tr>")
		for _, i := range cols {
			b.WriteString(`<td style="text-align:right;padding:2px 8px">` + html.EscapeString(r.Cells()[i]) + `</td>`)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

// caption is a table under the first line of a text and over its warnings.
func caption(text string, t listing) string {
	lines := strings.Split(text, "\n")
	var b strings.Builder
	for len(lines) > 1 && strings.HasPrefix(lines[0], "warning: ") {
		b.WriteString(`<div><strong>` + html.EscapeString(lines[0]) + `</strong></div>`)
		lines = lines[1:]
	}
	b.WriteString(`<div>` + html.EscapeString(lines[0]) + `</div>`)
	if len(t) > 0 {
		b.WriteString(t.html())
	}
	for _, l := range lines[1:] {
		if strings.HasPrefix(l, "warning: ") || strings.HasPrefix(l, "SIMULATED") {
			b.WriteString(`<div><small>` + html.EscapeString(l) + `</small></div>`)
		}
	}
	return b.String()
}
