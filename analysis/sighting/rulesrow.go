package sighting

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) sightings() {
	const file = resSightings
	zeros := map[[2]string]*Sighting{}
	for i := range c.d.Sightings {
		s := &c.d.Sightings[i]
		o := &s.Origin
		c.refer(o, file, "look_id", s.LookID, c.looksID, "look")
		c.refer(o, file, "source_id", s.SourceID, c.sources, "source")
		for _, k := range s.SameAs {
			c.refer(o, file, "same_as", k, c.seen, "sighting")
		}
		for _, k := range s.Supersedes {
			c.refer(o, file, "supersedes", k, c.seen, "sighting")
		}
		c.span(o, file, s.Time, s.OffsetBasis)
		c.order(o, file, "qty", s.Qty.Low, s.Qty.Best, s.Qty.High)
		c.order(o, file, "len_m", s.Len.Low, s.Len.Best, s.Len.High)
		c.qualified(o, file, "qty", s.Qty.Qualifier, s.Qty.Low, s.Qty.Best, s.Qty.High)
		c.qualified(o, file, "len", s.Len.Qualifier, s.Len.Low, s.Len.Best, s.Len.High)
		c.unit(o, file, s.ObjectType, s.Qty.Unit, s.Qty)
		c.reported(o, file, s.ReportDate, s.Time)
		c.status(o, s)
		c.withinLook(o, s)
		if s.Status == "absent" && s.Scope == "type" {
			key := [2]string{s.LookID, s.ObjectType}
			if _, twice := zeros[key]; twice {
				c.add(o, file, "status", "zero", "the look has another zero for %s", s.ObjectType)
			}
			zeros[key] = s
		}
	}
	for i := range c.d.Sightings {
		s := &c.d.Sightings[i]
		if z := zeros[[2]string{s.LookID, s.ObjectType}]; z != nil && s.Status != "absent" && s.Scope == "type" {
			c.add(&s.Origin, file, "status", "zero", "%s is %s here and absent in the same look (%s)", s.ObjectType, s.Status, z.ID)
		}
	}
}

// status checks what goes with being absent or present.
func (c *checker) status(o *Origin, s *Sighting) {
	nums := []Num{s.Qty.Low, s.Qty.Best, s.Qty.High}
	switch s.Status {
	case "absent":
		if s.Qty.Best != N(0) {
			c.add(o, resSightings, "qty", "zero", "absent, so the quantity is 0, written out")
		}
		for _, n := range nums {
			if n.Known && n.Value != 0 {
				c.add(o, resSightings, "qty", "zero", "absent, but a quantity is %v", n)
			}
		}
	case "present":
		if s.Qty.High == N(0) || s.Qty.Best == N(0) {
			c.add(o, resSightings, "status", "zero", "a quantity of 0 is written as absent")
		}
	case "not_countable":
		for _, n := range nums {
			if n.Known {
				c.add(o, resSightings, "status", "zero", "not countable, but a quantity is %v", n)
			}
		}
	}
}

// withinLook checks that a sighting lies within the time of its look.
func (c *checker) withinLook(o *Origin, s *Sighting) {
	i, ok := c.looksID[s.LookID]
	if !ok {
		return
	}
	l := &c.d.Looks[i]
	if !l.Time.Start.T.IsZero() && !s.Time.Start.T.IsZero() && lower(s.Time.Start).Before(lower(l.Time.Start)) {
		c.add(o, resSightings, "t_start", "time", "starts (%v) before its look (%v)", s.Time.Start, l.Time.Start)
	}
	if !l.Time.End.T.IsZero() && !s.Time.End.T.IsZero() && upper(s.Time.End).After(upper(l.Time.End)) {
		c.add(o, resSightings, "t_end", "time", "ends (%v) after its look (%v)", s.Time.End, l.Time.End)
	}
	if s.Kind == "aggregate" && l.Kind != "period" {
		c.add(o, resSightings, "kind", "look", "a total over a period belongs to a look of kind period, not %s", l.Kind)
	}
	if s.Status == "present" && slices.Contains([]string{"cloud", "night", "not_imaged"}, l.Status) {
		c.add(o, resSightings, "status", "look", "present in a look whose status is %s", l.Status)
	}
	if s.Status == "absent" && s.Scope == "type" && slices.Contains([]string{"cloud", "night", "not_imaged"}, l.Status) {
		c.add(o, resSightings, "status", "look", "absence cannot be seen in a look whose status is %s", l.Status)
	}
}

