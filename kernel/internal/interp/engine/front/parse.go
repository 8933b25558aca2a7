package front

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// cellFunc is the name of the function that the statements of a cell become.
const cellFunc = "cell·"

// syntax is a parsed cell.
type syntax struct {
	decls  []ast.Decl    // imports, types, constants, functions
	body   *ast.FuncDecl // the statements
	quiet  bool          // the last expression is no result
	hide   bool          // it is one that is not shown: a semicolon follows
	listed int           // how many of the last statements are the expressions of a list; 0 without a list
	base   token.Pos     // position of the cell's first byte in decls
}

// parse reads a cell. The two sources that the parser sees have every byte at its place in the cell; a line directive at
// the end of their first words makes positions those of the cell.
func (f *Front) parse(name, src string) (*syntax, []Problem) {
	parts, quiet, closer, open := split(src)
	if closer >= 0 {
		return nil, []Problem{f.sources.at(name, src, closer, "syntax error: unexpected "+src[closer:closer+1]+", which closes nothing")}
	}
	x := &syntax{hide: quiet}
	var problems []Problem
	if at := embedding(src); at >= 0 {
		p := f.sources.at(name, src, at, "go:embed cannot be used in a cell, which no program is built from")
		p.Hint = "read the file when the cell runs: must(os.ReadFile(\"name\"))"
		return nil, []Problem{p}
	}
	x.decls = append(f.parseKind(name, src, parts, importing, x, &problems), f.parseKind(name, src, parts, declaring, x, &problems)...)
	if s := f.parseKind(name, src, parts, statement, x, &problems); len(s) > 0 {
		x.body, _ = s[0].(*ast.FuncDecl)
	}
	if len(problems) > 0 && len(open) > 0 {
		problems = f.unclosed(name, src, open[len(open)-1], problems)
	}
	if len(problems) > 0 || x.body == nil {
		return nil, problems
	}
	x.body.Name.Name = cellFunc
	if x.listed > 0 {
		x.unlist()
	}
	program := slices.ContainsFunc(parts, func(p part) bool { return p.kind == packageWord })
	x.order(func(name string) bool { return !program && f.objects[name] != nil })
	if program {
		if found := f.cycles(name, src); len(found) > 0 {
			return nil, found
		}
		x.complete()
	}
	return x, nil
}

// parseKind parses the parts of one kind and adds what it finds wrong to problems.
func (f *Front) parseKind(name, src string, parts []part, k kind, x *syntax, problems *[]Problem) []ast.Decl {
	prefix, suffix := k.frame(name)
	text, some := only(src, parts, k)
	if !some && k != statement {
		return nil
	}
	if k == statement && !x.quiet {
		var wrapped bool
		if text, wrapped = lister(name, src, text, parts); wrapped {
			x.listed = 1 // until unlist counts them
		}
	}
	file, err := parser.ParseFile(f.Fset, name, prefix+text+suffix, parser.SkipObjectResolution)
	if problems != nil {
		*problems = append(*problems, f.syntaxErrors(name, src, err)...)
	}
	if file == nil {
		return nil
	}
	if k == declaring {
		x.base = file.FileStart + token.Pos(len(prefix))
	}
	return file.Decls
}

// frame is what makes parts of a kind a Go file in which every position is that of the cell.
func (k kind) frame(name string) (prefix, suffix string) {
	directive := "/*line " + name + ":1:1*/"
	if k == statement {
		return "package main;func _(){" + directive, "\n}\n"
	}
	return "package main;" + directive, "\n"
}

// complete lets a cell that is a whole program, with a package clause, run its function main.
func (x *syntax) complete() {
	for _, d := range x.decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "main" {
			pos := x.body.Body.Rbrace
			call := &ast.CallExpr{Fun: ident(pos, "main"), Lparen: pos, Rparen: pos}
			x.body.Body.List, x.listed = append(x.body.Body.List, &ast.ExprStmt{X: call}), 0
		}
	}
}

