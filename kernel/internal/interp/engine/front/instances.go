package front

import (
	"go/types"
	"reflect"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// Watch makes instances look for types in what root refers to, too.
func (f *Front) Watch(root any) { f.roots = append(f.roots, root) }

// instances are all instances of a generic type that the session knows. Nothing keeps a list of them, so this walks through
// all that packages types and ssa and the engine's own tables hold. That takes a while, but is rare: a cell has to declare a
// method of a generic type of an earlier one.
func (f *Front) instances(t *types.Named) (out []*types.Named) {
	w := walk{seen: map[place]bool{}}
	for _, root := range append([]any{f.Prog, f.session, f.registered, f.exports}, f.roots...) {
		w.todo = append(w.todo, reflect.ValueOf(root))
	}
	for len(w.todo) > 0 {
		v := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if v.Type() == reflect.TypeFor[*types.Named]() {
			if n := mem.As[types.Named](v.UnsafePointer()); n.TypeArgs().Len() > 0 && n.Origin() == t {
				out = append(out, n)
			}
		}
		w.visit(v)
	}
	return out
}

// walk goes through values, exported or not, each once.
type walk struct {
	seen map[place]bool
	todo []reflect.Value
}

type place struct {
	at uintptr
	n  int
	t  reflect.Type
}

// visit notes what v, of a type that leads into, refers to.
func (w *walk) visit(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && w.first(v, 0) {
			w.add(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			w.add(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			w.add(v.Field(i))
		}
	case reflect.Map:
		if !v.IsNil() && w.first(v, 0) {
			for it := v.MapRange(); it.Next(); {
				w.add(it.Key())
				w.add(it.Value())
			}
		}
	case reflect.Slice:
		if !w.first(v, v.Len()) {
			return
		}
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			w.add(v.Index(i))
		}
	}
}

func (w *walk) add(v reflect.Value) {
	if leads(v.Type()) {
		w.todo = append(w.todo, v)
	}
}

// first says whether what v points to was not seen yet.
func (w *walk) first(v reflect.Value, n int) bool {
	p := place{v.Pointer(), n, v.Type()}
	if w.seen[p] {
		return false
	}
	w.seen[p] = true
	return true
}

// leads says whether values of a type may lead to types of package types. Syntax and what belongs to no one here does not.
func leads(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return leads(t.Elem())
	case reflect.Map:
		return leads(t.Key()) || leads(t.Elem())
	case reflect.Interface:
		return true
	case reflect.Struct:
		p := t.PkgPath()
		return p == "" || p == "go/types" || strings.HasPrefix(p, "golang.org/x/tools/go/") || strings.HasPrefix(p, "github.com/sightline-osint/sightline/kernel/internal/interp/engine/")
	}
	return false
}
