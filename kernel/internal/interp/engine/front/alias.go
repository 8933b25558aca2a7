package front

import (
	"go/ast"
	"go/types"
)

// bracket puts brackets around the name of an earlier cell that a type declaration consists of, as in type Polar Point:
// go/types follows such plain names through the declarations of the package that it checks, where it does not find it.
func (c *cell) bracket() {
	c.eachType(func(_ *ast.GenDecl, s *ast.TypeSpec) {
		if id, ok := s.Type.(*ast.Ident); ok && !c.declared[id.Name] {
			s.Type = &ast.ParenExpr{Lparen: id.Pos(), X: id, Rparen: id.End() - 1}
		}
	})
}

// aliases are the aliases that the cell declares, by their names.
func (c *cell) aliases() map[string]ast.Expr {
	all := map[string]ast.Expr{}
	c.eachType(func(_ *ast.GenDecl, s *ast.TypeSpec) {
		if s.Assign.IsValid() && s.TypeParams == nil {
			all[s.Name.Name] = s.Type
		}
	})
	return all
}

// base is the type of an earlier cell that the receiver type name means, perhaps through aliases, its own or
// theirs. It is nil if the receiver is of a type that this cell declares or is no named type; the checker says so then.
func (c *cell) base(name *ast.Ident, aliases map[string]ast.Expr) *types.Named {
	seen := map[string]bool{}
	for own := aliases[name.Name]; own != nil && !seen[name.Name]; own = aliases[name.Name] {
		seen[name.Name] = true
		t := ast.Unparen(own)
		if st, ok := t.(*ast.StarExpr); ok {
			t = ast.Unparen(st.X)
		}
		id, ok := t.(*ast.Ident)
		if !ok {
			return nil
		}
		name = id
	}
	tn, ok := c.front.objects[name.Name].(*types.TypeName)
	if !ok || c.declared[name.Name] {
		return nil
	}
	t := types.Unalias(tn.Type())
	if p, ok := t.(*types.Pointer); ok && tn.IsAlias() {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	switch {
	case !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "main":
		c.problems.at(name.Pos(), "cannot define new methods on non-local type "+name.Name)
		return nil
	case named.Origin() != named:
		c.problems.at(name.Pos(), "cannot define new methods on instantiated type "+name.Name)
		return nil
	}
	return named
}
