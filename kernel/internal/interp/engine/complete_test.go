package engine_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// after runs cells and gives the engine.
func after(t testing.TB, cells ...string) interp.Interpreter {
	t.Helper()
	e := newEngine(t)
	for i, c := range cells {
		play(e, i+1, cellCase{code: c})
	}
	return e
}

// texts are the matches at the mark "|" in code.
func complete(e interp.Interpreter, code string) (interp.Completion, []string) {
	at := strings.Index(code, "|")
	c := e.Complete(context.Background(), code[:at]+code[at+1:], at)
	var out []string
	for _, m := range c.Matches {
		out = append(out, m.Text)
	}
	return c, out
}

func TestCompletionKnowsWhatCanStandThere(t *testing.T) {
	session := []string{
		"import \"strings\"\nimport m \"math\"\ntype Point struct{ X, Y float64; label string }\nfunc (p *Point) Norm() float64 { return m.Hypot(p.X, p.Y) }",
		"pts := []Point{{1, 2, \"a\"}}\ncounter, countdown := 1, 2",
		"type Stack[T any] struct{ items []T }\nfunc (s *Stack[T]) Push(v T) {}\nvar st Stack[Point]",
		"brokenCell := undefined(",
		"type Outer struct { Point; Inner struct{ Deep int } }\nvar o Outer",
	}
	e := after(t, session...)
	for _, c := range []struct {
		code string
		want []string // all of them, in this order, before anything else
	}{
		{"cou|", []string{"countdown", "counter"}},
		{"pts[0].|", []string{"X", "Y", "label", "Norm"}},
		{"pts[0].N|", []string{"Norm"}},
		{"x := pts[0].X + pts[0].Y|", []string{"Y"}},
		{"strings.ToU|", []string{"ToUpper", "ToUpperSpecial"}},
		{"m.Sqr|", []string{"Sqrt", "SqrtPi", "SqrtE", "Sqrt2", "SqrtPhi"}[:1]},
		{"st.|", []string{"items", "Push"}},
		{"st.items[0].N|", []string{"Norm"}},
		{"o.|", []string{"Inner", "Point"}},
		{"o.Inner.|", []string{"Deep"}},
		{"for _, p := range pts {\n\tp.No|\n}", []string{"Norm"}},
		{"func f(value int) int {\n\tvalu|\n}\nfunc g() {}", []string{"value"}},
		{"func f(value int) int {\n\treturn fo(val|, 2\n}", []string{"value"}},
		{"p := Point{X: 1, la|", []string{"label"}},
		{"local := 1\nloc|", []string{"local"}},
		{"type New struct{ Field int }\nvar n New\nn.|", []string{"Field"}},
		{"cou := pts\ncou[0].|", []string{"X", "Y", "label", "Norm"}},
		{"import \"encoding/j|", []string{"encoding/json"}},
		{"import (\n\t\"fmt\"\n\t\"gonum.org/v1/gonum/sta|", []string{"gonum.org/v1/gonum/stat"}},
		{"json.Mars|", []string{"Marshal", "MarshalIndent", "Marshaler"}},
		{"mus|", []string{"must"}},
		{"fallth|", []string{"fallthrough"}},
		{"strings.NewReader(\"x\").ReadR|", []string{"ReadRune"}},
		{"Point.|", nil},
		{"(*Point).N|", []string{"Norm"}},
		{"COUNTE|", []string{"counter"}},
		{"if pts[0].No|", []string{"Norm"}},
		{"switch x := any(pts).(type) {\ncase []Point:\n\tx[0].Nor|", []string{"Norm"}},
		{"go func() { pts[0].Nor|", []string{"Norm"}},
	} {
		_, got := complete(e, c.code)
		if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) {
			t.Errorf("%q: got %q, want first %q", c.code, got[:min(len(got), 8)], c.want)
		}
	}
}

func TestCompletionSaysWhatItReplacesAndAdds(t *testing.T) {
	e := after(t, "x := 1")
	c, _ := complete(e, "y := strconv.Ito|")
	if c.Start != 13 || c.End != 16 || len(c.Matches) == 0 || c.Matches[0].Import != "strconv" || c.Matches[0].Type != "function" || c.Matches[0].Signature != "func(i int) string" {
		t.Errorf("%+v", c)
	}
	c, _ = complete(e, "fmt|")
	if len(c.Matches) == 0 || c.Matches[0].Text != "fmt" || c.Matches[0].Import != "fmt" {
		t.Errorf("%+v", c)
	}
	for _, code := range []string{"// comment x|", "/* x| */", "'x|'", "12|", "x := 0x1f|"} {
		if c, _ := complete(e, code); len(c.Matches) > 0 {
			t.Errorf("%q: %+v", code, c.Matches[0])
		}
	}
}

