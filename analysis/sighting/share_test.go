package sighting

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestAWorkbookHoldsTheWholeDataSet(t *testing.T) {
	d := border(t)
	path := filepath.Join(t.TempDir(), "border.xlsx")
	if err := d.SaveWorkbook(path); err != nil {
		t.Fatal(err)
	}
	back, err := ReadWorkbook(path, Meta{Name: d.Name, Title: d.Title, Version: d.Version, Licence: d.Licence})
	if err != nil {
		t.Fatal(err)
	}
	if diff := Diff(d, back); len(diff) > 0 {
		t.Errorf("%d differences: %s", len(diff), diff[:min(5, len(diff))])
	}
	dir := t.TempDir()
	if err := back.Save(dir); err != nil {
		t.Fatal(err)
	}
	again, err := Load(dir)
	if err != nil || len(Diff(d, again)) > 0 {
		t.Errorf("the package made of the workbook: %v", err)
	}
}

func TestATemplateOffersListsAndRefusesWhatLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.xlsx")
	if err := new(Dataset).SaveWorkbook(path); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := x.GetDataValidations("sightings")
	if err != nil || len(rules) < 8 {
		t.Fatalf("%d lists, %v", len(rules), err)
	}
	set := func(sheet string, cells map[string]any) {
		for at, v := range cells {
			if err := x.SetCellValue(sheet, at, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	set("sources", map[string]any{"A2": "s1", "B2": "Somebody", "C2": "[not stated]", "D2": "read_full", "F2": "[not archived]", "G2": "[not hashed]"})
	set("places", map[string]any{"A2": "yard", "B2": "Yard", "C2": "yard", "I2": "[not coded]"})
	set("looks", map[string]any{"A2": "l1", "B2": "yard", "C2": "image", "D2": "usable", "E2": 45193, "F2": "2023-09-24", "G2": "day", "U2": "s1"})
	set("sightings", map[string]any{"A2": "x1", "B2": "nowhere", "C2": "observation", "D2": "present", "E2": "type", "F2": "train", "H2": -3, "J2": "about", "K2": "ship",
		"R2": "2023-09-24T10:00", "T2": "day", "AB2": "s1", "AC2": "[not coded]", "AD2": "read_full"})
	if err := x.Save(); err != nil {
		t.Fatal(err)
	}
	_, err = ReadWorkbook(path, Meta{Name: "mine"})
	var bad *Invalid
	if !errors.As(err, &bad) {
		t.Fatalf("error %v", err)
	}
	text := err.Error()
	for _, want := range []string{"mine.xlsx/looks:2: column \"t_start\": Excel turned the date into a number", "mine.xlsx/sightings:2: column \"look_id\": there is no look \"nowhere\"",
		"column \"qty\": must be at least 0", "train cannot be counted in \"ship\"", "column \"t_start\": a time without an offset"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %s", text, want)
		}
	}
}

func TestRedactedDataSetsAreSoundAndHoldLess(t *testing.T) {
	d := border(t)
	out, err := d.Redact(Redaction{Drop: []string{"note", "sightings.observer", "sources.url"}, DatesTo: "month", PositionsToDeg: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	if left := out.LeftOut(); !slices.Contains(left, "LEADS.md") || !slices.Contains(left, "README.md") || slices.Contains(left, "looks.csv") || d.LeftOut() != nil {
		t.Errorf("left out: %q", left)
	}
	dir := t.TempDir()
	if err := out.Save(dir); err != nil {
		t.Fatal(err)
	}
	back, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(filepath.Join(dir, "sightings.csv"))
	for _, secret := range []string{"2023-09-24", "10:24", "VOA,", "lengths given respectively"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("%q is still there", secret)
		}
	}
	if back.Sources[0].URL != "" || back.Sources[0].Why("url") != "[withheld]" {
		t.Errorf("url %q, %q", back.Sources[0].URL, back.Sources[0].Why("url"))
	}
	if p, _ := back.Place("friendship_bridge"); p.Lat != N(42.5) || p.AccuracyM.Value < 30_000 {
		t.Errorf("position %v give or take %v", p.Lat, p.AccuracyM)
	}
	if d.Sightings[0].Observer == "" || d.Sources[0].URL == "" || d.Sightings[0].Time.String() != "2023-09-24" {
		t.Error("the original was changed")
	}
	if _, err := d.Redact(Redaction{Drop: []string{"sightings.look_id"}}); err == nil {
		t.Error("a key was dropped")
	}
	if _, err := d.Redact(Redaction{Drop: []string{"nosuch"}}); err == nil {
		t.Error("a column that is not there was dropped")
	}
}

func TestDiffNamesEveryChange(t *testing.T) {
	a, b := border(t), border(t)
	b.Sightings[2].Qty.Best = N(7)
	b.Looks = b.Looks[1:]
	b.Claims = append(b.Claims, Claim{ID: "new"})
	got := Diff(a, b).String()
	want := "looks look-E-01: removed\nsightings " + a.Sightings[2].ID + ": changed qty: \"1\" -> \"7\"\nclaims new: added\n"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if len(Diff(a, a)) != 0 {
		t.Error("a data set differs from itself")
	}
}

func TestCitationsAndGeoJSONCanBeRead(t *testing.T) {
	s := border(t).At("tumangang").Between("2023-09", "2023-10")
	var bib, csl, gj bytes.Buffer
	if err := errors.Join(s.WriteBibTeX(&bib), s.WriteCSL(&csl), s.WriteGeoJSON(&gj)); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(bib.String(), "@misc{"); n == 0 || n != s.SourceTable().Len() {
		t.Errorf("%d entries for %d sources", n, s.SourceTable().Len())
	}
	if strings.Count(bib.String(), "{") != strings.Count(bib.String(), "}") {
		t.Error("braces do not match")
	}
	var items []map[string]any
	if err := json.Unmarshal(csl.Bytes(), &items); err != nil || len(items) != s.SourceTable().Len() {
		t.Errorf("csl: %d items, %v", len(items), err)
	}
	var fc struct {
		Features []struct {
			Geometry   *struct{ Coordinates []float64 }
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(gj.Bytes(), &fc); err != nil || len(fc.Features) != len(s.Sightings) {
		t.Fatalf("geojson: %d features, %v", len(fc.Features), err)
	}
	if f := fc.Features[0]; f.Geometry == nil || f.Geometry.Coordinates[0] < 130 || f.Properties["position_of"] != "tumangang" || f.Properties["accuracy_m"] != 3000.0 {
		t.Errorf("feature %+v", f)
	}
}

func TestRelativeDatesNeedAReferenceAndGuessNothing(t *testing.T) {
	for _, c := range []struct{ words, ref, want, precision string }{
		{"the 24th of last month", "2023-10-10", "2023-09-24", "day"},
		{"last month", "2023-10-10", "2023-09", "month"},
		{"late last year", "2023-10-10", "about 2022-09-01 to 2022-12-31", "fuzzy"},
		{"since the end of last month", "2023-10-10", "about 2023-09-21 to 2023-10-10", "fuzzy"},
		{"three days ago", "2024-03-01", "2024-02-27", "day"},
		{"yesterday", "2024-03-01", "2024-02-29", "day"},
		{"early this month", "2024-03-14", "about 2024-03-01 to 2024-03-10", "fuzzy"},
		{"last week", "2023-10-10", "2023-10-02 to 2023-10-08", "range"},
	} {
		s, err := ResolveDate(c.words, c.ref)
		if err != nil || s.String() != c.want || s.Precision != c.precision {
			t.Errorf("%s (%s): %v %s, %v; want %s %s", c.words, c.ref, s, s.Precision, err, c.want, c.precision)
		}
	}
	for _, bad := range [][2]string{{"last month", "2023-10"}, {"first observed", "2023-10-10"}, {"31st of last month", "2023-10-10"}, {"recently", "2023-10-10"}, {"last month", ""}} {
		if s, err := ResolveDate(bad[0], bad[1]); err == nil {
			t.Errorf("%q from %q was resolved to %v", bad[0], bad[1], s)
		}
	}
}

func TestDistancesStandBesideEachOther(t *testing.T) {
	d := border(t)
	a, err := d.Distance("tumangang_freight_yard", "friendship_bridge")
	if err != nil || len(a.Stated) != 5 || a.Metres.Known {
		t.Errorf("%v, %v", a, err)
	}
	b, err := d.Distance("friendship_bridge", "khasan")
	if err != nil || b.Metres.Value < 1400 || b.Metres.Value > 1600 || len(b.Warnings) != 1 {
		t.Errorf("%v, %v", b, err)
	}
	if _, err := d.Distance("rajin_port", "vostochny_port"); err == nil {
		t.Error("a distance was invented")
	}
}

func TestAFormulaThatNobodyWorkedOutIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "border.xlsx")
	if err := border(t).SaveWorkbook(path); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellFormula("places", "J3", "1/0"); err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellValue("places", "J3", nil); err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellFormula("places", "J4", "TODAY()"); err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellStr("places", "J5", "=no formula"); err != nil {
		t.Fatal(err)
	}
	if err := x.Save(); err != nil {
		t.Fatal(err)
	}
	_, err = ReadWorkbook(path, Meta{Name: "border"})
	var bad *Invalid
	if !errors.As(err, &bad) || !has(bad.Findings, "border.xlsx/places", "note", "type", `a formula without a value ("TODAY()")`) {
		t.Errorf("%v", err)
	}
}