// only blanks everything of a cell but its parts of one kind. Of the statements it keeps what is between them, too: the
// semicolons of a for clause look like ends of parts.
func only(src string, parts []part, k kind) (text string, some bool) {
	b := []byte(src)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	if k == statement {
		for _, p := range parts {
			some = some || p.kind == k
			if p.kind != k {
				blank(p.begin, p.end)
			}
		}
		return string(b), some
	}
	last := 0
	for _, p := range parts {
		if p.kind != k {
			continue
		}
		some = true
		blank(last, p.begin)
		last = p.end
		if last < len(b) && b[last] != '\n' { // the semicolon, or the comment that implied it
			b[last] = ';'
			last++
		}
	}
	blank(last, len(b))
	return string(b), some
}

// syntaxErrors turns the parser's errors into problems within the cell.
func (f *Front) syntaxErrors(name, src string, err error) []Problem {
	if err == nil {
		return nil
	}
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []Problem{f.sources.at(name, src, 0, err.Error())}
	}
	var out []Problem
	lines := strings.Count(src, "\n") + 1
	for _, e := range list {
		p := Problem{Cell: name, Line: e.Pos.Line, Column: e.Pos.Column, Message: "syntax error: " + e.Msg}
		if e.Pos.Line > lines || strings.HasSuffix(e.Msg, "found 'EOF'") { // the cell ended too early
			last := src[strings.LastIndexByte(src, '\n')+1:]
			p.Line, p.Column = lines, len(last)+1
			p.Message = "syntax error: unexpected end of the cell"
		}
		p.Message = strings.ReplaceAll(p.Message, cellFunc, "the cell")
		p.Hint = syntaxHint(src, p)
		if len(out) > 0 && strings.HasSuffix(p.Message, "unexpected end of the cell") {
			continue // what follows from the first error
		}
		out = append(out, p)
	}
	return out
}

// unclosed puts an opening bracket that nothing closes in the place of the problems that follow from it.
func (f *Front) unclosed(name, src string, open int, problems []Problem) []Problem {
	p := f.sources.at(name, src, open, "syntax error: this "+src[open:open+1]+" is never closed")
	var out []Problem
	for _, x := range problems {
		if strings.HasSuffix(x.Message, " not terminated") { // a text or comment, which hides what follows
			return append(out, x)
		}
		if x.Line == p.Line && x.Column == p.Column {
			return append(out, x)
		}
		if x.Line < p.Line || x.Line == p.Line && x.Column < p.Column {
			out = append(out, x)
		}
	}
	return append(out, p)
}

// embedding is where a cell asks for a file to be built into it; -1 if it does not.
func embedding(src string) int {
	if !strings.Contains(src, "//go:embed ") {
		return -1
	}
	file := token.NewFileSet().AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return -1
		}
		if at := file.Offset(pos); tok == token.COMMENT && strings.HasPrefix(lit, "//go:embed ") && (at == 0 || src[at-1] == '\n') {
			return at
		}
	}
}

// ident makes a name in a syntax tree.
func ident(pos token.Pos, name string) *ast.Ident { return &ast.Ident{NamePos: pos, Name: name} }

// eachIdent visits every identifier below the nodes.
func eachIdent(nodes []ast.Decl, visit func(*ast.Ident)) {
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				visit(id)
			}
			return true
		})
	}
}

// Syntax is the first syntax error of a cell, as a scanner.ErrorList; nil if it parses.
func Syntax(src string) error {
	parts, _, _, _ := split(src)
	for _, k := range []kind{importing, declaring, statement} {
		text, some := only(src, parts, k)
		if !some {
			continue
		}
		if k == statement {
			text, _ = lister("x", src, text, parts)
		}
		prefix, suffix := k.frame("x")
		if _, err := parser.ParseFile(token.NewFileSet(), "x", prefix+text+suffix, parser.SkipObjectResolution); err != nil {
			return err
		}
	}
	return nil
}
