package rtype

import (
	"go/types"
	"strconv"
	"strings"
)

// Within says that t is declared in a generic function with these type arguments.
func (tt *Table) Within(t *types.Named, args []types.Type) { tt.within[t.Origin()] = args }

// typeName is the name of t as a compiled program prints it: with the type arguments of the function around it and its own.
func (tt *Table) typeName(t *types.Named) string {
	name := t.Obj().Name()
	var outer, own []string
	w := text{tt: tt, inBrackets: true}
	for _, a := range tt.within[t.Origin()] {
		outer = append(outer, w.of(a))
	}
	for a := range t.TypeArgs().Types() {
		own = append(own, w.of(a))
	}
	switch {
	case len(outer)+len(own) == 0:
		return name
	case len(outer) == 0 || len(own) == 0:
		return name + "[" + strings.Join(append(outer, own...), ",") + "]"
	}
	return name + "[" + strings.Join(outer, ",") + ";" + strings.Join(own, ",") + "]"
}

// nameInBrackets is typeName with the number of a type that a function declares.
func (tt *Table) nameInBrackets(t *types.Named) string {
	name := tt.typeName(t)
	if tt.number != nil {
		if n := tt.number(t.Obj().Pos()); n > 0 {
			name += "·" + strconv.Itoa(n)
		}
	}
	return name
}
