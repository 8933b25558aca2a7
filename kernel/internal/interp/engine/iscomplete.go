package engine

import (
	"errors"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
)

// IsComplete says whether code can run as it stands.
func (e *Engine) IsComplete(code string) interp.Completeness {
	if strings.TrimSpace(code) == "" {
		return interp.Completeness{Status: "complete"}
	}
	open, broken := brackets(code)
	switch {
	case broken:
		return interp.Completeness{Status: "invalid"}
	case open:
		return interp.Completeness{Status: "incomplete", Indent: indent(code)}
	}
	err := front.Syntax(code)
	if err == nil {
		return interp.Completeness{Status: "complete"}
	}
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 && atEnd(code, list[0]) {
		return interp.Completeness{Status: "incomplete", Indent: indent(code)}
	}
	return interp.Completeness{Status: "invalid"}
}

// brackets says whether code ends within brackets, a comment or a raw string, or has a bracket that closes nothing.
func brackets(code string) (open, broken bool) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	var s scanner.Scanner
	unfinished := false
	s.Init(file, []byte(code), func(_ token.Position, msg string) {
		switch msg {
		case "comment not terminated", "raw string literal not terminated":
			unfinished = true
		default:
			broken = true
		}
	}, 0)
	var stack []token.Token
	closes := map[token.Token]token.Token{token.RPAREN: token.LPAREN, token.RBRACK: token.LBRACK, token.RBRACE: token.LBRACE}
	for {
		_, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return unfinished || len(stack) > 0, broken
		case token.LPAREN, token.LBRACK, token.LBRACE:
			stack = append(stack, tok)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if n := len(stack); n == 0 || stack[n-1] != closes[tok] {
				return false, true
			}
			stack = stack[:len(stack)-1]
		}
	}
}

// atEnd says whether a syntax error is only that the code stops.
func atEnd(code string, e *scanner.Error) bool {
	lines := strings.Count(strings.TrimRight(code, " \t\r\n"), "\n") + 1
	if strings.HasSuffix(strings.TrimRight(code, " \t\r\n"), ",") {
		return true // the list goes on
	}
	return e.Pos.Line > lines || strings.HasSuffix(e.Msg, "found 'EOF'") || strings.HasSuffix(e.Msg, "found newline") && e.Pos.Line == lines
}

// indent is the white space for the line after code.
func indent(code string) string {
	line := code[strings.LastIndexByte(strings.TrimRight(code, "\r\n"), '\n')+1:]
	trimmed := strings.TrimLeft(line, " \t")
	space := line[:len(line)-len(trimmed)]
	switch end := strings.TrimRight(trimmed, " \t\r\n"); {
	case end == "":
	case strings.ContainsRune("{([", rune(end[len(end)-1])), strings.HasPrefix(end, "case ") && strings.HasSuffix(end, ":"), end == "default:":
		space += "\t"
	}
	return space
}
