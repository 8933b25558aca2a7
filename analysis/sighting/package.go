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
)

const packageName = "datapackage.json"

// maxFile is the largest file of a data package that is read into memory.
const maxFile = 256 << 20

// descriptor is what is read of datapackage.json. Everything else in it is kept as it is.
type descriptor struct {
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Created     string     `json:"created"`
	Licenses    []licence  `json:"licenses"`
	Resources   []resource `json:"resources"`
}

type licence struct {
	Name, Path, Title string
}

type resource struct {
	Name      string          `json:"name"`
	Path      json.RawMessage `json:"path"`
	Format    string          `json:"format"`
	Mediatype string          `json:"mediatype"`
	Hash      string          `json:"hash"`
	Bytes     *int64          `json:"bytes"`
	Schema    json.RawMessage `json:"schema"`
}

// isCSV says whether the file of a resource is read as CSV: if its format, else its media type, else its extension says so.
func (r resource) isCSV(path string) bool {
	switch {
	case r.Format != "":
		return strings.EqualFold(r.Format, "csv")
	case r.Mediatype != "":
		kind, _, _ := strings.Cut(r.Mediatype, ";")
		return strings.EqualFold(strings.TrimSpace(kind), "text/csv")
	}
	return strings.EqualFold(filepath.Ext(path), ".csv")
}

func (r resource) path() (string, error) {
	var p string
	if err := json.Unmarshal(r.Path, &p); err != nil {
		return "", errors.New("the path of a resource must be one text")
	}
	if !filepath.IsLocal(filepath.FromSlash(p)) {
		return "", fmt.Errorf("the path %q leaves the folder of the package", p)
	}
	return p, nil
}

// isTable says whether a resource of this name is one of the tables that this package reads.
func isTable(name string) bool {
	return slices.Contains([]string{resSources, resPlaces, resDistances, resLooks, resSightings, resClaims}, name)
}

// foreign is the finding about a data package of something else than sightings (images, tracks); nil if it has one of their
// tables. intact says that all files are as the manifest lists them.
func (d descriptor) foreign(intact bool) *Finding {
	var missing []string
	for _, need := range []string{resSources, resLooks, resSightings, resClaims} {
		if slices.ContainsFunc(d.Resources, func(r resource) bool { return r.Name == need }) {
			return nil
		}
		missing = append(missing, fmt.Sprintf("%q", need))
	}
	why := fmt.Sprintf("no package of sightings: among its resources (%d) there is none named %s", len(d.Resources), strings.Join(missing, ", "))
	if intact {
		why += "; its files match " + manifestName
	}
	return &Finding{File: packageName, Rule: "package", Cause: why}
}

// readDescriptor reads datapackage.json.
func readDescriptor(dir string) (descriptor, []byte, Findings) {
	var d descriptor
	bad := func(why string) (descriptor, []byte, Findings) {
		return d, nil, Findings{{File: packageName, Rule: "package", Cause: why}}
	}
	raw, err := readSome(filepath.Join(dir, packageName))
	if err != nil {
		return bad(cause(err))
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		line := 0
		var syn *json.SyntaxError
		if errors.As(err, &syn) {
			line = 1 + bytes.Count(raw[:min(int(syn.Offset), len(raw))], []byte("\n"))
		}
		return d, nil, Findings{{File: packageName, Line: line, Rule: "package", Cause: "not a data package: " + err.Error()}}
	}
	if len(d.Resources) == 0 {
		return bad("lists no resources")
	}
	return d, raw, nil
}

func readSome(path string) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if st.IsDir() {
		return nil, errors.New("is a folder")
	}
	if !st.Mode().IsRegular() {
		return nil, errors.New("is no regular file")
	}
	if st.Size() > maxFile {
		return nil, fmt.Errorf("%d bytes are more than the %d that a file of a data package may have", st.Size(), int64(maxFile))
	}
	return os.ReadFile(path)
}

// readResource reads the file of a resource and compares its hash and size with the ones in the descriptor. A file that is
// no CSV (an image, a map) is kept as it is.
func readResource(dir string, r resource) (*sheet, Findings) {
	p, err := r.path()
	if err != nil {
		return nil, Findings{{File: packageName, Rule: "package", Cause: fmt.Sprintf("resource %q: %v", r.Name, err)}}
	}
	raw, err := readSome(filepath.Join(dir, filepath.FromSlash(p)))
	if err != nil {
		return nil, Findings{{File: p, Rule: "package", Cause: cause(err)}}
	}
	s, found := &sheet{name: p, raw: raw}, Findings(nil)
	switch {
	case r.isCSV(p), isTable(r.Name) && r.Format == "" && r.Mediatype == "":
		s, found = readSheet(p, raw)
	case isTable(r.Name):
		return nil, Findings{{File: p, Rule: "package", Cause: fmt.Sprintf("resource %q must be a CSV file; %s says it is not", r.Name, packageName)}}
	}
	if r.Hash != "" && r.Hash != "sha256:"+hashOf(raw) {
		found = append(found, Finding{File: p, Rule: "manifest", Cause: "its hash is not the one in " + packageName})
	}
	if r.Bytes != nil && *r.Bytes != int64(len(raw)) {
		found = append(found, Finding{File: p, Rule: "manifest", Cause: fmt.Sprintf("has %d bytes; %s says %d", len(raw), packageName, *r.Bytes)})
	}
	return s, found
}

// patchHashes writes the new hashes and sizes into the text of datapackage.json and changes nothing else.
func patchHashes(raw []byte, d descriptor, files map[string][]byte) []byte {
	text := string(raw)
	for _, r := range d.Resources {
		p, err := r.path()
		data, ok := files[p]
		if err != nil || !ok || r.Hash == "" {
			continue
		}
		at := strings.Index(text, r.Hash)
		if at < 0 {
			continue
		}
		fresh := "sha256:" + hashOf(data)
		text = text[:at] + fresh + text[at+len(r.Hash):]
		if r.Bytes == nil {
			continue
		}
		// The size stands in the same object, before or after the hash.
		from, to := strings.LastIndexByte(text[:at], '{'), at+strings.IndexByte(text[at:], '}')
		old, now := fmt.Sprintf(`"bytes": %d`, *r.Bytes), fmt.Sprintf(`"bytes": %d`, len(data))
		text = text[:from] + strings.Replace(text[from:to], old, now, 1) + text[to:]
	}
	return []byte(text)
}
