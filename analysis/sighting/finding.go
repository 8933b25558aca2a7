package sighting

import (
	"fmt"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Finding is one thing that is wrong with a data package.
type Finding struct {
	File   string
	Line   int // 1-based; 0 for the file as a whole
	Column string
	Rule   string // short name of the rule that is broken
	Cause  string
}

// String is "file:line: column "x": cause (rule)".
func (f Finding) String() string {
	s := f.File
	if f.Line > 0 {
		s += fmt.Sprintf(":%d", f.Line)
	}
	if f.Column != "" {
		s += fmt.Sprintf(": column %q", f.Column)
	}
	return s + ": " + f.Cause + " (" + f.Rule + ")"
}

// Findings are all things that are wrong with a data package, in the order of files and lines.
type Findings []Finding

// Table lists the findings in a table.
func (fs Findings) Table() *table.Table {
	var files, cols, rules, causes []string
	var lines []int64
	for _, f := range fs {
		files, lines, cols = append(files, f.File), append(lines, int64(f.Line)), append(cols, f.Column)
		rules, causes = append(rules, f.Rule), append(causes, f.Cause)
	}
	return table.New(table.Texts("file", files...), table.Ints("line", "", lines...), table.Texts("column", cols...),
		table.Texts("rule", rules...), table.Texts("cause", causes...))
}

// SimpleRender shows the findings in a notebook.
func (fs Findings) SimpleRender() map[string]any {
	if len(fs) == 0 {
		return map[string]any{"text/plain": "no findings"}
	}
	return fs.Table().SimpleRender()
}

// Invalid is the error for a data package that cannot be trusted. It lists all findings.
type Invalid struct {
	Dir      string
	Findings Findings
}

// Error lists the first twenty findings; Findings has all.
func (e *Invalid) Error() string {
	var b strings.Builder
	what := "findings"
	if len(e.Findings) == 1 {
		what = "finding"
	}
	fmt.Fprintf(&b, "sighting: %s: %d %s", e.Dir, len(e.Findings), what)
	for i, f := range e.Findings {
		if i == 20 {
			fmt.Fprintf(&b, "\n… and %d more", len(e.Findings)-20)
			break
		}
		b.WriteString("\n" + f.String())
	}
	return b.String()
}
