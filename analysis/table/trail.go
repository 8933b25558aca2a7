package table

import (
	"fmt"
	"slices"
)

// Mark is a place that a row came from.
type Mark struct {
	Source string // file or data set
	Line   int    // 1-based; 0 if the source has no lines
}

// String is "file:line".
func (m Mark) String() string {
	if m.Line == 0 {
		return m.Source
	}
	return fmt.Sprintf("%s:%d", m.Source, m.Line)
}

// trail answers where a row came from. Verbs wrap the trails of their inputs and copy nothing.
type trail interface {
	marks(row int, add func(Mark))
}

// lineTrail: row i is on line first+i, or on lines[i].
type lineTrail struct {
	source string
	first  int
	lines  []uint32
}

func (t lineTrail) marks(row int, add func(Mark)) {
	if t.lines != nil {
		add(Mark{t.source, int(t.lines[row])})
		return
	}
	line := 0
	if t.first > 0 {
		line = t.first + row
	}
	add(Mark{t.source, line})
}

// takeTrail: row i is row rows[i] of the table before.
type takeTrail struct {
	of   trail
	rows []int32
}

func (t takeTrail) marks(row int, add func(Mark)) {
	if r := t.rows[row]; r >= 0 {
		t.of.marks(int(r), add)
	}
}

// groupTrail: row i gathers the rows whose group is i.
type groupTrail struct {
	of    trail
	group []uint32
}

func (t groupTrail) marks(row int, add func(Mark)) {
	for r, g := range t.group {
		if int(g) == row {
			t.of.marks(r, add)
		}
	}
}

// bothTrail: row i came from a row of two tables.
type bothTrail struct{ a, b trail }

func (t bothTrail) marks(row int, add func(Mark)) {
	if t.a != nil {
		t.a.marks(row, add)
	}
	if t.b != nil {
		t.b.marks(row, add)
	}
}

// stackTrail: the rows of several tables, one after the other.
type stackTrail struct {
	of     []trail
	starts []int
}

func (t stackTrail) marks(row int, add func(Mark)) {
	i := 0
	for i+1 < len(t.starts) && t.starts[i+1] <= row {
		i++
	}
	if t.of[i] != nil {
		t.of[i].marks(row-t.starts[i], add)
	}
}

// From is the table with its rows said to come from source; row i is on line first+i, or first is 0 for no lines.
func (t *Table) From(source string, first int) *Table {
	out := t.copy()
	out.trail = lineTrail{source: source, first: first}
	return out
}

// FromMarks is the table with the source and line of every row. It is an error to give more or fewer marks than rows.
func (t *Table) FromMarks(marks []Mark) *Table {
	if len(marks) != t.n {
		return t.fail("FromMarks: %d marks for %d rows", len(marks), t.n)
	}
	out := t.copy()
	out.trail = markTrail(slices.Clone(marks))
	return out
}

type markTrail []Mark

func (t markTrail) marks(row int, add func(Mark)) { add(t[row]) }

// Trace says which lines of which sources the row came from, each once, in order; nothing if that is not known.
func (t *Table) Trace(row int) []Mark {
	if t.trail == nil || row < 0 || row >= t.n {
		return nil
	}
	var out []Mark
	seen := map[Mark]bool{}
	t.trail.marks(row, func(m Mark) {
		if !seen[m] {
			seen[m] = true
			out = append(out, m)
		}
	})
	return out
}

// Sources are the distinct sources of all rows, in order of first appearance.
func (t *Table) Sources() []string {
	var out []string
	var walk func(trail)
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	walk = func(tr trail) {
		switch tr := tr.(type) {
		case lineTrail:
			add(tr.source)
		case markTrail:
			for _, m := range tr {
				add(m.Source)
			}
		case takeTrail:
			walk(tr.of)
		case groupTrail:
			walk(tr.of)
		case bothTrail:
			walk(tr.a)
			walk(tr.b)
		case stackTrail:
			for _, o := range tr.of {
				walk(o)
			}
		}
	}
	walk(t.trail)
	return out
}
