// Package archtest holds the rules of who imports whom among the image packages; each has its reason.
package archtest

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// imports returns what the files of a package below analysis import, test files too.
func imports(t *testing.T, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob(filepath.Join("..", "..", name, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files (%v)", name, err)
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := parser.ParseFile(token.NewFileSet(), f, src, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range p.Imports {
			out[strings.Trim(i.Path.Value, `"`)] = f
		}
	}
	return out
}

func TestImagePackagesKeepToTheirRooms(t *testing.T) {
	const root = "github.com/sightline-osint/sightline/"
	for _, rule := range []struct{ from, never, why string }{
		{"measure", "analysis/scene", "what measures must not see the truth"},
		{"change", "analysis/scene", "what measures must not see the truth"},
		{"region", "analysis/scene", "what measures must not see the truth"},
		{"register", "analysis/scene", "what measures must not see the truth"},
		{"raster", "analysis/change", "grids know nothing of what is done with them"},
		{"raster", "analysis/register", "grids know nothing of what is done with them"},
		{"raster", "analysis/measure", "grids know nothing of what is done with them"},
		{"raster", "analysis/internal/sketch", "pictures are drawn by those that have something to show"},
		{"geodesy", "analysis/raster", "the earth knows nothing of images"},
		{"region", "analysis/change", "a mask may come from anywhere"},
		{"change", "analysis/measure", "a score is no measurement"},
	} {
		for path, file := range imports(t, rule.from) {
			if strings.HasPrefix(path, root+rule.never) {
				t.Errorf("%s imports %s: %s", file, path, rule.why)
			}
		}
	}
	for _, name := range []string{"geodesy", "raster", "register", "change", "region", "measure", "scene", "internal/sketch"} {
		for path, file := range imports(t, name) {
			if strings.HasPrefix(path, root+"kernel") || strings.HasPrefix(path, "gonum.org/v1/plot") {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}
