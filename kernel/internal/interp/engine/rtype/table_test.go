package rtype_test

import (
	"go/token"
	"go/types"
	"reflect"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/rtype"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// interfaces are interface types with the method Error() string: a named one and one without a name.
func interfaces() (named, unnamed types.Type) {
	text := types.NewTuple(types.NewVar(token.NoPos, nil, "", types.Typ[types.String]))
	pkg := types.NewPackage("main", "main")
	m := types.NewFunc(token.NoPos, pkg, "Error", types.NewSignatureType(nil, nil, nil, nil, text, false))
	u := types.NewInterfaceType([]*types.Func{m}, nil).Complete()
	return types.NewNamed(types.NewTypeName(token.NoPos, pkg, "Failure", nil), u, nil), u
}

// The runtime's table of itabs names interface types by addresses that the collector does not see, and is never cleaned:
// a type that was collected would lend its itabs to whatever is built in its place.
func TestInterfaceTypesOutliveTheirTable(t *testing.T) {
	var gone atomic.Int32
	build := func() {
		tt := rtype.New(func(string) *registry.Package { return nil }, nil, nil)
		named, unnamed := interfaces()
		for _, it := range []types.Type{named, unnamed} {
			r := tt.Of(it)
			if v := reflect.ValueOf(&runtime.TypeAssertionError{}).Convert(r); v.Type() != r { // makes the itab
				t.Error("converted to ", v.Type())
			}
			mem.Cleanup(mem.Type(r), func() { gone.Add(1) })
		}
	}
	build()
	for range 3 {
		swept := make(chan struct{})
		runtime.AddCleanup(new([64]byte), func(c chan struct{}) { close(c) }, swept)
		runtime.GC()
		<-swept
	}
	if n := gone.Load(); n != 0 {
		t.Errorf("%d interface types were collected", n)
	}
}
