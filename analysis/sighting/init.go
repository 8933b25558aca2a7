package sighting

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// Meta describes a new data package.
type Meta struct {
	Name        string // lower-case letters, digits, '-', '_', '.'
	Title       string
	Description string
	Version     string
	Licence     string // SPDX identifier
}

var packageForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._\-]*$`)

// Init makes dir a data package: it writes the tables that are missing, with their headings only, datapackage.json with
// the schema, and the manifest. Tables that are there already (sources.csv, looks.csv, …) are kept and must be sound. A
// folder that holds a datapackage.json already is an error.
func Init(dir string, m Meta) (*Dataset, error) {
	if !packageForm.MatchString(m.Name) {
		return nil, fmt.Errorf("sighting: %q: the name of a package has lower-case letters, digits, '-', '_' and '.'", m.Name)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("sighting: %w", err)
	}
	if _, err := os.Stat(filepath.Join(dir, packageName)); err == nil {
		return nil, fmt.Errorf("sighting: %s holds a %s already", dir, packageName)
	}
	d := &Dataset{Dir: dir, Name: m.Name, Title: m.Title, Description: m.Description, Version: m.Version, Licence: m.Licence, sheets: map[string]*sheet{}}
	var found Findings
	for _, name := range []string{resSources, resPlaces, resDistances, resLooks, resSightings, resClaims} {
		file := name + ".csv"
		raw, err := readSome(filepath.Join(dir, file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("sighting: %s: %w", file, err)
		}
		s, fs := readSheet(file, raw)
		d.sheets[name] = s
		found = append(append(found, fs...), d.decode(name, s)...)
	}
	if found = append(found, d.Check()...); len(found) > 0 {
		return nil, &Invalid{Dir: dir, Findings: found}
	}
	if err := d.Save(dir); err != nil {
		return nil, err
	}
	return Load(dir)
}
