package front

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// View is a cell in the writing, type-checked as far as it goes. It changes nothing in the session.
type View struct {
	Front *Front
	Code  string
	File  *ast.File
	Info  *types.Info
	Pkg   *types.Package
	Path  []ast.Node // from the file down to the identifier at the cursor; empty if there is none

	cell *cell
}

// Placeholder stands for what is being written.
const Placeholder = "cursorHere"

// Writing is a view of code in which the identifier that ends at the byte offset cursor, begun or not, is Placeholder, and
// whatever follows it in its statement is left out. It begins at start.
func (f *Front) Writing(code string, start, cursor int) *View {
	text := code[:start] + Placeholder + closers(code[:start])
	rest := ""
	parts, _, _, _ := split(code)
	for _, p := range parts { // declarations further down
		if p.begin > cursor && p.kind != statement {
			rest += "\n" + code[p.begin:p.end]
		}
	}
	return f.view(text+rest, func(id *ast.Ident, _ int) bool { return id.Name == Placeholder })
}

// Reading is a view of code as it stands; the path leads to the identifier at the byte offset cursor.
func (f *Front) Reading(code string, cursor int) *View {
	return f.view(code, func(id *ast.Ident, at int) bool {
		return at <= cursor && cursor <= at+len(id.Name)
	})
}

func (f *Front) view(code string, wanted func(id *ast.Ident, offset int) bool) *View {
	before := f.Fset.Base()
	defer f.forgetFiles(before)
	syn, _ := f.tolerantly(code)
	if syn == nil {
		return nil
	}
	c := f.newCell("", code, syn)
	c.viewed = true
	v := &View{Front: f, Code: code, cell: c}
	v.find(syn, wanted)
	c.collect()
	c.keepSame()
	c.findLate()
	c.first()
	skip := func(n string) bool { return c.byName[n] != nil }
	var errs []types.Error
	for again := true; again; again = c.imply(errs) {
		v.Pkg = c.scopeWithout(c.byName)
		w := newWriter(c.unit.pkg, v.Pkg, syn.body.Pos())
		v.File, v.Info, errs = c.file(c.imports(skip), c.hiddenImports(), syn.decls, c.variables(w)), newInfo(), nil
		c.check(v.Pkg, v.File, v.Info, func(e types.Error) { errs = append(errs, e) })
	}
	return v
}

// find sets the path to the wanted identifier.
func (v *View) find(syn *syntax, wanted func(*ast.Ident, int) bool) {
	var stack []ast.Node
	starts := lineStarts(v.Code)
	visit := func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		if id, ok := n.(*ast.Ident); ok && len(v.Path) == 0 {
			p := v.Front.Fset.Position(id.Pos())
			if p.Line >= 1 && p.Line <= len(starts) && wanted(id, starts[p.Line-1]+p.Column-1) {
				v.Path = append([]ast.Node(nil), stack...)
			}
		}
		return true
	}
	for _, d := range syn.decls {
		ast.Inspect(d, visit)
	}
	ast.Inspect(syn.body.Body, visit)
}

