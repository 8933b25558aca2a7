package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRunWritesTheNotebookAndThePage(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "deep/one.ipynb", "import \"fmt\"\nfmt.Println(\"hello\")", "type t struct{ A int }\n[]t{{1}, {2}}",
		"import \"os\"\n_, err := os.Stat(\"one.ipynb\")\nerr == nil")
	r := run(t, dir, "run", "deep/one.ipynb")
	if r.status != 0 || r.out != filepath.FromSlash("out/deep/one.ipynb\nout/deep/one.html\n") {
		t.Fatalf("%+v", r)
	}
	if !strings.Contains(r.err, `[1/3] fmt.Println("hello")`) || !strings.Contains(r.err, " ok ") {
		t.Errorf("no progress: %s", r.err)
	}
	text, page := read(t, dir, "out/deep/one.ipynb"), read(t, dir, "out/deep/one.html")
	for _, part := range []string{`"hello\n"`, `"(2 rows × 1 column)"`, `"true"`, `"execution_count": 3`} {
		if !strings.Contains(text, part) {
			t.Errorf("the notebook lacks %s:\n%s", part, text)
		}
	}
	if !strings.Contains(page, "<pre>hello</pre>") || !strings.Contains(page, "<td") {
		t.Errorf("the page:\n%s", page)
	}
	if r := run(t, dir, "run", "-q", "deep/one.ipynb", "-o", "again.ipynb"); r.status != 0 || r.err != "" || read(t, dir, "again.ipynb") != text {
		t.Errorf("a second run differs: %+v", r)
	}
	if r := run(t, dir, "run", "-q", "--in-place", "deep/one.ipynb"); r.status != 0 || read(t, dir, "deep/one.ipynb") != text {
		t.Errorf("in place: %+v", r)
	}
	if r := run(t, dir, "export", "deep/one.ipynb"); r.status != 0 || read(t, dir, "deep/one.html") != page {
		t.Errorf("export: %+v", r)
	}
	if got := files(t, dir); got != "again.ipynb deep/one.html deep/one.ipynb out/deep/one.html out/deep/one.ipynb" {
		t.Errorf("left behind: %s", got)
	}
}

func TestParametersReachTheCells(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "p.ipynb", "parameters::limit := 0.5\nname := \"a\"", "limit * 2", "name")
	r := run(t, dir, "run", "-q", "p.ipynb", "-p", "limit=3", "-p", "name=Rason, DPRK")
	if r.status != 0 {
		t.Fatalf("%+v", r)
	}
	if text := read(t, dir, "out/p.ipynb"); !strings.Contains(text, `"6"`) || !strings.Contains(text, `"Rason, DPRK"`) || !strings.Contains(text, `limit := 3.0\n`) {
		t.Errorf("%s", text)
	}
}

// Each kind of failure: what the user sees, and that what ran before is kept.
func TestAFailureIsNamedAndThePartialResultIsKept(t *testing.T) {
	for _, c := range []struct {
		name, cell string
		args       []string
		want       []string // in what is printed
		kept       string   // in the notebook
	}{
		{"a panic", "func f(n int) int { return 10 / n }\nf(0)", nil, []string{"x.ipynb: cell 2, line 1: runtime.Error: runtime error: integer divide by zero", "return 10 / n"}, "divide by zero"},
		{"a compile error", "a := 1\nb := a + missing", nil, []string{"x.ipynb: cell 2, line 2: CompileError: undefined: missing", "b := a + missing"}, "undefined: missing"},
		{"a missing data set", "import \"os\"\nf, err := os.Open(\"datasets/none.csv\")\nif err != nil { panic(err) }\nf", nil, []string{"x.ipynb: cell 2, line 3: *fs.PathError: open datasets/none.csv:"}, "none.csv"},
		{"os.Exit", "import \"os\"\nos.Exit(3)", nil, []string{"x.ipynb: cell 2", "Exit", "exit status 3"}, "exit status 3"},
		{"log.Fatal", "import \"log\"\nlog.Fatal(\"no data\")", nil, []string{"x.ipynb: cell 2"}, "no data"},
		{"an endless loop", "for {}", []string{"--timeout", "300ms"}, []string{"x.ipynb: cell 2", "Timeout: the cell ran longer than 300ms"}, "Timeout"},
		{"endless waiting", "select {}", []string{"--timeout", "300ms"}, []string{"Timeout"}, "Timeout"},
		{"what no code can catch", "import (\n\t\"reflect\"\n\t\"sync\"\n)\nreflect.ValueOf(new(sync.Mutex)).MethodByName(\"Unlock\").Call(nil)", nil, []string{"x.ipynb: cell 2: RuntimeCrash: the Go runtime ended the program: unlock of an unlocked mutex"}, "RuntimeCrash"},
		{"a result that carries its error", "import \"github.com/sightline-osint/sightline/analysis/table\"\ntable.New(table.Ints(\"n\", \"\", 1)).SortBy(\"none\")", nil, []string{"x.ipynb: cell 2", "none"}, `"output_type": "execute_result"`},
		{"endless recursion", "func g(n int) int { return g(n+1) + 1 }\ng(0)", nil, []string{"x.ipynb: cell 2, line 1", "stack overflow"}, "stack overflow"},
	} {
		if c.kept == "RuntimeCrash" && !canSupervise {
			continue
		}
		dir := t.TempDir()
		write(t, dir, "x.ipynb", "import \"fmt\"\nfmt.Println(\"before\")", c.cell, "\"after\"")
		r := run(t, dir, append([]string{"run", "-q", "x.ipynb"}, c.args...)...)
		if r.status != 1 {
			t.Errorf("%s: status %d", c.name, r.status)
		}
		for _, want := range c.want {
			if !strings.Contains(r.err, want) {
				t.Errorf("%s: lacks %q:\n%s", c.name, want, r.err)
			}
		}
		for _, stack := range []string{"goroutine ", "/kernel/", "runtime/panic.go"} {
			if strings.Contains(r.err, stack) {
				t.Errorf("%s: shows a stack of the tool:\n%s", c.name, r.err)
			}
		}
		text := read(t, dir, "out/x.ipynb")
		if !strings.Contains(text, `"before\n"`) || !strings.Contains(text, c.kept) || strings.Contains(text, `"execution_count": 3`) {
			t.Errorf("%s: kept\n%s", c.name, text)
		}
		if !strings.Contains(read(t, dir, "out/x.html"), `class="output error"`) {
			t.Errorf("%s: the page shows no error", c.name)
		}
		if got := files(t, dir); got != "out/x.html out/x.ipynb x.ipynb" {
			t.Errorf("%s: left behind: %s", c.name, got)
		}
	}
}

