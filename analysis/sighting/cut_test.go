package sighting

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// few is the border data set with its first sightings and claims and what they refer to.
func few(t *testing.T) string {
	d := border(t)
	d.Sightings, d.Claims = d.Sightings[:4], d.Claims[:2]
	looks, sources := map[string]bool{}, map[string]bool{}
	for i := range d.Sightings {
		s := &d.Sightings[i]
		looks[s.LookID], sources[s.SourceID] = true, true
		s.ConflictGroup, s.SameAs, s.Supersedes = "", nil, nil
	}
	for i := range d.Claims {
		c := &d.Claims[i]
		sources[c.SourceID] = true
		c.ConflictGroup, c.SameAs, c.Supersedes = "", nil, nil
	}
	d.Looks = slices.DeleteFunc(d.Looks, func(l Look) bool { return !looks[l.ID] })
	for i := range d.Looks {
		sources[d.Looks[i].SourceID], d.Looks[i].SameAs = true, nil
	}
	d.Sources = slices.DeleteFunc(d.Sources, func(s Source) bool { return !sources[s.ID] })
	dir := t.TempDir()
	if err := d.Save(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Every file of a package is cut at some hundred lengths, the very last byte among them: it is found, and named.
func TestAFileCutAnywhereIsFound(t *testing.T) {
	dir := few(t)
	for _, name := range append(filesOf(dir), manifestName) {
		path := filepath.Join(dir, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if name == manifestName {
			whole = whole[:len(whole)-1] // the line end behind the last hash may be missing
		}
		step := max(1, len(whole)/100)
		for n := len(whole) - 1; n >= 0; n -= step {
			if err := os.WriteFile(path, whole[:n], 0o644); err != nil {
				t.Fatal(err)
			}
			d, found := read(dir)
			if !slices.ContainsFunc(found, func(f Finding) bool { return f.File == name || name == manifestName }) {
				t.Fatalf("%s cut at %d of %d bytes: %v", name, n, len(whole), found)
			}
			if len(d.Sightings) > 4 || len(d.Looks) > 4 {
				t.Fatalf("%s cut at %d: more records than there were", name, n)
			}
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
