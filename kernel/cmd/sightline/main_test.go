package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests run the command as users do: a process of its own, which is this test binary in another role.
func TestMain(m *testing.M) {
	if os.Getenv("SIGHTLINE_TEST_AS_COMMAND") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

// command is the command line, in a directory of its own and with nothing of the user's.
func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, args...)
	cmd.Dir = dir
	home := t.TempDir()
	cmd.Env = []string{"SIGHTLINE_TEST_AS_COMMAND=1", "HOME=" + home, "PATH=" + filepath.Join(home, "nothing"), "TMPDIR=" + os.TempDir(),
		"XDG_CACHE_HOME=" + filepath.Join(home, "cache"), "SystemRoot=" + os.Getenv("SystemRoot"), "GOCOVERDIR=" + t.TempDir()}
	return cmd
}

// result is what a command left behind.
type result struct {
	status   int
	out, err string
}

func run(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return finish(t, command(t, dir, args...))
}

func finish(t *testing.T, cmd *exec.Cmd) result {
	t.Helper()
	var out, errout bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errout
	err := cmd.Run()
	if _, ended := err.(*exec.ExitError); err != nil && !ended {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errout.String()}
}

// write puts a notebook of code cells into dir; "tag::source" gives a cell a tag.
func write(t *testing.T, dir, name string, sources ...string) {
	t.Helper()
	cells := []any{}
	for _, s := range sources {
		meta := map[string]any{}
		if tag, rest, ok := strings.Cut(s, "::"); ok {
			meta["tags"], s = []string{tag}, rest
		}
		cells = append(cells, map[string]any{"cell_type": "code", "metadata": meta, "execution_count": nil, "outputs": []any{}, "source": s})
	}
	text, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// files lists what lies below dir.
func files(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

func TestEveryVerbHasHelpWithExamples(t *testing.T) {
	for _, verb := range newRoot().Commands() {
		if verb.Hidden || verb.Name() == "help" || verb.Name() == "completion" {
			continue
		}
		if verb.Example == "" || verb.Long == "" || verb.Short == "" {
			t.Errorf("%s lacks help", verb.Name())
		}
		for _, sub := range verb.Commands() {
			if sub.Example == "" || sub.Short == "" {
				t.Errorf("%s %s lacks help", verb.Name(), sub.Name())
			}
		}
	}
	r := run(t, t.TempDir(), "run", "--help")
	if r.status != 0 || !strings.Contains(r.out, "Examples:") {
		t.Errorf("%+v", r)
	}
}

func TestArgumentsThatCannotBeUsedEndWithTwo(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.ipynb", "1")
	write(t, dir, "b.ipynb", "1")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"ran"}, `unknown command "ran", did you mean run or lab?`},
		{[]string{"run"}, "name a notebook to run"},
		{[]string{"run", "--what", "a.ipynb"}, "unknown flag: --what; see: sightline run --help"},
		{[]string{"run", "none.ipynb"}, "none.ipynb"},
		{[]string{"run", "."}, "is a directory, not a notebook"},
		{[]string{"run", "a.ipynb", "b.ipynb", "-o", "c.ipynb"}, "-o and --html take one notebook; 2 were given"},
		{[]string{"run", "a.ipynb", "--in-place", "-o", "c.ipynb"}, "--in-place and -o exclude each other"},
		{[]string{"run", "a.ipynb", "-o", "a.ipynb"}, "would overwrite the notebook; say so with --in-place"},
		{[]string{"run", "a.ipynb", "-o", "."}, "-o .: is a folder; name the file, for example a.ipynb"},
		{[]string{"run", "a.ipynb", "--html", "."}, "--html .: is a folder; name the file, for example a.html"},
		{[]string{"export", "a.ipynb", "-o", "."}, "is a folder; name the file, for example a.html"},
		{[]string{"run", "a.ipynb", "-p", "x"}, `parameter "x" is not of the form name=value`},
		{[]string{"run", "a.ipynb", "-p", "x=1"}, `no cell is tagged "parameters"`},
		{[]string{"run", "a.ipynb", "--timeout", "soon"}, "invalid argument"},
		{[]string{"run", "a.ipynb", "--timeout", "-1s"}, "is negative"},
		{[]string{"export"}, "name a notebook to export"},
		{[]string{"install", "--user", "--sys-prefix"}, "exclude each other"},
		{[]string{"kernel"}, "needs one connection file"},
		{[]string{"lab", "none"}, "none"},
		{[]string{"lab", "."}, "JupyterLab needs Python 3.10 or later"},
	} {
		r := run(t, dir, c.args...)
		if r.status != 2 || !strings.Contains(r.err, c.want) || strings.Contains(r.err, "goroutine") {
			t.Errorf("%v: status %d, %q", c.args, r.status, r.err)
		}
	}
	if got := files(t, dir); got != "a.ipynb b.ipynb" {
		t.Errorf("left behind: %s", got)
	}
}

func TestVersionSaysTheBuild(t *testing.T) {
	if r := run(t, t.TempDir(), "version"); r.status != 0 || !strings.HasPrefix(r.out, "sightline ") || !strings.Contains(r.out, "go1.") {
		t.Errorf("%+v", r)
	}
}

func TestInstallAndUninstall(t *testing.T) {
	dir := t.TempDir()
	prefix := filepath.Join(dir, "prefix")
	r := run(t, dir, "install", "--prefix", prefix)
	spec := filepath.Join(prefix, "share", "jupyter", "kernels", "sightline")
	if r.status != 0 || !strings.Contains(r.out, `installed the kernel "Go (Sightline)" in `+spec) {
		t.Fatalf("%+v", r)
	}
	var kernel struct{ Argv []string }
	if err := json.Unmarshal([]byte(read(t, spec, "kernel.json")), &kernel); err != nil {
		t.Fatal(err)
	}
	// The test binary lies in a temporary directory, so it was copied; the copy is a working program.
	cmd := exec.Command(kernel.Argv[0], "version")
	cmd.Env = append(os.Environ(), "SIGHTLINE_TEST_AS_COMMAND=1")
	if out, err := cmd.Output(); err != nil || !strings.HasPrefix(string(out), "sightline ") {
		t.Errorf("%q %v", out, err)
	}
	if r := run(t, dir, "uninstall", "--prefix", prefix); r.status != 0 || !strings.Contains(r.out, "removed "+spec) {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "uninstall", "--prefix", prefix); r.status != 0 || !strings.Contains(r.out, "not installed in ") {
		t.Errorf("%+v", r)
	}
	if got := files(t, dir); got != "" {
		t.Errorf("left behind: %s", got)
	}
}
