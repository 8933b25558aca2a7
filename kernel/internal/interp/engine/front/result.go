package front

import (
	"go/ast"
	"go/token"
	"go/types"
)

// result turns the last expression into an assignment to hidden variables and returns it; nil if it is none.
func (c *cell) result(info *types.Info) ast.Expr {
	list := c.syn.body.Body.List
	if len(list) == 0 || c.syn.quiet {
		return nil
	}
	if n := c.syn.listed; n > 0 {
		return c.resultList(list[len(list)-n:], info)
	}
	last, ok := list[len(list)-1].(*ast.ExprStmt)
	if !ok || c.syn.hide && isStatement(last.X, info) {
		return nil
	}
	tv := info.Types[last.X]
	if tv.Type == nil || tv.Type == types.Typ[types.Invalid] || tv.IsVoid() || tv.IsType() || tv.IsBuiltin() || c.prints(last.X, info) {
		return nil
	}
	var all []types.Type
	if tuple, ok := tv.Type.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			all = append(all, v.Type())
		}
	} else if tv.IsNil() {
		all = append(all, types.Universe.Lookup("any").Type())
	} else {
		all = append(all, types.Default(tv.Type))
	}
	assign := &ast.AssignStmt{TokPos: last.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{last.X}}
	for i, t := range all {
		c.vars = append(c.vars, &variable{name: resultName(i), typ: t, pos: last.Pos()})
		assign.Lhs = append(assign.Lhs, ident(last.Pos(), resultName(i)))
	}
	c.results = len(all)
	list[len(list)-1] = assign
	return last.X
}

// isStatement says whether an expression may stand alone.
func isStatement(x ast.Expr, info *types.Info) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr: // of a builtin function or a type only sometimes
		return !info.Types[x.Fun].IsBuiltin() && !info.Types[x.Fun].IsType()
	case *ast.UnaryExpr:
		return x.Op == token.ARROW
	}
	return false
}

// resultList is result for a list of expressions, each of them one value. What has no value, or several, is assigned all
// the same: the second check says what is wrong with it. The checker's "is not used" is about any part of the list.
func (c *cell) resultList(list []ast.Stmt, info *types.Info) ast.Expr {
	pos := list[0].Pos()
	assign := &ast.AssignStmt{TokPos: pos, Tok: token.ASSIGN}
	whole := &ast.CompositeLit{Type: ident(pos, "_"), Lbrace: pos, Rbrace: list[len(list)-1].End()}
	for i, s := range list {
		x := s.(*ast.ExprStmt).X
		t := types.Universe.Lookup("any").Type()
		if tv := info.Types[x]; tv.IsValue() && !tv.IsNil() && tv.Type != types.Typ[types.Invalid] {
			if _, several := tv.Type.(*types.Tuple); !several {
				t = types.Default(tv.Type)
			}
		}
		c.vars = append(c.vars, &variable{name: resultName(i), typ: t, pos: x.Pos()})
		assign.Lhs = append(assign.Lhs, ident(x.Pos(), resultName(i)))
		assign.Rhs = append(assign.Rhs, x)
	}
	c.results = len(list)
	kept := c.syn.body.Body.List
	c.syn.body.Body.List = append(kept[:len(kept)-len(list):len(kept)-len(list)], assign)
	return whole
}

// prints says whether an expression is a call that writes, so that what it returns is only how much it wrote: a function
// of fmt, or a method of io.Writer or io.StringWriter.
func (c *cell) prints(x ast.Expr, info *types.Info) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.Ident:
		id = fun
	}
	fn, ok := info.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	res := fn.Signature().Results()
	if res.Len() != 2 || res.At(0).Type() != types.Typ[types.Int] || res.At(1).Type() != types.Universe.Lookup("error").Type() {
		return false
	}
	if fn.Signature().Recv() != nil {
		return fn.Name() == "Write" || fn.Name() == "WriteString"
	}
	return fn.Pkg().Path() == "fmt"
}
