package sighting

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Dataset is a data package in memory.
type Dataset struct {
	Dir, Name, Title, Description, Version string
	Licence                                string

	Sources   []Source
	Places    []Place
	Distances []Distance
	Looks     []Look
	Sightings []Sighting
	Claims    []Claim

	desc   descriptor
	raw    []byte            // of datapackage.json
	sheets map[string]*sheet // by resource
	broken bool              // something could not be read: Save refuses
	unread map[string]bool   // resources that are listed and could not be read at all

	leftOut []string
}

// LeftOut names what Redact or ReadWorkbook did not take over, because it is no table of sightings: other resources and
// files of the package, other sheets of the workbook. Nothing after Load.
func (d *Dataset) LeftOut() []string { return slices.Clone(d.leftOut) }

// Load reads the data package in dir and checks it: hashes, types, keys and all rules of Validate. A path is taken from
// the working directory, which in a notebook is the notebook's folder. If anything is wrong the error is an *Invalid with
// all findings, and the records that could be read come with it.
func Load(dir string) (*Dataset, error) {
	d, found := read(dir)
	if len(found) > 0 {
		return d, &Invalid{Dir: dir, Findings: found}
	}
	return d, nil
}

// Open loads a data set by name: the folder datasets/name in the working directory or the nearest folder above it that has
// one. So a cell runs unchanged from every folder of a project. A package elsewhere is not opened, because it would depend
// on the working directory what a name means: if name is the path of one, the error says to use Load.
func Open(name string) (*Dataset, error) {
	_, err := os.Stat(filepath.Join(name, packageName))
	isPath := name != "" && err == nil
	if !filepath.IsLocal(name) {
		if isPath {
			return nil, fmt.Errorf("sighting: %q is the path of a data package, not the name of one: use sighting.Load(%q)", name, name)
		}
		return nil, fmt.Errorf("sighting: %q is no name of a data set; use Load for a path", name)
	}
	at, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("sighting: %w", err)
	}
	for from := at; ; {
		dir := filepath.Join(at, "datasets", name)
		if _, err := os.Stat(filepath.Join(dir, packageName)); err == nil {
			return Load(dir)
		}
		up := filepath.Dir(at)
		if up == at && isPath {
			return nil, fmt.Errorf("sighting: no folder datasets/%s with a %s in %s or above it, but %s is a data package itself: use sighting.Load(%q)",
				filepath.ToSlash(filepath.Clean(name)), packageName, from, filepath.Join(from, name), name)
		}
		if up == at {
			return nil, fmt.Errorf("sighting: no folder datasets/%s with a %s in %s or above it", name, packageName, from)
		}
		at = up
	}
}

// Validate lists everything that is wrong with the data package in dir; nothing if it is sound.
func Validate(dir string) Findings {
	_, found := read(dir)
	return found
}

// read loads what can be loaded and finds everything that is wrong.
func read(dir string) (*Dataset, Findings) {
	d := &Dataset{Dir: dir, sheets: map[string]*sheet{}, unread: map[string]bool{}}
	var found Findings
	d.desc, d.raw, found = readDescriptor(dir)
	if len(found) > 0 {
		d.broken = true
		return d, found
	}
	d.Name, d.Title, d.Description, d.Version = d.desc.Name, d.desc.Title, d.desc.Description, d.desc.Version
	if len(d.desc.Licenses) > 0 {
		d.Licence = d.desc.Licenses[0].Name
	}
	found = append(found, checkManifest(dir)...)
	if f := d.desc.foreign(len(found) == 0); f != nil {
		d.broken = true
		return d, append(found, *f)
	}
	for _, r := range d.desc.Resources {
		if _, twice := d.sheets[r.Name]; twice {
			found = append(found, Finding{File: packageName, Rule: "package", Cause: fmt.Sprintf("two resources are named %q", r.Name)})
			continue
		}
		s, fs := readResource(dir, r)
		found = append(found, fs...)
		if s == nil || s.broken {
			d.broken = true
		}
		if s == nil || s.raw != nil && s.header == nil && isTable(r.Name) {
			d.unread[r.Name] = true
			continue
		}
		d.sheets[r.Name] = s
		fs = d.decode(r.Name, s)
		found = append(found, fs...)
		key := strings.TrimSuffix(r.Name, "s") + "_id"
		d.unread[r.Name] = slices.ContainsFunc(fs, func(f Finding) bool { return f.Rule == "column" && f.Column == key })
	}
	for _, need := range []string{resSources, resPlaces, resLooks, resSightings, resClaims} {
		if d.sheets[need] == nil && !d.unread[need] {
			found = append(found, Finding{File: packageName, Rule: "package", Cause: fmt.Sprintf("there is no resource %q", need)})
		}
	}
	found = append(found, d.Check()...)
	return d, found.unique()
}

