package goroot

import (
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// The documented examples of the standard library, as cells: what is printed is what their comments say.
func TestExamplesOfGo(t *testing.T) {
	compare(t, example, examples(t), few, listed(t, "examples.txt"), nil)
}

// examples are those with a comment on their output, in files that import only registered packages.
func examples(t *testing.T) (paths []string) {
	root := filepath.Join(goroot(t), "src")
	known := registered()
	filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		name := filepath.Base(p)
		if err != nil || d.IsDir() && (name == "cmd" || name == "testdata" || name == "vendor") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasPrefix(name, "example") || !strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ParseComments)
		if err != nil || !importable(f, known) {
			return nil
		}
		for _, e := range doc.Examples(f) {
			if e.Output != "" || e.EmptyOutput {
				paths = append(paths, p+"#Example"+e.Name)
			}
		}
		return nil
	})
	sort.Strings(paths)
	return paths
}
