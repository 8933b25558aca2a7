package sighting

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// copyOf copies the border data set, edits one file and seals nothing: what Load finds besides the changed hash is what
// the edit broke.
func broken(t testing.TB, file string, edit func([]byte) []byte) (*Dataset, Findings) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range append(filesOf(borderDir), manifestName) {
		data, err := os.ReadFile(filepath.Join(borderDir, f))
		if err != nil {
			t.Fatal(err)
		}
		if f == file {
			if data = edit(data); data == nil {
				continue
			}
		}
		path := filepath.Join(dir, f)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Load(dir)
	var bad *Invalid
	if !errors.As(err, &bad) {
		t.Fatalf("%s: error %v", file, err)
	}
	return d, bad.Findings
}

func has(fs Findings, file, column, rule, cause string) bool {
	for _, f := range fs {
		if f.File == file && (column == "" || f.Column == column) && f.Rule == rule && strings.Contains(f.Cause, cause) {
			return true
		}
	}
	return false
}

func replace(old, new string) func([]byte) []byte {
	return func(b []byte) []byte {
		if !bytes.Contains(b, []byte(old)) {
			panic("the file does not hold " + old)
		}
		return bytes.Replace(b, []byte(old), []byte(new), 1)
	}
}

func TestEveryKindOfDamageIsFound(t *testing.T) {
	const s11 = "2023-09-24,2023-09-24,day,,\"North Korean side of the border, same spot as the White House Nov 2022 imagery\",VOA,,Dong-A / News1 (seed 1 = machine translation),2023-10-10"
	for _, c := range []struct {
		name, file                 string
		edit                       func([]byte) []byte
		column, rule, cause, file2 string
	}{
		{"a changed byte", "README.md", replace("Traffic", "traffic"), "", "manifest", "SHA-256", ""},
		{"a missing table", "looks.csv", func([]byte) []byte { return nil }, "", "package", "no such file", ""},
		{"a missing descriptor", packageName, func([]byte) []byte { return nil }, "", "package", "no such file", ""},
		{"a cut descriptor", packageName, func(b []byte) []byte { return b[:len(b)/2] }, "", "package", "not a data package", ""},
		{"a path out of the package", packageName, replace(`"path": "looks.csv"`, `"path": "../looks.csv"`), "", "package", "leaves the folder", ""},
		{"a cut table", "sightings.csv", func(b []byte) []byte { return b[:len(b)/2] }, "", "truncated", "cut off", ""},
		{"an empty table", "sightings.csv", func([]byte) []byte { return []byte{} }, "", "csv", "empty", ""},
		{"a byte order mark", "places.csv", func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) }, "", "encoding", "byte order mark", ""},
		{"CR LF", "places.csv", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }, "", "encoding", "CR LF", ""},
		{"not UTF-8", "places.csv", replace("Rajin", "R\xffjin"), "name", "csv", "UTF-8", ""},
		{"a NUL", "places.csv", replace("Rajin", "R\x00jin"), "", "encoding", "NUL", ""},
		{"an embedded newline", "places.csv", replace("Rajin port", "\"Rajin\nport\""), "", "manifest", "SHA-256", ""},
		{"semicolons", "places.csv", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(","), []byte(";")) }, "", "csv", "separated by ';'", ""},
		{"a heading twice", "places.csv", replace("place_id,name", "place_id,place_id"), "", "csv", "two columns", ""},
		{"a missing column", "looks.csv", replace("look_status", "status"), "look_status", "column", "not there", ""},
		{"a duplicate key", "sources.csv", replace("src-002-", "src-001-"), "", "foreign key", "no source", "sightings.csv"},
		{"a key twice", "sightings.csv", replace("S1-02,", "S1-01,"), "sighting_id", "key", "another row", ""},
		{"a reference to nowhere", "sightings.csv", replace("S1-01,look-tumangang", "S1-01,look-nowhere"), "look_id", "foreign key", "no look", ""},
		{"a day that does not exist", "looks.csv", replace("2023-08-26,2023-10-14", "2023-02-30,2023-10-14"), "t_start", "type", "no such day", ""},
		{"an ambiguous date", "looks.csv", replace("2023-08-26,2023-10-14", "3/4/2023,2023-10-14"), "t_start", "type", "ambiguous", ""},
		{"a time without an offset", "sightings.csv", replace("2022-11-04T10:24+09:00", "2022-11-04T10:24"), "t_start", "type", "without an offset", ""},
		{"NaN", "sightings.csv", replace(",225,225,225,", ",NaN,225,225,"), "len_low_m", "type", "finite", ""},
		{"infinity", "sightings.csv", replace(",225,225,225,", ",225,+Inf,225,"), "len_m", "type", "finite", ""},
		{"a negative length", "sightings.csv", replace(",225,225,225,", ",-225,225,225,"), "len_low_m", "range", "above 0", ""},
		{"twenty digits", "sightings.csv", replace(",225,225,225,", ",225,22500000000000000001,225,"), "len_m", "type", "digits", ""},
		{"low above high", "sightings.csv", replace(",225,225,225,", ",230,225,225,"), "len_m", "order", "does not hold", ""},
		{"a word outside the list", "sightings.csv", replace("observation,present", "observation,seen"), "status", "vocabulary", "not one of", ""},
		{"ships in trains", "sightings.csv", replace("exact,train,225", "exact,ship,225"), "unit", "unit", "never mixed", ""},
		{"two units in a cell", "sightings.csv", replace("exact,train,225", "exact,train;railcar,225"), "unit", "vocabulary", "not one of", ""},
		{"a report before its observation", "sightings.csv", func(b []byte) []byte {
			return replace(s11, strings.Replace(s11, "2023-10-10", "2023-09-01", 1))(b)
		}, "report_date", "report", "before it was seen", ""},
		{"absent with a quantity", "sightings.csv", replace("observation,absent,type,train_or_cargo,0,0,0", "observation,absent,type,train_or_cargo,0,2,2"), "qty", "zero", "0", ""},
		{"a zero that is present", "sightings.csv", replace("observation,absent,type,train_or_cargo,0,0,0", "observation,present,type,train_or_cargo,0,0,0"), "status", "zero", "absent", ""},
		{"a claim without what is not known", "claims.csv", replace("whether munitions go NK->RU or goods go RU->NK", ""), "not_known", "required", "reason code", ""},
		{"an unknown reason", "sources.csv", replace("[not archived]", "[forgotten]"), "archived_url", "reason", "reason codes", ""},
		{"more days than there are", "looks.csv", replace(",,,,,50,,,,12,", ",,,,,51,,,,12,"), "days", "look", "more than the 50", ""},
		{"no address", "sources.csv", replace("https://newsrebeat.com", "newsrebeat.com"), "url", "form", "no address", ""},
		{"half a hash", "sources.csv", replace("[not hashed]", "0123abcd"), "sha256", "form", "64", ""},
		{"no language", "sources.csv", replace("[not coded],[not archived]", "Korean (translated),[not archived]"), "language", "form", "language tag", ""},
		{"a zero with a sign", "sightings.csv", replace("observation,absent,type,train_or_cargo,0,0,0", "observation,absent,type,train_or_cargo,-0,0,0"), "qty_low", "type", "no sign", ""},
		{"a place inside itself", "places.csv", replace("rason,Rason,area,,", "rason,Rason,area,rason,"), "part_of", "cycle", "rason", ""},
	} {
		_, found := broken(t, c.file, c.edit)
		if slices.Contains([]string{"a missing table", "an empty table", "semicolons", "a heading twice"}, c.name) && len(found) > 12 {
			t.Errorf("%s: one cause has %d findings: %v", c.name, len(found), found)
		}
		file := c.file
		if c.file2 != "" {
			file = c.file2
		}
		if !has(found, file, c.column, c.rule, c.cause) {
			t.Errorf("%s: not found among %d findings: %.600s", c.name, len(found), (&Invalid{Findings: found}).Error())
		}
	}
}

