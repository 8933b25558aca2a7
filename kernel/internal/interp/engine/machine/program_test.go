package machine_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
)

var update = flag.Bool("update", false, "rewrite the expected output of testdata/programs by go run")

// TestPrograms runs each program of testdata/programs and compares what it prints with what go run prints.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/programs/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs: ", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				rewrite(t, f, a)
			}
			out, err := execute(t, string(a.Files[0].Data), 2*time.Minute)
			if err != nil {
				t.Errorf("%v", err)
			}
			if want := string(bytes.TrimRight(a.Files[1].Data, "\n")); strings.TrimRight(out, "\n") != want {
				t.Errorf("got:\n%s\nwant:\n%s", out, want)
			}
		})
	}
}

// rewrite asks the compiler what a program prints.
func rewrite(t *testing.T, name string, a *txtar.Archive) {
	src := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(src, a.Files[0].Data, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("go", "run", src)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	a.Files[1].Data = out
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// execute runs a program and returns what it printed.
func execute(t testing.TB, src string, limit time.Duration) (string, error) {
	t.Helper()
	p, err := program.Build("main.go", src)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	err = p.Run(ctx)
	var pe *machine.Panic
	if errors.As(err, &pe) {
		t.Logf("panic at %s", strings.Join(p.Frames(pe), "\n"))
	}
	return p.Out.String(), err
}
