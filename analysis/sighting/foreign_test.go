package sighting

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// An image beside the tables is checked by its hash, never read as CSV, and kept by Seal.
func TestResourcesThatAreNoCSVAreKeptAsTheyAre(t *testing.T) {
	dir := t.TempDir()
	if err := WriteTemplate(dir, Meta{Name: "mine", Version: "0.1.0"}); err != nil {
		t.Fatal(err)
	}
	image := []byte("II*\x00\r\n\"a,b\x00\n,,\n\xff")
	if err := os.WriteFile(filepath.Join(dir, "yard.tif"), image, 0o644); err != nil {
		t.Fatal(err)
	}
	desc := filepath.Join(dir, packageName)
	raw, err := os.ReadFile(desc)
	if err != nil {
		t.Fatal(err)
	}
	add := func(res string) {
		t.Helper()
		at := bytes.Index(raw, []byte(`"resources": [`)) + len(`"resources": [`)
		text := string(raw[:at]) + res + "," + string(raw[at:])
		if err := os.WriteFile(desc, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, res := range []string{`{"name": "image", "path": "yard.tif"}`, `{"name": "image", "path": "yard.tif", "format": "tif"}`,
		`{"name": "image", "path": "yard.tif", "mediatype": "image/tiff; application=geotiff"}`} {
		add(res)
		if err := Seal(dir); err != nil {
			t.Fatalf("%s: %v", res, err)
		}
		d, err := Load(dir)
		if err != nil {
			t.Fatalf("%s: %v", res, err)
		}
		if got := d.encode("image"); !bytes.Equal(got, image) {
			t.Errorf("%s: %q", res, got)
		}
	}
	add(`{"name": "image", "path": "yard.tif", "hash": "sha256:00"}`)
	if found := Validate(dir); !has(found, "yard.tif", "", "manifest", "its hash is not the one in datapackage.json") {
		t.Errorf("wrong hash: %v", found)
	}
	raw = bytes.Replace(raw, []byte(`"format": "csv"`), []byte(`"format": "xlsx"`), 1)
	add(`{"name": "image", "path": "yard.tif"}`)
	if found := Validate(dir); !has(found, "sources.csv", "", "package", `resource "sources" must be a CSV file`) {
		t.Errorf("a table that is no CSV: %v", found)
	}
}