func TestCompletionShowsOnlyFieldsThatCellsCanName(t *testing.T) {
	c, _ := complete(newEngine(t), "strings.Buil|")
	if len(c.Matches) != 1 || c.Matches[0].Signature != "struct{}" {
		t.Errorf("%+v", c)
	}
}

func TestCompletionOfFileNames(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "sightings.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	e := newEngine(t)
	slash := filepath.ToSlash(dir)
	if _, got := complete(e, "os.Open(\""+slash+"/s|\")"); !slices.Equal(got, []string{"sightings.csv", "sub/"}) {
		t.Error(got)
	}
	if c, got := complete(e, "f(`"+slash+"/sig|"); !slices.Equal(got, []string{"sightings.csv"}) || c.Start != len("f(`"+slash+"/") {
		t.Error(c, got)
	}
}

func TestCompletionDoesNotChangeTheSession(t *testing.T) {
	e := after(t, "x := 1", "type T struct{}")
	complete(e, "x := \"other\"\nfunc (T) M() {}\ny := x|")
	if got := play(e, 9, cellCase{code: "x"}); got != "= 1 int\n" {
		t.Error(got)
	}
	if got := play(e, 10, cellCase{code: "T{}.M()"}); !strings.Contains(got, "undefined") {
		t.Error(got)
	}
}

func TestInspectionTellsSignatureDocumentationAndValue(t *testing.T) {
	e := after(t,
		"import \"strings\"",
		"// Ratio is the share\n// of hits.\nfunc Ratio(hits, all int) float64 { return float64(hits) / float64(all) }",
		"scores := []int{3, 1, 2}\ntype T struct{ Size int }\nfunc (t T) Grow(n int) T { return t }\nvar tt T\nvar b strings.Builder",
	)
	for _, c := range []struct {
		code string
		want []string
	}{
		{"strings.ToUp|per(\"a\")", []string{"func strings.ToUpper(s string) string", "Unicode letters mapped to their upper case", `import "strings"`}},
		{"strings.Repeat(\"a\", |", []string{"func strings.Repeat(s string, count int) string"}},
		{"Rat|io(1, 2)", []string{"func Ratio(hits int, all int) float64", "share\nof hits"}},
		{"sco|res", []string{"var scores []int", "scores = [3 1 2]"}},
		{"tt.Gr|ow(1)", []string{"Grow(n int) T"}},
		{"tt.Si|ze", []string{"field Size int"}},
		{"b.WriteStr|ing(\"x\")", []string{"WriteString appends"}},
		{"T|{}", []string{"type T struct{Size int}", "Grow(n int) T"}},
		{"strin|gs.ToUpper", []string{"package strings", "simple functions to manipulate"}},
		{"json.Marsh|al(1)", []string{"func json.Marshal(v any) ([]byte, error)"}},
		{"len|(scores)", []string{"number of elements"}},
		{"must|(1, nil)", []string{"func must[T any](v T, err error) T", "or stops the cell"}},
		{"math.P|i", []string{"const math.Pi untyped float = 3.14159"}},
		{"strings.Buil|der{}", []string{"type strings.Builder struct{} // and unexported fields", "Grow(n int)"}},
		{"http.Cli|ent{}", []string{"type http.Client struct{Transport http.RoundTripper;"}},
		{"x := strings.Count(strings.ToLower(\"a\"), |\"b\")", []string{"func strings.Count(s string, substr string) int"}},
	} {
		at := strings.Index(c.code, "|")
		in, ok := e.Inspect(context.Background(), c.code[:at]+c.code[at+1:], at, 0)
		for _, w := range c.want {
			if !ok || !strings.Contains(in.Plain, w) || !strings.Contains(in.Markdown, w) {
				t.Errorf("%q: no %q in\n%s", c.code, w, in.Plain)
			}
		}
	}
	if in, _ := e.Inspect(context.Background(), "Ratio", 2, 1); !strings.Contains(in.Plain, "return float64(hits) / float64(all)") {
		t.Errorf("no source in\n%s", in.Plain)
	}
	if in, ok := e.Inspect(context.Background(), "nothingOfThatName", 3, 0); ok {
		t.Error(in)
	}
}

