package measure

import (
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/sighting"
	"github.com/sightline-osint/sightline/analysis/table"
)

// Sighting returns the row as a sighting in a look, ready for sighting's files: one object, its length with interval and
// standard deviation, and image, method, version and place in the note. A lower bound is "at_least". What a measurement
// cannot know (who reported it, in which source, how reliable that is) is left for you to fill in.
//
// A SIMULATED row says so in attributes and note.
func (r Row) Sighting(id, look string) sighting.Sighting {
	s := sighting.Sighting{
		ID: id, LookID: look, Kind: "observation", Status: "present", Scope: "individual", ObjectType: r.Object,
		Qty: sighting.Quantity{Low: sighting.N(1), Best: sighting.N(1), High: sighting.N(1), Qualifier: "exact", Unit: r.Object},
	}
	s.QuoteLocator = fmt.Sprintf("object %d", r.Number)
	if r.Object == "cargo" {
		s.ObjectType, s.Qty.Unit = "cargo_pile", "pile"
		s.Attributes = append(s.Attributes, r.Class)
	}
	s.Len.Qualifier = "not_stated"
	if e := r.Length; e.Unit == "m" {
		s.Len = sighting.Length{Low: cm(e.Low()), Best: cm(e.Value), High: cm(e.High()), SD: cm(e.SE), Qualifier: "about"}
		if e.AtLeast {
			s.Len.Qualifier, s.Len.High = "at_least", sighting.Num{}
		}
	}
	if !r.Taken.IsZero() {
		if stamp, err := table.ParseStamp(r.Taken.UTC().Format("2006-01-02T15:04Z")); err == nil {
			s.Time, s.OffsetBasis = sighting.Span{Start: stamp, End: stamp, Precision: "minute"}, "stated"
		}
	}
	s.Note = fmt.Sprintf("image %s, object %d at %.6f, %.6f; measured by %s, version %s", r.Image, r.Number, r.Place[0], r.Place[1], r.Method, r.Version)
	if r.Track != "" {
		s.Note += "; on track " + r.Track
	}
	if r.Area.Unit != "" {
		s.Note += "; area " + r.Area.String()
	}
	if r.Note != "" {
		s.Note += "; " + r.Note
	}
	if r.Simulated {
		s.Attributes = append(s.Attributes, "SIMULATED")
		s.Note = "SIMULATED; " + s.Note
	}
	return s
}

// cm rounds metres to the centimetre: more digits than a measurement has are no number to the files.
func cm(metres float64) sighting.Num { return sighting.N(math.Round(metres*100) / 100) }