func (d *Dataset) decode(resource string, s *sheet) (found Findings) {
	switch resource {
	case resSources:
		d.Sources, found = decode(s, sourceFields())
	case resPlaces:
		d.Places, found = decode(s, placeFields())
	case resDistances:
		d.Distances, found = decode(s, distanceFields())
	case resLooks:
		d.Looks, found = decode(s, lookFields())
	case resSightings:
		d.Sightings, found = decode(s, sightingFields())
	case resClaims:
		d.Claims, found = decode(s, claimFields())
	}
	return found
}

// unique drops findings that say the same about the same place.
func (fs Findings) unique() Findings {
	seen := map[Finding]bool{}
	var out Findings
	for _, f := range fs {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	return out
}

// Save writes the data set into dir: the tables, datapackage.json with their hashes, and the manifest. Records keep their
// order, cells that did not change keep their text, files in which nothing changed keep their bytes. A data set with
// findings is not written.
func (d *Dataset) Save(dir string) error {
	if d.broken {
		return fmt.Errorf("sighting: %s could not be read completely and is not written, so that nothing is lost", d.Dir)
	}
	if found := d.Check(); len(found) > 0 {
		return &Invalid{Dir: dir, Findings: found}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	desc, raw := d.desc, d.raw
	if raw == nil {
		raw = d.describe()
		if err := unmarshal(raw, &desc); err != nil {
			return err
		}
	}
	files := map[string][]byte{}
	for _, r := range desc.Resources {
		p, err := r.path()
		if err != nil {
			return fmt.Errorf("sighting: %w", err)
		}
		files[p] = d.encode(r.Name)
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("sighting: %w", err)
		}
		if err := writeFile(path, data); err != nil {
			return err
		}
	}
	if err := writeFile(filepath.Join(dir, packageName), patchHashes(raw, desc, files)); err != nil {
		return err
	}
	return sealManifest(dir)
}

func sealManifest(dir string) error {
	m, err := manifest(dir)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, manifestName), m)
}

func (d *Dataset) encode(resource string) []byte {
	s := d.sheets[resource]
	switch resource {
	case resSources:
		return encode(s, sourceFields(), d.Sources)
	case resPlaces:
		return encode(s, placeFields(), d.Places)
	case resDistances:
		return encode(s, distanceFields(), d.Distances)
	case resLooks:
		return encode(s, lookFields(), d.Looks)
	case resSightings:
		return encode(s, sightingFields(), d.Sightings)
	case resClaims:
		return encode(s, claimFields(), d.Claims)
	}
	if s.raw == nil { // a table of the user's own that was read from a workbook
		var b bytes.Buffer
		writeRow(&b, s.header)
		for _, r := range s.rows {
			writeRow(&b, r)
		}
		return b.Bytes()
	}
	return s.raw
}

// Seal accepts the files of the package in dir as they are: it writes their hashes and sizes into datapackage.json and the
// manifest. The package must be sound in every other respect.
func Seal(dir string) error {
	d, found := read(dir)
	var rest Findings
	for _, f := range found {
		if f.Rule != "manifest" {
			rest = append(rest, f)
		}
	}
	if len(rest) > 0 {
		return &Invalid{Dir: dir, Findings: rest}
	}
	files := map[string][]byte{}
	for _, s := range d.sheets {
		files[s.name] = s.raw
	}
	if err := writeFile(filepath.Join(dir, packageName), patchHashes(d.raw, d.desc, files)); err != nil {
		return err
	}
	return sealManifest(dir)
}
