package front

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// first runs the first check: it finds the variables of the top level with their types, and the result. Function bodies
// take no part: they see the variables only in the second check. It says whether the second check makes sense.
func (c *cell) first() bool {
	bodies := map[*ast.FuncDecl]*ast.BlockStmt{}
	for _, d := range c.syn.decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			bodies[fn], fn.Body = fn.Body, forever(fn.Body)
		}
	}
	list := c.syn.body.Body.List
	c.syn.body.Body.List = regroup(list, c.syn.body.Body.Rbrace)
	var p *types.Package
	var info *types.Info
	var errs []types.Error
	nothing := func(string) bool { return false }
	for again := true; again; again = c.imply(errs) {
		p, info, errs = c.scope(), newInfo(), nil
		c.check(p, c.file(c.imports(nothing), c.syn.decls), info, func(e types.Error) { errs = append(errs, e) })
	}
	for fn, body := range bodies {
		fn.Body = body
	}
	c.syn.body.Body.List = list
	c.define(info)
	shown := c.result(info)
	c.rename(info)
	for _, e := range errs {
		if strings.HasSuffix(e.Msg, "is not used") && shown != nil && shown.Pos() <= e.Pos && e.Pos <= shown.End() {
			continue
		}
		if implicitField(e) {
			continue // the second check sees it again and mends it
		}
		if strings.Contains(e.Msg, "missing function body") {
			continue // it was taken away above; the second check sees it
		}
		c.problems.add(e)
	}
	c.problems.scope, c.problems.info = p, info
	c.unit.pkg = p
	return true
}

// forever is a body that any function may have.
func forever(old *ast.BlockStmt) *ast.BlockStmt {
	if old == nil {
		return nil
	}
	loop := &ast.ForStmt{For: old.Lbrace, Body: &ast.BlockStmt{Lbrace: old.Lbrace, Rbrace: old.Rbrace}}
	return &ast.BlockStmt{Lbrace: old.Lbrace, List: []ast.Stmt{loop}, Rbrace: old.Rbrace}
}

// regroup puts every redefinition of a variable of the cell and all that follows it into a block of its own, so that the
// checker sees a new variable.
func regroup(list []ast.Stmt, end token.Pos) []ast.Stmt {
	known := map[string]bool{}
	for i, s := range list {
		names, all := defines(s)
		before := 0
		for _, n := range names {
			if known[n] {
				before++
			}
		}
		if before > 0 && (all || before == len(names)) {
			rest := &ast.BlockStmt{Lbrace: s.Pos(), List: regroup(list[i:], end), Rbrace: end}
			return append(list[:i:i], rest)
		}
		for _, n := range names {
			known[n] = true
		}
	}
	return list
}

// defines is the names that a statement of the top level defines; all says that each of them must be new.
func defines(s ast.Stmt) (names []string, all bool) {
	add := func(id *ast.Ident) {
		if id.Name != "_" {
			names = append(names, id.Name)
		}
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		for _, l := range s.Lhs {
			if id, ok := l.(*ast.Ident); ok && s.Tok == token.DEFINE {
				add(id)
			}
		}
	case *ast.DeclStmt:
		all = true
		for _, sp := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := sp.(*ast.ValueSpec); ok {
				for _, id := range v.Names {
					add(id)
				}
			}
		}
	}
	return names, all
}

// file makes the cell's declarations, some more, and its statements one file.
func (c *cell) file(lists ...[]ast.Decl) *ast.File {
	pos := c.syn.body.Pos()
	f := &ast.File{Package: pos, Name: ident(pos, "main"), FileStart: pos, FileEnd: c.syn.body.End()}
	for _, l := range lists {
		f.Decls = append(f.Decls, l...)
	}
	f.Decls = append(f.Decls, c.syn.body)
	return f
}

// define turns the definitions of the top level into assignments to variables of the package.
func (c *cell) define(info *types.Info) {
	list := c.syn.body.Body.List
	for i, s := range list {
		at := &list[i]
		for l, ok := s.(*ast.LabeledStmt); ok; l, ok = s.(*ast.LabeledStmt) {
			at, s = &l.Stmt, l.Stmt
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				s.Tok = token.ASSIGN
				for _, l := range s.Lhs {
					if id, ok := l.(*ast.Ident); ok {
						c.variable(id, info)
					}
				}
			}
		case *ast.DeclStmt:
			if d := s.Decl.(*ast.GenDecl); d.Tok == token.VAR {
				*at = c.assignments(s, d, info)
			}
		}
	}
}

