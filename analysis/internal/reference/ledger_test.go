package reference_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
)

// entry is a line of ledger.csv: rows of the reference and the tests that compare them. For the border numbers a row is
// a line of text, known by how it begins.
type entry struct {
	file, test, name, rows, where string
	matched                       int
}

func ledger(t *testing.T) []*entry {
	var out []*entry
	for _, r := range reference.Rows(t, "ledger.csv") {
		if len(r) != 6 {
			t.Fatalf("ledger: %q has %d columns", r, len(r))
		}
		out = append(out, &entry{r[0], r[1], r[2], r[3], r[4], 0})
	}
	return out
}

// Every row of the reference stands in the ledger once, and the ledger has no rows that the reference lacks.
func TestEveryRowOfTheReferenceIsInTheLedger(t *testing.T) {
	book := ledger(t)
	match := func(file, shown string, ok func(e *entry) bool) {
		n := 0
		for _, e := range book {
			if e.file == file && ok(e) {
				e.matched++
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: %d lines of the ledger hold %q", file, n, shown)
		}
	}
	total := 0
	for _, file := range []string{"reference_R.csv", "reference_py.csv"} {
		for _, row := range reference.Rows(t, file) {
			match(file, row[0]+", "+row[1]+", "+row[2], func(e *entry) bool { return e.test == row[0] && e.name == row[1] })
			total++
		}
	}
	text, err := os.ReadFile("data/border_numbers_R422.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		match("border_numbers_R422.txt", line, func(e *entry) bool { return strings.HasPrefix(strings.TrimSpace(line), strings.TrimSpace(e.test)) })
		total++
	}
	files, err := filepath.Glob("data/out_*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		match(filepath.Base(f), f, func(*entry) bool { return true })
	}
	for _, e := range book {
		if e.matched == 0 || e.rows != "" && e.rows != strconv.Itoa(e.matched) {
			t.Errorf("%s %s %s: the ledger says %q rows, the reference has %d", e.file, e.test, e.name, e.rows, e.matched)
		}
	}
	t.Logf("%d rows in %d lines of the ledger", total, len(book))
}

// The tests that the ledger names exist.
func TestTheTestsOfTheLedgerExist(t *testing.T) {
	sources := map[string]string{}
	for _, e := range ledger(t) {
		for _, where := range strings.Fields(e.where) {
			if where == "-" {
				continue
			}
			room, test, _ := strings.Cut(where, ".")
			if sources[room] == "" {
				files, err := filepath.Glob(filepath.Join("..", "..", room, "*_test.go"))
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range files {
					text, err := os.ReadFile(f)
					if err != nil {
						t.Fatal(err)
					}
					sources[room] += string(text)
				}
			}
			if !strings.Contains(sources[room], "func "+test+"(t *testing.T)") {
				t.Errorf("%s %s %s: there is no test %s", e.file, e.test, e.name, where)
			}
		}
	}
}
