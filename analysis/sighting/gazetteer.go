package sighting

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
)

// Place is the entry of the gazetteer with that key; an error lists the keys.
func (d *Dataset) Place(id string) (*Place, error) {
	for i := range d.Places {
		if d.Places[i].ID == id {
			return &d.Places[i], nil
		}
	}
	return nil, fmt.Errorf("sighting: there is no place %q; there are %q", id, d.PlaceIDs())
}

// Point is the position in longitude and latitude; false if nobody has checked one.
func (p *Place) Point() (orb.Point, bool) {
	return orb.Point{p.Lon.Value, p.Lat.Value}, p.Lat.Known && p.Lon.Known
}

// Apart is what is known about the distance between two places.
type Apart struct {
	From, To string
	Stated   []Distance // as sources state it, each with its qualifier
	Metres   Num        // great-circle distance of the positions, if both are known
	Error    Num        // sum of the accuracies of both positions, in metres
	Warnings []string
}

// Distance is what is known about the distance of two places: what sources state, and the distance of their positions with
// the error that their accuracies allow. If neither is known, that is an error.
func (d *Dataset) Distance(from, to string) (*Apart, error) {
	a, err := d.Place(from)
	if err != nil {
		return nil, err
	}
	b, err := d.Place(to)
	if err != nil {
		return nil, err
	}
	out := &Apart{From: from, To: to}
	for _, x := range d.Distances {
		if x.FromID == from && x.ToID == to || x.FromID == to && x.ToID == from {
			out.Stated = append(out.Stated, x)
		}
	}
	p, okP := a.Point()
	q, okQ := b.Point()
	if okP && okQ {
		out.Metres = N(math.Round(geo.DistanceHaversine(p, q)))
		out.Error = N(a.AccuracyM.Value + b.AccuracyM.Value)
		if out.Error.Value > out.Metres.Value/4 {
			out.Warnings = append(out.Warnings, "the positions are too coarse for this distance")
		}
	}
	if len(out.Stated) == 0 && !out.Metres.Known {
		return nil, fmt.Errorf("sighting: no source states a distance from %s to %s, and their positions are not both known", from, to)
	}
	return out, nil
}

// String writes what is known about the distance.
func (a *Apart) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s to %s:", a.From, a.To)
	for _, x := range a.Stated {
		w := phrase[x.Qualifier]
		if w != "" {
			w += " "
		}
		how := map[string]string{"straight": " in a straight line", "track": " along the track"}[x.Along]
		fmt.Fprintf(&b, "\n  %s%s m%s (stated, %s)", w, x.Metres, how, x.ResearchID)
	}
	if a.Metres.Known {
		fmt.Fprintf(&b, "\n  %s m between the positions, give or take %s m", a.Metres, a.Error)
	}
	for _, w := range a.Warnings {
		b.WriteString("\n  note: " + w)
	}
	return b.String()
}

// Located is a position for a place: its own, or that of the place it is part of.
type Located struct {
	Point     orb.Point // longitude, latitude
	AccuracyM float64
	Of        string // the place whose position it is
}

// Locate is the position of a place; if nobody has checked one, that of the nearest place around it, with its accuracy.
// false if there is none.
func (d *Dataset) Locate(id string) (Located, bool) {
	for seen := map[string]bool{}; id != "" && !seen[id]; {
		seen[id] = true
		p, err := d.Place(id)
		if err != nil {
			return Located{}, false
		}
		if pt, ok := p.Point(); ok {
			return Located{pt, p.AccuracyM.Value, p.ID}, true
		}
		id = p.PartOf
	}
	return Located{}, false
}
