package goroot

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

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
