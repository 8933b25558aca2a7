package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/sightline-osint/sightline/"

// A rule forbids packages under from to import packages under to, both relative to the module or, for other modules,
// as an import path. Packages under except may.
type rule struct {
	from, to string
	except   []string
	why      string
}

var rules = []rule{
	{"analysis", "kernel", nil, "the library is used without a kernel; its types render themselves, matched structurally"},
	{"kernel", "analysis", []string{"kernel/internal/symbols", "kernel/cmd/sightline"}, "the kernel runs any Go; only the tables and the command know the library"},
	{"kernel", "kernel/internal/interp/engine", []string{"kernel", "kernel/cmd/sightline", "kernel/bench", "kernel/internal/interp/engine", "kernel/internal/symbols"}, "the session sees an Interpreter, not an engine"},
	{"kernel", "kernel/internal/wire", []string{"kernel", "kernel/internal/wire", "kernel/internal/kerneltest", "kernel/cmd/sightline"}, "only the wiring knows sockets"},
	{"kernel/internal", "unsafe", []string{"kernel/internal/interp/engine/mem"}, "every use of unsafe stands in one small room, with the rule that it relies on"},
	{"kernel/internal/wire", "kernel/internal/protocol", nil, "frames do not know what they carry"},
	{"kernel/internal/protocol", "kernel/internal/wire", nil, "messages do not know how they travel"},
	{"kernel/display", "kernel/internal", nil, "display is for users' programs too"},
	{"analysis/raster", "analysis/change", nil, "a grid knows nothing of what is computed from it"},
	{"analysis/measure", "analysis/scene", nil, "measuring code never sees the simulated truth"},
	{"analysis/change", "analysis/scene", nil, "scores never see the simulated truth"},
	{"analysis/region", "analysis/scene", nil, "regions never see the simulated truth"},
	{"analysis", "gonum.org/v1/plot", []string{"analysis/chart"}, "one house style, in one room"},
	{"analysis", "github.com/go-gota/gota", []string{"analysis/table"}, "gota is honoured at the edge, in one file"},
	{"kernel/display", "", []string{"std"}, "display has no dependencies"},
}

// A source is one Go file of the module with what it imports.
type source struct {
	pkg, file string // both relative to the module, with slashes
	test      bool
	ast       *ast.File
	imports   []string
}

func sources(t *testing.T) []source {
	t.Helper()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	var out []source
	for _, top := range []string{"kernel", "analysis"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if d.Name() == "testdata" || d.Name() == "node_modules" {
					return fs.SkipDir
				}
				if _, err := os.Stat(filepath.Join(p, "go.mod")); err == nil {
					return fs.SkipDir // a module of its own, such as a benchmark's peers
				}
				return nil
			}
			if !strings.HasSuffix(p, ".go") {
				return nil
			}
			rel, _ := filepath.Rel(root, p)
			rel = filepath.ToSlash(rel)
			f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly|parser.ParseComments)
			if err != nil {
				return err
			}
			s := source{pkg: path.Dir(rel), file: rel, test: strings.HasSuffix(rel, "_test.go"), ast: f}
			for _, i := range f.Imports {
				v, _ := strconv.Unquote(i.Path.Value)
				s.imports = append(s.imports, strings.TrimPrefix(v, module))
			}
			out = append(out, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 20 {
		t.Fatalf("found only %d Go files below %s: the walk is wrong", len(out), root)
	}
	return out
}

func under(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }

// allowed reports that s may break r: "kernel" in the exceptions means that package alone, "std" the standard library.
func (r rule) allowed(s source, imp string) bool {
	for _, e := range r.except {
		switch {
		case e == "std" && !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") && !under(imp, "kernel") && !under(imp, "analysis"):
			return true
		case e == "kernel" && s.pkg == "kernel":
			return true
		case e != "kernel" && e != "std" && under(s.pkg, e):
			return true
		}
	}
	return false
}

func (r rule) breaks(s source, imp string) bool {
	return under(s.pkg, r.from) && (r.to == "" || under(imp, r.to)) && !r.allowed(s, imp)
}

func TestNothingImportsWhatItMustNot(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, imp := range s.imports {
			for _, r := range rules {
				if r.breaks(s, imp) {
					t.Errorf("%s imports %s: %s", s.file, imp, r.why)
				}
			}
		}
	}
}

func TestTheRulesCanFail(t *testing.T) {
	for _, c := range []struct {
		pkg, imp string
		want     bool
	}{
		{"analysis/rate", "kernel/display", true},
		{"kernel/internal/session", "analysis/table", true},
		{"kernel/internal/symbols", "analysis/table", false},
		{"kernel/internal/session", "kernel/internal/interp/engine/front", true},
		{"kernel", "kernel/internal/interp/engine", false},
		{"analysis/rate", "gonum.org/v1/plot", true},
		{"analysis/chart", "gonum.org/v1/plot", false},
		{"kernel/display", "encoding/json", false},
		{"kernel/display", "gonum.org/v1/plot", true},
		{"analysis/measure", "analysis/scene", true},
	} {
		got := false
		for _, r := range rules {
			got = got || r.breaks(source{pkg: c.pkg}, c.imp)
		}
		if got != c.want {
			t.Errorf("%s importing %s: forbidden = %v, want %v", c.pkg, c.imp, got, c.want)
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	docs := map[string][]string{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		docs[s.pkg] = append(docs[s.pkg], "")
		if s.ast.Doc != nil {
			docs[s.pkg] = append(docs[s.pkg], s.file)
		}
	}
	for pkg, files := range docs {
		var with []string
		for _, f := range files {
			if f != "" {
				with = append(with, f)
			}
		}
		if len(with) != 1 {
			t.Errorf("%s has %d package comments, want one: %v", pkg, len(with), with)
		}
	}
}

func TestOnlyTheCommandIsShipped(t *testing.T) {
	for _, s := range sources(t) {
		if s.ast.Name.Name != "main" || s.test || under(s.pkg, "kernel/cmd/sightline") {
			continue
		}
		base := path.Base(s.pkg)
		if !strings.Contains(s.pkg+"/", "/bench/") && !strings.Contains(s.pkg, "/internal/") && base != "gen" {
			t.Errorf("%s is a main package: only kernel/cmd/sightline is shipped, generators are named gen, benchmarks bench", s.file)
		}
	}
}

func TestGotaStaysInOneFile(t *testing.T) {
	var files []string
	for _, s := range sources(t) {
		for _, imp := range s.imports {
			if !s.test && under(s.pkg, "analysis") && under(imp, "github.com/go-gota/gota") {
				files = append(files, s.file)
				break
			}
		}
	}
	if len(files) > 1 {
		t.Errorf("gota is imported by %v, want one file", files)
	}
}
