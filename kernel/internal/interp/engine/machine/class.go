package machine

import (
	"go/types"
	"reflect"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// class says how instructions handle a value.
type class uint8

const (
	cI8  class = iota // integers: 64 bits in a slot, extended
	cI16              //
	cI32              //
	cI64              //
	cU8               // and bool
	cU16              //
	cU32              // and float32
	cU64              //
	cF64              //
	cP                // one pointer word
	cS                // string
	cL                // slice
	cE                // interface
	cT                // anything else, by its run-time type
)

// narrow reports that the value in a slot is wider than the type in memory.
func (c class) narrow() bool { return c < cI64 || c > cI64 && c < cU64 }

// scalar reports one word without pointers.
func (c class) scalar() bool { return c < cP }

var basicClass = map[types.BasicKind]class{
	types.Int8: cI8, types.Int16: cI16, types.Int32: cI32, types.UntypedRune: cI32,
	types.Int: cI64, types.Int64: cI64, types.UntypedInt: cI64,
	types.Bool: cU8, types.Uint8: cU8, types.UntypedBool: cU8, types.Uint16: cU16, types.Uint32: cU32, types.Float32: cU32,
	types.Uint: cU64, types.Uint64: cU64, types.Uintptr: cU64, types.Float64: cF64, types.UntypedFloat: cF64,
	types.String: cS, types.UntypedString: cS, types.UnsafePointer: cP, types.UntypedNil: cP,
}

func classOf(t types.Type) class {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if c, ok := basicClass[u.Kind()]; ok {
			return c
		}
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return cP
	case *types.Slice:
		return cL
	case *types.Interface:
		return cE
	}
	return cT
}

// slot is a place in a frame.
type slot struct {
	off int32
	cls class
	t   reflect.Type
}

func (s slot) value(fp mem.Ptr) reflect.Value { return mem.Value(s.t, mem.Add(fp, s.off)) }

// set stores v, converted to the slot's form.
func (s slot) set(fp mem.Ptr, v reflect.Value) {
	s.value(fp).Set(v)
	s.extend(fp)
}

// extend makes 64 bits of a narrow value that was written in native layout.
func (s slot) extend(fp mem.Ptr) {
	p := mem.Add(fp, s.off)
	switch s.cls {
	case cI8:
		mem.Put(p, 0, int64(mem.Ld[int8](p, 0)))
	case cI16:
		mem.Put(p, 0, int64(mem.Ld[int16](p, 0)))
	case cI32:
		mem.Put(p, 0, int64(mem.Ld[int32](p, 0)))
	case cU8:
		mem.Put(p, 0, uint64(mem.Ld[uint8](p, 0)))
	case cU16:
		mem.Put(p, 0, uint64(mem.Ld[uint16](p, 0)))
	case cU32:
		mem.Put(p, 0, uint64(mem.Ld[uint32](p, 0)))
	}
}

// copyOf is a copy of the slot's value that stays when the frame goes on.
func (s slot) copyOf(fp mem.Ptr) reflect.Value {
	v := reflect.New(s.t).Elem()
	v.Set(s.value(fp))
	return v
}

func isIface(t types.Type) bool { return types.IsInterface(t) }

func basicInfo(t types.Type) types.BasicInfo {
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Info()
	}
	return 0
}

func isFloat(t types.Type) bool { return basicInfo(t)&types.IsFloat != 0 }
func isUnsig(t types.Type) bool { return basicInfo(t)&types.IsUnsigned != 0 }
func isInt(t types.Type) bool   { return basicInfo(t)&types.IsInteger != 0 }
func isBool(t types.Type) bool  { return basicInfo(t)&types.IsBoolean != 0 }

// isEmpty reports an interface without methods.
func isEmpty(t types.Type) bool { return t.Underlying().(*types.Interface).NumMethods() == 0 }

func deref(t types.Type) types.Type { return t.Underlying().(*types.Pointer).Elem() }
