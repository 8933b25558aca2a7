package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestATimeWithoutUnitIsExplained(t *testing.T) {
	r := run(t, t.TempDir(), "run", "--timeout", "5", "x.ipynb")
	if r.status != 2 || !strings.Contains(r.err, "write a time with its unit, for example 5s or 2m") {
		t.Errorf("%+v", r)
	}
}

func TestAnErrorThatIsExpectedIsNoNews(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x.ipynb", "raises-exception::panic(\"on purpose\")", "1 + 1")
	if r := run(t, dir, "run", "-q", "x.ipynb"); r.status != 0 || r.err != "" {
		t.Errorf("%+v", r)
	}
	r := run(t, dir, "run", "x.ipynb")
	if r.status != 0 || !strings.Contains(r.err, "ok (failed, as its tag says)") || strings.Contains(r.err, "FAILED") || strings.Contains(r.err, "sightline:") {
		t.Errorf("%+v", r)
	}
}

func TestFoldersThatAreMadeForAResultAreNamed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x.ipynb", "1")
	for _, args := range [][]string{{"run", "-q", "x.ipynb"}, {"run", "-q", "x.ipynb", "-o", "here.ipynb"}} {
		if r := run(t, dir, args...); r.status != 0 || r.err != "" {
			t.Errorf("%q: %+v", args, r)
		}
	}
	r := run(t, dir, "run", "-q", "x.ipynb", "-o", filepath.Join("new", "deep", "x.ipynb"), "--html", filepath.Join("new", "deep", "x.html"))
	if want := "sightline: made the folder " + filepath.Join(dir, "new") + "\n"; r.status != 0 || r.err != want {
		t.Errorf("%+v, want %q", r, want)
	}
}

func TestACellThatLeavesByExitZeroSaysSo(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x.ipynb", "import \"os\"\nx := 1\nos.Exit(0)\nx = 2", "x")
	r := run(t, dir, "run", "-q", "x.ipynb")
	text := read(t, dir, "out/x.ipynb")
	if r.status != 0 || !strings.Contains(text, "os.Exit(0) ended the cell here; the session goes on") || !strings.Contains(text, `"1"`) {
		t.Errorf("%+v\n%s", r, text)
	}
}

func TestTheStatusAfterASignalIsTheShells(t *testing.T) {
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		ctx, stop := interruptible(context.Background())
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		if err := self.Signal(signal); err != nil {
			stop()
			t.Skip(err) // Windows sends no signals to a process
		}
		select {
		case <-ctx.Done():
		case <-time.After(2 * time.Minute):
			t.Fatal("the signal did not arrive")
		}
		if got := interrupted(ctx); got != want {
			t.Errorf("%v: %d, want %d", signal, got, want)
		}
		stop()
	}
}
