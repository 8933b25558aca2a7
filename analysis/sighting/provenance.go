package sighting

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Provenance says what a result rests on: the data set with its version and the hash of its manifest, the files with
// their hashes, and the sources by how much of them was read. It is meant for the last cell of a notebook.
type Provenance struct {
	Name, Title, Version, Licence string
	ManifestSHA256                string // hash of SHA256SUMS: one text that stands for all files
	Files                         map[string]string
	Sources                       map[string]int // by read status
	Records                       map[string]int // by table
	Reasons                       map[string]int // reason codes in empty cells, by code
}

// Provenance of the data set as it was loaded.
func (d *Dataset) Provenance() *Provenance {
	p := &Provenance{Name: d.Name, Title: d.Title, Version: d.Version, Licence: d.Licence, Files: map[string]string{},
		Sources: map[string]int{}, Reasons: map[string]int{},
		Records: map[string]int{resSources: len(d.Sources), resPlaces: len(d.Places), resLooks: len(d.Looks), resSightings: len(d.Sightings), resClaims: len(d.Claims)}}
	if raw, err := os.ReadFile(filepath.Join(d.Dir, manifestName)); err == nil {
		p.ManifestSHA256 = hashOf(raw)
	}
	for _, s := range d.sheets {
		p.Files[s.name] = hashOf(s.raw)
		for _, row := range s.rows {
			for _, c := range row {
				if isReason(c) {
					p.Reasons[c]++
				}
			}
		}
	}
	for _, s := range d.Sources {
		p.Sources[s.ReadStatus]++
	}
	return p
}

func counts(m map[string]int) string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = fmt.Sprintf("%d %s", m[k], strings.ReplaceAll(k, "_", " "))
	}
	return strings.Join(parts, ", ")
}

func (p *Provenance) lines() [][2]string {
	out := [][2]string{{"Data set", strings.TrimSpace(p.Name + " " + p.Version)}, {"Title", p.Title}, {"Licence", p.Licence},
		{"Records", counts(p.Records)}, {"Sources", counts(p.Sources)}, {"Empty for a reason", counts(p.Reasons)}, {"SHA-256 of " + manifestName, p.ManifestSHA256}}
	files := make([]string, 0, len(p.Files))
	for f := range p.Files {
		files = append(files, f)
	}
	sort.Strings(files)
	for _, f := range files {
		out = append(out, [2]string{f, p.Files[f]})
	}
	return out
}

// String writes the provenance as text.
func (p *Provenance) String() string {
	var b strings.Builder
	for i, l := range p.lines() {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l[0] + ": " + l[1])
	}
	return b.String()
}

// SimpleRender shows the provenance in a notebook.
func (p *Provenance) SimpleRender() map[string]any {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;font-size:12px">`)
	for _, l := range p.lines() {
		b.WriteString(`<tr><th style="text-align:left;padding:1px 12px 1px 0;font-weight:600;background:transparent">` + html.EscapeString(l[0]) +
			`</th><td style="text-align:left;padding:1px 0;background:transparent;word-break:break-all">` + html.EscapeString(l[1]) + `</td></tr>`)
	}
	b.WriteString(`</table>`)
	return map[string]any{"text/plain": p.String(), "text/html": b.String()}
}

// Describe is a table of what the data set holds, place by place: looks, sightings, zeros, claims, first and last date.
func (d *Dataset) Describe() *table.Table {
	var ids []string
	var looks, seen, zeros, claims []int64
	var first, last []string
	for _, id := range d.PlaceIDs() {
		s := d.All()
		look := d.lookByID()
		s.keep(func(l *Look) bool { return l.PlaceID == id }, func(x *Sighting) bool { l := look[x.LookID]; return l != nil && l.PlaceID == id },
			func(c *Claim) bool { return c.PlaceID == id })
		if len(s.Looks)+len(s.Claims) == 0 {
			continue
		}
		var n int64
		a, b := "", ""
		for _, x := range s.Sightings {
			if x.Status == "absent" {
				n++
			}
			if t := x.Time.Start; !t.T.IsZero() && (a == "" || t.String() < a) {
				a = t.String()
			}
			if t := x.Time.End; !t.T.IsZero() && t.String() > b {
				b = t.String()
			}
		}
		ids, looks, seen = append(ids, id), append(looks, int64(len(s.Looks))), append(seen, int64(len(s.Sightings)))
		zeros, claims = append(zeros, n), append(claims, int64(len(s.Claims)))
		first, last = append(first, a), append(last, b)
	}
	return table.New(table.Texts("place", ids...), table.Ints("looks", "", looks...), table.Ints("sightings", "", seen...),
		table.Ints("of them zeros", "", zeros...), table.Ints("claims", "", claims...), blankMissing("first", first), blankMissing("last", last))
}

// String names the data set and counts its records.
func (d *Dataset) String() string {
	return fmt.Sprintf("%s %s: %d sources, %d places, %d looks, %d sightings, %d claims", d.Name, d.Version,
		len(d.Sources), len(d.Places), len(d.Looks), len(d.Sightings), len(d.Claims))
}

// SimpleRender shows the data set in a notebook: what it is and what it holds.
func (d *Dataset) SimpleRender() map[string]any {
	t := d.Describe()
	head := d.Title
	if head == "" {
		head = d.Name
	}
	return map[string]any{
		"text/plain": d.String() + "\n" + t.String(),
		"text/html":  `<p style="margin:4px 0;font-weight:600">` + escape(head) + `</p><p style="margin:2px 0;font-size:12px;opacity:.75">` + escape(d.String()) + `</p>` + t.HTML(),
	}
}
