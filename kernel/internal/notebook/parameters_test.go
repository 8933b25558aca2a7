package notebook_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

func withParameters(t *testing.T, source string) *notebook.Notebook {
	t.Helper()
	n, err := notebook.Decode("x.ipynb", []byte(`{"nbformat":4,"nbformat_minor":5,"cells":[
	{"cell_type":"code","metadata":{},"outputs":[],"source":"// first"},
	{"cell_type":"code","metadata":{"tags":["parameters"]},"outputs":[],"source":`+strconv.Quote(source)+`}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const declared = "import \"time\"\n// é values\n%env A=ü\nvar limit float64 = 0.5\nn, name := 3, \"a\"\nvar since time.Time\n" +
	"const (\n\twhole = 7\n\tdeep int8 = -1\n)\nvar wait = 5 * time.Second\nplaces := []string{\"x\"}\nok := !true\nf := compute()\nhalf := 1.5 // half\nvar a, b = 1, 2\n"

func TestParametersReplaceValuesByTheirType(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{"limit=2", "var limit float64 = 2.0\n"},
		{"limit=1e-3", "var limit float64 = 1e-3\n"},
		{"n=-12", "n, name := -12, \"a\"\n"},
		{"name=say \"hi\" = é", "n, name := 3, \"say \\\"hi\\\" = é\"\n"},
		{"since=2023-09-13", "var since time.Time = time.Date(2023, 9, 13, 0, 0, 0, 0, time.UTC)\n"},
		{"since=2023-09-13T10:30:00+09:00", "time.Date(2023, 9, 13, 1, 30, 0, 0, time.UTC)\n"},
		{"whole=0x10", "\twhole = 0x10\n"},
		{"deep=127", "\tdeep int8 = 127\n"},
		{"wait=1h30m", "var wait = 90 * time.Minute\n"},
		{"places=Rason, Tumangang", "places := []string{\"Rason\", \"Tumangang\"}\n"},
		{`places=["a,b"]`, "places := []string{\"a,b\"}\n"},
		{"ok=true", "ok := true\n"},
		{"half=3", "half := 3.0 // half\n"},
		{"b=9", "var a, b = 1, 9\n"},
	} {
		p, err := notebook.ParseParameter(c.given)
		if err != nil {
			t.Fatal(err)
		}
		n := withParameters(t, declared)
		if err := n.SetParameters([]notebook.Parameter{p}); err != nil {
			t.Errorf("%s: %v", c.given, err)
			continue
		}
		got := n.Cells[1].Source()
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: got\n%s", c.given, got)
		}
		if changed := lineDiffs(declared, got); changed != 1 {
			t.Errorf("%s changed %d lines:\n%s", c.given, changed, got)
		}
	}
}

func lineDiffs(a, b string) (n int) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			n++
		}
	}
	return n
}

func TestParametersThatDoNotFitAreAllReported(t *testing.T) {
	n := withParameters(t, declared)
	var params []notebook.Parameter
	for _, s := range []string{"limit=abc", "n=1.5", "deep=128", "since=yesterday", "wait=5", "ok=maybe", "nothing=1", "f=1", "whole=", "n=4"} {
		p, err := notebook.ParseParameter(s)
		if err != nil {
			t.Fatal(err)
		}
		params = append(params, p)
	}
	err := n.SetParameters(params)
	if err == nil || n.Cells[1].Source() != declared {
		t.Fatalf("%v\n%s", err, n.Cells[1].Source())
	}
	for _, part := range []string{`x.ipynb: cell 2 (parameters): `, `limit: "abc" is not a number (float64)`, `n: "1.5" is not a whole number (int)`,
		`deep: "128" is not a whole number in range (int8)`, `since: "yesterday" is not a date`, `wait: "5" is not a duration`,
		`ok: "maybe" is not true or false (bool)`, "nothing is not declared there; declared: a, b, deep, f, half, limit, n, name, ok, places, since, wait, whole",
		"f: its type cannot be told from compute()", `whole: "" is not a whole number`} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("lacks %q:\n%v", part, err)
		}
	}
	for _, s := range []string{"x", "=1", "a b=1", "for=1"} {
		if _, err := notebook.ParseParameter(s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
	bare, _ := notebook.Decode("y.ipynb", []byte(`{"nbformat":4,"cells":[]}`))
	if err := bare.SetParameters(params); err == nil || !strings.Contains(err.Error(), `y.ipynb: no cell is tagged "parameters"`) {
		t.Errorf("%v", err)
	}
	broken := withParameters(t, "x := (")
	if err := broken.SetParameters(params); err == nil || !strings.Contains(err.Error(), "does not parse") {
		t.Errorf("%v", err)
	}
}
