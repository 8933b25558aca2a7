package engine

import (
	"context"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Complete lists what can stand at the cursor: first what is nearest, then by name.
func (e *Engine) Complete(_ context.Context, code string, cursor int) (out interp.Completion) {
	cursor = min(max(cursor, 0), len(code))
	out = interp.Completion{Start: cursor, End: cursor}
	defer func() {
		if r := recover(); r != nil { // the checker on broken code; no completion is better than none at all
			out.Matches = nil
		}
	}()
	where, begin := placeOf(code, cursor)
	switch where {
	case inComment:
		return out
	case inString, inImport:
		out.Start = begin
		if where == inImport {
			out.Matches = e.paths(code[begin:cursor])
		} else {
			out.Start, out.Matches = files(code[begin:cursor], begin)
		}
		return out
	}
	start := cursor
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(code[:start])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		start -= n
	}
	out.Start = start
	prefix := code[start:cursor]
	if prefix != "" && unicode.IsDigit(rune(prefix[0])) {
		return out
	}
	c := &completer{prefix: prefix, seen: map[string]bool{}}
	e.machine.Locked(func() {
		if v := e.front.Writing(code, start, cursor); v != nil {
			c.view = v
			c.run(e)
			c.offer(e.front)
		}
	})
	c.sort()
	out.Matches = c.matches()
	return out
}

// place is what the cursor stands in.
type place int

const (
	inCode place = iota
	inComment
	inString
	inImport // the path of an import
)

// placeOf says what the cursor stands in; for strings, begin is where their text begins.
func placeOf(code string, cursor int) (where place, begin int) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	importing, group := false, false
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		if tok == token.EOF || at >= cursor {
			return inCode, 0
		}
		end := at + len(lit)
		closed := len(lit) > 1 && lit[len(lit)-1] == lit[0]
		switch tok {
		case token.COMMENT:
			if cursor <= end && (strings.HasPrefix(lit, "//") || cursor < end || !strings.HasSuffix(lit, "*/")) {
				return inComment, 0
			}
		case token.STRING, token.CHAR:
			if cursor < end || cursor == end && !closed {
				if tok == token.CHAR {
					return inComment, 0
				}
				if importing || group {
					return inImport, at + 1
				}
				return inString, at + 1
			}
		case token.IMPORT:
			importing = true
		case token.LPAREN:
			group = importing
			importing = false
		case token.RPAREN:
			group = false
		case token.SEMICOLON:
			importing = false
		}
	}
}

// paths are the import paths that begin so.
func (e *Engine) paths(prefix string) (out []interp.Match) {
	e.machine.Locked(func() {
		e.front.Registered(func(en registry.Entry) {
			if strings.HasPrefix(en.Path, prefix) || !strings.Contains(prefix, "/") && strings.HasPrefix(en.Name, prefix) {
				out = append(out, interp.Match{Text: en.Path, Type: "package", Signature: en.Synopsis})
			}
		})
	})
	sort.Slice(out, func(i, j int) bool { return out[i].Text < out[j].Text })
	return out
}