func lineStarts(s string) []int {
	starts := []int{0}
	for i := range len(s) {
		if s[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// tolerantly parses what it can of a cell.
func (f *Front) tolerantly(code string) (*syntax, []Problem) {
	parts, _, _, _ := split(code)
	x := &syntax{quiet: true}
	x.decls = append(x.decls, f.parseKind("In[?]", code, parts, importing, x, nil)...)
	x.decls = append(x.decls, f.parseKind("In[?]", code, parts, declaring, x, nil)...)
	if s := f.parseKind("In[?]", code, parts, statement, x, nil); len(s) > 0 {
		x.body, _ = s[0].(*ast.FuncDecl)
	}
	if x.body == nil || x.body.Body == nil {
		return nil, nil
	}
	x.body.Name.Name = cellFunc
	return x, nil
}

// forgetFiles drops the files that were added to the file set since its base was as given.
func (f *Front) forgetFiles(base int) {
	var late []*token.File
	f.Fset.Iterate(func(file *token.File) bool {
		if file.Base() >= base {
			late = append(late, file)
		}
		return true
	})
	for _, file := range late {
		if n := file.Name(); !strings.Contains(n, "/") && n != preludeName { // sources of generic packages stay, too
			f.Fset.RemoveFile(file)
		}
	}
}

// closers are the brackets that code leaves open, and the parentheses that make what follows go or defer a call.
func closers(code string) string {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, 0)
	var open []string
	called := -1  // brackets around "go func" or "defer func" whose body is to come
	pending := -1 // brackets around "go" or "defer" whose call is to come
	last := token.ILLEGAL
	for {
		_, tok, _ := s.Scan()
		switch tok {
		case token.GO, token.DEFER:
			pending = len(open)
		case token.SEMICOLON:
			if pending == len(open) {
				pending = -1
			}
		case token.FUNC:
			if last == token.GO || last == token.DEFER {
				called = len(open)
			}
		case token.LPAREN:
			open = append(open, ")")
		case token.LBRACK:
			open = append(open, "]")
		case token.LBRACE:
			if called == len(open) {
				open = append(open, "\n}()")
				called = -1
			} else {
				open = append(open, "\n}")
			}
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if n := len(open); n > 0 {
				open = open[:n-1]
			}
		case token.EOF:
			slices.Reverse(open)
			if pending == len(open) {
				return "()" + strings.Join(open, "")
			}
			return strings.Join(open, "")
		}
		last = tok
	}
}

// Object is what the identifier at the cursor means, or nil.
func (v *View) Object() types.Object {
	if len(v.Path) == 0 {
		return nil
	}
	id := v.Path[len(v.Path)-1].(*ast.Ident)
	if o := v.Info.Uses[id]; o != nil {
		return o
	}
	return v.Info.Defs[id]
}

// Selector is the selector expression whose right side is at the cursor, or nil.
func (v *View) Selector() *ast.SelectorExpr {
	if n := len(v.Path); n > 1 {
		if s, ok := v.Path[n-2].(*ast.SelectorExpr); ok && s.Sel == v.Path[n-1] {
			return s
		}
	}
	return nil
}

// Locals visits the objects declared around the cursor, the innermost first, without those of the package.
func (v *View) Locals(visit func(types.Object)) {
	if len(v.Path) == 0 {
		return
	}
	at := v.Path[len(v.Path)-1].Pos()
	for i := len(v.Path) - 1; i >= 0; i-- {
		n := v.Path[i]
		if fn, ok := n.(*ast.FuncDecl); ok {
			n = fn.Type
		}
		if fn, ok := n.(*ast.FuncLit); ok {
			n = fn.Type
		}
		s := v.Info.Scopes[n]
		if s == nil {
			continue
		}
		for _, name := range s.Names() {
			if o := s.Lookup(name); o.Pos() < at && !hidden(name) && name != Placeholder {
				visit(o)
			}
		}
	}
}

// Declared visits the package-level objects of the cell itself.
func (v *View) Declared(visit func(types.Object)) {
	for _, n := range v.Pkg.Scope().Names() {
		if o := v.Pkg.Scope().Lookup(n); o.Pkg() == v.Pkg && !hidden(n) && n != Placeholder {
			visit(o)
		}
	}
}

// Imported is the path that a name imports in the cell, or without an import.
func (v *View) Imported(name string) string {
	if path := v.cell.importedAs(name); path != "" {
		return path
	}
	if v.cell.implicitImport() && name == "display" {
		return displayPath
	}
	return ""
}

// Literal is the struct type whose composite literal the cursor stands in as a key or first value, or nil.
func (v *View) Literal() *types.Struct {
	n := len(v.Path)
	if n < 2 {
		return nil
	}
	parent := v.Path[n-2]
	if kv, ok := parent.(*ast.KeyValueExpr); ok && n > 2 && kv.Key == v.Path[n-1] {
		parent = v.Path[n-3]
	}
	lit, ok := parent.(*ast.CompositeLit)
	if !ok || lit.Type == v.Path[n-1] {
		return nil
	}
	t := v.Info.Types[lit].Type
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// Words are the name at the cursor, or the name before the dot and the member at the cursor.
func (v *View) Words() (name, member string) {
	if len(v.Path) == 0 {
		return "", ""
	}
	at := v.Path[len(v.Path)-1].(*ast.Ident).Name
	if s := v.Selector(); s != nil {
		if id, ok := s.X.(*ast.Ident); ok {
			return id.Name, at
		}
		return "", ""
	}
	return at, ""
}
