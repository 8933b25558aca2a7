package front

import (
	"go/ast"
	"go/types"
	"strings"
)

// implicitField says whether an error is the checker's view that a literal sets an unexported field of another package.
func implicitField(e types.Error) bool {
	return strings.HasPrefix(e.Msg, "implicit assignment to unexported field")
}

func anyImplicitField(errs []types.Error) bool {
	for _, e := range errs {
		if implicitField(e) {
			return true
		}
	}
	return false
}

// addKeys writes the field names into the struct literals of cells' types that have none.
func addKeys(file *ast.File, info *types.Info) {
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || len(lit.Elts) == 0 || info.Types[lit].Type == nil {
			return true
		}
		t := info.Types[lit].Type
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); !ok || keyed || st.NumFields() != len(lit.Elts) || !ofCells(st) {
			return true
		}
		for i, x := range lit.Elts {
			lit.Elts[i] = &ast.KeyValueExpr{Key: ident(x.Pos(), st.Field(i).Name()), Colon: x.Pos(), Value: x}
		}
		return true
	})
}

// ofCells says whether the fields of a struct were written in a cell, and all of them have names.
func ofCells(st *types.Struct) bool {
	for f := range st.Fields() {
		if f.Name() == "_" || f.Pkg() == nil || f.Pkg().Path() != "main" {
			return false
		}
	}
	return true
}