func TestRowsThatReplaceEachOtherInACircleAreFound(t *testing.T) {
	d := border(t)
	d.Sightings[0].Supersedes, d.Sightings[1].Supersedes, d.Sightings[2].Supersedes = []string{d.Sightings[1].ID}, []string{d.Sightings[2].ID}, []string{d.Sightings[0].ID}
	found := d.Check()
	if len(found) != 3 || !has(found, "sightings.csv", "supersedes", "cycle", "S1-01 → S1-02 → S1-03 → S1-01") {
		t.Errorf("%v", found)
	}
	if err := d.Save(t.TempDir()); err == nil {
		t.Error("a data set with a circle was written")
	}
}

func TestAHugeFieldIsReportedAndNotKept(t *testing.T) {
	_, found := broken(t, "places.csv", func(b []byte) []byte {
		return append(b, append([]byte("x,\""), bytes.Repeat([]byte("y"), 40<<20)...)...)
	})
	if !has(found, "places.csv", "", "csv", "line 17") {
		t.Errorf("%.500s", (&Invalid{Findings: found}).Error())
	}
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, packageName))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(1 << 30); err != nil { // a sparse file of one gigabyte
		t.Fatal(err)
	}
	f.Close()
	if fs := Validate(dir); !has(fs, packageName, "", "package", "more than") {
		t.Errorf("%v", fs)
	}
}

