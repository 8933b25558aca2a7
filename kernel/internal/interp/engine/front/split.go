package front

import (
	"go/scanner"
	"go/token"
)

// part is a piece of a cell's top level.
type part struct {
	begin, end int // bytes of the cell
	kind       kind
}

// kind says where a part goes.
type kind int

const (
	statement   kind = iota // in order, into the cell's function
	importing               // before everything else
	declaring               // type, const or func
	packageWord             // the clause of a whole program; it says nothing in a cell
)

// split cuts a cell at the semicolons of its top level, written or implied. quiet says that a written semicolon follows the
// last part; closer is the offset of a bracket that closes nothing, or -1; open are the offsets of those that nothing closes,
// or of the first that another kind of bracket follows that closes an earlier one.
func split(src string) (parts []part, quiet bool, closer int, open []int) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), func(token.Position, string) {}, 0)
	closer = -1
	depth, begin := 0, -1
	skipped := -1
	var head []token.Token // the first tokens of the part, as many as kind needs
	flush := func(end int) {
		if begin >= 0 {
			parts = append(parts, part{begin, end, kindOf(head)})
		}
		begin, head = -1, head[:0]
	}
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		switch tok {
		case token.EOF:
			flush(len(src))
			if skipped >= 0 {
				open = []int{skipped}
			}
			return parts, quiet, closer, open
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
			open = append(open, at)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
			if n := len(open) - 1; skipped < 0 && n > 0 && src[open[n]] != opens[src[at]] && src[open[n-1]] == opens[src[at]] {
				skipped = open[n]
			}
			open = open[:max(len(open)-1, 0)]
			if depth < 0 && closer < 0 {
				closer = at
			}
		case token.SEMICOLON:
			if depth <= 0 {
				quiet = lit == ";" && begin >= 0 || quiet && begin < 0
				flush(at)
				continue
			}
		}
		if begin < 0 {
			begin, quiet = at, false
		}
		if len(head) < 4096 {
			head = append(head, tok)
		}
	}
}

// opens is the bracket that another closes.
var opens = map[byte]byte{')': '(', ']': '[', '}': '{'}

// kindOf is the kind of a part that begins with these tokens. A function literal that is called or assigned at the top
// level is a statement.
func kindOf(head []token.Token) kind {
	if len(head) == 0 {
		return statement
	}
	switch head[0] {
	case token.PACKAGE:
		return packageWord
	case token.IMPORT:
		return importing
	case token.TYPE, token.CONST:
		return declaring
	case token.FUNC:
	default:
		return statement
	}
	if len(head) > 1 && head[1] == token.IDENT {
		return declaring
	}
	depth := 0
	for i, t := range head[1:] { // a method has a name after its receiver
		switch t {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		}
		if depth == 0 {
			rest := head[i+2:]
			if len(rest) > 1 && rest[0] == token.IDENT && rest[1] == token.LPAREN {
				return declaring
			}
			return statement
		}
	}
	return statement
}
