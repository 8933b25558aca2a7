package sighting

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const borderDir = "../../datasets/korea-russia-border"

func border(t *testing.T) *Dataset {
	t.Helper()
	d, err := Load(borderDir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func readNotes(t *testing.T, name string) map[string]map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(borderDir, "coding", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[h] = r[i]
		}
		out[r[0]] = m
	}
	return out
}

// Every cell of a sighting or claim that is made from a row of the coder's notes equals the cell there, or is a change that
// the data set's README declares.
func TestEveryCellTracesToARowOfTheNotes(t *testing.T) {
	d := border(t)
	notes := readNotes(t, "research_rows.csv")
	address := map[string]string{}
	for _, s := range d.Sources {
		address[s.ID] = s.URL
	}
	seen := map[string]bool{}
	check := func(id string, got map[string]string) {
		n := notes[id]
		if n == nil {
			t.Errorf("%s is in no row of the notes", id)
			return
		}
		seen[id] = true
		for k, v := range got {
			if v != n[k] {
				t.Errorf("%s: %s is %q, in the notes %q", id, k, v, n[k])
			}
		}
	}
	day := func(s string) string { a, _, _ := strings.Cut(s, "T"); return a }
	for i := range d.Sightings {
		x := &d.Sightings[i]
		look := d.lookByID()[x.LookID]
		got := map[string]string{"qty_low": x.Qty.Low.String(), "qty": x.Qty.Best.String(), "qty_high": x.Qty.High.String(), "qty_unit": x.Qty.Unit,
			"len_low_m": x.Len.Low.String(), "len_m": x.Len.Best.String(), "len_high_m": x.Len.High.String(), "len_qualifier": x.Len.Qualifier,
			"object_type": x.ObjectType, "place_id": look.PlaceID, "observer": x.Observer, "reporter": x.Reporter, "report_date": x.ReportDate,
			"not_known": x.NotKnown, "conflict_group": x.ConflictGroup, "attributes": strings.Join(x.Attributes, "; "), "place_as_stated": x.PlaceAsStated,
			"date_start": day(stampText(x.Time.Start)), "date_end": day(stampText(x.Time.End)), "source_url": address[x.SourceID], "read_status": x.ReadStatus}
		check(x.ID, got)
		n := notes[x.ID]
		if q := x.Qty.Qualifier; q != n["qty_qualifier"] && !strings.Contains(x.Note, n["qty_qualifier"]) {
			t.Errorf("%s: qualifier %q, in the notes %q", x.ID, q, n["qty_qualifier"])
		}
		if (n["record_kind"] == "zero") != (x.Status == "absent") || (n["record_kind"] == "aggregate") != (x.Kind == "aggregate") {
			t.Errorf("%s: %s %s, in the notes %s", x.ID, x.Kind, x.Status, n["record_kind"])
		}
		if tm := n["time_local"]; tm != "" && !strings.HasPrefix(stampText(x.Time.Start), n["date_start"]+"T"+tm+"+09:00") {
			t.Errorf("%s: time %s, in the notes %s", x.ID, stampText(x.Time.Start), tm)
		}
		if strings.Contains(n["utc_offset"], "assumed") != (x.OffsetBasis == "assumed") {
			t.Errorf("%s: the offset is %s", x.ID, x.OffsetBasis)
		}
	}
	for i := range d.Claims {
		c := &d.Claims[i]
		if c.Kind == "retelling" {
			n := notes[c.ResearchIDs[0]]
			if !strings.Contains(n["note"], c.Claimant) {
				t.Errorf("%s: %s is not named in the note of %s", c.ID, c.Claimant, c.ResearchIDs[0])
			}
			continue
		}
		got := map[string]string{"qty_low": c.Qty.Low.String(), "qty": c.Qty.Best.String(), "qty_high": c.Qty.High.String(), "qty_unit": c.Qty.Unit,
			"place_id": c.PlaceID, "observer": c.Claimant, "reporter": c.Reporter, "report_date": c.ReportDate, "record_kind": c.Kind,
			"conflict_group": c.ConflictGroup, "attributes": strings.Join(c.Attributes, "; "), "source_url": address[c.SourceID],
			"not_known": c.NotKnown, "date_start": stampText(c.Time.Start), "imagery_provider": c.Provider}
		check(c.ID, got)
	}
	for id := range notes {
		if !seen[id] {
			t.Errorf("row %s of the notes is in no table", id)
		}
	}
	effort := readNotes(t, "effort_rows.csv")
	for id, n := range effort {
		l := d.lookByID()["look-"+id]
		if l == nil {
			t.Errorf("%s is no look", id)
			continue
		}
		images := l.Images.String()
		if !l.Images.Known && l.ImagesLow.Known {
			images = l.ImagesLow.String() + "-" + l.ImagesHigh.String()
		}
		for k, v := range map[string]string{"place_id": l.PlaceID, "date_start": stampText(l.Time.Start), "date_end": stampText(l.Time.End), "calendar_days": l.Days.String(),
			"image_days": images, "cloud_days": l.CloudDays.String(), "positive_days": l.PositiveDays.String(), "observer": l.Observer, "source_url": address[l.SourceID]} {
			if v != n[k] {
				t.Errorf("%s: %s is %q, in the notes %q", id, k, v, n[k])
			}
		}
	}
}

