// Package generate writes the tables that describe compiled packages to an interpreter: Go source that refers to everything a
// package exports, its type information, and its documentation. It runs the go command, so it needs a toolchain; what it
// writes does not.
package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"sort"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// Package is one package to describe.
type Package struct {
	Path, Name string
	Dir        string
	Files      []string // Go files of the build, names within Dir
	Types      *types.Package
}

// Set is the packages of one run; those that import each other share their type information.
type Set struct {
	Packages []*Package // in order of their paths
	listed   map[string]bool
}

type listed struct {
	ImportPath, Name, Dir, Export string
	GoFiles, CgoFiles             []string
	DepOnly                       bool
	Error                         *struct{ Err string }
}

// Load finds the packages that match the patterns as the go command, run in dir, sees them. Packages that skip accepts are
// left out.
func Load(dir string, skip func(path string) bool, patterns ...string) (*Set, error) {
	return load(dir, skip, false, patterns)
}

// LoadBare is Load together with what the packages need that is generic code and constraints only, internal packages included.
func LoadBare(dir string, skip func(path string) bool, patterns ...string) (*Set, error) {
	return load(dir, skip, true, patterns)
}

func load(dir string, skip func(path string) bool, bare bool, patterns []string) (*Set, error) {
	args := append([]string{"list", "-e", "-export", "-deps", "-json=ImportPath,Name,Dir,Export,GoFiles,CgoFiles,DepOnly,Error"}, patterns...)
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("generate: go list: %w\n%s", err, stderr.Bytes())
	}
	set := &Set{listed: map[string]bool{}}
	all := map[string]*types.Package{}
	fset := token.NewFileSet()
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := d.Decode(&l); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("generate: go list: %w", err)
		}
		wanted := !l.DepOnly && l.Name != "main" && (skip == nil || !skip(l.ImportPath))
		if !wanted && !(bare && maybeBare(l.ImportPath)) {
			continue
		}
		if l.Error != nil && wanted {
			return nil, fmt.Errorf("generate: %s: %s", l.ImportPath, l.Error.Err)
		}
		if l.Export == "" {
			continue
		}
		p := &Package{Path: l.ImportPath, Name: l.Name, Dir: l.Dir, Files: append(l.GoFiles, l.CgoFiles...)}
		if p.Types, err = readExport(l.Export, l.ImportPath, fset, all); err != nil {
			return nil, err
		}
		if !wanted && (collect(p).mentions() || len(p.Generics()) == 0) {
			continue
		}
		set.Packages = append(set.Packages, p)
		set.listed[p.Path] = true
	}
	sort.Slice(set.Packages, func(i, j int) bool { return set.Packages[i].Path < set.Packages[j].Path })
	return set, nil
}

func readExport(file, path string, fset *token.FileSet, all map[string]*types.Package) (*types.Package, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("generate: %s: %w", path, err)
	}
	if p := all[path]; p != nil && p.Complete() {
		return p, nil
	}
	return gcexportdata.Read(r, fset, all, path)
}

// Has says whether a package is one of the set.
func (s *Set) Has(path string) bool { return s.listed[path] }

// maybeBare says whether a package that others need may be one of generic code and constraints only, which a table describes
// without mentioning it: no package of the standard library is.
func maybeBare(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

// FileName is the stem of the files that describe a package.
func FileName(path string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, path)
	return s
}

// Importable says whether every package may import one with that path.
func Importable(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if part == "internal" || part == "vendor" {
			return false
		}
	}
	return true
}
