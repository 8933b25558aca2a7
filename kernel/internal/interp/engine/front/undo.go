package front

import (
	"go/types"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// dropMethods leaves a type its first n methods: it undoes AddMethod, which go/types cannot. It relies on go/types keeping
// the methods of a declared type in a field "methods" of type []*types.Func; with any other layout it does nothing.
func dropMethods(t *types.Named, n int) {
	if methods := mem.Field[[]*types.Func](t, "methods"); methods != nil && len(*methods) > n {
		*methods = (*methods)[:n:n]
	}
}
