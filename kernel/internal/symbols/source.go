package symbols

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed generic
var generic embed.FS

// hasSource says whether package p exports generic code that this project implements.
func hasSource(p string) bool {
	_, err := fs.Stat(generic, "generic/"+p)
	return err == nil
}

// source reads the implementation of the generic code of package p. Files called types.go are left out: they only
// let the implementation compile by itself, for its tests.
func source(p string) map[string]string {
	files := map[string]string{}
	names, err := generic.ReadDir("generic/" + p)
	if err != nil {
		return nil
	}
	for _, e := range names {
		n := e.Name()
		if e.IsDir() || n == "types.go" || strings.HasSuffix(n, "_test.go") || !strings.HasSuffix(n, ".go") {
			continue
		}
		b, err := generic.ReadFile(path.Join("generic", p, n))
		if err != nil {
			return nil
		}
		files[n] = string(b)
	}
	return files
}
