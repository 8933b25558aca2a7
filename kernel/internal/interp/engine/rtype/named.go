package rtype

import (
	"go/types"
	"reflect"
	"sync/atomic"

	"github.com/goplus/reflectx"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// named is the run-time type of a named type, perhaps on its shape still.
func (tt *Table) named(t *types.Named) reflect.Type {
	o := t.Obj()
	if o.Pkg() == nil {
		if o.Name() == "error" {
			return reflect.TypeFor[error]()
		}
		return tt.get(t.Underlying())
	}
	if r := tt.compiled(t); r != nil {
		tt.set(t, r)
		return r
	}
	path, name := o.Pkg().Path(), tt.typeName(t)
	if u, ok := t.Underlying().(*types.Interface); ok {
		base := reflect.TypeFor[error]() // equality of interfaces with methods
		if u.NumMethods() == 0 {
			base = reflect.TypeFor[any]()
		}
		r := lasting(distinct(reflectx.NamedTypeOf(path, name, base)))
		tt.set(t, r)
		if err := reflectx.SetInterfaceType(r, nil, tt.imethods(u)); err != nil {
			panic(err)
		}
		return r
	}
	r := tt.begin(t, distinct(reflectx.NamedTypeOf(path, name, tt.shape(t.Underlying()))))
	if _, basic := t.Underlying().(*types.Basic); !basic {
		tt.queue = append(tt.queue, func() {
			if u, ok := t.Underlying().(*types.Struct); ok {
				reflectx.SetUnderlying(r, tt.fields(u))
				if allExported(u) {
					mem.ClearStructPath(r)
				}
			} else {
				reflectx.SetUnderlying(r, tt.get(t.Underlying()))
			}
		})
	}
	return r
}

// made counts the types of all tables: their hashes.
var made atomic.Uint32

// distinct gives a new type a hash that no other built type has, by which package reflect and the runtime look up what is
// made of it; reflectx gives all of them the same.
func distinct(r reflect.Type) reflect.Type {
	mem.SetHash(r, made.Add(1)*0x9e3779b1)
	return r
}

// begin makes room for the methods of t in r, a type on its shape, and remembers it.
func (tt *Table) begin(t types.Type, r reflect.Type) reflect.Type {
	of := methodSets{t: t, pointer: types.NewMethodSet(types.NewPointer(t))}
	if of.pointer.Len() > 0 {
		of.value = types.NewMethodSet(t)
		r = reflectx.NewMethodSet(r, of.value.Len(), of.pointer.Len())
		distinct(reflect.PointerTo(distinct(r)))
		tt.methods = append(tt.methods, of)
	}
	tt.set(t, r)
	tt.set(types.NewPointer(t), reflect.PointerTo(r))
	return r
}

// promoting is the type of an unnamed struct that has methods from embedded fields.
func (tt *Table) promoting(t *types.Struct) reflect.Type {
	written := text{tt: tt}.of(t)
	base := distinct(reflectx.NamedTypeOf("", "", tt.shape(t)))
	mem.SetText(base, written) // before any type is made of it, for they take the text over
	r := tt.begin(t, base)
	tt.queue = append(tt.queue, func() {
		fields := tt.fields(t)
		reflectx.SetUnderlying(r, fields) // makes the type a named one
		mem.CopyStructPath(r, fields)
		mem.SetText(r, written)
	})
	return r
}

// allExported says whether every field of t is exported; package reflect takes such a type for the same in all packages.
func allExported(t *types.Struct) bool {
	for f := range t.Fields() {
		if !f.Exported() {
			return false
		}
	}
	return true
}

// compiled is the type of a registered package, nil if t is to be built.
func (tt *Table) compiled(t *types.Named) reflect.Type {
	o := t.Obj()
	p := tt.pkg(o.Pkg().Path())
	if p == nil || t.TypeArgs().Len() > 0 || o.Parent() != o.Pkg().Scope() {
		return nil
	}
	if r := p.Types[o.Name()]; r != nil {
		return r
	}
	if !tt.hidden[p.Path] {
		tt.hidden[p.Path] = true
		tt.search(o.Pkg(), p)
	}
	if r, ok := tt.to.At(t).(reflect.Type); ok {
		return r
	}
	return nil
}

// shape is an unnamed type of t's kind, layout and comparability that refers to no named type.
func (tt *Table) shape(t types.Type) reflect.Type {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basics[u.Kind()]
	case *types.Struct:
		var fs []reflect.StructField
		for i := range u.NumFields() {
			f := u.Field(i)
			sf := reflect.StructField{Name: f.Name(), Type: tt.shape(f.Type())}
			if f.Name() == "_" || !f.Exported() {
				sf.PkgPath = f.Pkg().Path()
			}
			if f.Name() == "_" {
				sf.Name = "blank" + string(rune('a'+i%26)) + string(rune('a'+i/26%26))
			}
			fs = append(fs, sf)
		}
		return reflect.StructOf(fs)
	case *types.Array:
		return reflect.ArrayOf(int(u.Len()), tt.shape(u.Elem()))
	case *types.Slice:
		return reflect.TypeFor[[]struct{}]()
	case *types.Pointer:
		return reflect.TypeFor[*struct{}]()
	case *types.Chan:
		return reflect.TypeFor[chan struct{}]()
	case *types.Map:
		return reflect.TypeFor[map[int]int]()
	case *types.Interface:
		if u.NumMethods() == 0 {
			return reflect.TypeFor[any]()
		}
		return reflect.TypeFor[error]()
	case *types.Signature:
		var in, out []reflect.Type
		for range u.Params().Len() {
			in = append(in, reflect.TypeFor[any]())
		}
		for range u.Results().Len() {
			out = append(out, reflect.TypeFor[any]())
		}
		if u.Variadic() {
			in[len(in)-1] = reflect.TypeFor[[]any]()
		}
		return reflect.FuncOf(in, out, u.Variadic())
	}
	return reflect.TypeFor[int]()
}
