package front

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// lister wraps the last statement of a cell into a call if it is a list of expressions, "a, b", which is no Go statement
// but a result of several values. text is what only made of the cell's statements; wrapped says whether it has changed.
func lister(name, src, text string, parts []part) (out string, wrapped bool) {
	last := -1
	for i, p := range parts {
		if p.kind == statement {
			last = i
		}
	}
	if last < 0 {
		return text, false
	}
	p := parts[last]
	length := listLength(src[p.begin:p.end])
	if length == 0 {
		return text, false
	}
	line := 1 + strings.Count(src[:p.begin], "\n")
	column := p.begin - strings.LastIndexByte(src[:p.begin], '\n')
	directive := "/*line " + name + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(column) + "*/"
	end := p.begin + length
	return text[:p.begin] + "list(" + directive + text[p.begin:end] + ")" + text[end:], true
}

// listLength is how many bytes of a statement are a list of at least two expressions: all but spaces and comments at its
// end; 0 if it is no list.
func listLength(src string) int {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(src))
	s.Init(file, []byte(src), func(token.Position, string) {}, 0)
	depth, commas, end := 0, 0, 0
	last := token.ILLEGAL
	for first := true; ; first = false {
		pos, tok, lit := s.Scan()
		if tok == token.EOF || tok == token.SEMICOLON && lit == "\n" && depth == 0 {
			break
		}
		last, end = tok, file.Offset(pos)+len(tok.String())
		if tok.IsLiteral() || tok.IsKeyword() {
			end = file.Offset(pos) + len(lit)
		}
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
			continue
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
			continue
		}
		switch {
		case depth > 0:
		case tok == token.COMMA:
			commas++
		case tok == token.ELLIPSIS, tok == token.COLON:
			return 0
		case first && tok.IsKeyword() && !slices.Contains([]token.Token{token.FUNC, token.MAP, token.STRUCT, token.CHAN, token.INTERFACE}, tok):
			return 0
		}
	}
	if commas == 0 || last == token.COMMA {
		return 0
	}
	if _, err := parser.ParseExpr("list(" + src[:end] + ")"); err != nil {
		return 0
	}
	return end
}

// unlist makes the expressions of a wrapped list statements of their own, and notes how many they are.
func (x *syntax) unlist() {
	list := x.body.Body.List
	last, ok := list[len(list)-1].(*ast.ExprStmt)
	if !ok {
		return // the cell has a syntax error
	}
	call, ok := last.X.(*ast.CallExpr)
	if !ok {
		return
	}
	list = list[:len(list)-1]
	for _, a := range call.Args {
		list = append(list, &ast.ExprStmt{X: a})
	}
	x.body.Body.List, x.listed = list, len(call.Args)
}
