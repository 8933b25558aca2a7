package sighting

import (
	"fmt"
	"sort"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Change is one difference between two data sets: a record added or removed, or one cell of a record changed.
type Change struct {
	Table, ID, Kind, Column, Before, After string // kind: added, removed, changed
}

// Difference lists what differs between two data sets, table by table, in order of keys. Order of rows and spelling of
// numbers do not count.
type Difference []Change

// Diff compares two data sets record by record. Records are the same if their keys are.
func Diff(before, after *Dataset) Difference {
	var out Difference
	out = append(out, diff(resSources, before.Sources, after.Sources, sourceFields(), func(r *Source) string { return r.ID })...)
	out = append(out, diff(resPlaces, before.Places, after.Places, placeFields(), func(r *Place) string { return r.ID })...)
	out = append(out, diff(resDistances, before.Distances, after.Distances, distanceFields(), func(r *Distance) string {
		return r.FromID + " to " + r.ToID + " " + r.Along + " " + r.ResearchID
	})...)
	out = append(out, diff(resLooks, before.Looks, after.Looks, lookFields(), func(r *Look) string { return r.ID })...)
	out = append(out, diff(resSightings, before.Sightings, after.Sightings, sightingFields(), func(r *Sighting) string { return r.ID })...)
	out = append(out, diff(resClaims, before.Claims, after.Claims, claimFields(), func(r *Claim) string { return r.ID })...)
	return out
}

func diff[T any](name string, before, after []T, fields []field[T], id func(*T) string) Difference {
	was, is := map[string]*T{}, map[string]*T{}
	var ids []string
	for i := range before {
		was[id(&before[i])] = &before[i]
		ids = append(ids, id(&before[i]))
	}
	for i := range after {
		k := id(&after[i])
		is[k] = &after[i]
		if was[k] == nil {
			ids = append(ids, k)
		}
	}
	sort.Strings(ids)
	var out Difference
	for i, k := range ids {
		if i > 0 && ids[i-1] == k {
			continue
		}
		a, b := was[k], is[k]
		switch {
		case a == nil:
			out = append(out, Change{Table: name, ID: k, Kind: "added"})
		case b == nil:
			out = append(out, Change{Table: name, ID: k, Kind: "removed"})
		default:
			for _, f := range fields {
				x, y := shown(f, a), shown(f, b)
				if x != y {
					out = append(out, Change{name, k, "changed", f.name, x, y})
				}
			}
		}
	}
	return out
}

// shown is the value of a field, or the reason why there is none.
func shown[T any](f field[T], rec *T) string {
	if s := f.format(f.at(rec)); s != "" {
		return s
	}
	return any(rec).(record).origin().Why(f.name)
}

// Table lists the changes in a table.
func (d Difference) Table() *table.Table {
	n := len(d)
	tables, ids, kinds, cols, before, after := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, c := range d {
		tables[i], ids[i], kinds[i], cols[i], before[i], after[i] = c.Table, c.ID, c.Kind, c.Column, c.Before, c.After
	}
	return table.New(table.Texts("table", tables...), table.Texts("id", ids...), table.Texts("change", kinds...), blankMissing("column", cols),
		blankMissing("before", before), blankMissing("after", after))
}

// String lists the changes, one a line.
func (d Difference) String() string {
	s := ""
	for _, c := range d {
		s += fmt.Sprintf("%s %s: %s", c.Table, c.ID, c.Kind)
		if c.Kind == "changed" {
			s += fmt.Sprintf(" %s: %q -> %q", c.Column, c.Before, c.After)
		}
		s += "\n"
	}
	return s
}

// SimpleRender shows the changes in a notebook.
func (d Difference) SimpleRender() map[string]any {
	if len(d) == 0 {
		return map[string]any{"text/plain": "no difference"}
	}
	return d.Table().SimpleRender()
}
