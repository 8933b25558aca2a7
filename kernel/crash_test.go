//go:build unix

package kernel_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

// dies waits for the process to end without having been asked to.
func (p process) dies(t *testing.T) {
	t.Helper()
	select {
	case err := <-p.exited:
		var status *exec.ExitError
		if !errors.As(err, &status) {
			t.Errorf("the process ended well: %v", err)
		}
	case <-time.After(kerneltest.Timeout):
		t.Fatal("the kernel process does not end")
	}
}

func runtimeDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "p") // short: the name of a Unix socket has about 100 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestAKernelStartedAgainAfterACrashSaysWhichCellAndWhyAndCanReplay(t *testing.T) {
	for code, why := range map[string]string{
		"unlock what is not locked":     "unlock of an unlocked mutex",
		"recurse for ever":              "stack overflow in compiled code",
		"recurse among many goroutines": "stack overflow in compiled code", // the runtime's report is long
		"exit":                          "os.Exit in compiled code, or killed from outside",
	} {
		t.Run(code, func(t *testing.T) {
			dir := runtimeDir(t)
			p := startProcessIn(t, dir)
			p.Execute("set train 225")
			p.Execute("fail Error on purpose")
			p.Execute("set yard Tumangang\nsay once")
			p.Send("shell", "execute_request", map[string]any{"code": code})
			p.dies(t)

			p = startProcessIn(t, dir)
			r := p.Execute("get train")
			text := r.Stream("stderr")
			for _, part := range []string{"The kernel crashed while In[4] ran: ", why, code + "\n", "All values of the session are lost.", "%replay runs the 2 cells"} {
				if !strings.Contains(text, part) {
					t.Errorf("the report lacks %q:\n%s", part, text)
				}
			}
			want(t, "the value", r.Reply.Text("ename"), "NameError")
			want(t, "the report comes once", p.Execute("say x").Stream("stderr"), "")

			list := p.Execute("%replay list").Stream("stdout")
			want(t, "%replay list", list[strings.Index(list, "In[1]"):], "In[1]  set train 225\nIn[3]  set yard Tumangang …\nIn[4]  "+code+"  (was running when the kernel crashed; only %replay all runs it)\n")
			r = p.Execute("%replay")
			want(t, "%replay", r.Stream("stdout"), "In[1] again: set train 225\nIn[3] again: set yard Tumangang …\nonceIn[4], which was running when the kernel crashed, was left out: %replay all runs it too\n")
			r = p.Execute("get train")
			value, _ := r.First("execute_result")
			want(t, "the value again", value.Data("text/plain"), "225")
			p.Send("control", "shutdown_request", map[string]any{"restart": false})
			p.ends(t)
			if left, _ := filepath.Glob(filepath.Join(dir, "*.sightline-*")); len(left) > 0 {
				t.Errorf("left behind after a shutdown: %v", left)
			}
		})
	}
}

func TestReplayAllRunsTheCrashedCellAndWhatWasReplayedBelongsToTheSession(t *testing.T) {
	dir := runtimeDir(t)
	p := startProcessIn(t, dir)
	p.Execute("set train 225")
	p.Send("shell", "execute_request", map[string]any{"code": "exit"})
	p.dies(t)
	for range 2 { // it crashes again, and what %replay ran is known to the next process
		p = startProcessIn(t, dir)
		p.Send("shell", "execute_request", map[string]any{"code": "%replay all"})
		p.dies(t)
	}
	p = startProcessIn(t, dir)
	r := p.Execute("%replay")
	if text := r.Stream("stderr"); !strings.Contains(text, "while In[2] ran") {
		t.Errorf("the report is %q", text)
	}
	want(t, "%replay", r.Stream("stdout"), "In[1] again: set train 225\nIn[2], which was running when the kernel crashed, was left out: %replay all runs it too\n")
}

func TestReplayStopsAtTheFirstCellThatFails(t *testing.T) {
	dir := runtimeDir(t)
	t.Chdir(dir)
	os.Mkdir("yard", 0o700)
	p := startProcessIn(t, dir)
	p.Execute("set train 225")
	p.Execute("say one\n%cd yard")
	p.Execute("set never reached")
	p.cmd.Process.Kill()
	p.dies(t)
	os.Remove("yard")
	p = startProcessIn(t, dir)
	r := p.Execute("%replay")
	want(t, "status", r.Reply.Text("status"), "error")
	if text := r.Stream("stderr"); !strings.Contains(text, "The kernel was killed while no cell ran.") || !strings.Contains(text, "stopped: 1 of 3 cells were run, In[2] failed\n") {
		t.Errorf("stderr is %q", text)
	}
	tb, _ := r.Reply.Content["traceback"].([]any)
	if len(tb) != 3 || tb[1] != "earlier In[2], line 2:" || tb[2] != "    %cd yard" {
		t.Errorf("traceback %q", tb)
	}
	want(t, "what ran stays", p.Execute("say x").Reply.Text("status"), "ok")
}

func TestARestartThatAUserAskedForReportsNoCrashAndCanReplay(t *testing.T) {
	dir := runtimeDir(t)
	p := startProcessIn(t, dir)
	p.Execute("set train 225")
	p.Send("shell", "execute_request", map[string]any{"code": "heed nothing"})
	p.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
	p.Send("control", "shutdown_request", map[string]any{"restart": true})
	p.ends(t)
	for range 2 { // also if the first one ran nothing
		p = startProcessIn(t, dir)
		p.Send("control", "shutdown_request", map[string]any{"restart": true})
		p.ends(t)
	}
	p = startProcessIn(t, dir)
	r := p.Execute("say hello")
	want(t, "stderr", r.Stream("stderr"), "")
	r = p.Execute("%replay")
	want(t, "%replay", r.Stream("stdout"), "In[1] again: set train 225\n")
}

func TestACrashWhileNoCellRunsIsReported(t *testing.T) {
	dir := runtimeDir(t)
	p := startProcessIn(t, dir)
	p.Execute("crash later")
	p.dies(t)
	p = startProcessIn(t, dir)
	text := p.Execute("say x").Stream("stderr")
	if !strings.HasPrefix(text, "The kernel crashed while no cell ran: of compiled code") && !strings.HasPrefix(text, "The kernel crashed while no cell ran: an error") {
		t.Errorf("the report is %q", text)
	}
}

func TestWhatACrashLeavesIsReadableByItsOwnerOnly(t *testing.T) {
	dir := runtimeDir(t)
	p := startProcessIn(t, dir)
	p.Execute("set secret 1")
	found, _ := filepath.Glob(filepath.Join(dir, "*.sightline-*"))
	if len(found) != 2 {
		t.Fatalf("files %v", found)
	}
	for _, path := range found {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
		}
	}
	p.Send("control", "shutdown_request", map[string]any{"restart": false})
	p.ends(t)
}

func TestReplayWithoutAnEarlierSessionSaysWhenItWorks(t *testing.T) {
	p := startProcess(t)
	r := p.Execute("%replay")
	want(t, "ename", r.Reply.Text("ename"), "UsageError")
	want(t, "evalue", r.Reply.Text("evalue"), "there is no earlier session to run again: %replay works after a restart or a crash of the kernel")
	want(t, "evalue", p.Execute("%replay everything").Reply.Text("evalue"), "%replay, %replay list or %replay all")
}
