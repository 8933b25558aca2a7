package difftest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

const batch = 40 // programs built into one binary

// TestTheEngineDoesWhatTheCompilerDoes runs a fixed set of seeds, or new ones for the time that SIGHTLINE_DIFFTEST names
// (`make difftest` sets ten minutes).
func TestTheEngineDoesWhatTheCompilerDoes(t *testing.T) {
	seeds := make([]uint64, batch)
	for i := range seeds {
		seeds[i] = uint64(i)
	}
	compare(t, seeds)
	limit := os.Getenv("SIGHTLINE_DIFFTEST")
	if limit == "" {
		return
	}
	d, err := time.ParseDuration(limit)
	if err != nil {
		t.Fatalf("SIGHTLINE_DIFFTEST: %v", err)
	}
	n := len(seeds)
	for end := time.Now().Add(d); time.Now().Before(end) && !t.Failed(); n += len(seeds) {
		for i := range seeds {
			seeds[i] = rand.Uint64() >> 24
		}
		compare(t, seeds)
	}
	t.Logf("%d programs compared", n)
}

func compare(t *testing.T, seeds []uint64) {
	t.Helper()
	want := compiled(t, seeds)
	for i, seed := range seeds {
		for name, run := range map[string]func(string) (string, error){"one cell": interpreted, "many cells": inCells} {
			got, err := run(Program(seed))
			switch {
			case err != nil:
				t.Errorf("seed %d, %s: %v", seed, name, err)
			case got != want[i]:
				t.Errorf("seed %d, %s: the first difference is in %s", seed, name, difference(got, want[i]))
			}
		}
	}
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			same := 0
			for same < min(len(g[i]), len(w[i])) && g[i][same] == w[i][same] {
				same++
			}
			same = max(0, same-60)
			return fmt.Sprintf("line %d, byte %d:\n  engine   %.300q\n  compiler %.300q", i+1, same, g[i][same:], w[i][same:])
		}
	}
	return fmt.Sprintf("the number of lines: engine %d, compiler %d", len(g), len(w))
}

// compiled builds the programs as packages of one binary and returns their traces.
func compiled(t *testing.T, seeds []uint64) []string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var imports, calls strings.Builder
	for i, seed := range seeds {
		write(fmt.Sprintf("p%d/p.go", i), "package prog\n\n"+Program(seed))
		fmt.Fprintf(&imports, "\tp%d \"d/p%d\"\n", i, i)
		fmt.Fprintf(&calls, "\tout.Encode([]byte(p%d.Main()))\n", i)
	}
	write("main.go", "package main\n\nimport (\n\t\"encoding/json\"\n\t\"os\"\n"+imports.String()+")\n\nfunc main() {\n\tout := json.NewEncoder(os.Stdout)\n"+calls.String()+"}\n")
	write("go.mod", "module d\n\ngo 1.26.0\n")
	build := exec.Command("go", "build", "-o", "d", ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("a random program does not compile: %v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "d")).Output()
	if err != nil {
		t.Fatal(err)
	}
	traces := make([]string, len(seeds))
	for i, dec := 0, json.NewDecoder(bytes.NewReader(out)); i < len(traces); i++ {
		var trace []byte // not a string: a trace may hold half a rune
		if err := dec.Decode(&trace); err != nil {
			t.Fatal(err)
		}
		traces[i] = strings.NewReplacer("prog.", "main.", fmt.Sprintf("d/p%d.", i), "main.").Replace(string(trace)) // types name their package
	}
	return traces
}

// interpreted is the trace of a program that is one cell.
func interpreted(src string) (string, error) { return session(src, "Main()") }

// inCells is the trace of a program that is a cell for each declaration.
func inCells(src string) (string, error) {
	parts, err := program.Split("package main\n"+src, "Main")
	if err != nil {
		return "", err
	}
	return session(slices.Concat(parts.Declarations, []string{parts.Main, "Main()"})...)
}

func session(cells ...string) (string, error) {
	e, err := engine.New(engine.Config{Tables: symbols.Entries()})
	if err != nil {
		return "", err
	}
	defer e.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var r interp.Result
	for i, c := range cells {
		if r, err = e.Execute(ctx, interp.Cell{Number: i + 1, Name: fmt.Sprintf("In[%d]", i+1), Code: c, Output: silent{}}); err != nil {
			return "", fmt.Errorf("cell %d of %d: %w\n%s", i+1, len(cells), err, c)
		}
	}
	return r.Values[0].(string), nil
}

type silent struct{}

func (silent) Stdout() io.Writer                { return io.Discard }
func (silent) Stderr() io.Writer                { return io.Discard }
func (silent) Display(display.Data, bool) error { return nil }
func (silent) ClearOutput(bool) error           { return nil }
func (silent) Input(context.Context, string, bool) (string, error) {
	return "", io.EOF
}
