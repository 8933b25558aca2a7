package front

import (
	"go/scanner"
	"go/token"
)

// part is a piece of a cell's top level.
type part struct {
	begin, end  int  // bytes of the cell
	declaration bool // import, type, const or func; anything else is a statement
}

// split cuts a cell at the semicolons of its top level, written or implied. quiet says that a written semicolon follows the
// last part; closer is the offset of a bracket that closes nothing, or -1.
func split(src string) (parts []part, quiet bool, closer int) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), func(token.Position, string) {}, 0)
	closer = -1
	depth, begin := 0, -1
	var head []token.Token // the first tokens of the part, as many as kind needs
	flush := func(end int) {
		if begin >= 0 {
			parts = append(parts, part{begin, end, declares(head)})
		}
		begin, head = -1, head[:0]
	}
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		switch tok {
		case token.EOF:
			flush(len(src))
			return parts, quiet, closer
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
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

// declares says whether a part that begins with these tokens is a declaration that belongs to the package. A function
// literal that is called or assigned at the top level is not one.
func declares(head []token.Token) bool {
	if len(head) == 0 {
		return false
	}
	switch head[0] {
	case token.IMPORT, token.TYPE, token.CONST:
		return true
	case token.FUNC:
	default:
		return false
	}
	if len(head) > 1 && head[1] == token.IDENT {
		return true
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
			return len(rest) > 1 && rest[0] == token.IDENT && rest[1] == token.LPAREN
		}
	}
	return false
}
