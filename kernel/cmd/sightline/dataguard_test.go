package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTemplateAndImportReplaceNothingUnlessForced(t *testing.T) {
	dir := t.TempDir()
	book, yard := filepath.Join(dir, "y.xlsx"), filepath.Join(dir, "y")
	run := func(want int, args ...string) string {
		t.Helper()
		status, out, errout := sightlineData(args...)
		if status != want {
			t.Fatalf("%v: status %d, want %d\n%s%s", args, status, want, out, errout)
		}
		return out + errout
	}
	content := func(path string) string {
		t.Helper()
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(book, "a day of typing")
	if out := run(unusable, "template", yard, "--xlsx"); !strings.Contains(out, book) || !strings.Contains(out, "--force") {
		t.Errorf("template: %s", out)
	}
	if got := content(book); got != "a day of typing" {
		t.Errorf("the workbook was replaced by %d bytes", len(got))
	}
	run(success, "template", yard, "--xlsx", "--force")
	if err := os.Mkdir(yard, 0o755); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(yard, "notes.txt"), "not written by import")
	run(success, "import", book, yard)
	sources := filepath.Join(yard, "sources.csv")
	fresh := content(sources)
	write(sources, fresh+"edited by hand\n")
	out := run(unusable, "import", book, yard)
	for _, want := range []string{yard, "datapackage.json", "sources.csv", "sightings.csv", "--force"} {
		if !strings.Contains(out, want) {
			t.Errorf("import does not name %s: %s", want, out)
		}
	}
	if got := content(sources); got != fresh+"edited by hand\n" {
		t.Errorf("sources.csv was replaced: %q", got)
	}
	run(success, "import", book, yard, "--force")
	if out := run(unusable, "redact", yard, yard, "--drop", "note"); !strings.Contains(out, "sightings.csv") {
		t.Errorf("redact onto the original: %s", out)
	}
	run(success, "redact", yard, filepath.Join(dir, "shared"), "--drop", "note")
	if got := content(sources); got != fresh {
		t.Errorf("sources.csv after --force: %q", got)
	}
	// Tables without a datapackage.json are the user's work as well.
	write(filepath.Join(dir, "looks.csv"), "look_id\n")
	if out := run(unusable, "import", book, dir); !strings.Contains(out, "looks.csv") {
		t.Errorf("import: %s", out)
	}
}

func TestValidateSaysWhichPackageHoldsNoSightings(t *testing.T) {
	const yard = "../../../datasets/simulated-yard"
	status, out, _ := sightlineData("validate", yard)
	if status != failure || strings.Count(out, "\n") != 1 {
		t.Fatalf("status %d, %d lines: %.600s", status, strings.Count(out, "\n"), out)
	}
	for _, want := range []string{"no package of sightings", `"sources"`, `"looks"`, `"sightings"`, `"claims"`, "SHA256SUMS"} {
		if !strings.Contains(out, want) {
			t.Errorf("does not say %s: %s", want, out)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(yard)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tracks.geojson"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, out, _ = sightlineData("validate", dir)
	if !strings.Contains(out, "tracks.geojson: its SHA-256 is not the one in SHA256SUMS") || !strings.Contains(out, "no package of sightings") || strings.Contains(out, "files match") {
		t.Errorf("changed file: %s", out)
	}
}