// assignments are what a var declaration does at its place.
func (c *cell) assignments(s *ast.DeclStmt, d *ast.GenDecl, info *types.Info) ast.Stmt {
	block := &ast.BlockStmt{Lbrace: s.Pos(), Rbrace: s.End()}
	for _, sp := range d.Specs {
		v := sp.(*ast.ValueSpec)
		var left []ast.Expr
		for _, id := range v.Names {
			c.variable(id, info)
			left = append(left, id)
		}
		if len(v.Values) > 0 {
			block.List = append(block.List, &ast.AssignStmt{Lhs: left, TokPos: v.Pos(), Tok: token.ASSIGN, Rhs: v.Values})
			continue
		}
		for _, id := range v.Names { // the variable may begin with the value of an earlier cell
			if o := info.Defs[id]; o != nil && id.Name != "_" && c.front.objects[id.Name] != nil {
				zero := "zero·" + strconv.Itoa(len(c.vars))
				c.vars = append(c.vars, &variable{name: zero, typ: o.Type(), pos: id.Pos()})
				block.List = append(block.List, &ast.AssignStmt{Lhs: []ast.Expr{id}, TokPos: id.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{ident(id.Pos(), zero)}})
			}
		}
	}
	return block
}

// variable notes that id defines a variable, if it does.
func (c *cell) variable(id *ast.Ident, info *types.Info) {
	o := info.Defs[id]
	if o == nil || id.Name == "_" {
		return
	}
	v := &variable{name: id.Name, obj: o, typ: types.Default(o.Type()), pos: id.Pos()}
	if old := c.byName[id.Name]; old != nil {
		old.name += "·" + strconv.Itoa(len(c.vars))
	}
	c.byName[id.Name] = v
	c.vars = append(c.vars, v)
}

// second runs the real check and builds the cell. It is run once more if it finds composite literals without keys whose
// types are of earlier cells: there the checker takes unexported fields for those of another package.
func (c *cell) second() bool {
	first := c.unit.pkg
	mended := false
	for {
		p := c.scopeWithout(c.byName)
		w := newWriter(first, p, c.syn.body.Pos())
		skip := func(n string) bool { return c.byName[n] != nil }
		file := c.file(c.imports(skip), c.hiddenImports(), c.syn.decls, c.variables(w))
		info := newInfo()
		var errs []types.Error
		c.check(p, file, info, func(e types.Error) { errs = append(errs, e) })
		if c.imply(errs) {
			continue
		}
		if !mended && anyImplicitField(errs) {
			mended = true
			addKeys(file, info)
			continue
		}
		for _, e := range errs {
			c.problems.add(e)
		}
		if w.err != nil {
			c.problems.add(types.Error{Fset: c.front.Fset, Pos: c.syn.body.Pos(), Msg: w.err.Error()})
		}
		if c.problems.any() || c.tooLarge(file, info) {
			return false
		}
		c.build(p, file, info)
		return true
	}
}

// scopeWithout is scope without the objects that have the names of the cell's variables.
func (c *cell) scopeWithout(names map[string]*variable) *types.Package {
	added := []string{}
	for n := range names {
		if !c.declared[n] {
			c.declared[n] = true
			added = append(added, n)
		}
	}
	p := c.scope()
	for _, n := range added {
		delete(c.declared, n)
	}
	return p
}

// variables declares the variables of the top level, and those of earlier cells that they hide.
func (c *cell) variables(w *writer) []ast.Decl {
	var out []ast.Decl
	declare := func(name string, pos token.Pos, t types.Type) {
		spec := &ast.ValueSpec{Names: []*ast.Ident{ident(pos, name)}, Type: w.expr(t)}
		out = append(out, &ast.GenDecl{Tok: token.VAR, TokPos: pos, Specs: []ast.Spec{spec}})
	}
	for _, v := range c.vars {
		declare(v.name, v.pos, v.typ)
	}
	for name, o := range c.olds {
		if v, ok := o.(*types.Var); ok {
			declare(name, c.syn.body.Pos(), v.Type())
		}
	}
	return out
}

// hiddenImports imports packages whose names the cell's variables hide.
func (c *cell) hiddenImports() []ast.Decl {
	d := &ast.GenDecl{Tok: token.IMPORT}
	for name, o := range c.olds {
		if pn, ok := o.(*types.PkgName); ok {
			d.Specs = append(d.Specs, &ast.ImportSpec{
				Name: ident(token.NoPos, name),
				Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(pn.Imported().Path())},
			})
		}
	}
	if len(d.Specs) == 0 {
		return nil
	}
	return []ast.Decl{d}
}
