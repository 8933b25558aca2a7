package front

import (
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// grow adds method m to a declared type and, if that is generic, to its instances, and returns what takes it away again.
// AddMethod cannot do the latter: an instance that was asked for its methods keeps their list.
//
// It relies on go/types keeping the methods of a type in a field "methods" of type []*types.Func, which an instance fills
// when it is asked for the first time, with nil for those that nobody asked for yet; and on go/ssa keeping the methods it
// made in a field "methodSets". With any other layout it does nothing, which the tests of late methods see.
func (f *Front) grow(t *types.Named, m *types.Func) (undo func()) {
	n := t.NumMethods()
	if t.TypeParams().Len() == 0 {
		t.AddMethod(m)
		return func() { dropMethods(t, n); f.forgetMethods() }
	}
	all := f.instances(t)
	for _, x := range all {
		x.TypeParams() // an instance learns that its type had no methods, if it ever learns
	}
	t.AddMethod(m)
	for _, x := range all {
		methods := mem.Field[[]*types.Func](x, "methods")
		if methods == nil || len(*methods) != n {
			continue
		}
		*methods = append((*methods)[:n:n], expanded(x, n))
	}
	return func() {
		for _, x := range f.instances(t) {
			dropMethods(x, n)
		}
		dropMethods(t, n)
		f.forgetMethods()
	}
}

// expanded is method i of an instance, taken from another instance with the same arguments.
func expanded(x *types.Named, i int) *types.Func {
	var args []types.Type
	for a := range x.TypeArgs().Types() {
		args = append(args, a)
	}
	again, err := types.Instantiate(types.NewContext(), x.Origin(), args, false)
	if err != nil {
		return nil
	}
	return again.(*types.Named).Method(i)
}

// dropMethods leaves a type its first n methods.
func dropMethods(t *types.Named, n int) {
	if methods := mem.Field[[]*types.Func](t, "methods"); methods != nil && len(*methods) > n {
		*methods = (*methods)[:n:n]
	}
}

// forgetMethods makes package ssa look for methods anew.
func (f *Front) forgetMethods() {
	f.Prog.MethodSets = typeutil.MethodSetCache{}
	if sets := mem.Field[typeutil.Map](f.Prog, "methodSets"); sets != nil {
		*sets = typeutil.Map{}
	}
}
