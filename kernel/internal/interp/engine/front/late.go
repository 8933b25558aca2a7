package front

import (
	"go/ast"
	"go/token"
	"go/types"
)

// lateMethod is a method whose type is of an earlier cell. It is checked and built as a function with the receiver as its
// first parameter, and joins the type's methods before the cell that declares it is checked.
type lateMethod struct {
	named    *types.Named
	name     string
	funcName string
	decl     *ast.FuncDecl
	method   *types.Func
	added    bool // the type did not have it before
	text     string
}

// findLate turns methods on types of earlier cells into functions. It says whether there are any.
func (c *cell) findLate() bool {
	for _, d := range c.syn.decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv == nil || len(fn.Recv.List) != 1 {
			continue
		}
		id, generic := receiver(fn)
		if id == nil {
			continue
		}
		named := c.base(id)
		if named == nil {
			continue
		}
		if generic || named.TypeParams().Len() > 0 {
			c.problems.at(fn.Name.Pos(), "the methods of the generic type "+id.Name+" must stand in the cell that declares it")
			continue
		}
		l := &lateMethod{named: named, name: fn.Name.Name, funcName: id.Name + "·" + fn.Name.Name, decl: fn, text: c.signatureText(fn)}
		fn.Type.Params.List = named0(append([]*ast.Field{fn.Recv.List[0]}, fn.Type.Params.List...))
		fn.Recv = nil
		fn.Name = ident(fn.Name.Pos(), l.funcName)
		c.late = append(c.late, l)
		c.declared[l.funcName] = true
	}
	return len(c.late) > 0
}

// receiver is the name of a method's receiver type, and whether it has type parameters.
func receiver(fn *ast.FuncDecl) (id *ast.Ident, generic bool) {
	t := ast.Unparen(fn.Recv.List[0].Type)
	if st, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(st.X)
	}
	switch x := t.(type) {
	case *ast.IndexExpr:
		t, generic = x.X, true
	case *ast.IndexListExpr:
		t, generic = x.X, true
	}
	id, _ = t.(*ast.Ident)
	return id, generic
}

// named0 gives the blank name to parameters without one.
func named0(list []*ast.Field) []*ast.Field {
	for _, f := range list {
		if len(f.Names) == 0 {
			f.Names = []*ast.Ident{ident(f.Type.Pos(), "_")}
		}
	}
	return list
}

// splitTypes takes the cell's types out of it, as syntax of their own with the imports and constants, if the cell also has
// late methods: those may mention the types. It returns nil if there are none.
func (c *cell) splitTypes() *syntax {
	var first, rest []ast.Decl
	some := false
	for _, d := range c.syn.decls {
		g, ok := d.(*ast.GenDecl)
		switch {
		case ok && g.Tok == token.TYPE:
			some = true
			first = append(first, d)
		case ok && g.Tok == token.CONST:
			first = append(first, d)
		case ok && g.Tok == token.IMPORT:
			first = append(first, d)
			rest = append(rest, d)
		default:
			rest = append(rest, d)
		}
	}
	if !some {
		return nil
	}
	for _, l := range c.late { // they are found again
		l.decl.Recv = &ast.FieldList{List: l.decl.Type.Params.List[:1:1]}
		l.decl.Type.Params.List = l.decl.Type.Params.List[1:]
		l.decl.Name = ident(l.decl.Name.Pos(), l.name)
	}
	c.late = nil
	empty := &ast.FuncDecl{Name: ident(c.syn.body.Pos(), cellFunc), Type: &ast.FuncType{Func: c.syn.body.Pos(), Params: &ast.FieldList{}}, Body: &ast.BlockStmt{Lbrace: c.syn.body.Pos(), Rbrace: c.syn.body.Pos()}}
	types := &syntax{decls: first, body: empty, base: c.syn.base}
	c.syn.decls = rest
	return types
}

// addLate checks the signatures of the late methods and adds the methods to their types. Discard takes them away again.
func (c *cell) addLate() bool {
	if c.problems.any() {
		return false
	}
	if len(c.late) == 0 {
		return true
	}
	var decls []ast.Decl
	bodies := make([]*ast.BlockStmt, len(c.late))
	for i, l := range c.late {
		bodies[i], l.decl.Body = l.decl.Body, forever(l.decl.Body)
		decls = append(decls, l.decl)
	}
	for _, d := range c.syn.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok != token.TYPE {
			decls = append(decls, d)
		}
	}
	statements := c.syn.body.Body.List
	c.syn.body.Body.List = nil
	p, info := c.scope(), newInfo()
	c.check(p, c.file(c.imports(func(string) bool { return false }), decls), info, c.problems.add)
	c.syn.body.Body.List = statements
	for i, l := range c.late {
		l.decl.Body = bodies[i]
	}
	if c.problems.any() {
		return false
	}
	for _, l := range c.late {
		if fn, ok := info.Defs[l.decl.Name].(*types.Func); ok {
			c.addMethod(l, fn.Signature())
		}
	}
	return !c.problems.any()
}

func (c *cell) addMethod(l *lateMethod, sig *types.Signature) {
	var params []*types.Var
	for v := range sig.Params().Variables() {
		params = append(params, v)
	}
	recv := types.NewVar(params[0].Pos(), l.named.Obj().Pkg(), params[0].Name(), params[0].Type())
	own := types.NewSignatureType(recv, nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic())
	typeName := l.named.Obj().Name()
	switch u := l.named.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		c.problems.at(l.decl.Name.Pos(), "invalid receiver type "+typeName+" (pointer or interface type)")
		return
	case *types.Struct:
		for f := range u.Fields() {
			if f.Name() == l.name {
				c.problems.at(l.decl.Name.Pos(), "field and method with the same name "+l.name)
				return
			}
		}
	}
	for i := range l.named.NumMethods() {
		m := l.named.Method(i)
		if m.Name() != l.name {
			continue
		}
		if !types.Identical(m.Signature(), own) || !types.Identical(m.Signature().Recv().Type(), recv.Type()) {
			c.problems.at(l.decl.Name.Pos(), "the method "+typeName+"."+l.name+" has another signature in an earlier cell; declare the type again with it")
			return
		}
		l.method = m
		return
	}
	l.method = types.NewFunc(l.decl.Name.Pos(), l.named.Obj().Pkg(), l.name, own)
	l.added = true
	n := l.named.NumMethods()
	l.named.AddMethod(l.method)
	c.unit.undo = append(c.unit.undo, func() { dropMethods(l.named, n) })
}
