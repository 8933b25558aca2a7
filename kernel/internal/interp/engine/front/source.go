package front

import (
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// Problem is one compile error.
type Problem = interp.Diagnostic

// Sources remembers the text of the cells, to show lines of it. It is safe for concurrent use: panics of goroutines ask
// for lines while a cell compiles.
type Sources struct {
	mu   sync.RWMutex
	text map[string]string // by the name of the cell
}

func (s *Sources) set(cell, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text[cell] = text
}

// of is the text of a cell; ok is false if there is none of that name.
func (s *Sources) of(cell string) (text string, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	text, ok = s.text[cell]
	return text, ok
}

// Line is line n, from 1, of a cell; ok is false if there is no such cell or line.
func (s *Sources) Line(cell string, n int) (line string, ok bool) {
	text, ok := s.of(cell)
	for ; ok && n > 1; n-- {
		_, text, ok = strings.Cut(text, "\n")
	}
	line, _, _ = strings.Cut(text, "\n")
	return strings.TrimRight(line, "\r"), ok
}

// Has says whether name names a cell.
func (s *Sources) Has(name string) bool { _, ok := s.of(name); return ok }

// at is a problem at a byte offset of a cell.
func (s *Sources) at(cell, src string, offset int, message string) Problem {
	before := src[:min(offset, len(src))]
	return Problem{Cell: cell, Line: strings.Count(before, "\n") + 1, Column: len(before) - strings.LastIndexByte(before, '\n'), Message: message}
}
