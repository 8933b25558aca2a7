package goroot

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// workerEnv marks a process that runs programs; whole asks for all of them instead of a sample.
const (
	workerEnv = "SIGHTLINE_GOROOT_WORKER"
	whole     = "SIGHTLINE_GOROOT"
	sample    = 5  // one of so many programs runs by default
	cut       = 10 // and one of so many in cells
	few       = 8  // and one of so many examples
	patience  = 10 * time.Minute
)

// slow are programs that compute for a minute and more: they are no part of the sample.
var slow = map[string]bool{"abi/fibish.go": true, "abi/fibish_closure.go": true, "abi/uglyfib.go": true, "divmod.go": true, "fixedbugs/issue59680.go": true}

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		work()
		return
	}
	os.Exit(m.Run())
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return fmt.Sprintf("line %d: got %.80q want %.80q", i+1, a, b)
		}
	}
	return "same"
}

func goroot(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// candidates are the programs that can be compared.
func candidates(t *testing.T) (paths []string) {
	root := filepath.Join(goroot(t), "test")
	if _, err := os.Stat(root); err != nil {
		t.Skip("this Go installation has no tests: ", err)
	}
	known := registered()
	filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.Contains(p, ".dir"+string(filepath.Separator)) {
			return nil
		}
		src, err := os.ReadFile(p)
		if err != nil {
			return nil
		}
		if eligible(p, string(src), known) {
			paths = append(paths, p)
		}
		return nil
	})
	sort.Strings(paths)
	return paths
}

// eligible reports a file that "go run" runs without flags or arguments, on this system, with registered packages.
func eligible(path, src string, known map[string]bool) bool {
	for _, l := range strings.Split(src, "\n") {
		l = strings.TrimSpace(l)
		if l == "" || strings.HasPrefix(l, "//go:build") || strings.HasPrefix(l, "// +build") {
			continue
		}
		if l != "// run" {
			return false
		}
		break
	}
	if ok, err := build.Default.MatchFile(filepath.Dir(path), filepath.Base(path)); err != nil || !ok {
		return false
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	return err == nil && f.Name.Name == "main" && importable(f, known)
}

// registered are the packages that cells import.
func registered() map[string]bool {
	known := map[string]bool{}
	for _, e := range symbols.Entries() {
		known[e.Path] = true
	}
	return known
}

func importable(f *ast.File, known map[string]bool) bool {
	for _, im := range f.Imports {
		if p, _ := strconv.Unquote(im.Path.Value); !known[p] {
			return false
		}
	}
	return true
}

// listed reads "path: reason" lines.
func listed(t *testing.T, name string) map[string]string {
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, l := range strings.Split(string(b), "\n") {
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		p, why, ok := strings.Cut(l, ": ")
		if !ok {
			t.Fatalf("%s: line without a reason: %s", name, l)
		}
		m[p] = why
	}
	return m
}

// kinds are what a program may be kept apart for.
var kinds = []string{"unsafe", "compiler flags", "collector", "stack traces"}

func TestProgramsOfGo(t *testing.T) {
	compare(t, entire, candidates(t), sample, listed(t, "failing.txt"), apart(t))
}

// The same programs as the cells of a session. What fails as a program is not asked for again.
func TestProgramsOfGoInCells(t *testing.T) {
	known := apart(t)
	maps.Copy(known, listed(t, "failing.txt"))
	all := slices.DeleteFunc(candidates(t), func(p string) bool { return known[short(p)] != "" })
	compare(t, cells, all, cut, listed(t, "cells.txt"), nil)
}

// apart are the programs of apart.txt, whose reasons begin with one of the four kinds.
func apart(t *testing.T) map[string]string {
	m := listed(t, "apart.txt")
	for name, why := range m {
		if kind, _, _ := strings.Cut(why, ": "); !slices.Contains(kinds, kind) {
			t.Errorf("apart.txt: %s: %q is no reason to be kept apart, only %q are", name, why, kinds)
		}
	}
	return m
}

// compare runs one of every so many programs, or what the environment asks for.
func compare(t *testing.T, way string, all []string, every int, failing, apart map[string]string) {
	unknown := maps.Clone(failing)
	maps.Copy(unknown, apart)
	var run []string
	pick := os.Getenv(whole)
	for i, p := range all {
		delete(unknown, short(p))
		switch {
		case pick == "" && i%every == 0 && !slow[short(p)], pick == "all", pick != "" && strings.Contains(p, pick):
			run = append(run, p)
		}
	}
	for name := range unknown {
		t.Errorf("%s is listed, and no program that can be compared", name)
	}
	importcfg(t, run)
	passed, lucky, counted, ran := 0, 0, 0, 0
	for v := range judged(t, run, way) {
		name := short(v.Name)
		ran++
		if v.OK {
			passed++
		}
		if apart[name] == "" {
			counted++
		} else if v.OK {
			lucky++
		}
		hold(t, name, v, failing[name], apart[name])
	}
	t.Logf("of %d whose imports are registered, %d were run: %d pass, %.1f %% of these, %.1f %% of the %d that are not kept apart",
		len(all), ran, passed, percent(passed, ran), percent(passed-lucky, counted), counted)
}

// hold compares a verdict with what the lists say.
func hold(t *testing.T, name string, v verdict, failing, apart string) {
	switch {
	case v.OK && strings.HasPrefix(apart+failing, "collector: "):
		t.Logf("%s passes this time", name) // the collector is free to
	case v.OK && apart+failing != "":
		t.Errorf("%s passes: remove it from the list", name)
	case !v.OK && apart+failing == "":
		t.Errorf("%s: %s", name, v.Why)
	case !v.OK:
		t.Logf("%s fails, as listed: %s", name, v.Why)
	}
}

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(1, b)) }

// importcfg sets STDLIB_IMPORTCFG, as Go's own harness does, if one of the programs calls the compiler with it: a file that
// names the compiled standard library.
func importcfg(t *testing.T, programs []string) {
	for _, p := range programs {
		if src, err := os.ReadFile(p); err != nil || !bytes.Contains(src, []byte("STDLIB_IMPORTCFG")) {
			continue
		}
		out, err := exec.Command("go", "list", "-export", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "std").Output()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "importcfg")
		if err := os.WriteFile(file, out, 0o644); err != nil {
			t.Fatal(err)
		}
		t.Setenv("STDLIB_IMPORTCFG", file)
		return
	}
}

// short is a path below GOROOT/test or GOROOT/src.
func short(p string) string {
	p = filepath.ToSlash(p)
	for _, root := range []string{"/test/", "/src/"} {
		if i := strings.LastIndex(p, root); i >= 0 {
			return p[i+len(root):]
		}
	}
	return p
}
