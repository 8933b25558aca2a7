package front

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
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
	aliases := c.aliases()
	for _, d := range c.syn.decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv == nil || len(fn.Recv.List) != 1 {
			continue
		}
		id, _ := receiver(fn)
		if id == nil {
			continue
		}
		named := c.base(id, aliases)
		if named == nil {
			continue
		}
		l := &lateMethod{named: named, name: fn.Name.Name, funcName: id.Name + "·" + fn.Name.Name, decl: fn, text: c.signatureText(fn)}
		if !c.receiverParams(fn, named) {
			continue
		}
		fn.Type.Params.List = named0(append([]*ast.Field{fn.Recv.List[0]}, fn.Type.Params.List...))
		fn.Recv = nil
		fn.Name = ident(fn.Name.Pos(), l.funcName)
		c.late = append(c.late, l)
		c.declared[l.funcName] = true
	}
	return len(c.late) > 0
}

// receiverParams makes the type parameters that the receiver of a method names those of the function that it becomes. It says
// whether they fit the type.
func (c *cell) receiverParams(fn *ast.FuncDecl, named *types.Named) bool {
	t := ast.Unparen(fn.Recv.List[0].Type)
	if st, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(st.X)
	}
	var names []ast.Expr
	switch x := t.(type) {
	case *ast.IndexExpr:
		names = []ast.Expr{x.Index}
	case *ast.IndexListExpr:
		names = x.Indices
	}
	params, have := named.TypeParams(), len(names)
	switch typeName := named.Obj().Name(); {
	case params.Len() == 0 && have > 0:
		c.problems.at(t.Pos(), typeName+" is not a generic type")
		return false
	case params.Len() > 0 && have == 0:
		c.problems.at(t.Pos(), "cannot use generic type "+typeName+" without its type parameters: write "+typeName+"["+paramNames(params)+"]")
		return false
	case params.Len() != have:
		c.problems.at(names[0].Pos(), fmt.Sprintf("the receiver declares %d type parameters, but %s has %d", have, typeName, params.Len()))
		return false
	case have == 0:
		return true
	}
	w := &writer{from: types.NewPackage("none", "none"), pos: fn.Pos(), params: map[*types.TypeParam]string{}}
	w.insert = func(t types.Type) string {
		name := "bound·" + strconv.Itoa(len(c.bounds))
		c.bounds = append(c.bounds, types.NewTypeName(token.NoPos, w.from, name, t))
		return name
	}
	list := &ast.FieldList{Opening: fn.Pos(), Closing: fn.Pos()}
	for i, x := range names {
		id, ok := ast.Unparen(x).(*ast.Ident)
		if !ok {
			c.problems.at(x.Pos(), "a receiver names its type parameters; this is none")
			return false
		}
		if id.Name == "_" {
			id.Name = "param·" + strconv.Itoa(i)
		}
		w.params[params.At(i)] = id.Name
		list.List = append(list.List, &ast.Field{Names: []*ast.Ident{ident(id.Pos(), id.Name)}})
	}
	for i, f := range list.List {
		f.Type = w.expr(params.At(i).Constraint())
	}
	fn.Type.TypeParams = list
	return true
}

func paramNames(list *types.TypeParamList) string {
	var names []string
	for p := range list.TypeParams() {
		names = append(names, p.Obj().Name())
	}
	return strings.Join(names, ", ")
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
		l.decl.Type.TypeParams = nil
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

// addMethod adds a method, whose signature as a function is sig, to its type, unless it has it.
func (c *cell) addMethod(l *lateMethod, sig *types.Signature) {
	pkg := l.named.Obj().Pkg()
	own := withReceiver(sig)
	if sig.TypeParams().Len() > 0 {
		own = ofGeneric(sig, pkg)
	}
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
		if !sameMethod(m, own) {
			c.problems.at(l.decl.Name.Pos(), "the method "+typeName+"."+l.name+" has another signature in an earlier cell; declare the type again with it")
			return
		}
		l.method = m
		return
	}
	l.method = types.NewFunc(l.decl.Name.Pos(), pkg, l.name, own)
	l.added = true
	c.unit.undo = append(c.unit.undo, c.front.grow(l.named, l.method))
}

// sameMethod says whether the method m of a type has the signature own, type parameters apart.
func sameMethod(m *types.Func, own *types.Signature) bool {
	t := types.Unalias(own.Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	for x := range t.(*types.Named).Methods() { // of the type with the parameters that own has
		if x.Name() == m.Name() {
			return types.Identical(x.Signature(), own) && types.Identical(x.Signature().Recv().Type(), own.Recv().Type())
		}
	}
	return false
}
