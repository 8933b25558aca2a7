package rtype

import (
	"cmp"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// text is how a compiled program writes a type: in the String of package reflect, or in brackets among the arguments of an
// instance, where names have the paths of their packages and unexported fields have them too.
type text struct {
	tt         *Table
	inBrackets bool
}

func (w text) pkg(p *types.Package) string {
	if w.inBrackets {
		return p.Path()
	}
	return p.Name()
}

func (w text) of(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if r := basics[t.Kind()]; r != nil {
			return r.String()
		}
	case *types.Named:
		if t.Obj().Pkg() == nil {
			if t.Obj().Name() == "error" {
				return "error"
			}
			return w.of(t.Underlying())
		}
		name := w.tt.typeName(t)
		if w.inBrackets {
			name = w.tt.nameInBrackets(t)
		}
		return w.pkg(t.Obj().Pkg()) + "." + name
	case *types.Pointer:
		return "*" + w.of(t.Elem())
	case *types.Slice:
		return "[]" + w.of(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + w.of(t.Elem())
	case *types.Map:
		return "map[" + w.of(t.Key()) + "]" + w.of(t.Elem())
	case *types.Chan:
		return w.channel(t)
	case *types.Signature:
		return "func" + w.signature(t)
	case *types.Struct:
		return w.structure(t)
	case *types.Interface:
		return w.iface(t)
	}
	return t.String()
}

func (w text) channel(t *types.Chan) string {
	elem := w.of(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + elem
	case types.RecvOnly:
		return "<-chan " + elem
	}
	if strings.HasPrefix(elem, "<-") {
		elem = "(" + elem + ")"
	}
	return "chan " + elem
}

func (w text) signature(t *types.Signature) string {
	var in, out []string
	for v := range t.Params().Variables() {
		in = append(in, w.of(v.Type()))
	}
	for v := range t.Results().Variables() {
		out = append(out, w.of(v.Type()))
	}
	if t.Variadic() {
		last := len(in) - 1
		in[last] = "..." + strings.TrimPrefix(in[last], "[]")
	}
	s := "(" + strings.Join(in, ", ") + ")"
	switch len(out) {
	case 0:
		return s
	case 1:
		return s + " " + out[0]
	}
	return s + " (" + strings.Join(out, ", ") + ")"
}

func (w text) structure(t *types.Struct) string {
	var fields []string
	for i := range t.NumFields() {
		f := t.Field(i)
		s := w.of(f.Type())
		switch {
		case f.Embedded() && w.inBrackets && !w.namedAs(f):
			s = " = " + s
			if s = f.Name() + s; !f.Exported() {
				s = w.pkg(f.Pkg()) + "." + s
			}
		case !f.Embedded():
			s = f.Name() + " " + s
			if w.inBrackets && !f.Exported() {
				s = w.pkg(f.Pkg()) + "." + s
			}
		}
		if tag := t.Tag(i); tag != "" {
			s += " " + strconv.Quote(tag)
		}
		fields = append(fields, s)
	}
	return block("struct", fields)
}

// namedAs says whether an embedded field has the name of its type, not that of an alias or of a generic type.
func (w text) namedAs(f *types.Var) bool {
	t := types.Unalias(f.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Pkg() != nil && w.tt.nameInBrackets(n) == f.Name() && (n.Obj().Pkg().Path() == f.Pkg().Path() || f.Exported()) // cells are packages of one path
}

func (w text) iface(t *types.Interface) string {
	var exported, others []string
	for f := range t.Methods() {
		s := f.Name() + w.signature(f.Signature())
		if f.Exported() {
			exported = append(exported, s)
		} else {
			others = append(others, w.pkg(f.Pkg())+"."+s)
		}
	}
	slices.SortFunc(exported, cmp.Compare)
	slices.SortFunc(others, cmp.Compare)
	return block("interface", append(exported, others...))
}

func block(word string, list []string) string {
	if len(list) == 0 {
		return word + " {}"
	}
	return word + " { " + strings.Join(list, "; ") + " }"
}