// files are the names of files that a string can go on with; start is where the last element of the path begins.
func files(text string, begin int) (start int, out []interp.Match) {
	i := strings.LastIndexAny(text, `/\`) + 1
	dir, base := text[:i], text[i:]
	start = begin + i
	if dir == "" {
		dir = "."
	}
	entries, err := os.ReadDir(filepath.FromSlash(dir))
	if err != nil {
		return start, nil
	}
	for _, en := range entries {
		name := en.Name()
		if !strings.HasPrefix(name, base) || base == "" && strings.HasPrefix(name, ".") {
			continue
		}
		if en.IsDir() {
			name += "/"
		}
		out = append(out, interp.Match{Text: name, Type: "path"})
		if len(out) == maxMatches {
			break
		}
	}
	return start, out
}

const maxMatches = 500

// completer collects matches for a prefix.
type completer struct {
	view   *front.View
	prefix string
	seen   map[string]bool
	found  []ranked
}

type ranked struct {
	interp.Match
	rank int
}

// Ranks of what can stand at the cursor, the best first.
const (
	rankKey = iota // fields of the struct literal
	rankLocal
	rankCell
	rankSession
	rankImport
	rankPrelude
	rankUniverse
	rankKeyword
	rankPackage // not imported yet
)

func (c *completer) run(e *Engine) {
	if sel := c.view.Selector(); sel != nil {
		c.members(sel)
		return
	}
	if st := c.view.Literal(); st != nil {
		for f := range st.Fields() {
			c.object(f, rankKey)
		}
	}
	c.view.Locals(func(o types.Object) { c.object(o, rankLocal) })
	c.view.Declared(func(o types.Object) { c.object(o, rankCell) })
	f := e.front
	f.Objects(func(_ string, o types.Object) { c.object(o, rankSession) })
	f.Imports(func(name, path string) {
		c.add(interp.Match{Text: name, Type: "package", Signature: `package "` + path + `"`}, rankImport)
	})
	if c.prefix == "" {
		return // everything else is no help before the first letter
	}
	f.Prelude(func(o types.Object) { c.object(o, rankPrelude) })
	for _, n := range types.Universe.Names() {
		c.object(types.Universe.Lookup(n), rankUniverse)
	}
	for t := token.BREAK; t <= token.VAR; t++ {
		c.add(interp.Match{Text: t.String(), Type: "keyword"}, rankKeyword)
	}
	f.Registered(func(en registry.Entry) {
		if f.PathOf(en.Name) == en.Path {
			c.add(interp.Match{Text: en.Name, Type: "package", Signature: `package "` + en.Path + `"`, Import: en.Path}, rankPackage)
		}
	})
}

// offer lets a later cell use the packages that the matches are from, or are, without an import.
func (c *completer) offer(f *front.Front) {
	if len(c.found) == 0 {
		return
	}
	for name, path := range c.view.Implied() {
		f.Offer(name, path)
	}
	for _, m := range c.found {
		if m.Type == "package" && m.Import != "" {
			f.Offer(m.Text, m.Import)
		}
	}
}

func (c *completer) object(o types.Object, rank int) {
	if _, ok := o.(*types.PkgName); ok {
		return
	}
	c.add(interp.Match{Text: o.Name(), Type: kindOf(o), Signature: signature(o)}, rank)
}

func (c *completer) add(m interp.Match, rank int) {
	if c.seen[m.Text] || m.Text == "_" || !hasPrefixFold(m.Text, c.prefix) || strings.Contains(m.Text, "·") {
		return
	}
	c.seen[m.Text] = true
	c.found = append(c.found, ranked{m, rank})
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func (c *completer) sort() {
	sort.SliceStable(c.found, func(i, j int) bool {
		a, b := c.found[i], c.found[j]
		if x, y := strings.HasPrefix(a.Text, c.prefix), strings.HasPrefix(b.Text, c.prefix); x != y {
			return x
		}
		if a.rank != b.rank {
			return a.rank < b.rank
		}
		return a.Text < b.Text
	})
}

func (c *completer) matches() []interp.Match {
	var out []interp.Match
	for _, f := range c.found[:min(len(c.found), maxMatches)] {
		out = append(out, f.Match)
	}
	return out
}

// kindOf is an object's kind in the words of interp.Match.
func kindOf(o types.Object) string {
	switch o := o.(type) {
	case *types.Var:
		if o.IsField() {
			return "field"
		}
		return "variable"
	case *types.Func:
		if o.Signature().Recv() != nil {
			return "method"
		}
		return "function"
	case *types.Builtin:
		return "function"
	case *types.TypeName:
		return "type"
	case *types.Const:
		return "constant"
	case *types.PkgName:
		return "package"
	}
	return "variable" // nil
}

// signature is an object's type as its declaration says it.
func signature(o types.Object) string {
	switch o := o.(type) {
	case *types.TypeName:
		if o.Pkg() == nil {
			return "type"
		}
		under := o.Type().Underlying()
		if st, ok := under.(*types.Struct); ok {
			under = exported(st)
		}
		return short(types.TypeString(under, qualifier))
	case *types.Const:
		return types.TypeString(o.Type(), qualifier) + " = " + o.Val().String()
	case *types.Builtin, *types.Nil:
		return ""
	}
	if o.Type() == nil {
		return ""
	}
	return types.TypeString(o.Type(), qualifier)
}

func short(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return s
}
