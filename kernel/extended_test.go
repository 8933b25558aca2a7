//go:build unix

package kernel_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/extend"
)

// Building links two kernels, so that it runs only when asked for: SIGHTLINE_TEST_BUILD=github.com/google/uuid@v1.6.0. The
// command becomes the extended kernel, which imports the package, takes the place of one that was restarted, and replays.
func TestTheCommandBecomesTheExtendedKernel(t *testing.T) {
	spec := os.Getenv("SIGHTLINE_TEST_BUILD")
	if spec == "" {
		t.Skip("SIGHTLINE_TEST_BUILD names no package")
	}
	source, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	command := filepath.Join(t.TempDir(), "sightline")
	if out, err := exec.Command("go", "build", "-o", command, "./cmd/sightline").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	gocache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOCACHE", strings.TrimSpace(string(gocache)))
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("SIGHTLINE_SOURCE", source)
	dir := runtimeDir(t)

	path, _, _ := strings.Cut(spec, "@")
	start := func(file string) *exec.Cmd { return exec.Command(command, "kernel", file) }
	p := launch(t, dir, start)
	p.Execute("const answer = 6 * 7")
	if r := p.Execute("import _ \"" + path + "\""); r.Reply.Text("status") != "error" {
		t.Error("the package was there before")
	}
	var out strings.Builder
	if err := extend.Build(context.Background(), &out, []string{spec}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	p.Send("control", "shutdown_request", map[string]any{"restart": true})
	p.ends(t)

	p = launch(t, dir, start)
	want(t, "the import", p.Execute("import _ \""+path+"\"").Reply.Text("status"), "ok")
	want(t, "added", p.Execute("%packages add "+spec).Stream("stdout"), spec+" is part of this kernel.\n")
	r := p.Execute("%replay")
	if text := r.Stream("stdout"); !strings.Contains(text, "In[1] again: const answer") {
		t.Errorf("%%replay: %s", text)
	}
	r = p.Execute("answer")
	value, _ := r.First("execute_result")
	want(t, "the value again", value.Data("text/plain"), "42")
	p.Send("control", "shutdown_request", map[string]any{"restart": false})
	p.ends(t)
}
