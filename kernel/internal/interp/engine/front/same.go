package front

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// keepSame drops the declarations of types that are the same as in an earlier cell: same text, and every name in it means
// the same. So a cell can run again and its types remain those of the values around. The methods that the cell declares
// become late methods.
func (c *cell) keepSame() {
	same := map[string]*types.TypeName{}
	methods := c.methodsByType()
	c.eachType(func(_ *ast.GenDecl, s *ast.TypeSpec) {
		old, ok := c.front.objects[s.Name.Name].(*types.TypeName)
		if d := c.front.decls[old]; ok && d != nil && d.text == c.text(s) && c.methodsFit(old, methods[old.Name()]) {
			same[s.Name.Name] = old
		}
	})
	for changed := len(same) > 0; changed; {
		changed = false
		for n, old := range same {
			if !c.meansTheSame(c.front.decls[old], same) {
				delete(same, n)
				changed = true
			}
		}
	}
	if len(same) == 0 {
		return
	}
	var decls []ast.Decl
	for _, d := range c.syn.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			var specs []ast.Spec
			for _, s := range g.Specs {
				if same[s.(*ast.TypeSpec).Name.Name] == nil {
					specs = append(specs, s)
				}
			}
			if len(specs) == 0 {
				continue
			}
			g.Specs = specs
		}
		decls = append(decls, d)
	}
	c.syn.decls = decls
	for n := range same {
		delete(c.declared, n)
	}
}

func (c *cell) eachType(visit func(*ast.GenDecl, *ast.TypeSpec)) {
	for _, d := range c.syn.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			for _, s := range g.Specs {
				visit(g, s.(*ast.TypeSpec))
			}
		}
	}
}

// meansTheSame says whether the names in a declaration still mean what they did.
func (c *cell) meansTheSame(d *decl, same map[string]*types.TypeName) bool {
	for n, o := range d.uses {
		if pkg, ok := o.(*types.PkgName); ok {
			if c.importedAs(n) != pkg.Imported().Path() {
				return false
			}
			continue
		}
		now := c.front.objects[n]
		if c.declared[n] {
			now = nil
			if tn := same[n]; tn != nil {
				now = tn
			}
		}
		if now != o {
			return false
		}
	}
	return true
}

// importedAs is the path that a name imports, in the cell or else in the session.
func (c *cell) importedAs(name string) string {
	for _, d := range c.syn.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			for _, s := range g.Specs {
				if s := s.(*ast.ImportSpec); c.front.importName(s) == name {
					return importPath(s)
				}
			}
		}
	}
	return cmp.Or(c.front.imports[name], c.implied[name])
}

// methodsFit says whether the cell declares no method of a type with another signature than it has.
func (c *cell) methodsFit(tn *types.TypeName, methods []*ast.FuncDecl) bool {
	named, ok := tn.Type().(*types.Named)
	if !ok || tn.IsAlias() {
		return ok
	}
	signatures := map[string]string{}
	for i := range named.NumMethods() {
		if d := c.front.decls[named.Method(i)]; d != nil {
			signatures[named.Method(i).Name()] = d.text
		}
	}
	for _, fn := range methods {
		if old, ok := signatures[fn.Name.Name]; ok && old != c.signatureText(fn) {
			return false
		}
	}
	return true
}

// methodsByType are the methods that the cell declares, by the names of their receivers' types.
func (c *cell) methodsByType() map[string][]*ast.FuncDecl {
	all := map[string][]*ast.FuncDecl{}
	for _, d := range c.syn.decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && len(fn.Recv.List) == 1 {
			if id, _ := receiver(fn); id != nil {
				all[id.Name] = append(all[id.Name], fn)
			}
		}
	}
	return all
}

// remember notes the declarations of the cell's types and the signatures of its methods.
func (c *cell) remember(p *types.Package, info *types.Info) {
	c.eachType(func(_ *ast.GenDecl, s *ast.TypeSpec) {
		d := &decl{text: c.text(s), uses: map[string]types.Object{}}
		ast.Inspect(s, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				n = sel.X
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			o := info.Uses[id]
			if _, pkg := o.(*types.PkgName); pkg || o != nil && o == p.Scope().Lookup(id.Name) {
				d.uses[id.Name] = o
			}
			return false
		})
		c.unit.decls[info.Defs[s.Name]] = d
	})
	for _, d := range c.syn.decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil {
			c.unit.decls[info.Defs[fn.Name]] = &decl{text: c.signatureText(fn)}
		}
	}
	for _, l := range c.late {
		c.unit.decls[l.method] = &decl{text: l.text}
	}
}

// text is the source of a declaration, without regard to blanks.
func (c *cell) text(n ast.Node) string { return c.between(n.Pos(), n.End()) }

// signatureText is the source of a method's head.
func (c *cell) signatureText(fn *ast.FuncDecl) string {
	end := fn.Type.End()
	return c.between(fn.Pos(), end)
}

func (c *cell) between(from, to token.Pos) string {
	a, b := int(from-c.syn.base), int(to-c.syn.base)
	if a < 0 || b > len(c.src) || a > b {
		return ""
	}
	return strings.Join(strings.Fields(c.src[a:b]), " ")
}
