package sighting

import (
	"fmt"
	"html"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Conflict is a group of rows that read the same thing differently. They stand side by side; none is preferred.
type Conflict struct {
	Group     string
	Sightings []*Sighting
	Claims    []*Claim
	d         *Dataset
}

// Conflicts are the conflict groups that the selection touches, each with ALL its rows, in order of first appearance.
func (s *Selection) Conflicts() []*Conflict {
	var out []*Conflict
	at := map[string]*Conflict{}
	touch := func(g string) {
		if g != "" && at[g] == nil {
			at[g] = &Conflict{Group: g, d: s.d}
			out = append(out, at[g])
		}
	}
	for _, x := range s.Sightings {
		touch(x.ConflictGroup)
	}
	for _, c := range s.Claims {
		touch(c.ConflictGroup)
	}
	if s.err != nil {
		return nil
	}
	for i := range s.d.Sightings {
		if c := at[s.d.Sightings[i].ConflictGroup]; c != nil {
			c.Sightings = append(c.Sightings, &s.d.Sightings[i])
		}
	}
	for i := range s.d.Claims {
		if c := at[s.d.Claims[i].ConflictGroup]; c != nil {
			c.Claims = append(c.Claims, &s.d.Claims[i])
		}
	}
	return out
}

// Conflict is the conflict group of that name with all its rows; an error lists the groups there are.
func (d *Dataset) Conflict(group string) (*Conflict, error) {
	var names []string
	for _, c := range d.All().Conflicts() {
		if c.Group == group {
			return c, nil
		}
		names = append(names, c.Group)
	}
	return nil, fmt.Errorf("sighting: there is no conflict group %q; there are %q", group, names)
}

// reading is one column of a conflict: who says it.
type reading struct {
	who, kind string
	lines     []string
	ids       []string
}

// readings gathers the rows by who speaks, in order of first appearance.
func (c *Conflict) readings() []reading {
	var out []reading
	put := func(who, kind, id, line string) {
		for i := range out {
			if out[i].who == who && out[i].kind == kind {
				out[i].lines, out[i].ids = append(out[i].lines, line), append(out[i].ids, id)
				return
			}
		}
		out = append(out, reading{who, kind, []string{line}, []string{id}})
	}
	for _, x := range c.Sightings {
		put(x.Observer, "seen", x.ID, describeRow(x.Time, x.ObjectType, x.Status, x.Qty, x.Len))
	}
	for _, k := range c.Claims {
		kind := "said"
		if k.Kind == "retelling" {
			kind = "retold"
		}
		put(k.Claimant, kind, k.ID, describeRow(k.Time, k.ObjectType, "", k.Qty, k.Len))
	}
	return out
}

func describeRow(t Span, what, status string, q Quantity, l Length) string {
	parts := []string{t.String(), strings.ReplaceAll(what, "_", " ")}
	switch {
	case status == "absent":
		parts = append(parts, "none")
	case status == "not_countable":
		parts = append(parts, "not countable")
	case q.String() != "":
		parts = append(parts, q.String())
	}
	if l.String() != "" {
		parts = append(parts, l.String()+" long")
	}
	return strings.Join(parts, ", ")
}

// Table lists the readings one below the other: who, how, what, rows.
func (c *Conflict) Table() *table.Table {
	var who, kind, what, ids []string
	for _, r := range c.readings() {
		for i := range r.lines {
			who, kind, what, ids = append(who, r.who), append(kind, r.kind), append(what, r.lines[i]), append(ids, r.ids[i])
		}
	}
	return table.New(table.Texts("who", who...), table.Texts("how", kind...), table.Texts("what", what...), table.Texts("id", ids...))
}

// String writes the readings one after the other.
func (c *Conflict) String() string {
	var b strings.Builder
	b.WriteString("conflict " + c.Group)
	for _, r := range c.readings() {
		b.WriteString("\n  " + r.who + " (" + r.kind + "): " + strings.Join(r.lines, "; "))
	}
	return b.String()
}

// SimpleRender shows the readings side by side in a notebook.
func (c *Conflict) SimpleRender() map[string]any {
	var head, body strings.Builder
	const cell = `padding:4px 12px;vertical-align:top;text-align:left;border-left:1px solid rgba(128,128,128,.35);background:transparent`
	for _, r := range c.readings() {
		head.WriteString(`<th style="` + cell + `">` + html.EscapeString(r.who) + ` <span style="font-weight:400;opacity:.65">` + r.kind + `</span></th>`)
		body.WriteString(`<td style="` + cell + `">`)
		for i, l := range r.lines {
			if i > 0 {
				body.WriteString("<br>")
			}
			body.WriteString(html.EscapeString(l) + ` <span style="opacity:.55;font-size:11px">` + html.EscapeString(r.ids[i]) + `</span>`)
		}
		body.WriteString(`</td>`)
	}
	page := `<div style="overflow-x:auto"><p style="margin:4px 0;font-weight:600">` + html.EscapeString(c.Group) +
		`: not merged, none preferred</p><table style="border-collapse:collapse;font-size:13px"><thead><tr>` + head.String() +
		`</tr></thead><tbody><tr>` + body.String() + `</tr></tbody></table></div>`
	return map[string]any{"text/plain": c.String(), "text/html": page}
}
