package front

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// cellFunc is the name of the function that the statements of a cell become.
const cellFunc = "cell·"

// syntax is a parsed cell.
type syntax struct {
	decls []ast.Decl    // imports, types, constants, functions
	body  *ast.FuncDecl // the statements
	quiet bool          // the last expression is no result
	base  token.Pos     // position of the cell's first byte in decls
}

// parse reads a cell. The two sources that the parser sees have every byte at its place in the cell; a line directive at
// the end of their first words makes positions those of the cell.
func (f *Front) parse(name, src string) (*syntax, []Problem) {
	parts, quiet, closer := split(src)
	if closer >= 0 {
		return nil, []Problem{f.sources.at(name, src, closer, "syntax error: unexpected "+src[closer:closer+1]+", which closes nothing")}
	}
	x := &syntax{quiet: quiet}
	directive := "/*line " + name + ":1:1*/"
	var problems []Problem
	const declPrefix = "package main;"
	read := func(prefix, suffix string, declarations bool) *ast.File {
		text, some := only(src, parts, declarations)
		if !some && declarations {
			return nil
		}
		file, err := parser.ParseFile(f.Fset, name, prefix+directive+text+suffix, parser.SkipObjectResolution)
		problems = append(problems, f.syntaxErrors(name, src, err)...)
		return file
	}
	if d := read(declPrefix, "\n", true); d != nil {
		x.decls = d.Decls
		x.base = d.FileStart + token.Pos(len(declPrefix+directive))
	}
	if s := read("package main;func _(){", "\n}\n", false); s != nil && len(s.Decls) > 0 {
		x.body, _ = s.Decls[0].(*ast.FuncDecl)
		if x.body != nil {
			x.body.Name.Name = cellFunc
		}
	}
	if len(problems) > 0 || x.body == nil {
		return nil, problems
	}
	return x, nil
}

// only blanks everything of a cell but its declarations or its statements.
func only(src string, parts []part, declarations bool) (text string, some bool) {
	b := make([]byte, len(src))
	for i := range b {
		b[i] = ' '
		if src[i] == '\n' {
			b[i] = '\n'
		}
	}
	for _, p := range parts {
		if p.declaration == declarations {
			some = true
			copy(b[p.begin:p.end], src[p.begin:p.end])
			if p.end < len(b) { // the semicolon, or the blank or comment that implied it
				if src[p.end] != '\n' {
					b[p.end] = ';'
				}
			}
		}
	}
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
		out = append(out, p)
	}
	return out
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
	parts, _, _ := split(src)
	for _, declarations := range []bool{true, false} {
		prefix, suffix := "package main;/*line x:1:1*/", "\n"
		if !declarations {
			prefix, suffix = "package main;func _(){/*line x:1:1*/", "\n}\n"
		}
		text, some := only(src, parts, declarations)
		if !some {
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "x", prefix+text+suffix, parser.SkipObjectResolution); err != nil {
			return err
		}
	}
	return nil
}