func TestIsComplete(t *testing.T) {
	e := newEngine(t)
	for code, want := range map[string]interp.Completeness{
		"":                             {Status: "complete"},
		"x := 1":                       {Status: "complete"},
		"for i := range 3 {":           {Status: "incomplete", Indent: "\t"},
		"if x {\n\tfor {\n":            {Status: "incomplete", Indent: "\t\t"},
		"f(a,":                         {Status: "incomplete"},
		"x := `raw":                    {Status: "incomplete"},
		"x +":                          {Status: "incomplete"},
		"x := ":                        {Status: "incomplete"},
		"/* comment":                   {Status: "incomplete"},
		"x := \"not closed":            {Status: "invalid"},
		"}":                            {Status: "invalid"},
		"func f() {\n}\nfunc g() {\n}": {Status: "complete"},
		"x := := 2":                    {Status: "invalid"},
		"f(])":                         {Status: "invalid"},
		"3, \"x\"":                     {Status: "complete"},
		"x := 1\nx, f(x,\n 2) // both": {Status: "complete"},
		"a, b,":                        {Status: "incomplete"},
	} {
		if got := e.IsComplete(code); got != want {
			t.Errorf("%q: got %+v, want %+v", code, got, want)
		}
	}
}

func TestVariablesAreListedWithTypesAndValues(t *testing.T) {
	e := after(t, "type P struct{ X int; n string }\nb := P{1, \"x\"}\na := []float64{1, 2.5}\nvar c map[string]int\nimport \"fmt\"\nfunc f() {}\nvar s fmt.Stringer")
	got := e.Variables()
	want := []interp.Variable{
		{Name: "a", Type: "[]float64", Value: "[1 2.5]"},
		{Name: "b", Type: "P", Value: `{X:1 n:"x"}`},
		{Name: "c", Type: "map[string]int", Value: "nil"},
		{Name: "s", Type: "fmt.Stringer", Value: "nil"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestEvalChangesNothing(t *testing.T) {
	e := after(t, "x := 20")
	res, err := e.Eval(context.Background(), "x * 2 + 2")
	if err != nil || len(res.Values) != 1 || res.Values[0] != 42 {
		t.Error(res, err)
	}
	if _, err := e.Eval(context.Background(), "y := 2"); err == nil {
		t.Error("a statement is no expression")
	}
	if _, err := e.Eval(context.Background(), "unknown"); err == nil {
		t.Error("unknown evaluates")
	}
	if err := e.Reset(); err != nil {
		t.Fatal(err)
	}
	if got := play(e, 2, cellCase{code: "x"}); !strings.Contains(got, "undefined: x") {
		t.Error(got)
	}
}

func TestACompletedPackageIsImportedByTheCellThatUsesIt(t *testing.T) {
	e := newEngine(t)
	if got := play(e, 1, cellCase{code: "strings.ToUpper(\"a\")"}); !strings.Contains(got, `import "strings"`) || !strings.Contains(got, "undefined: strings") {
		t.Fatalf("nothing was completed yet, but: %s", got)
	}
	complete(e, "strings.ToUp|")
	got := play(e, 2, cellCase{code: "func up(s string) string { return strings.ToUpper(s) }\nup(\"a\")"})
	if !strings.Contains(got, "= A string") || !strings.Contains(got, `import "strings" was added`) {
		t.Error(got)
	}
	if got := play(e, 3, cellCase{code: "strings.Repeat(\"b\", 2)"}); got != "= bb string\n" {
		t.Errorf("the import is not the session's: %s", got)
	}
	complete(e, "slic|")
	if got := play(e, 4, cellCase{code: "slices := []int{1}\nslices[0]"}); got != "= 1 int\n" {
		t.Errorf("an offered name stays free: %s", got)
	}
	if _, got := complete(e, "time.Now().Ye|"); !slices.Equal(got, []string{"Year", "YearDay"}) {
		t.Error(got)
	}
	if got := play(e, 5, cellCase{code: "type Seen struct { At time.Time }\nSeen{}.At.IsZero()"}); !strings.Contains(got, "= true bool") {
		t.Error(got)
	}
	if got := play(e, 6, cellCase{code: "json.Marshal(1)"}); !strings.Contains(got, "undefined: json") {
		t.Errorf("json was not completed: %s", got)
	}
}

func TestCompletionBehindGoAndDefer(t *testing.T) {
	e := after(t, "type Point struct{ X int }\nfunc (p Point) Norm() {}\np := Point{}")
	for _, code := range []string{"go p.|", "defer p.No|", "for { go p.|", "defer func() { p.|"} {
		if _, got := complete(e, code); !slices.Contains(got, "Norm") {
			t.Errorf("%q: %q", code, got)
		}
	}
}
