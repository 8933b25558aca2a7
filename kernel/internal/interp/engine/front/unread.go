package front

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
)

// Unread makes range loops over arrays that nobody reads loops over their length: the language says that a range expression
// is not evaluated if there is no second variable and its length is constant, but package ssa does evaluate it.
func Unread(file *ast.File, info *types.Info) {
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.RangeStmt)
		if !ok || s.Value != nil && !blank(s.Value) || s.X == nil {
			return true
		}
		t := info.TypeOf(s.X)
		if t == nil {
			return true
		}
		t = t.Underlying()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem().Underlying()
		}
		a, ok := t.(*types.Array)
		if !ok || acts(s.X, info) {
			return true
		}
		lit := &ast.BasicLit{ValuePos: s.X.Pos(), Kind: token.INT, Value: strconv.FormatInt(a.Len(), 10)}
		info.Types[lit] = types.TypeAndValue{Type: types.Typ[types.Int], Value: constant.MakeInt64(a.Len())}
		s.X, s.Value = lit, nil
		return true
	})
}

func blank(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

// acts says whether an expression calls a function or receives from a channel, so that its length is no constant.
func acts(x ast.Expr, info *types.Info) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			tv := info.Types[n]
			found = found || tv.Value == nil && !info.Types[n.Fun].IsType()
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}
