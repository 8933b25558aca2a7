package complete

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// at completes code at its mark "|" and gives the texts and what they replace.
func at(code string) (matches []string, replaced string) {
	cursor := strings.Index(code, "|")
	code = code[:cursor] + code[cursor+1:]
	r := Complete(context.Background(), echo.New(), magic.Builtin(), protocol.CompleteRequest{Code: code, Cursor: &cursor})
	return r.Matches, code[r.Start:r.End]
}

func TestCompletionOfWhatCommandsTake(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("SIGHTLINE_TEST_WORD", "x")
	os.MkdirAll("datasets/yard", 0o755)
	os.MkdirAll("data", 0o755)
	os.WriteFile("datasets/yard/datapackage.json", nil, 0o644)
	os.WriteFile("dates.csv", nil, 0o644)
	for code, want := range map[string]string{
		"%cd da|":                   "data/ datasets/ for da",
		"say a\n%cd da|\nsay b":     "data/ datasets/ for da",
		"%load y|":                  "yard for y",
		"%load da|":                 "data/ datasets/ for da",
		"%env SIGHTLINE_TEST_W|":    "SIGHTLINE_TEST_WORD for SIGHTLINE_TEST_W",
		"%help timei|":              "timeit for timei",
		"%replay a|":                "all for a",
		"!cat dat|":                 "data/ datasets/ dates.csv for dat",
		"$cat data| x":              "data/ datasets/ for data",
		"!wc <dates|":               "dates.csv for dates",
		"%%bash\nls\ncat dates|":    "dates.csv for dates",
		"%%time\nsa|":               "say for sa",
		"%time sa|":                 "say for sa",
		"%timeit -n 3 sa|":          "say for sa",
		"%who x|":                   " for ",
		"!true\nsa|":                "say for sa",
		"open(\"dates|\")":          "dates.csv for dates",
		"%cd nowhere/|":             " for ",
		"%%timeit -n 3\nsay a\nsa|": "say for sa",
	} {
		matches, replaced := at(code)
		if got := strings.Join(matches, " ") + " for " + replaced; got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
}

func TestOnlyGoReachesTheInterpreter(t *testing.T) {
	for code, want := range map[string]string{
		"x := 1":               "x := 1",
		"%cd x\ny":             "     \ny",
		"a\n!ls é\nb":          "a\n      \nb",
		"%time f(x)":           "      f(x)",
		"%timeit -n 3 f":       "             f",
		"%%time f\ng":          "       f\ng",
		"%%bash\nls\n\necho x": "      \n  \n\n      ",
		"?fmt\nfmt":            "    \nfmt",
	} {
		if got := goOnly(code, magic.Builtin(), func(string) bool { return false }); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
	if !slices.Contains([]string{"!ok"}, goOnly("!ok", magic.Builtin(), func(string) bool { return true })) {
		t.Error("a negation is Go")
	}
}
