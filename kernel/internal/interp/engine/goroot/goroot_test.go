package goroot

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// workerEnv marks a process that runs programs; whole asks for all of them instead of a sample.
const (
	workerEnv = "SIGHTLINE_GOROOT_WORKER"
	whole     = "SIGHTLINE_GOROOT"
	sample    = 5  // one of so many programs runs by default
	cut       = 10 // and one of so many in cells
	entire    = "program"
	cells     = "cells"
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

// verdict is what came of one program.
type verdict struct {
	Name string
	OK   bool
	Why  string
}

// work runs the programs whose paths come on standard input and writes verdicts to the file that the parent passed.
func work() {
	out := os.NewFile(3, "verdicts")
	enc := json.NewEncoder(out)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		way, path, _ := strings.Cut(in.Text(), " ")
		ok, why := judge(path, way)
		enc.Encode(verdict{path, ok, why})
	}
}

// judge runs one program in one of the two ways and compares.
func judge(path, way string) (ok bool, why string) {
	defer func() {
		if r := recover(); r != nil {
			ok, why = false, fmt.Sprint("engine: ", r)
		}
	}()
	src, err := os.ReadFile(path)
	if err != nil {
		return false, err.Error()
	}
	os.Chdir(strings.TrimSuffix(path, filepath.FromSlash(short(path)))) // as Go's own harness
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	run := asProgram
	if way == cells {
		run = asCells
	}
	got, why := run(ctx, path, string(src))
	if why != "" {
		return false, why
	}
	want, _ := os.ReadFile(strings.TrimSuffix(path, ".go") + ".out")
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		return false, "output: " + difference(got, string(want))
	}
	return true, ""
}

// asProgram runs a program as it is and returns what it writes, or why it fails.
func asProgram(ctx context.Context, path, src string) (out, why string) {
	p, err := program.Build(filepath.Base(path), src)
	if err != nil {
		return "", "build: " + err.Error()
	}
	err = p.Run(ctx)
	time.Sleep(time.Millisecond) // what still is in a pipe
	out = p.Out.String()
	var x *machine.Exit
	var pe *machine.Panic
	switch {
	case errors.As(err, &pe):
		return "", "panic: " + firstLine(pe.Error()) + " | " + strings.Join(p.Frames(pe), " < ")
	case errors.As(err, &x) && x.Code == 0:
	case err != nil:
		return "", "error: " + firstLine(err.Error()) + " | " + firstLine(out)
	}
	return out, ""
}

// asCells runs it as the cells of one session.
func asCells(ctx context.Context, path, src string) (out, why string) {
	cells, err := split(src)
	if err != nil {
		return "", "split: " + err.Error()
	}
	e, err := engine.New(engine.Config{Tables: symbols.Entries(), MaxStack: 256 << 20})
	if err != nil {
		return "", err.Error()
	}
	defer e.Close()
	var b program.Buffer
	for i, c := range cells {
		r, err := e.Execute(ctx, interp.Cell{Number: i + 1, Name: fmt.Sprintf("In[%d]", i+1), Code: c, Output: &b})
		var failure *interp.Error
		switch {
		case errors.As(err, &failure):
			return "", fmt.Sprintf("cell %d of %d: %s | %s", i+1, len(cells), strings.Join(failure.Traceback, " | "), firstLine(b.String()))
		case err != nil:
			return "", err.Error()
		case r.Exited:
			return b.String(), ""
		}
	}
	time.Sleep(time.Millisecond)
	return b.String(), ""
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
	known := map[string]bool{}
	for _, e := range symbols.Entries() {
		known[e.Path] = true
	}
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
	if err != nil || f.Name.Name != "main" {
		return false
	}
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
	compare(t, entire, sample, listed(t, "failing.txt"), apart(t))
}

