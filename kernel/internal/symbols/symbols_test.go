package symbols

import (
	"bytes"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

func TestEveryTableLoads(t *testing.T) {
	for _, e := range Entries() {
		p := e.Load()
		if p.Path != e.Path || p.Name != e.Name {
			t.Errorf("%s: loaded %s %s", e.Path, p.Path, p.Name)
		}
		for n, v := range p.Types {
			if v == nil {
				t.Errorf("%s.%s has no type", e.Path, n)
			}
		}
		pkg, err := gcexportdata.Read(bytes.NewReader(p.Export()), token.NewFileSet(), map[string]*types.Package{}, e.Path)
		if err != nil {
			t.Errorf("%s: %v", e.Path, err)
			continue
		}
		for _, n := range pkg.Scope().Names() {
			o, ok := pkg.Scope().Lookup(n).(*types.Func)
			if ok && o.Exported() && o.Signature().TypeParams().Len() == 0 && !p.Funcs[n].IsValid() {
				t.Errorf("%s.%s has no value", e.Path, n)
			}
		}
	}
}

// Reflection and the type information agree on the names that the generator could only describe by a way.
func TestHiddenTypesHaveTheirNames(t *testing.T) {
	n := 0
	for _, e := range Entries() {
		for name, typ := range e.Load().Types {
			if !token.IsExported(name) {
				n++
				if i := strings.LastIndex(name, "."); name[i+1:] != typ.Name() {
					t.Errorf("%s: %s leads to %v", e.Path, name, typ)
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d hidden types", n)
	}
}

func TestDocumentationIsThere(t *testing.T) {
	p, ok := find("strings")
	if !ok {
		t.Fatal("no strings")
	}
	doc := p.Load().Doc
	for _, name := range []string{"", "Builder", "Builder.WriteString", "ToUpper"} {
		if doc(name) == "" {
			t.Errorf("strings has no documentation of %q", name)
		}
	}
}

// The tables are what the generator writes today. Other toolchains have other standard libraries.
func TestTablesAreUpToDate(t *testing.T) {
	if runtime.Version() != toolchain {
		t.Skipf("the tables were made with %s, this is %s", toolchain, runtime.Version())
	}
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "run", "./gen", "-from", here, "-out", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if got, _ := os.ReadFile(rel); !bytes.Equal(got, want) {
			t.Errorf("%s is out of date: go generate ./kernel/internal/symbols", rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	old, _ := filepath.Glob("pkg_*_.go")
	for _, f := range old {
		if _, err := os.Stat(filepath.Join(dir, f)); err != nil {
			t.Errorf("%s is of a package that is gone", f)
		}
	}
}
