package machine

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// dropBlank takes the stores to blank fields out of a function: what a composite literal gives such a field is evaluated, but
// the field stays zero.
func dropBlank(f *ssa.Function) {
	for _, b := range f.Blocks {
		b.Instrs = slices.DeleteFunc(b.Instrs, func(in ssa.Instruction) bool {
			s, ok := in.(*ssa.Store)
			if !ok || !toBlank(s.Addr) {
				return false
			}
			for _, v := range []ssa.Value{s.Addr, s.Val} {
				if r := v.Referrers(); r != nil {
					*r = slices.DeleteFunc(*r, func(x ssa.Instruction) bool { return x == in })
				}
			}
			return true
		})
	}
}

// toBlank reports the address of a blank field, or of a part of one.
func toBlank(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		s, ok := types.Unalias(deref(v.X.Type())).Underlying().(*types.Struct)
		return ok && s.Field(v.Field).Name() == "_" || toBlank(v.X)
	case *ssa.IndexAddr:
		_, array := v.X.Type().Underlying().(*types.Pointer)
		return array && toBlank(v.X)
	}
	return false
}
