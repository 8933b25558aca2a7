package symbols

import (
	"bytes"
	"compress/flate"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// table is a package as its generated file describes it. All of it is laid out by the linker; nothing runs at start.
type table struct {
	path, name  string
	typesNames  string // names of types, apart by blanks; the same for the others
	types       []any  // nil pointers to the types
	varsNames   string
	vars        []any // pointers to the variables
	funcsNames  string
	funcs       []any
	constsNames string
	consts      []any    // constants that differ between systems
	hidden      []string // name and way of types that cannot be named
}

func (t *table) load() *registry.Package {
	p := &registry.Package{
		Path: t.path, Name: t.name,
		Types:     make(map[string]reflect.Type, len(t.types)+len(t.hidden)),
		Vars:      make(map[string]reflect.Value, len(t.vars)),
		Funcs:     make(map[string]reflect.Value, len(t.funcs)),
		Consts:    make(map[string]any, len(t.consts)),
		Bound:     bound(t.path),
		Instances: map[string]reflect.Value{},
		Export:    func() []byte { return inflate(t.path, ".types") },
		Doc:       t.docs(),
	}
	each(t.typesNames, t.types, func(n string, v any) { p.Types[n] = reflect.TypeOf(v).Elem() })
	each(t.varsNames, t.vars, func(n string, v any) { p.Vars[n] = reflect.ValueOf(v) })
	each(t.funcsNames, t.funcs, func(n string, v any) { p.Funcs[n] = reflect.ValueOf(v) })
	each(t.constsNames, t.consts, func(n string, v any) { p.Consts[n] = v })
	for _, h := range t.hidden {
		name, way, _ := strings.Cut(h, " ")
		p.Types[name] = follow(p, strings.Fields(way))
	}
	for n, v := range instances(t.path) {
		p.Instances[n] = reflect.ValueOf(v)
	}
	if hasSource(t.path) {
		p.Source = func() map[string]string { return source(t.path) }
	}
	return p
}

func each(names string, values []any, f func(string, any)) {
	for _, v := range values {
		var n string
		n, names, _ = strings.Cut(names, " ")
		f(n, v)
	}
}

// docs reads the package's documentation at the first question.
func (t *table) docs() func(string) string {
	texts := sync.OnceValue(func() map[string]string {
		parts := strings.Split(string(inflate(t.path, ".docs")), "\x00")
		m := make(map[string]string, len(parts)/2)
		for i := 0; i+1 < len(parts); i += 2 {
			m[parts[i]] = parts[i+1]
		}
		return m
	})
	return func(name string) string { return texts()[name] }
}

// inflate reads a data file of the package. The files are part of the binary, so that failing to read one is a fault of
// the build.
func inflate(path, ext string) []byte {
	b, err := data.ReadFile("data/" + fileName(path) + ext)
	if err != nil {
		panic("symbols: " + err.Error())
	}
	b, err = io.ReadAll(flate.NewReader(bytes.NewReader(b)))
	if err != nil {
		panic("symbols: " + path + ext + ": " + err.Error())
	}
	return b
}

func fileName(path string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, path)
}
