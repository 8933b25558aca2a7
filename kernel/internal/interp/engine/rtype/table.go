package rtype

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/goplus/reflectx"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// reflectxLock guards reflectx's own package variables: several machines may live in one process.
var reflectxLock sync.Mutex

// Method gives the method that sel selects as a func value of type ft(), whose first parameter is the receiver, of type
// recv. It is called once, when the type of the receiver is built. Package reflect keeps the types that ft makes for good.
type Method func(recv types.Type, sel *types.Selection, ft func() reflect.Type) mem.Ptr

// Table maps types to run-time types and back.
type Table struct {
	pkg    func(path string) *registry.Package
	method Method
	number func(token.Pos) int // of a type declared in a function; nil or 0 if it has none

	rx      *reflectx.Context
	quick   map[types.Type]reflect.Type
	to      typeutil.Map // types.Type -> reflect.Type
	back    map[reflect.Type]types.Type
	queue   []func()     // what replaces shapes by underlying types
	methods []methodSets // of types that lack them still
	depth   int
	hidden  map[string]bool // packages whose unexported types were looked for

	within map[*types.Named][]types.Type // types declared in generic functions, with the functions' type arguments

	versions atomic.Bool // a type was built twice
}

// New is an empty table. number gives the types that functions declare their numbers, by position; it may be nil.
func New(pkg func(path string) *registry.Package, method Method, number func(token.Pos) int) *Table {
	return &Table{pkg: pkg, method: method, number: number, rx: reflectx.NewContext(), quick: map[types.Type]reflect.Type{},
		back: map[reflect.Type]types.Type{}, hidden: map[string]bool{}, within: map[*types.Named][]types.Type{}}
}

// Of is the run-time type of t, complete with methods.
func (tt *Table) Of(t types.Type) reflect.Type {
	if r := tt.quick[t]; r != nil {
		return r
	}
	tt.depth++
	r := tt.get(t)
	if tt.depth--; tt.depth == 0 {
		tt.settle()
	}
	tt.quick[t] = r
	return r
}

// Back is the type that r was built for, nil for a compiled type that no one asked for.
func (tt *Table) Back(r reflect.Type) types.Type {
	if t := tt.back[r]; t != nil {
		return t
	}
	if r.Kind() == reflect.Pointer && r.Name() == "" {
		if t := tt.Back(r.Elem()); t != nil {
			return types.NewPointer(t)
		}
	}
	return nil
}

// settle completes what was begun.
func (tt *Table) settle() {
	reflectxLock.Lock()
	defer reflectxLock.Unlock()
	tt.depth++
	defer func() { tt.depth-- }()
	for len(tt.queue) > 0 || len(tt.methods) > 0 {
		if n := len(tt.queue); n > 0 {
			t := tt.queue[n-1]
			tt.queue = tt.queue[:n-1]
			t()
			continue
		}
		t := tt.methods[0]
		tt.methods = tt.methods[1:]
		tt.setMethods(t)
	}
}

// get is the run-time type of t; a named type in it may still stand on its shape.
func (tt *Table) get(t types.Type) reflect.Type {
	t = types.Unalias(t)
	if r := tt.to.At(t); r != nil {
		return r.(reflect.Type)
	}
	switch t := t.(type) {
	case *types.Named:
		return tt.named(t)
	case *types.Struct:
		if types.NewMethodSet(types.NewPointer(t)).Len() > 0 {
			return tt.promoting(t)
		}
	}
	r := tt.build(t)
	tt.set(t, r)
	return r
}

func (tt *Table) set(t types.Type, r reflect.Type) {
	tt.to.Set(t, r)
	if tt.back[r] == nil {
		tt.back[r] = t
	}
}

var chanDir = map[types.ChanDir]reflect.ChanDir{types.SendRecv: reflect.BothDir, types.SendOnly: reflect.SendDir, types.RecvOnly: reflect.RecvDir}

func (tt *Table) build(t types.Type) reflect.Type {
	switch t := t.(type) {
	case *types.Basic:
		if r := basics[t.Kind()]; r != nil {
			return r
		}
	case *types.Pointer:
		return reflect.PointerTo(tt.get(t.Elem()))
	case *types.Slice:
		return reflect.SliceOf(tt.get(t.Elem()))
	case *types.Array:
		return reflect.ArrayOf(int(t.Len()), tt.get(t.Elem()))
	case *types.Map:
		return reflect.MapOf(tt.get(t.Key()), tt.get(t.Elem()))
	case *types.Chan:
		return reflect.ChanOf(chanDir[t.Dir()], tt.get(t.Elem()))
	case *types.Signature:
		return tt.function(t)
	case *types.Tuple:
		return tt.tuple(t)
	case *types.Struct:
		return tt.fields(t)
	case *types.Interface:
		return tt.iface(t)
	}
	panic(fmt.Errorf("no run-time type for %v (%T)", t, t))
}

