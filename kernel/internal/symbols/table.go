package symbols

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Table is a package as its generated file describes it. All of it is laid out by the linker; nothing runs at start.
type Table struct {
	Path, Name  string
	TypesNames  string // names of types, apart by blanks; the same for the others
	Types       []any  // nil pointers to the types
	VarsNames   string
	Vars        []any // pointers to the variables
	FuncsNames  string
	Funcs       []any
	ConstsNames string
	Consts      []any    // constants that differ between systems
	Hidden      []string // name and way of types that cannot be named

	// Export and Docs are the type information and the documentation of a table that a kernel adds to this package's,
	// compressed.
	Export, Docs string

	// Source is the generic code of such a table, compressed: Go files by name, as JSON. It may be empty.
	Source string
}

// Entry is the table as an engine takes it.
func (t *Table) Entry() registry.Entry {
	return registry.Entry{Path: t.Path, Name: t.Name, Load: t.load}
}

func (t *Table) load() *registry.Package {
	p := &registry.Package{
		Path: t.Path, Name: t.Name,
		Types:     make(map[string]reflect.Type, len(t.Types)+len(t.Hidden)),
		Vars:      make(map[string]reflect.Value, len(t.Vars)),
		Funcs:     make(map[string]reflect.Value, len(t.Funcs)),
		Consts:    make(map[string]any, len(t.Consts)),
		Bound:     bound(t.Path),
		Placed:    placed(t.Path),
		Instances: map[string]reflect.Value{},
		Export:    func() []byte { return inflate(t.Path, ".types", t.Export) },
		Doc:       t.docs(),
	}
	each(t.TypesNames, t.Types, func(n string, v any) { p.Types[n] = reflect.TypeOf(v).Elem() })
	each(t.VarsNames, t.Vars, func(n string, v any) { p.Vars[n] = reflect.ValueOf(v) })
	each(t.FuncsNames, t.Funcs, func(n string, v any) { p.Funcs[n] = reflect.ValueOf(v) })
	each(t.ConstsNames, t.Consts, func(n string, v any) { p.Consts[n] = v })
	for _, h := range t.Hidden {
		name, way, _ := strings.Cut(h, " ")
		p.Types[name] = follow(p, strings.Fields(way))
	}
	for n, v := range instances(t.Path) {
		p.Instances[n] = reflect.ValueOf(v)
	}
	if t.Source != "" {
		p.Source, p.Added = t.added, true
	}
	if hasSource(t.Path) {
		p.Source = func() map[string]string { return source(t.Path) }
	}
	return p
}

// added is the generic code of a table that a kernel adds.
func (t *Table) added() map[string]string {
	files := map[string]string{}
	if err := json.Unmarshal(inflate(t.Path, ".source", t.Source), &files); err != nil {
		panic("symbols: " + t.Path + ": " + err.Error())
	}
	return files
}

func each(names string, values []any, f func(string, any)) {
	for _, v := range values {
		var n string
		n, names, _ = strings.Cut(names, " ")
		f(n, v)
	}
}

// docs reads the package's documentation at the first question.
func (t *Table) docs() func(string) string {
	texts := sync.OnceValue(func() map[string]string {
		parts := strings.Split(string(inflate(t.Path, ".docs", t.Docs)), "\x00")
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
func inflate(path, ext, own string) []byte {
	b := []byte(own)
	if own == "" {
		var err error
		if b, err = data.ReadFile("data/" + fileName(path) + ext); err != nil {
			panic("symbols: " + err.Error())
		}
	}
	b, err := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
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
