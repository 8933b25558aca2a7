package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// The notebooks of the repository are committed with their outputs. Each is run twice by one binary: both runs must give
// the same bytes, and on the architecture they were made on (floating point differs in the last digit elsewhere) the
// bytes that are committed. `make notebooks` refreshes them.
func TestNotebooksAreCommittedAsTheyRun(t *testing.T) {
	paths, err := filepath.Glob("../../../notebooks/*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("no notebooks found: the path is wrong")
	}
	bin := os.Getenv("SIGHTLINE_TEST_BINARY") // the command, built from this tree; empty: build it
	if bin == "" {
		bin = filepath.Join(t.TempDir(), "sightline")
		if runtime.GOOS == "windows" {
			bin += ".exe"
		}
		if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			first, second := ran(t, bin, path), ran(t, bin, path)
			if !bytes.Equal(first, second) {
				t.Fatalf("two runs differ, first in line %d:\n%s", differ(first, second), lineOf(second, differ(first, second)))
			}
			if runtime.GOARCH != "amd64" {
				return
			}
			committed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, committed) {
				n := differ(first, committed)
				t.Errorf("stale since line %d; run `make notebooks`\n  committed %.200s\n  now       %.200s", n, lineOf(committed, n), lineOf(first, n))
			}
		})
	}
}

func ran(t *testing.T, bin, path string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.ipynb")
	if text, err := exec.Command(bin, "run", "-q", "-o", out, path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// differ is the number of the first line, from 1, in which two files differ.
func differ(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return 1 + bytes.Count(a[:n], []byte("\n"))
}

func lineOf(b []byte, n int) []byte {
	lines := bytes.Split(b, []byte("\n"))
	if n > len(lines) {
		return nil
	}
	return bytes.TrimSpace(lines[n-1])
}
