package front

import (
	"go/ast"
	"slices"
)

// Lost are the names that the session is without if the unit does not become part of it: those that it lacks, and those
// that mean what they meant before.
func (u *Unit) Lost() (missing, older []string) {
	f := u.front
	for part := u; part != nil; part = part.types {
		for name := range part.imports {
			if f.imports[name] == "" {
				missing = append(missing, name)
			}
		}
		scope := part.pkg.Scope()
		for _, n := range scope.Names() {
			switch o := scope.Lookup(n); {
			case o.Pkg() != part.pkg || hidden(n) || n == "init" || n == "_":
			case f.objects[n] == nil:
				missing = append(missing, n)
			default:
				older = append(older, n)
			}
		}
	}
	slices.Sort(missing)
	slices.Sort(older)
	return slices.Compact(missing), slices.Compact(older)
}

// Failed notes that the cell has failed, for hints about the names that it was to declare.
func (u *Unit) Failed() {
	missing, _ := u.Lost()
	u.front.fail(u.Name, missing)
}

func (f *Front) fail(cell string, names []string) {
	for _, n := range names {
		if n != "_" && n != "init" && !hidden(n) {
			f.failed[n] = cell
		}
	}
}

// names are those that the cell is to declare, imports apart, for which there are other hints.
func (x *syntax) names() (names []string) {
	for _, s := range x.body.Body.List {
		more, _ := defines(s)
		names = append(names, more...)
	}
	for _, d := range x.decls {
		eachDeclared(d, func(id *ast.Ident) { names = append(names, id.Name) })
	}
	return names
}
