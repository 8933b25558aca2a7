package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// envPython is the interpreter of a virtual environment.
func envPython(env string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(env, "Scripts", "python.exe")
	}
	return filepath.Join(env, "bin", "python")
}

// runs reports whether a Python interpreter starts: that of an environment does not, once the Python it was made from is
// gone.
func runs(ctx context.Context, python string) bool {
	return exec.CommandContext(ctx, python, "-c", "import jupyterlab").Run() == nil
}

// pythonCheck ends with 3 for a Python that is too old, 4 if it cannot make environments, and prints its version.
const pythonCheck = `import sys
print("%d.%d.%d" % sys.version_info[:3])
if sys.version_info < (3, 10): sys.exit(3)
try:
    import venv, ensurepip
except ImportError:
    sys.exit(4)
`

// findPython finds a Python that can make the environment, or says what to install.
func findPython(ctx context.Context) (string, error) {
	candidates := []string{"python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"}
	if p := os.Getenv("PYTHON"); p != "" {
		candidates = append([]string{p}, candidates...)
	}
	var found []string
	for _, name := range candidates {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		out, err := exec.CommandContext(ctx, path, "-c", pythonCheck).Output()
		version := strings.TrimSpace(string(out))
		var ended *exec.ExitError
		switch {
		case err == nil:
			return path, nil
		case errors.As(err, &ended) && ended.ExitCode() == 3:
			found = append(found, fmt.Sprintf("%s is Python %s, which is too old", path, version))
		case errors.As(err, &ended) && ended.ExitCode() == 4:
			found = append(found, fmt.Sprintf("%s is Python %s without the venv module", path, version))
		}
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	reason := "none was found on the path"
	if len(found) > 0 {
		reason = strings.Join(found, "; ")
	}
	return "", misuse("JupyterLab needs Python 3.10 or later with the venv module: %s. %s\n"+
		"Notebooks run without Python too: sightline run NOTEBOOK", reason, pythonAdvice())
}

func pythonAdvice() string {
	switch runtime.GOOS {
	case "windows":
		return "Install it from https://www.python.org/downloads/ or with: winget install Python.Python.3.13"
	case "darwin":
		return "Install it with: brew install python"
	}
	for _, tool := range []struct{ name, advice string }{
		{"apt-get", "sudo apt install python3 python3-venv"}, {"dnf", "sudo dnf install python3"},
		{"pacman", "sudo pacman -S python"}, {"zypper", "sudo zypper install python3"}, {"apk", "sudo apk add python3"},
	} {
		if _, err := exec.LookPath(tool.name); err == nil {
			return "Install it with: " + tool.advice
		}
	}
	return "Install it from https://www.python.org/downloads/"
}

// ignoreInterrupts leaves Ctrl-C to a child process until the returned function is called.
func ignoreInterrupts() (release func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-signals:
			case <-done:
				return
			}
		}
	}()
	return func() { signal.Stop(signals); close(done) }
}

// steps shows what long commands are doing: on a terminal their newest line, elsewhere only the step.
type steps struct {
	w    io.Writer
	live bool
	mu   sync.Mutex
}

func newSteps(w io.Writer) *steps {
	s := &steps{w: w}
	if f, ok := w.(*os.File); ok {
		s.live = term.IsTerminal(int(f.Fd()))
	}
	return s
}

func (s *steps) close() {
	if s.live {
		fmt.Fprint(s.w, "\r\x1b[K")
	}
}

// run runs a command. If it fails, the error ends with the last lines that it wrote.
func (s *steps) run(ctx context.Context, what, name string, args ...string) error {
	start := time.Now()
	if !s.live {
		fmt.Fprintln(s.w, "  "+what)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "PYTHONUNBUFFERED=1", "PIP_NO_COLOR=1")
	r, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w
	var tail []string
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			line := strings.TrimSpace(lines.Text())
			if tail = append(tail, line); len(tail) > 8 {
				tail = tail[1:]
			}
			if s.live {
				s.mu.Lock()
				fmt.Fprint(s.w, "\r\x1b[K"+fit(fmt.Sprintf("  %s, %s: %s", what, spent(time.Since(start)), line), 100))
				s.mu.Unlock()
			}
		}
		_, _ = io.Copy(io.Discard, r)
	}()
	err := cmd.Run()
	w.Close()
	<-read
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	if err != nil {
		return fmt.Errorf("%w\n    %s", err, strings.Join(tail, "\n    "))
	}
	return nil
}