func TestAHundredMegabytesOfTextAreCut(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x.ipynb", "import (\n\t\"fmt\"\n\t\"strings\"\n)\nfmt.Print(strings.Repeat(strings.Repeat(\"x\", 99)+\"\\n\", 1<<20))", "\"after\"")
	if r := run(t, dir, "run", "-q", "x.ipynb"); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	text := read(t, dir, "out/x.ipynb")
	if len(text) > 10<<20 || !strings.Contains(text, "are left out of the notebook") || !strings.Contains(text, `"after"`) {
		t.Errorf("%d bytes: …%s", len(text), text[max(0, len(text)-600):])
	}
}

func TestFilesThatAreNoNotebooks(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"cut.ipynb": "{\n \"cells\": [\n", "text.ipynb": "hello", "old.ipynb": `{"nbformat":3,"worksheets":[]}`,
		"python.ipynb": `{"nbformat":4,"metadata":{"kernelspec":{"name":"python3","language":"python"}},"cells":[]}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := files(t, dir)
	for name, want := range map[string]string{"cut.ipynb": "cut.ipynb:3:1: is cut off", "text.ipynb": "text.ipynb:1:1: is not a notebook",
		"old.ipynb": "is in notebook format 3", "python.ipynb": "is a notebook in python, and Sightline runs Go"} {
		if r := run(t, dir, "run", name); r.status != 2 || !strings.Contains(r.err, want) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if got := files(t, dir); got != before {
		t.Errorf("left behind: %s", got)
	}
}

func TestSeveralNotebooksAreReadBeforeTheFirstRuns(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "good.ipynb", "1")
	write(t, dir, "bad.ipynb", "panic(1)")
	write(t, dir, "last.ipynb", "2")
	if r := run(t, dir, "run", "good.ipynb", "none.ipynb"); r.status != 2 || files(t, dir) != "bad.ipynb good.ipynb last.ipynb" {
		t.Errorf("%+v, %s", r, files(t, dir))
	}
	r := run(t, dir, "run", "-q", "good.ipynb", "bad.ipynb", "last.ipynb")
	if r.status != 1 || strings.Count(r.out, ".html") != 3 {
		t.Errorf("%+v", r)
	}
}

func TestWhatCompiledCodePrintsBelongsToTheCell(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "x.ipynb", "println(\"to stderr\")\nimport \"log\"\nlog.SetFlags(0)\nlog.Print(\"logged\")", "import \"os\"\nos.Stdout.WriteString(\"direct\\n\")")
	r := run(t, dir, "run", "-q", "x.ipynb")
	text := read(t, dir, "out/x.ipynb")
	if r.status != 0 || r.err != "" || !strings.Contains(text, `"direct\n"`) || !strings.Contains(text, `"logged\n"`) || !strings.Contains(text, `"to stderr\n"`) {
		t.Errorf("%+v\n%s", r, text)
	}
}

// An interrupt is sent when the second cell is running, which its own output says.
func TestCtrlCKeepsThePartialResult(t *testing.T) {
	dir := t.TempDir()
	marker := filepath.ToSlash(filepath.Join(dir, "marker"))
	write(t, dir, "x.ipynb", "\"before\"", "import \"os\"\nos.WriteFile(\""+marker+"\", nil, 0o600)\nfor {}", "\"after\"")
	cmd := command(t, dir, "run", "x.ipynb")
	errout, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for _, err := os.Stat(marker); err != nil && t.Context().Err() == nil; _, err = os.Stat(marker) {
		if cmd.ProcessState != nil {
			t.Fatal("it ended early")
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip("no interrupts on this system")
	}
	said, _ := io.ReadAll(errout)
	_ = cmd.Wait()
	if cmd.ProcessState.ExitCode() != 130 || !strings.Contains(string(said), "interrupted after 2 of 3 cells") {
		t.Errorf("status %d: %s", cmd.ProcessState.ExitCode(), said)
	}
	if text := read(t, dir, "out/x.ipynb"); !strings.Contains(text, `"before"`) || strings.Contains(text, `"after"`+"\n") && strings.Contains(text, `"execution_count": 3`) {
		t.Errorf("%s", text)
	}
}
