package sighting

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// cited are the sources a selection rests on, each with the dates of its reports.
type cited struct {
	s     *Source
	dates []string
}

func (s *Selection) cited() []cited {
	dates := map[string][]string{}
	use := map[string]bool{}
	note := func(source, report string) {
		use[source] = true
		if report != "" && !slices.Contains(dates[source], report) {
			dates[source] = append(dates[source], report)
		}
	}
	for _, x := range s.Sightings {
		note(x.SourceID, x.ReportDate)
	}
	for _, c := range s.Claims {
		note(c.SourceID, c.ReportDate)
	}
	for _, l := range s.Looks {
		note(l.SourceID, "")
	}
	var out []cited
	for i := range s.d.Sources {
		if src := &s.d.Sources[i]; use[src.ID] {
			out = append(out, cited{src, dates[src.ID]})
		}
	}
	return out
}

// date is the report's date if all records agree on one.
func (c cited) date() (table.Stamp, bool) {
	if len(c.dates) != 1 {
		return table.Stamp{}, false
	}
	_, last, err := reportSpan(c.dates[0])
	return last, err == nil
}

var bibEscape = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `%`, `\%`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `$`, `\$`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`)

// WriteBibTeX writes an entry for every source that the selection rests on. Titles are not coded, so an entry names the
// publisher, the address, the date if all records agree on one, and how much was read.
func (s *Selection) WriteBibTeX(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	for _, c := range s.cited() {
		var b strings.Builder
		fmt.Fprintf(&b, "@misc{%s,\n  author = {{%s}},\n", c.s.ID, bibEscape.Replace(c.s.Publisher))
		if c.s.URL != "" {
			fmt.Fprintf(&b, "  url = {%s},\n", strings.NewReplacer("{", "%7B", "}", "%7D", "\\", "%5C").Replace(c.s.URL))
		}
		if d, ok := c.date(); ok {
			fmt.Fprintf(&b, "  year = {%d},\n", d.T.Year())
			if d.Precision <= table.Month {
				fmt.Fprintf(&b, "  month = %s,\n", strings.ToLower(d.T.Format("Jan")))
			}
		}
		if c.s.ArchivedURL != "" {
			fmt.Fprintf(&b, "  howpublished = {archived at %s},\n", c.s.ArchivedURL)
		}
		fmt.Fprintf(&b, "  note = {%s}\n}\n", bibEscape.Replace(c.note()))
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func (c cited) note() string {
	n := strings.ReplaceAll(c.s.ReadStatus, "_", " ")
	if c.s.Note != "" {
		n += "; " + c.s.Note
	}
	return n
}

// cslItem is one source in CSL-JSON.
type cslItem struct {
	ID        string             `json:"id"`
	Type      string             `json:"type"`
	Publisher string             `json:"publisher"`
	URL       string             `json:"URL,omitempty"`
	Language  string             `json:"language,omitempty"`
	Archive   string             `json:"archive_location,omitempty"`
	Issued    map[string][][]int `json:"issued,omitempty"`
	Note      string             `json:"note,omitempty"`
}

// WriteCSL writes the sources that the selection rests on as CSL-JSON, for Zotero, Pandoc and the like.
func (s *Selection) WriteCSL(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	items := []cslItem{}
	for _, c := range s.cited() {
		it := cslItem{ID: c.s.ID, Type: "webpage", Publisher: c.s.Publisher, URL: c.s.URL, Language: c.s.Language, Archive: c.s.ArchivedURL, Note: c.note()}
		if d, ok := c.date(); ok {
			parts := []int{d.T.Year()}
			if d.Precision <= table.Month {
				parts = append(parts, int(d.T.Month()))
			}
			if d.Precision <= table.Day {
				parts = append(parts, d.T.Day())
			}
			it.Issued = map[string][][]int{"date-parts": {parts}}
		}
		items = append(items, it)
	}
	raw, err := json.MarshalIndent(items, "", " ")
	if err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	_, err = w.Write(append(raw, '\n'))
	return err
}

// Cite is a short list of the sources for a text cell: one line each.
func (s *Selection) Cite() string {
	var b strings.Builder
	for i, c := range s.cited() {
		b.WriteString(strconv.Itoa(i+1) + ". " + c.s.Publisher)
		if d, ok := c.date(); ok {
			b.WriteString(", " + d.String())
		}
		if c.s.URL != "" {
			b.WriteString(". " + c.s.URL)
		}
		b.WriteString(" (" + strings.ReplaceAll(c.s.ReadStatus, "_", " ") + ")\n")
	}
	return b.String()
}
