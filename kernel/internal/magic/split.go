package magic

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Kind says what a step is.
type Kind int

// The kinds of steps.
const (
	Go        Kind = iota // Code
	LineMagic             // %Name Args
	CellMagic             // %%Name Args, with the rest of the cell as Body
	Shell                 // !Args or $Args
	Question              // ?Name, Name? or, for more, Name??
)

// Step is one part of a cell.
type Step struct {
	Kind Kind
	Line int // of the cell, from 1

	Code string // Go: padded with empty lines, so that its lines count like the cell's
	Name string
	Args string
	Body string
	More bool // Question: with ??
}

// questionLine matches ?name, name? and the like.
var questionLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(\?\??)\s*([\pL_][\pL\pN_./\[\]]*)|([\pL_][\pL\pN_./\[\]]*)\s*(\?\??))$`)
})

// Split cuts a cell into steps. known says which names are variables of the session: "!ok" is Go if ok is one, or if the cell
// itself mentions it before. A cell without
// magic is one step, and an empty cell none.
func Split(code string, known func(name string) bool) []Step {
	if strings.TrimSpace(code) == "" {
		return nil
	}
	if head := strings.TrimLeft(code, " \t\r\n"); strings.HasPrefix(head, "%%") {
		line, body, _ := strings.Cut(head, "\n")
		name, args := cutWord(strings.TrimRight(line[2:], " \t\r"))
		skipped := len(code) - len(head)
		return []Step{{Kind: CellMagic, Line: 1 + strings.Count(code[:skipped], "\n"), Name: name, Args: args, Body: body}}
	}
	if !mayHaveMagic(code) {
		return []Step{{Kind: Go, Line: 1, Code: code}}
	}
	var steps []Step
	start := 0 // of the Go code that is not yet in a step
	emit := func(end int) {
		if strings.TrimSpace(code[start:end]) != "" {
			lines := strings.Count(code[:start], "\n")
			steps = append(steps, Step{Kind: Go, Line: lines + 1, Code: strings.Repeat("\n", lines) + code[start:end]})
		}
	}
	for at := 0; at < len(code); {
		end := lineEnd(code, at)
		if strings.TrimSpace(code[at:end]) == "" {
			at = end
			continue
		}
		mentioned := func(name string) bool { return known(name) || mentions(code[:at], name) }
		if s, ok := magicLine(strings.TrimSpace(code[at:end]), mentioned); ok {
			emit(at)
			s.Line = 1 + strings.Count(code[:at], "\n")
			steps = append(steps, s)
			at, start = end, end
			continue
		}
		at = statementEnd(code, at)
	}
	emit(len(code))
	return steps
}

// mayHaveMagic is a quick look: most cells have no line that could be magic.
func mayHaveMagic(code string) bool {
	for line := range strings.Lines(code) {
		line = strings.TrimSpace(line)
		if line != "" && (strings.ContainsRune("%!$?", rune(line[0])) || line[len(line)-1] == '?') {
			return true
		}
	}
	return false
}

// magicLine reads a line on which a statement could begin.
func magicLine(line string, known func(string) bool) (Step, bool) {
	if line == "" {
		return Step{}, false
	}
	switch line[0] {
	case '%':
		name, args := cutWord(line[1:])
		return Step{Kind: LineMagic, Name: name, Args: args}, true
	case '$':
		return Step{Kind: Shell, Args: strings.TrimSpace(line[1:])}, true
	case '!':
		if isGoNegation(line, known) {
			return Step{}, false
		}
		return Step{Kind: Shell, Args: strings.TrimSpace(line[1:])}, true
	}
	if m := questionLine().FindStringSubmatch(line); m != nil {
		return Step{Kind: Question, Name: m[2] + m[3], More: len(m[1]+m[4]) == 2}, true
	}
	return Step{}, false
}

// isGoNegation says whether a line that begins with ! is a Go expression over known variables.
func isGoNegation(line string, known func(string) bool) bool {
	e, err := parser.ParseExpr(line)
	if err != nil {
		return false
	}
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, func(x ast.Node) bool {
				if id, isID := x.(*ast.Ident); isID && !known(id.Name) {
					ok = false
				}
				return true
			})
			return false
		case *ast.Ident:
			ok = ok && known(n.Name)
		}
		return true
	})
	return ok
}

// mentions says whether name stands in code as a word.
func mentions(code, name string) bool {
	isPart := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	return slices.Contains(strings.FieldsFunc(code, func(r rune) bool { return !isPart(r) }), name)
}

// statementEnd returns where the line ends on which the statement at offset at ends.
func statementEnd(code string, at int) int {
	src := code[at:]
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), func(token.Position, string) {}, scanner.ScanComments)
	depth, commented := 0, 0 // commented: where the last comment ends
	for {
		pos, tok, lit := s.Scan()
		offset := file.Offset(pos)
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.COMMENT:
			commented = min(offset+len(lit), len(src))
			end := lineEnd(src, commented)
			if strings.TrimSpace(src[:offset]) == "" && strings.TrimSpace(src[commented:end]) == "" {
				return at + end // a comment of its own
			}
		case token.EOF:
			return len(code)
		case token.SEMICOLON:
			if lit == "\n" && depth <= 0 {
				return at + lineEnd(src, max(offset, commented)) // the line break may be inside a comment
			}
		}
	}
}

// lineEnd returns the offset behind the line that holds offset at.
func lineEnd(code string, at int) int {
	if at >= len(code) {
		return len(code)
	}
	if n := strings.IndexByte(code[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(code)
}

// cutWord cuts a line behind its first word.
func cutWord(line string) (word, rest string) {
	if i := strings.IndexAny(line, " \t"); i >= 0 {
		return line[:i], strings.TrimSpace(line[i:])
	}
	return line, ""
}
