package front

import (
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// Problem is one compile error.
type Problem = interp.Diagnostic

// Sources remembers the text of the cells, to show lines of it.
type Sources struct {
	text map[string]string // by the name of the cell
}

// Line is line n, from 1, of a cell; ok is false if there is no such cell or line.
func (s *Sources) Line(cell string, n int) (line string, ok bool) {
	text, ok := s.text[cell]
	for ; ok && n > 1; n-- {
		_, text, ok = strings.Cut(text, "\n")
	}
	line, _, _ = strings.Cut(text, "\n")
	return strings.TrimRight(line, "\r"), ok
}

// Has says whether name names a cell.
func (s *Sources) Has(name string) bool { _, ok := s.text[name]; return ok }

// at is a problem at a byte offset of a cell.
func (s *Sources) at(cell, src string, offset int, message string) Problem {
	before := src[:min(offset, len(src))]
	return Problem{Cell: cell, Line: strings.Count(before, "\n") + 1, Column: len(before) - strings.LastIndexByte(before, '\n'), Message: message}
}
