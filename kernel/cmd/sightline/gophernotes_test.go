package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

// TestGophernotesOwnNotebooksRunUnchanged runs the examples of gophernotes, if its module is in Go's module cache
// (go mod download github.com/gopherdata/gophernotes@v0.7.5). Left out is what needs a network, and one call that gonum/plot
// itself has changed: plot.New had a second result before its version 0.9.
func TestGophernotesOwnNotebooksRunUnchanged(t *testing.T) {
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Skip("there is no go command: ", err)
	}
	found, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(cache)), "github.com", "gopherdata", "gophernotes@*", "examples", "*.ipynb"))
	if len(found) == 0 {
		t.Skip("gophernotes is not in the module cache: go mod download github.com/gopherdata/gophernotes@v0.7.5")
	}
	dir := t.TempDir()
	ran := map[string]int{}
	for _, path := range found {
		name := filepath.Base(path)
		if name == "Facial_Recognition_MachineBox.ipynb" {
			continue // asks a server
		}
		n, err := notebook.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range n.Cells {
			source := strings.ReplaceAll(c.Source(), "p, err := plot.New()", "p := plot.New()\n    var err error")
			if c.IsCode() && strings.TrimSpace(source) != "" && !strings.Contains(source, "http.") {
				cells = append(cells, source)
			}
		}
		write(t, dir, name, cells...)
		if r := run(t, dir, "run", "-q", name); r.status != 0 {
			t.Errorf("%s: %+v", name, r)
		}
		ran[name] = len(cells)
	}
	for name, cells := range map[string]int{"Display.ipynb": 9, "Matrix_Operations.ipynb": 4, "Worker_Pools.ipynb": 5} {
		if ran[name] < cells {
			t.Errorf("%s: %d cells were run, not %d", name, ran[name], cells)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "out", "Display.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"image/png"`, `"text/markdown"`, `"text/latex"`, "Hello again, world!"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("Display.ipynb shows no %s", part)
		}
	}
}
