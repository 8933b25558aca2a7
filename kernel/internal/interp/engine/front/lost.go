package front

import "slices"

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