func TestWhatCouldNotBeReadIsNeverWrittenOver(t *testing.T) {
	d, _ := broken(t, "sightings.csv", replace("S1-02,look", "S1-02,\"look\"x"))
	if err := d.Save(t.TempDir()); err == nil || !strings.Contains(err.Error(), "not written") {
		t.Errorf("error %v", err)
	}
}

func TestColumnsOfTheUsersOwnSurvive(t *testing.T) {
	d, found := broken(t, "places.csv", func(b []byte) []byte {
		lines := strings.SplitAfter(string(b), "\n")
		for i := range lines {
			if s := strings.TrimSuffix(lines[i], "\n"); s != "" {
				lines[i] = s + fmt.Sprintf(",mine %d\n", i)
			}
		}
		return []byte(strings.Join(lines, ""))
	})
	for _, f := range found {
		if f.Rule != "manifest" {
			t.Errorf("%v", f)
		}
	}
	d.Places[3].Note = "changed"
	dir := t.TempDir()
	if err := d.Save(dir); err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(filepath.Join(dir, "places.csv"))
	if !strings.Contains(string(raw), "changed,mine 4\n") {
		t.Errorf("%s", raw)
	}
}

func TestVerbsThatCannotBeCarriedOutSayWhy(t *testing.T) {
	d := border(t)
	for want, s := range map[string]*Selection{
		`no place "pyongyang"`:     d.At("pyongyang").Trains(),
		"no such day":              d.Between("2023-02-30", "2023-03-01"),
		"ambiguous":                d.Before("3/4/2023"),
		"is after":                 d.Between("2023-10-01", "2023-09-01"),
		`no object type "submarin`: d.Of("submarine").At("rajin_port"),
	} {
		if s.Err() == nil || !strings.Contains(s.Err().Error(), want) {
			t.Errorf("error %v, want %s", s.Err(), want)
		}
		if s.Table().Err() == nil || s.Effort().Err() == nil || s.Short().Err() == nil || !strings.Contains(s.String(), want) {
			t.Errorf("%s: the error is lost on the way", want)
		}
		if _, err := s.CountsPerLook("train"); err == nil {
			t.Errorf("%s: counted all the same", want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"sightings.csv", "looks.csv", "claims.csv", "places.csv", "sources.csv", packageName} {
		data, err := os.ReadFile(filepath.Join(borderDir, name))
		if err != nil {
			f.Fatal(err)
		}
		lines := bytes.SplitAfter(data, []byte("\n"))
		f.Add(name, bytes.Join(lines[:min(4, len(lines))], nil))
	}
	f.Add("sightings.csv", []byte("sighting_id,look_id\n\"a"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name != packageName && !strings.HasSuffix(name, ".csv") {
			return
		}
		if name == packageName {
			var d descriptor
			if json.Unmarshal(data, &d) == nil {
				for _, r := range d.Resources {
					r.path()
				}
				patchHashes(data, d, map[string][]byte{"looks.csv": data})
			}
			return
		}
		s, found := readSheet(name, data)
		d := &Dataset{sheets: map[string]*sheet{}}
		res := strings.TrimSuffix(filepath.Base(name), ".csv")
		d.sheets[res] = s
		found = append(append(found, d.decode(res, s)...), d.Check()...)
		d.All().Trains().Short()
		d.All().Conflicts()
		d.Describe()
		if len(found) > 0 || s.broken {
			return
		}
		switch res { // what is sound is written as it was read
		case resSources, resPlaces, resDistances, resLooks, resSightings, resClaims:
			if got := d.encode(res); !bytes.Equal(got, data) {
				t.Errorf("%s: written as %q", name, got)
			}
		}
	})
}