// The same programs as the cells of a session. What fails as a program is not asked for again.
func TestProgramsOfGoInCells(t *testing.T) {
	known := apart(t)
	maps.Copy(known, listed(t, "failing.txt"))
	compare(t, cells, cut, listed(t, "cells.txt"), known)
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
func compare(t *testing.T, way string, every int, failing, apart map[string]string) {
	all := candidates(t)
	unknown := maps.Clone(failing)
	maps.Copy(unknown, apart)
	var run []string
	pick := os.Getenv(whole)
	for i, p := range all {
		delete(unknown, short(p))
		switch {
		case way == cells && apart[short(p)] != "":
		case pick == "" && i%every == 0 && !slow[short(p)], pick == "all", pick != "" && strings.Contains(p, pick):
			run = append(run, p)
		}
	}
	for name := range unknown {
		t.Errorf("%s is listed, and no program that can be compared", name)
	}
	importcfg(t, run)
	passed, counted, ran := 0, 0, 0
	for v := range judged(t, run, way) {
		name := short(v.Name)
		ran++
		if apart[name] == "" {
			counted++
		}
		if v.OK {
			passed++
		}
		hold(t, name, v, failing[name], apart[name])
	}
	t.Logf("of %d programs whose imports are registered, %d were run: %d pass, %.1f %% of these, %.1f %% of the %d that are not kept apart",
		len(all), ran, passed, percent(passed, ran), percent(passed, counted), counted)
}

// hold compares a verdict with what the lists say.
func hold(t *testing.T, name string, v verdict, failing, apart string) {
	switch {
	case v.OK && strings.HasPrefix(apart+failing, "collector"):
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

// short is a path below GOROOT/test.
func short(p string) string {
	if i := strings.LastIndex(filepath.ToSlash(p), "/test/"); i >= 0 {
		return filepath.ToSlash(p)[i+len("/test/"):]
	}
	return p
}

// judged runs programs in two worker processes; one that dies or hangs costs the program that it ran.
func judged(t *testing.T, paths []string, way string) <-chan verdict {
	goroot := goroot(t)
	work, out := make(chan string), make(chan verdict)
	go func() {
		for _, p := range paths {
			work <- p
		}
		close(work)
	}()
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var w *worker
			for p := range work {
				if w == nil {
					w = start(goroot)
				}
				v, alive := w.judge(p, way)
				if !alive {
					w = nil
				}
				out <- v
			}
			if w != nil {
				w.stop()
			}
		}()
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

type worker struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	errs *tail
}

func start(goroot string) *worker {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), workerEnv+"=1", "GOROOT="+goroot) // where runtime.GOROOT looks in a binary without paths
	c.ExtraFiles = []*os.File{w}
	errs := &tail{}
	c.Stderr = errs
	in, err := c.StdinPipe()
	if err != nil {
		panic(err)
	}
	if err := c.Start(); err != nil {
		panic(err)
	}
	w.Close()
	return &worker{c, in, bufio.NewReader(r), errs}
}

func (w *worker) stop() { w.in.Close(); w.cmd.Wait() }

func (w *worker) judge(path, way string) (v verdict, alive bool) {
	fmt.Fprintln(w.in, way, path)
	timer := time.AfterFunc(patience+10*time.Second, func() { w.cmd.Process.Kill() })
	defer timer.Stop()
	line, err := w.out.ReadBytes('\n')
	if err == nil && json.Unmarshal(line, &v) == nil {
		return v, true
	}
	w.stop()
	return verdict{path, false, "the process died: " + w.errs.first()}, false
}

// tail keeps the beginning of what a worker writes to standard error.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.b) < 1<<16 {
		t.b = append(t.b, p...)
	}
	return len(p), nil
}

func (t *tail) first() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range strings.Split(string(t.b), "\n") {
		if strings.HasPrefix(l, "fatal error:") || strings.HasPrefix(l, "panic:") || strings.HasPrefix(l, "runtime:") {
			return l
		}
	}
	return firstLine(string(t.b))
}
