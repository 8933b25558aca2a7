package front

import (
	"go/ast"
	"go/token"
	"go/types"
)

// displayPath is the package that cells can use without an import, under its own name; its function Display also has no
// need of the name. gophernotes began this, and notebooks written for it rely on it.
const displayPath = "github.com/sightline-osint/sightline/kernel/display"

// implicitImport says whether the cell uses package display without a declaration of that name anywhere.
func (c *cell) implicitImport() bool {
	const name = "display"
	return c.mentioned[name] && !c.declared[name] && c.front.imports[name] == "" && c.front.objects[name] == nil &&
		c.front.registered[displayPath] != nil
}

// implicit is the function Display for a cell that uses it without a declaration, or nil. A cell that imports with a dot
// finds its own.
func (c *cell) implicit(name string) types.Object {
	f := c.front
	if name != "Display" || f.imports[name] != "" || len(f.dots) > 0 || f.registered[displayPath] == nil {
		return nil
	}
	for _, d := range c.syn.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			for _, s := range g.Specs {
				if s := s.(*ast.ImportSpec); s.Name != nil && s.Name.Name == "." {
					return nil
				}
			}
		}
	}
	pkg, err := f.Import(displayPath)
	if err != nil {
		return nil
	}
	return pkg.Scope().Lookup(name)
}
