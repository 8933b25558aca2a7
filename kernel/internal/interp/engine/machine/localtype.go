package machine

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// nameLocals tells the table of types which types f declares and, if f is an instance of a generic function, with which arguments:
// a compiled program names them after those.
func (m *Machine) nameLocals(f *ssa.Function) {
	args := f.TypeArgs()
	if len(args) == 0 {
		return
	}
	root := f
	for root.Parent() != nil {
		root = root.Parent()
	}
	if root.Syntax() == nil {
		return
	}
	l := locals{m: m, args: args, from: root.Syntax().Pos(), to: root.Syntax().End(), seen: map[types.Type]bool{}}
	for _, p := range f.Params {
		l.walk(p.Type())
	}
	var operands []*ssa.Value
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			if v, ok := in.(ssa.Value); ok {
				l.walk(v.Type())
			}
			if a, ok := in.(*ssa.TypeAssert); ok {
				l.walk(a.AssertedType)
			}
			operands = in.Operands(operands[:0])
			for _, o := range operands {
				if *o != nil {
					l.walk((*o).Type())
				}
			}
		}
	}
}

// locals finds the types that are declared between two positions.
type locals struct {
	m        *Machine
	args     []types.Type
	from, to token.Pos
	seen     map[types.Type]bool
}

func (l *locals) walk(t types.Type) {
	t = types.Unalias(t)
	if t == nil || l.seen[t] {
		return
	}
	l.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		for a := range t.TypeArgs().Types() {
			l.walk(a)
		}
		if p := t.Obj().Pos(); l.from <= p && p < l.to {
			l.m.types.Within(t, l.args)
			l.walk(t.Underlying())
		}
	case *types.Map:
		l.walk(t.Key())
		l.walk(t.Elem())
	case interface{ Elem() types.Type }:
		l.walk(t.Elem())
	case *types.Tuple:
		for v := range t.Variables() {
			l.walk(v.Type())
		}
	case *types.Signature:
		l.walk(t.Params())
		l.walk(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			l.walk(f.Type())
		}
	case *types.Interface:
		for f := range t.Methods() {
			l.walk(f.Signature())
		}
	}
}
