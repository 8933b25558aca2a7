package sighting

import (
	"fmt"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Link is one wording of a quantity on its way from source to source.
type Link struct {
	ID, Who string
	Qty     Quantity
	Depth   int    // 0 for the record itself, 1 for its retellings, and so on
	Drift   string // how the wording differs from the one it retells; empty if it does not
}

// Chain is a record with all that retells it, directly or not.
type Chain struct {
	Root  string
	Links []Link
}

// Chain follows the retellings of a sighting or claim. Each link says how its qualifier or number drifted from the wording
// it retells. An unknown id is an error.
func (d *Dataset) Chain(id string) (*Chain, error) {
	c := &Chain{Root: id}
	found := false
	for i := range d.Sightings {
		if x := &d.Sightings[i]; x.ID == id {
			c.Links, found = append(c.Links, Link{ID: id, Who: x.Observer, Qty: x.Qty}), true
		}
	}
	for i := range d.Claims {
		if k := &d.Claims[i]; k.ID == id && !found {
			c.Links, found = append(c.Links, Link{ID: id, Who: k.Claimant, Qty: k.Qty}), true
		}
	}
	if !found {
		return nil, fmt.Errorf("sighting: there is no sighting or claim %q", id)
	}
	d.follow(c, c.Links[0], map[string]bool{id: true})
	return c, nil
}

func (d *Dataset) follow(c *Chain, from Link, seen map[string]bool) {
	for i := range d.Claims {
		k := &d.Claims[i]
		if k.Retells != from.ID || seen[k.ID] {
			continue
		}
		seen[k.ID] = true
		l := Link{ID: k.ID, Who: k.Claimant, Qty: k.Qty, Depth: from.Depth + 1, Drift: drift(from.Qty, k.Qty)}
		c.Links = append(c.Links, l)
		d.follow(c, l, seen)
	}
}

// drift says how the wording b differs from the wording a that it retells.
func drift(a, b Quantity) string {
	var parts []string
	if a.Qualifier != b.Qualifier {
		parts = append(parts, fmt.Sprintf("%q became %q", words(a.Qualifier), words(b.Qualifier)))
	}
	if x, y := a.main(), b.main(); x.Known && y.Known && x.Value != y.Value {
		parts = append(parts, fmt.Sprintf("%v became %v", x, y))
	}
	if a.Unit != b.Unit {
		parts = append(parts, fmt.Sprintf("%s became %s", a.Unit, b.Unit))
	}
	return strings.Join(parts, ", ")
}

func words(qualifier string) string { return strings.ReplaceAll(qualifier, "_", " ") }

func (q Quantity) main() Num {
	for _, n := range []Num{q.Best, q.Low, q.High} {
		if n.Known {
			return n
		}
	}
	return Num{}
}

// Chains are the chains of the selection in which something is retold.
func (s *Selection) Chains() []*Chain {
	retold := map[string]bool{}
	for _, k := range s.Claims {
		retold[k.Retells] = k.Retells != ""
	}
	var out []*Chain
	add := func(id string) {
		if retold[id] {
			if c, err := s.d.Chain(id); err == nil {
				out = append(out, c)
			}
		}
	}
	if s.err != nil {
		return nil
	}
	for i := range s.d.Sightings {
		add(s.d.Sightings[i].ID)
	}
	for i := range s.d.Claims {
		if s.d.Claims[i].Retells == "" {
			add(s.d.Claims[i].ID)
		}
	}
	return out
}

// Drifted says whether any retelling differs from what it retells.
func (c *Chain) Drifted() bool {
	for _, l := range c.Links {
		if l.Drift != "" {
			return true
		}
	}
	return false
}

// Table lists the wordings from the record on.
func (c *Chain) Table() *table.Table {
	var who, how, drift, ids []string
	var depth []int64
	for _, l := range c.Links {
		who, how, drift = append(who, l.Who), append(how, l.Qty.String()), append(drift, l.Drift)
		ids, depth = append(ids, l.ID), append(depth, int64(l.Depth))
	}
	return table.New(table.Ints("step", "", depth...), table.Texts("who", who...), table.Texts("wording", how...), blankMissing("drift", drift), table.Texts("id", ids...))
}

// String writes the chain as a table.
func (c *Chain) String() string { return c.Table().String() }

// SimpleRender shows the chain in a notebook.
func (c *Chain) SimpleRender() map[string]any { return c.Table().SimpleRender() }
