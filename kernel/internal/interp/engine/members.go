package engine

import (
	"go/ast"
	"go/types"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// Ranks of members.
const (
	rankField = iota
	rankMethod
	rankDeep // promoted from an embedded field
)

// members lists what can follow the dot.
func (c *completer) members(sel *ast.SelectorExpr) {
	if id, ok := sel.X.(*ast.Ident); ok {
		if pn, ok := c.view.Info.Uses[id].(*types.PkgName); ok {
			c.exports(pn.Imported(), c.view.Implied()[id.Name])
			return
		}
	}
	tv, ok := c.view.Info.Types[sel.X]
	if !ok || tv.Type == nil {
		return
	}
	c.ofType(tv.Type, tv.IsType())
}

// exports are the exported names of a package; path is what has to be imported for them.
func (c *completer) exports(pkg *types.Package, path string) {
	for _, n := range pkg.Scope().Names() {
		if o := pkg.Scope().Lookup(n); o.Exported() {
			c.add(interp.Match{Text: n, Type: kindOf(o), Signature: signature(o), Import: path}, 0)
		}
	}
}

// ofType are the fields and methods that a value, or in a method expression a type, has.
func (c *completer) ofType(t types.Type, expression bool) {
	if !expression {
		c.fields(t, rankField, map[types.Type]bool{})
	}
	if _, ok := t.Underlying().(*types.Interface); !ok && !expression {
		if _, ok := t.Underlying().(*types.Pointer); !ok {
			t = types.NewPointer(t)
		}
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		s := set.At(i)
		rank := rankMethod
		if len(s.Index()) > 1 {
			rank = rankDeep
		}
		if visible(s.Obj()) {
			c.object(s.Obj(), rank)
		}
	}
}

func (c *completer) fields(t types.Type, rank int, seen map[types.Type]bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || seen[t] {
		return
	}
	seen[t] = true
	for f := range st.Fields() {
		if visible(f) {
			c.object(f, rank)
		}
	}
	for f := range st.Fields() {
		if f.Embedded() {
			c.fields(f.Type(), rankDeep, seen)
		}
	}
}
