//go:build unix

package kernel_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// process is a kernel process with a front end.
type process struct {
	*kerneltest.Client
	cmd     *exec.Cmd
	exited  chan error
	sockets string // pattern of their names
}

// startProcess starts this test binary as a kernel on Unix sockets whose names the test knows.
func startProcess(t *testing.T, environment ...string) process {
	t.Helper()
	dir, err := os.MkdirTemp("", "p")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return startProcessIn(t, dir, environment...)
}

// startProcessIn starts a kernel with the connection file of a directory, as front ends start one anew that has died.
func startProcessIn(t *testing.T, dir string, environment ...string) process {
	t.Helper()
	return launch(t, dir, func(file string) *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), append(environment, serveVariable+"="+file)...)
		return cmd
	})
}

// launch starts a command that is a kernel with the connection file of a directory.
func launch(t *testing.T, dir string, command func(file string) *exec.Cmd) process {
	t.Helper()
	os.Remove(filepath.Join(dir, "s-5")) // of a kernel that died: that it is there again says that the new one listens
	c := wire.Connection{Transport: "ipc", IP: filepath.Join(dir, "s"), Shell: 1, IOPub: 2, Stdin: 3, Control: 4, HB: 5, Scheme: "hmac-sha256", Key: kerneltest.Key}
	file := filepath.Join(dir, "connection.json")
	if err := c.Write(file); err != nil {
		t.Fatal(err)
	}
	p := process{cmd: command(file), exited: make(chan error, 1)}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.exited <- p.cmd.Wait() }()
	t.Cleanup(func() { p.cmd.Process.Kill() })
	for until := time.Now().Add(kerneltest.Timeout); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(c.IP + "-5"); err == nil { // the socket that is opened last
			break
		}
		if time.Now().After(until) {
			t.Fatal("the kernel process does not open its sockets")
		}
	}
	p.Client = kerneltest.Connect(t, c)
	p.sockets = c.IP + "-*"
	return p
}

// ends waits for the process to end by itself, without failure.
func (p process) ends(t *testing.T) {
	t.Helper()
	select {
	case err := <-p.exited:
		if err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(p.sockets); len(left) > 0 {
			t.Errorf("socket files left behind: %v", left)
		}
	case <-time.After(kerneltest.Timeout):
		t.Error("the kernel process does not end")
	}
}

func TestWhatCompiledCodePrintsBelongsToItsCell(t *testing.T) {
	p := startProcess(t)
	want(t, "os.Stdout", p.Execute("print to os.Stdout").Stream("stdout"), "through os.Stdout")
	want(t, "os.Stderr", p.Execute("print to os.Stderr").Stream("stderr"), "through os.Stderr")
	want(t, "descriptor 1", p.Execute("write to descriptor 1").Stream("stdout"), "through descriptor 1")
	var lines strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&lines, "%06d\n", i)
	}
	if p.Execute("write much to descriptor 2").Stream("stderr") != lines.String() {
		t.Error("lines on descriptor 2 were lost")
	}
}

func TestACellThatClosesStdoutHarmsOnlyItself(t *testing.T) {
	p := startProcess(t)
	want(t, "status", p.Execute("close os.Stdout").Reply.Text("status"), "ok")
	want(t, "os.Stdout", p.Execute("print to os.Stdout").Stream("stdout"), "through os.Stdout")
	want(t, "descriptor 1", p.Execute("write to descriptor 1").Stream("stdout"), "through descriptor 1")
	want(t, "echo", p.Execute("say still here").Stream("stdout"), "still here")
}

func TestSIGINTInterruptsTheCellAndNothingWhileIdle(t *testing.T) {
	p := startProcess(t)
	p.Execute("set kept 1")
	p.cmd.Process.Signal(os.Interrupt)
	want(t, "idle", p.Ask("control", "kernel_info_request", map[string]any{}).Text("status"), "ok")
	id := p.Send("shell", "execute_request", map[string]any{"code": "wait"})
	p.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
	p.cmd.Process.Signal(os.Interrupt)
	want(t, "ename", p.Reply("shell", id).Text("ename"), "Interrupt")
	r, _ := p.Execute("get kept").First("execute_result")
	want(t, "state", r.Data("text/plain"), "1")
}

func TestSIGTERMAndShutdownEndTheProcessInMidCell(t *testing.T) {
	for _, end := range []func(process){
		func(p process) { p.cmd.Process.Signal(syscall.SIGTERM) },
		func(p process) { p.Send("control", "shutdown_request", map[string]any{"restart": false}) },
	} {
		p := startProcess(t)
		p.Send("shell", "execute_request", map[string]any{"code": "wait"})
		p.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
		end(p)
		p.ends(t)
	}
}

func TestACellThatHeedsNothingDoesNotKeepTheProcessAlive(t *testing.T) {
	p := startProcess(t)
	p.Send("shell", "execute_request", map[string]any{"code": "heed nothing"})
	p.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
	want(t, "reply", p.Ask("control", "shutdown_request", map[string]any{"restart": true}).Text("status"), "ok")
	p.ends(t)
}

func TestTheKernelEndsWhenItsParentIsGone(t *testing.T) {
	parent := exec.Command("sleep", "1000")
	if err := parent.Start(); err != nil {
		t.Skip(err)
	}
	p := startProcess(t, fmt.Sprintf("JPY_PARENT_PID=%d", parent.Process.Pid))
	want(t, "while the parent lives", p.Execute("x").Reply.Text("status"), "ok")
	parent.Process.Kill()
	parent.Wait()
	p.ends(t)
}

func TestTheMemoryLimitComesFromTheEnvironment(t *testing.T) {
	p := startProcess(t, "SIGHTLINE_MEMORY=3G")
	r, _ := p.Execute("leak").First("execute_result")
	want(t, "limit", r.Data("text/plain"), fmt.Sprint(3<<30))
}
