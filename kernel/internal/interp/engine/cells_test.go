package engine_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

var update = flag.Bool("update", false, "write what the cells do into testdata")

// screen is an Output that remembers.
type screen struct {
	mu    sync.Mutex
	text  strings.Builder // lines of stdout, of stderr after "2", of displays after "d"
	input []string
}

type stream struct {
	s      *screen
	prefix string
}

func (w stream) Write(b []byte) (int, error) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	for l := range strings.Lines(string(b)) {
		if t := w.s.text.String(); t == "" || strings.HasSuffix(t, "\n") {
			w.s.text.WriteString(w.prefix)
		}
		w.s.text.WriteString(l)
	}
	return len(b), nil
}

func (s *screen) Stdout() io.Writer { return stream{s, "> "} }
func (s *screen) Stderr() io.Writer { return stream{s, "2> "} }

func (s *screen) Display(d display.Data, _ bool) error {
	fmt.Fprintf(stream{s, "d> "}, "%v\n", d.Data["text/plain"])
	return nil
}

func (s *screen) ClearOutput(bool) error { return nil }

func (s *screen) Input(context.Context, string, bool) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.input) == 0 {
		return "", io.EOF
	}
	line := s.input[0]
	s.input = s.input[1:]
	return line, nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.text.String()
	if t != "" && !strings.HasSuffix(t, "\n") {
		t += "\n"
	}
	return t
}

// sequence is one case: cells with what they do. Lines of a cell's outcome begin with "> " (stdout), "2> " (stderr),
// "d> " (display), "= " (result and type) or "! " (traceback); lines that the user types begin with "< ".
type sequence struct {
	name  string
	cells []cellCase
}

type cellCase struct {
	code  string
	input []string
	want  string
}

// uses says whether a cell of the sequence has the text.
func (s sequence) uses(text string) bool {
	for _, c := range s.cells {
		if strings.Contains(c.code, text) {
			return true
		}
	}
	return false
}

func readSequences(t testing.TB, file string) (out []sequence) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split("\n"+string(b), "\n== ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		s := sequence{name: name}
		for _, text := range strings.Split("\n"+strings.TrimSuffix(body, "\n"), "\n--") {
			s.cells = append(s.cells, readCell(strings.TrimPrefix(text, "\n")))
		}
		out = append(out, s)
	}
	return out
}

func readCell(text string) (c cellCase) {
	var code []string
	for line := range strings.Lines(text + "\n") {
		outcome := false
		for _, p := range []string{"> ", "2> ", "d> ", "= ", "! "} {
			outcome = outcome || strings.HasPrefix(line, p)
		}
		switch {
		case outcome:
			c.want += line
		case strings.HasPrefix(line, "< "):
			c.input = append(c.input, strings.TrimSuffix(line[2:], "\n"))
		default:
			code = append(code, line)
		}
	}
	c.code = strings.TrimSuffix(strings.Join(code, ""), "\n")
	return c
}

// play runs one cell and writes down what it does.
func play(e interp.Interpreter, number int, c cellCase) string {
	s := &screen{input: c.input}
	res, err := e.Execute(context.Background(), interp.Cell{Number: number, Name: fmt.Sprintf("In[%d]", number), Code: c.code, Output: s})
	out := s.String()
	for i, v := range res.Values {
		out += strings.ReplaceAll(fmt.Sprintf("= %v %s", v, res.Types[i]), "\n", `\n`) + "\n"
	}
	var failure *interp.Error
	if errors.As(err, &failure) {
		for _, l := range failure.Traceback {
			out += "! " + strings.ReplaceAll(strings.TrimRight(l, "\n"), "\n", "\n! ") + "\n"
		}
	} else if err != nil {
		out += "! not an *interp.Error: " + err.Error() + "\n"
	}
	return out
}

func newEngine(t testing.TB) interp.Interpreter {
	t.Helper()
	e, err := engine.New(engine.Config{Tables: symbols.Entries(), MaxMemory: 4 << 30})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func TestCells(t *testing.T) {
	files, err := filepath.Glob("testdata/*.cells")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		all := readSequences(t, file)
		n += len(all)
		var b bytes.Buffer
		for _, s := range all {
			fmt.Fprintf(&b, "== %s\n", s.name)
			t.Run(s.name, func(t *testing.T) {
				if runtime.GOARCH == "wasm" && (strings.HasPrefix(s.name, "a running loop") || s.uses(`"os"`)) {
					t.Skip("needs preemption, or pipes and the errors of a Unix")
				}
				e := newEngine(t)
				for i, c := range s.cells {
					got := play(e, i+1, c)
					if got != c.want && !*update {
						t.Errorf("%s, cell %d:\n%s\ngot:\n%s\nwant:\n%s", file, i+1, c.code, got, c.want)
					}
					if i > 0 {
						b.WriteString("--\n")
					}
					if c.code != "" {
						b.WriteString(c.code + "\n")
					}
					for _, l := range c.input {
						b.WriteString("< " + l + "\n")
					}
					b.WriteString(got)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n < 200 {
		t.Errorf("%d sequences", n)
	}
}

// stressed marks the process that runs cells under a collector that never rests.
const stressed = "SIGHTLINE_ENGINE_STRESS"

// The same in a process of its own, under a collector that runs all the time and overwrites what it frees: a frame or a
// value that it cannot see would break.
func TestCellsUnderStressOfTheCollector(t *testing.T) {
	if os.Getenv(stressed) != "" {
		stress(t)
		return
	}
	if testing.Short() {
		t.Skip("slow")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, "-test.run=^TestCellsUnderStressOfTheCollector$", "-test.v")
	c.Env = append(os.Environ(), "GOGC=1", "GODEBUG=clobberfree=1", stressed+"=1")
	out, err := c.CombinedOutput()
	if n := bytes.Count(out, []byte("\n    --- PASS")); err != nil || n < 200 {
		t.Fatalf("%v, %d sequences passed\n%s", err, n, out)
	}
}

func stress(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	go func() { // the share of the heap that GOGC=1 lets grow is large for cells as small as these
		for {
			select {
			case <-done:
				return
			default:
				runtime.GC()
			}
		}
	}()
	files, _ := filepath.Glob("testdata/*.cells")
	for _, file := range files {
		for _, s := range readSequences(t, file) {
			if strings.Contains(s.name, "endless recursion") || strings.Contains(s.name, "ten thousand") {
				continue // minutes under such a collector
			}
			t.Run(s.name, func(t *testing.T) {
				e := newEngine(t)
				for i, c := range s.cells {
					if got := play(e, i+1, c); got != c.want {
						t.Errorf("%s, cell %d:\n%s\ngot:\n%s\nwant:\n%s", file, i+1, c.code, got, c.want)
					}
				}
			})
		}
	}
}

// plain is an Output that drops what it gets.
type plain struct{ screen }

func (*plain) Stdout() io.Writer { return io.Discard }
func (*plain) Stderr() io.Writer { return io.Discard }