func stampText(s interface{ String() string }) string {
	if v := s.String(); !strings.HasPrefix(v, "0001") {
		return v
	}
	return ""
}

func TestOnlyLeadsStayOut(t *testing.T) {
	d := border(t)
	leads, err := os.ReadFile(filepath.Join(borderDir, "LEADS.md"))
	if err != nil || strings.Count(string(leads), "**U-") != 14 {
		t.Errorf("leads: %v", err)
	}
	for _, s := range d.sheets {
		for i, row := range s.rows {
			if strings.Contains(strings.Join(row, " "), "U-0") {
				t.Errorf("%s:%d refers to a lead", s.name, s.lines[i])
			}
		}
	}
}

func TestSaveWritesTheSameBytes(t *testing.T) {
	d := border(t)
	dir := t.TempDir()
	for _, f := range filesOf(borderDir) { // what is not a table comes along untouched
		data, err := os.ReadFile(filepath.Join(borderDir, f))
		if err != nil {
			t.Fatal(err)
		}
		os.MkdirAll(filepath.Dir(filepath.Join(dir, f)), 0o755)
		os.WriteFile(filepath.Join(dir, f), data, 0o644)
	}
	for _, name := range []string{"looks.csv", "sightings.csv", packageName} {
		os.Remove(filepath.Join(dir, name))
	}
	if err := d.Save(dir); err != nil {
		t.Fatal(err)
	}
	for _, f := range append(filesOf(borderDir), manifestName) {
		a, _ := os.ReadFile(filepath.Join(borderDir, f))
		b, err := os.ReadFile(filepath.Join(dir, f))
		if err != nil || string(a) != string(b) {
			t.Errorf("%s differs (%v)", f, err)
		}
	}
	// The same without the descriptor and the raw text: the canonical form is the published one.
	fresh := *d
	fresh.sheets, fresh.raw = map[string]*sheet{}, nil
	for _, r := range []string{resSources, resPlaces, resDistances, resLooks, resSightings, resClaims} {
		got, want := fresh.encode(r), d.sheets[r].raw
		for _, w := range reasons {
			want = []byte(strings.ReplaceAll(string(want), w.Value, ""))
		}
		if string(got) != string(want) {
			t.Errorf("%s: the canonical form differs from the file", r)
		}
	}
}

func TestAChangedCellChangesOneLineAndTheHashes(t *testing.T) {
	d := border(t)
	d.Sightings[1].Note = "checked"
	dir := t.TempDir()
	if err := d.Save(dir); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile(filepath.Join(borderDir, "sightings.csv"))
	b, _ := os.ReadFile(filepath.Join(dir, "sightings.csv"))
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	changed := 0
	for i := range x {
		if x[i] != y[i] {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d lines changed", changed)
	}
	if again, err := Load(dir); err != nil || again.Sightings[1].Note != "checked" {
		t.Errorf("loading again: %v", err)
	}
}

func TestConflictsStandSideBySide(t *testing.T) {
	d := border(t)
	c, err := d.Conflict("CG-221104")
	if err != nil {
		t.Fatal(err)
	}
	text := c.String()
	for _, want := range []string{"38 North (seen): 2022-11-04T10:24+09:00, railcar, 3 railcars", "VOA (seen): 2022-11-03 to 2022-11-04, train, 12 railcars"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %s", text, want)
		}
	}
	if got := len(d.All().Conflicts()); got != 9 {
		t.Errorf("%d conflict groups, the notes have 9", got)
	}
}

func TestQualifiersDriftAlongAChain(t *testing.T) {
	c, err := border(t).Chain("X-050")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range c.Links {
		got = append(got, fmt.Sprint(l.Who, ": ", l.Qty, " ", l.Drift))
	}
	want := []string{`CSIS Beyond Parallel: about 73 railcars `, `Meduza: at least 73 railcars "about" became "at least"`,
		`rd.nl: at least 73 railcars "about" became "at least"`, `Kyiv Independent: at most 73 railcars "about" became "at most"`}
	if !slices.Equal(got, want) || !c.Drifted() {
		t.Errorf("got %q", got)
	}
}

func TestAbsenceOfOneTrainIsNoZeroForTrains(t *testing.T) {
	counts, err := border(t).At("tumangang_freight_yard").On("2023-02-05").CountsPerLook("train")
	if err != nil || len(counts.List) != 1 {
		t.Fatal(counts, err)
	}
	if c := counts.List[0]; c.Status != "not_stated" || c.Best.Known {
		t.Errorf("X-017 counts as %s %v", c.Status, c.Best)
	}
}

func TestTrainsCountedInRailcarsAreNotNumbersOfTrains(t *testing.T) {
	counts, err := border(t).On("2022-11-18").CountsPerLook("train")
	if err != nil || len(counts.List) != 1 {
		t.Fatal(counts, err)
	}
	if c := counts.List[0]; c.Status != "present" || c.Best.Known || c.Low.Known {
		t.Errorf("a train of 5 railcars counts as %s %v", c.Status, c.Best)
	}
}