func (c *checker) claims() {
	const file = resClaims
	for i := range c.d.Claims {
		k := &c.d.Claims[i]
		o := &k.Origin
		c.refer(o, file, "place_id", k.PlaceID, c.placesID, "place")
		c.refer(o, file, "source_id", k.SourceID, c.sources, "source")
		for _, id := range k.SameAs {
			c.refer(o, file, "same_as", id, c.claimed, "claim")
		}
		for _, id := range k.Supersedes {
			c.refer(o, file, "supersedes", id, c.claimed, "claim")
		}
		if k.Retells != "" {
			if _, ok := c.seen[k.Retells]; !ok {
				c.refer(o, file, "retells", k.Retells, c.claimed, "sighting or claim")
			}
		}
		if (k.Kind == "retelling") != (k.Retells != "") {
			c.add(o, file, "retells", "retelling", "a retelling names what it retells, and nothing else does")
		}
		c.span(o, file, k.Time, k.OffsetBasis)
		c.order(o, file, "qty", k.Qty.Low, k.Qty.Best, k.Qty.High)
		c.order(o, file, "len_m", k.Len.Low, k.Len.Best, k.Len.High)
		c.qualified(o, file, "qty", k.Qty.Qualifier, k.Qty.Low, k.Qty.Best, k.Qty.High)
		c.qualified(o, file, "len", k.Len.Qualifier, k.Len.Low, k.Len.Best, k.Len.High)
		c.unit(o, file, k.ObjectType, k.Qty.Unit, k.Qty)
		if k.Kind != "context" {
			c.reported(o, file, k.ReportDate, k.Time)
		}
		if k.Likelihood != "" && k.Confidence == "" {
			c.add(o, file, "confidence", "likelihood", "a likelihood needs a confidence, in its own field")
		}
	}
}

func (c *checker) places() {
	for i := range c.d.Places {
		p := &c.d.Places[i]
		c.refer(&p.Origin, resPlaces, "part_of", p.PartOf, c.placesID, "place")
		if p.Lat.Known != p.Lon.Known {
			c.add(&p.Origin, resPlaces, "lat", "position", "latitude and longitude come together")
		}
		if p.Lat.Known && (!p.AccuracyM.Known || p.PositionBasis == "") {
			c.add(&p.Origin, resPlaces, "accuracy_m", "position", "a position needs an accuracy and a basis")
		}
	}
	for i := range c.d.Distances {
		x := &c.d.Distances[i]
		c.refer(&x.Origin, resDistances, "from_id", x.FromID, c.placesID, "place")
		c.refer(&x.Origin, resDistances, "to_id", x.ToID, c.placesID, "place")
	}
}

func uniqueDistances(d *Dataset) Findings {
	var found Findings
	for i := range d.Distances {
		if x := &d.Distances[i]; x.FromID == x.ToID && x.FromID != "" {
			found = append(found, Finding{File: x.File, Line: x.Line, Column: "to_id", Rule: "position", Cause: "a distance from a place to itself"})
		}
	}
	return found
}

// cycles finds rows that replace themselves through others, and places that are part of themselves.
func (c *checker) cycles() {
	links := map[string][]string{}
	for i := range c.d.Sightings {
		links[c.d.Sightings[i].ID] = c.d.Sightings[i].Supersedes
	}
	for i := range c.d.Sightings {
		c.cycle(&c.d.Sightings[i].Origin, resSightings, "supersedes", c.d.Sightings[i].ID, links)
	}
	links = map[string][]string{}
	for i := range c.d.Claims {
		k := &c.d.Claims[i]
		links[k.ID] = append(slices.Clone(k.Supersedes), k.Retells)
	}
	for i := range c.d.Claims {
		c.cycle(&c.d.Claims[i].Origin, resClaims, "supersedes", c.d.Claims[i].ID, links)
	}
	links = map[string][]string{}
	for i := range c.d.Places {
		links[c.d.Places[i].ID] = []string{c.d.Places[i].PartOf}
	}
	for i := range c.d.Places {
		c.cycle(&c.d.Places[i].Origin, resPlaces, "part_of", c.d.Places[i].ID, links)
	}
}

func (c *checker) cycle(o *Origin, file, column, from string, links map[string][]string) {
	seen := map[string]bool{}
	var path []string
	var walk func(string) bool
	walk = func(at string) bool {
		for _, next := range links[at] {
			if next == "" || seen[next] && next != from {
				continue
			}
			path = append(path, next)
			if next == from {
				return true
			}
			seen[next] = true
			if walk(next) {
				return true
			}
			path = path[:len(path)-1]
		}
		return false
	}
	if from != "" && walk(from) {
		c.add(o, file, column, "cycle", "%s", fmt.Sprintf("leads back to itself: %s → %s", from, strings.Join(path, " → ")))
	}
}
