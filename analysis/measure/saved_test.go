package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/sighting"
)

// Rows of every kind go into a data package as they are, with nothing but what a measurement cannot know, and come back.
func TestEveryKindOfRowIsASightingThatSavesAndValidates(t *testing.T) {
	m := yardImage("2023-09-24")
	trains, err := measure.TrainsAlong(t.Context(), m, track(1), measure.Rail{Name: "2 north"})
	if err != nil {
		t.Fatal(err)
	}
	cargo, err := measure.Cargo(m, measure.Cover{Colour: "white"})
	if err != nil {
		t.Fatal(err)
	}
	ships, err := measure.Ships(m)
	if err != nil {
		t.Fatal(err)
	}
	rows := append(append(trains.Rows(), cargo.Rows()...), ships.Rows()...)
	bound := trains.Rows()[0]
	bound.Length.AtLeast = true
	rows = append(rows, bound)
	kinds := map[string]bool{}
	d := &sighting.Dataset{Name: "yard", Title: "A simulated yard", Version: "1.0.0", Licence: "CC0-1.0"}
	d.Sources = []sighting.Source{{ID: "S-1", Publisher: "Sightline", URL: "https://example.org/", ReadStatus: "read_full", Language: "en", ArchivedURL: "https://example.org/", SHA256: strings.Repeat("0", 64)}}
	d.Places = []sighting.Place{{ID: "yard", Name: "A simulated yard", Kind: "yard", PositionBasis: "simulated"}}
	for i, r := range rows {
		s := r.Sighting(fmt.Sprintf("X-%d", i+1), "L-1")
		s.SourceID, s.ReadStatus, s.Reliability, s.Credibility, s.Language = "S-1", "read_full", "A", "2", "en"
		kinds[r.Object] = true
		for _, want := range []string{m.Name, r.Method, "version " + measure.Version, "SIMULATED"} {
			if !strings.Contains(s.Note, want) {
				t.Errorf("%q is missing in %q", want, s.Note)
			}
		}
		d.Sightings = append(d.Sightings, s)
	}
	if len(kinds) != 3 {
		t.Fatalf("kinds %v", kinds)
	}
	d.Looks = []sighting.Look{{ID: "L-1", PlaceID: "yard", Kind: "image", Status: "usable", Time: d.Sightings[0].Time, OffsetBasis: "stated", Provider: "simulated", GSDM: sighting.N(3),
		SourceID: "S-1"}}
	dir := t.TempDir()
	if err := d.Save(dir); err != nil {
		t.Fatal(err)
	}
	if found := sighting.Validate(dir); len(found) > 0 {
		for _, f := range found {
			t.Log(f)
		}
		t.Fatalf("%v", found)
	}
	back, err := sighting.Load(dir)
	if err != nil || len(back.Sightings) != len(rows) {
		t.Fatalf("%v %v", back, err)
	}
	for i, s := range back.Sightings {
		if e := rows[i].Length; e.Unit == "m" && (s.Len.Best != d.Sightings[i].Len.Best || (s.Len.Qualifier == "at_least") != e.AtLeast) {
			t.Errorf("%v came back as %v", e, s.Len)
		}
	}
}
