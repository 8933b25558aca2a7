package front

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Offer remembers an import that a completion has offered. A later cell that uses the name without declaring it gets the
// import, as if it said so itself; Unit.Added tells which.
func (f *Front) Offer(name, path string) { f.offered[name] = path }

// Added are the paths of the imports that the cell lacked and was given, in order.
func (u *Unit) Added() []string {
	out := slices.Clone(u.added)
	if u.types != nil {
		out = append(out, u.types.Added()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// imply notes the imports that errors of the checker miss and that a completion has offered; a view takes any that is
// registered. It says whether there are new ones, with which the cell is to be checked again.
func (c *cell) imply(errs []types.Error) (more bool) {
	for _, e := range errs {
		name, ok := strings.CutPrefix(e.Msg, "undefined: ")
		if !ok || c.implied[name] != "" {
			continue
		}
		path := c.front.offered[name]
		if path == "" && c.viewed {
			path = c.front.pathOf(name)
		}
		if path != "" && c.selectsFrom(name) {
			c.implied[name] = path
			more = true
		}
	}
	return more
}

// selectsFrom says whether the cell selects something from a name, as one does from a package.
func (c *cell) selectsFrom(name string) (found bool) {
	for _, d := range append([]ast.Decl{c.syn.body}, c.syn.decls...) {
		ast.Inspect(d, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := s.X.(*ast.Ident); ok && id.Name == name {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// Implied are the imports, path by name, that the view takes for granted without a declaration.
func (v *View) Implied() map[string]string { return maps.Clone(v.cell.implied) }
