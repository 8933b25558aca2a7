package front

import (
	"go/ast"
	"go/token"
	"go/types"
)

// rename gives names to what this cell's variables hide: the variables of earlier cells, and those that the cell itself
// defines again.
func (c *cell) rename(info *types.Info) {
	versions := map[types.Object]*variable{}
	for _, v := range c.vars {
		if v.obj != nil {
			versions[v.obj] = v
		}
	}
	visit := func(id *ast.Ident) {
		o := info.Uses[id]
		if o == nil {
			o = info.Defs[id]
		}
		if o == nil {
			return
		}
		if v := versions[o]; v != nil {
			id.Name = v.name
			return
		}
		if c.byName[id.Name] == nil || id.Name == "_" {
			return
		}
		if _, ok := o.(*types.PkgName); !ok && c.front.objects[id.Name] != o {
			return
		}
		c.hide(id, o)
	}
	eachIdent([]ast.Decl{c.syn.body}, visit)
}

// hide lets id mean an object of an earlier cell although the cell has a variable of that name.
func (c *cell) hide(id *ast.Ident, o types.Object) {
	name := id.Name + "·old"
	switch o := o.(type) {
	case *types.Var, *types.PkgName:
		c.olds[name] = o
	case *types.TypeName:
		c.olds[name] = types.NewTypeName(token.NoPos, nil, name, o.Type())
	case *types.Const:
		c.olds[name] = types.NewConst(token.NoPos, nil, name, o.Type(), o.Val())
	default:
		return
	}
	id.Name = name
}
