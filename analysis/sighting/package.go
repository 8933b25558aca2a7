package sighting

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	Name   string          `json:"name"`
	Path   json.RawMessage `json:"path"`
	Hash   string          `json:"hash"`
	Bytes  *int64          `json:"bytes"`
	Schema json.RawMessage `json:"schema"`
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
	if st.Size() > maxFile {
		return nil, fmt.Errorf("%d bytes are more than the %d that a file of a data package may have", st.Size(), int64(maxFile))
	}
	return os.ReadFile(path)
}

// readResource reads the file of a resource and compares its hash and size with the ones in the descriptor.
func readResource(dir string, r resource) (*sheet, Findings) {
	p, err := r.path()
	if err != nil {
		return nil, Findings{{File: packageName, Rule: "package", Cause: fmt.Sprintf("resource %q: %v", r.Name, err)}}
	}
	raw, err := readSome(filepath.Join(dir, filepath.FromSlash(p)))
	if err != nil {
		return nil, Findings{{File: p, Rule: "package", Cause: cause(err)}}
	}
	s, found := readSheet(p, raw)
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
