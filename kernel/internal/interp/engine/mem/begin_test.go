package mem_test

import (
	"reflect"
	"runtime"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func TestBeginsKnowsBlocksAndTheirInside(t *testing.T) {
	type pair struct{ _, b *int }
	type large struct {
		_    *int
		rest [100]pair
	}
	begins := func(v any) bool {
		r := reflect.ValueOf(v)
		return mem.Begins(r.UnsafePointer(), r.Type().Elem())
	}
	for range 100 {
		x, y, z, n := &pair{}, &large{}, new([5000]pair), new([100]int)
		for i, v := range []any{x, y, z, n, new(int), &struct{}{}} {
			if !begins(v) {
				t.Errorf("%d: a new %T does not begin its block", i, v)
			}
			runtime.SetFinalizer(v, nil) // ends the process if the runtime thinks otherwise
		}
		for i, v := range []any{&x.b, &y.rest, &y.rest[7], &z[1], &z[0].b} {
			if begins(v) {
				t.Errorf("%d: a %T inside another object begins its block", i, v)
			}
		}
	}
}
