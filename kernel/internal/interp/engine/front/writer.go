package front

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// writer writes a type of the first check as syntax of the second. Types that do not involve those of the cell itself go
// in as they are, under an alias.
type writer struct {
	from   *types.Package
	pos    token.Pos
	params map[*types.TypeParam]string // what type parameters are called; they may not occur otherwise
	insert func(types.Type) string     // gives a type a name where the syntax will be checked
	err    error
}

// newWriter is a writer whose syntax is checked in package to.
func newWriter(from, to *types.Package, pos token.Pos) *writer {
	aliases := 0
	return &writer{from: from, pos: pos, insert: func(t types.Type) string {
		aliases++
		name := aliasPrefix + strconv.Itoa(aliases)
		to.Scope().Insert(types.NewTypeName(token.NoPos, to, name, t))
		return name
	}}
}

// expr is an expression for t that the second check resolves to the same type.
func (w *writer) expr(t types.Type) ast.Expr {
	if !w.own(t) {
		return w.alias(t)
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return w.named(t)
	case *types.Pointer:
		return &ast.StarExpr{Star: w.pos, X: w.expr(t.Elem())}
	case *types.Slice:
		return &ast.ArrayType{Lbrack: w.pos, Elt: w.expr(t.Elem())}
	case *types.Array:
		return &ast.ArrayType{Lbrack: w.pos, Len: w.literal(token.INT, strconv.FormatInt(t.Len(), 10)), Elt: w.expr(t.Elem())}
	case *types.Map:
		return &ast.MapType{Map: w.pos, Key: w.expr(t.Key()), Value: w.expr(t.Elem())}
	case *types.Chan:
		dir := ast.SEND | ast.RECV
		switch t.Dir() {
		case types.SendOnly:
			dir = ast.SEND
		case types.RecvOnly:
			dir = ast.RECV
		}
		return &ast.ChanType{Begin: w.pos, Dir: dir, Value: &ast.ParenExpr{Lparen: w.pos, X: w.expr(t.Elem()), Rparen: w.pos}}
	case *types.Signature:
		return w.signature(t)
	case *types.Struct:
		return w.structure(t)
	case *types.Interface:
		return w.iface(t)
	case *types.TypeParam:
		return ident(w.pos, w.params[t])
	case *types.Union:
		return w.union(t)
	}
	w.err = fmt.Errorf("the type %v cannot be used for a variable of a cell", t)
	return w.alias(types.Typ[types.Invalid])
}

// aliasPrefix begins the names that stand for types in the second check.
const aliasPrefix = "type·"

// alias puts a type into the scope of the second check. It makes no types.Alias, so that messages show the type itself.
func (w *writer) alias(t types.Type) ast.Expr {
	return ident(w.pos, w.insert(t))
}

func (w *writer) literal(kind token.Token, value string) *ast.BasicLit {
	return &ast.BasicLit{ValuePos: w.pos, Kind: kind, Value: value}
}

func (w *writer) named(t *types.Named) ast.Expr {
	o := t.Obj()
	if o.Pkg() == w.from && o.Parent() != w.from.Scope() {
		w.err = fmt.Errorf("the type %s is local to a block and cannot be that of a variable of the cell", o.Name())
		return w.alias(types.Typ[types.Invalid])
	}
	var x ast.Expr = ident(w.pos, o.Name())
	if o.Pkg() != w.from { // a generic type of elsewhere with type arguments of the cell
		x = ident(w.pos, w.insert(t.Origin()))
	}
	if t.TypeArgs().Len() == 0 {
		return x
	}
	list := &ast.IndexListExpr{X: x, Lbrack: w.pos, Rbrack: w.pos}
	for a := range t.TypeArgs().Types() {
		list.Indices = append(list.Indices, w.expr(a))
	}
	return list
}

func (w *writer) signature(t *types.Signature) *ast.FuncType {
	fields := func(tuple *types.Tuple, variadic bool) *ast.FieldList {
		list := &ast.FieldList{}
		for i := range tuple.Len() {
			v := tuple.At(i)
			x := &ast.Field{}
			if variadic && i == tuple.Len()-1 {
				x.Type = &ast.Ellipsis{Ellipsis: w.pos, Elt: w.expr(v.Type().(*types.Slice).Elem())}
			} else {
				x.Type = w.expr(v.Type())
			}
			list.List = append(list.List, x)
		}
		return list
	}
	return &ast.FuncType{Func: w.pos, Params: fields(t.Params(), t.Variadic()), Results: fields(t.Results(), false)}
}

func (w *writer) structure(t *types.Struct) ast.Expr {
	list := &ast.FieldList{Opening: w.pos, Closing: w.pos}
	for i := range t.NumFields() {
		v := t.Field(i)
		x := &ast.Field{Type: w.expr(v.Type())}
		if !v.Embedded() {
			x.Names = []*ast.Ident{ident(w.pos, v.Name())}
		}
		if t.Tag(i) != "" {
			x.Tag = w.literal(token.STRING, strconv.Quote(t.Tag(i)))
		}
		list.List = append(list.List, x)
	}
	return &ast.StructType{Struct: w.pos, Fields: list}
}

func (w *writer) iface(t *types.Interface) ast.Expr {
	list := &ast.FieldList{Opening: w.pos, Closing: w.pos}
	for m := range t.ExplicitMethods() {
		list.List = append(list.List, &ast.Field{Names: []*ast.Ident{ident(w.pos, m.Name())}, Type: w.signature(m.Signature())})
	}
	for e := range t.EmbeddedTypes() {
		list.List = append(list.List, &ast.Field{Type: w.expr(e)})
	}
	return &ast.InterfaceType{Interface: w.pos, Methods: list}
}

func (w *writer) union(t *types.Union) (x ast.Expr) {
	for term := range t.Terms() {
		y := w.expr(term.Type())
		if term.Tilde() {
			y = &ast.UnaryExpr{OpPos: w.pos, Op: token.TILDE, X: y}
		}
		if x == nil {
			x = y
		} else {
			x = &ast.BinaryExpr{X: x, OpPos: w.pos, Op: token.OR, Y: y}
		}
	}
	return x
}

// own says whether a type involves one that the cell itself declares, or a type parameter.
func (w *writer) own(t types.Type) bool {
	seen := map[types.Type]bool{}
	var walk func(types.Type) bool
	tuple := func(t *types.Tuple) bool {
		for v := range t.Variables() {
			if walk(v.Type()) {
				return true
			}
		}
		return false
	}
	walk = func(t types.Type) bool {
		t = types.Unalias(t)
		if t == nil || seen[t] {
			return false
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.Named:
			if t.Obj().Pkg() == w.from {
				return true
			}
			for a := range t.TypeArgs().Types() {
				if walk(a) {
					return true
				}
			}
		case *types.Map:
			return walk(t.Key()) || walk(t.Elem())
		case interface{ Elem() types.Type }:
			return walk(t.Elem())
		case *types.Signature:
			return tuple(t.Params()) || tuple(t.Results())
		case *types.Struct:
			for v := range t.Fields() {
				if walk(v.Type()) {
					return true
				}
			}
		case *types.Interface:
			for m := range t.ExplicitMethods() {
				if walk(m.Type()) {
					return true
				}
			}
			for e := range t.EmbeddedTypes() {
				if walk(e) {
					return true
				}
			}
		case *types.TypeParam:
			return w.params[t] != ""
		case *types.Union:
			for term := range t.Terms() {
				if walk(term.Type()) {
					return true
				}
			}
		}
		return false
	}
	return walk(t)
}