func (tt *Table) tuple(t *types.Tuple) reflect.Type {
	var fs []reflect.StructField
	for i := range t.Len() {
		fs = append(fs, reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: tt.get(t.At(i).Type())})
	}
	return reflect.StructOf(fs)
}

func (tt *Table) fields(t *types.Struct) reflect.Type {
	var fs []reflect.StructField
	plain := true
	for i := range t.NumFields() {
		f := t.Field(i)
		sf := reflect.StructField{Name: f.Name(), Type: tt.get(f.Type()), Tag: reflect.StructTag(t.Tag(i)), Anonymous: f.Embedded()}
		if !f.Exported() {
			sf.PkgPath = f.Pkg().Path()
		}
		plain = plain && !f.Embedded() && f.Name() != "_"
		fs = append(fs, sf)
	}
	if plain {
		return reflect.StructOf(fs)
	}
	return tt.locked(func() reflect.Type {
		r := tt.rx.StructOf(fs)
		if s := (text{tt: tt}).of(t); r.String() != s { // reflectx writes the names of embedded fields, and numbers blank ones
			mem.SetText(r, s)
		}
		return r
	})
}

// locked calls f under reflectx's lock, which settle may hold already.
func (tt *Table) locked(f func() reflect.Type) reflect.Type {
	if reflectxLock.TryLock() {
		defer reflectxLock.Unlock()
	}
	return f()
}

func (tt *Table) iface(t *types.Interface) reflect.Type {
	if t.NumMethods() == 0 {
		return reflect.TypeFor[any]()
	}
	// a context of its own: reflectx finds interfaces by their text, in which two types may share a name
	r := distinct(reflectx.NewContext().InterfaceOf(nil, tt.imethods(t)))
	mem.SetText(r, text{tt: tt}.of(t)) // before its pointer type takes the text over
	return lasting(r)
}

// lasting keeps the interface type r for as long as the process lives: the runtime's table of itabs remembers it by an
// address that the collector does not see. Package reflect never lets go of a type whose pointer type it made.
func lasting(r reflect.Type) reflect.Type {
	reflect.PointerTo(r)
	return r
}

func (tt *Table) function(t *types.Signature) reflect.Type {
	var in, out []reflect.Type
	for v := range t.Params().Variables() {
		in = append(in, tt.get(v.Type()))
	}
	for v := range t.Results().Variables() {
		out = append(out, tt.get(v.Type()))
	}
	return reflect.FuncOf(in, out, t.Variadic())
}

func (tt *Table) imethods(t *types.Interface) (ms []reflect.Method) {
	for f := range t.Methods() {
		m := reflect.Method{Name: f.Name(), Type: tt.function(f.Signature())}
		if !f.Exported() {
			m.PkgPath = f.Pkg().Path()
		}
		ms = append(ms, m)
	}
	return
}

var basics = map[types.BasicKind]reflect.Type{
	types.Invalid: reflect.TypeFor[int](), types.Bool: reflect.TypeFor[bool](), types.Int: reflect.TypeFor[int](), types.Int8: reflect.TypeFor[int8](),
	types.Int16: reflect.TypeFor[int16](), types.Int32: reflect.TypeFor[int32](), types.Int64: reflect.TypeFor[int64](),
	types.Uint: reflect.TypeFor[uint](), types.Uint8: reflect.TypeFor[uint8](), types.Uint16: reflect.TypeFor[uint16](),
	types.Uint32: reflect.TypeFor[uint32](), types.Uint64: reflect.TypeFor[uint64](), types.Uintptr: reflect.TypeFor[uintptr](),
	types.Float32: reflect.TypeFor[float32](), types.Float64: reflect.TypeFor[float64](), types.Complex64: reflect.TypeFor[complex64](),
	types.Complex128: reflect.TypeFor[complex128](), types.String: reflect.TypeFor[string](), types.UnsafePointer: reflect.TypeFor[mem.Ptr](),
	types.UntypedBool: reflect.TypeFor[bool](), types.UntypedInt: reflect.TypeFor[int](), types.UntypedRune: reflect.TypeFor[rune](),
	types.UntypedFloat: reflect.TypeFor[float64](), types.UntypedString: reflect.TypeFor[string](), types.UntypedNil: reflect.TypeFor[mem.Ptr](),
	types.UntypedComplex: reflect.TypeFor[complex128](),
}
