package rtype

import "go/types"

// Forget drops the run-time types that mention the named type t, because t got a method: they are built anew when they
// are asked for. Values that hold the old ones keep them; Back knows both. Of a generic type, this goes for all instances.
func (tt *Table) Forget(t *types.Named) {
	memo := map[types.Type]bool{}
	var drop []types.Type
	tt.to.Iterate(func(u types.Type, _ any) {
		if mentions(u, t.Origin(), memo) {
			drop = append(drop, u)
		}
	})
	if len(drop) == 0 {
		return
	}
	tt.versions.Store(true)
	for _, u := range drop {
		tt.to.Delete(u)
	}
	clear(tt.quick)
}

// Versions reports whether Forget ever dropped a type.
func (tt *Table) Versions() bool { return tt.versions.Load() }

// mentions reports that u is made of t, or of an instance of it.
func mentions(u types.Type, t *types.Named, memo map[types.Type]bool) bool {
	u = types.Unalias(u)
	if n, ok := u.(*types.Named); ok && n.Origin() == t {
		return true
	}
	if r, ok := memo[u]; ok {
		return r
	}
	memo[u] = false
	r := false
	any := func(x types.Type) { r = r || mentions(x, t, memo) }
	switch u := u.(type) {
	case *types.Named:
		any(u.Underlying())
		for a := range u.TypeArgs().Types() {
			any(a)
		}
	case *types.Map:
		any(u.Key())
		any(u.Elem())
	case interface{ Elem() types.Type }:
		any(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			any(f.Type())
		}
	case *types.Tuple:
		for v := range u.Variables() {
			any(v.Type())
		}
	case *types.Signature:
		any(u.Params())
		any(u.Results())
	case *types.Interface:
		for f := range u.Methods() {
			any(f.Signature())
		}
	}
	memo[u] = r
	return r
}
