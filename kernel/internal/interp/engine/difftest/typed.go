package difftest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"strings"
)

// typedPrelude declares what programs of random types use. show writes a value with its type, through reflection and
// without addresses; form writes what reflection knows of a type.
const typedPrelude = `import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

func guard(name string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(error); ok && strings.Contains(e.Error(), "called using nil") { r = "nil pointer" } // or, if the compiler knows the type, as below
		if e, ok := r.(error); ok && strings.Contains(e.Error(), "nil pointer dereference") { r = "nil pointer" }
		if r != nil { say(name, "panicked:", fmt.Sprintf("%T %v", r, r)) }
	}()
	f()
}
func show(name string, v any) { say(name, dump(reflect.ValueOf(v), 0)) }
func dump(v reflect.Value, depth int) string {
	if !v.IsValid() { return "nothing" }
	if depth > 6 { return "…" }
	s := v.Type().String() + " "
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() { return s + "nil" }
		return s + "-> " + dump(v.Elem(), depth+1)
	case reflect.Struct:
		s += "{"
		for i := range v.NumField() { s += v.Type().Field(i).Name + ":" + dump(v.Field(i), depth+1) + " " }
		return s + "}"
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 { return s + fmt.Sprintf("%q", v.Bytes()) }
		s += fmt.Sprint("#", v.Len(), "[")
		for i := range v.Len() { s += dump(v.Index(i), depth+1) + " " }
		return s + "]"
	case reflect.Map:
		var es []string
		for it := v.MapRange(); it.Next(); { es = append(es, dump(it.Key(), depth+1) + "=" + dump(it.Value(), depth+1)) }
		slices.Sort(es)
		return s + fmt.Sprint(v.IsNil(), es)
	case reflect.Chan, reflect.Func:
		return s + fmt.Sprint(v.IsNil())
	}
	switch {
	case v.CanInt(): return s + fmt.Sprint(v.Int())
	case v.CanUint(): return s + fmt.Sprint(v.Uint())
	case v.CanFloat(): return s + fmt.Sprint(v.Float())
	case v.CanComplex(): return s + fmt.Sprint(v.Complex())
	case v.Kind() == reflect.Bool: return s + fmt.Sprint(v.Bool())
	}
	return s + fmt.Sprintf("%q", v.String())
}
func form(t reflect.Type) {
	say(t, t.Kind(), t.Name(), t.Size(), t.Align(), t.Comparable(), t.NumMethod())
	for i := range t.NumMethod() { m := t.Method(i); say(" method", m.Name, m.Type, m.Index, m.IsExported()) }
	if t.Kind() != reflect.Pointer { p := reflect.PointerTo(t); for i := range p.NumMethod() { say(" *method", p.Method(i).Name, p.Method(i).Type) } }
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() { f := t.Field(i); say(" field", f.Name, f.Type, f.Tag, f.Offset, f.Index, f.Anonymous, f.IsExported()) }
		for _, f := range reflect.VisibleFields(t) { say(" visible", f.Name, f.Index) }
	}
}
func ptr[T any](v T) *T { return &v }
func zero[T any]() (v T) { return }
func same[T comparable](a, b T) bool { return a == b }

type Box[T any] struct { Val T; n int }
func (b Box[T]) Get() T { return b.Val }
func (b *Box[T]) Put(v T) { b.Val = v; b.n++ }
func (b Box[T]) Inc(by int) int { return b.n + by }

type Duo[K comparable, V any] struct { K K; V V; M map[K]V }
func (d Duo[K, V]) Len() int { return len(d.M) }
func (d *Duo[K, V]) Set(k K, v V) *Duo[K, V] { if d.M == nil { d.M = map[K]V{} }; d.M[k] = v; return d }

type List[T any] []T
func (l List[T]) Len() int { return len(l) }
func (l *List[T]) Push(v ...T) { *l = append(*l, v...) }
func (l List[T]) Each(yield func(int, T) bool) { for i, v := range l { if !yield(i, v) { return } } }

func about[T any](v T) string {
	switch x := any(v).(type) {
	case interface{ Inc(int) int }: return fmt.Sprintf("Inc %T", x)
	case Box[T]: return "box of itself"
	case []T, map[string]T, *T: return "made of itself"
	case interface{ Len() int }: return fmt.Sprint("Len ", x.Len())
	case fmt.Stringer: return "Stringer"
	case error: return "error"
	}
	return fmt.Sprintf("%T %T %T %T", v, Box[T]{}, List[T]{}, struct { F func(T) Box[*T] }{})
}
func turned[A, B any](a A, b B) (B, A) { return b, a }
var _ = errors.New
var _ = json.Marshal
`

// typedChecked is what the declarations look like to the checker of the generator: nothing is imported.
const typedChecked = `package prog
type Box[T any] struct { Val T; n int }
func (b Box[T]) Get() (r T) { return }
func (b *Box[T]) Put(v T) {}
func (b Box[T]) Inc(by int) (r int) { return }
type Duo[K comparable, V any] struct { K K; V V; M map[K]V }
func (d Duo[K, V]) Len() (r int) { return }
func (d *Duo[K, V]) Set(k K, v V) (r *Duo[K, V]) { return }
type List[T any] []T
func (l List[T]) Len() (r int) { return }
func (l *List[T]) Push(v ...T) {}
func (l List[T]) Each(yield func(int, T) bool) {}
`

// typed writes declarations of random types with methods, and statements on values of them. What is possible with a type
// (which methods, comparisons, conversions, assertions) go/types says; what comes of it the compiler and the engine.
type typed struct {
	*writer
	decls []string // accepted, for the checker
	names []string // of types declared so far
	pkg   *types.Package
	pool  []types.Type
}

var basics = []string{"int", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "uint", "uintptr", "float32", "float64", "complex64", "complex128", "string", "bool"}

func typedProgram(w *writer) {
	w.out.WriteString(typedPrelude + tracePrelude)
	g := &typed{writer: w}
	for range 6 + w.r.IntN(4) {
		g.declareType()
	}
	g.fill()
	w.line("func Main() string {")
	w.indent++
	w.line("tr = new(strings.Builder)")
	for i := range 14 {
		w.line("guard(\"%d\", func() {", i)
		w.indent++
		g.act()
		w.indent--
		w.line("})")
	}
	w.line("return tr.String()")
	w.indent--
	w.line("}")
}

// check says whether the declarations so far and one more hold.
func (g *typed) check(more string) bool {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", typedChecked+strings.Join(g.decls, "\n")+"\n"+more, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	conf := types.Config{Sizes: types.SizesFor("gc", runtime.GOARCH)}
	pkg, err := conf.Check("prog", fset, []*ast.File{f}, nil)
	if err == nil {
		g.pkg = pkg
	}
	return err == nil
}

func (g *typed) declareType() {
	name := g.name(choose(g.writer, []string{"T", "t"}))
	var text string
	switch g.r.IntN(8) {
	case 0:
		text = choose(g.writer, basics)
	case 1:
		text = "= " + g.typ(2)
	case 2:
		text = "[P any] struct { " + choose(g.writer, []string{"", "Box[P]; "}) + "V P; L []P; N *" + name + "[P]; C " + g.typ(1) + " }"
	case 3, 4, 5:
		text = g.structure(2)
	default:
		text = g.typ(2)
	}
	decl := "type " + name + " " + text
	if !g.check(decl) {
		return
	}
	g.decls = append(g.decls, decl)
	g.line("%s", decl)
	if strings.HasPrefix(text, "= ") {
		g.names = append(g.names, name)
		return
	}
	if strings.HasPrefix(text, "[P any]") {
		g.names = append(g.names, name+"[int]", name+"[*"+choose(g.writer, basics)+"]", name+"[struct{ X "+choose(g.writer, basics)+" }]")
		name += "[P]"
	} else {
		g.names = append(g.names, name)
	}
	for range g.r.IntN(4) {
		g.method(name)
	}
}

func (g *typed) method(on string) {
	m := choose(g.writer, []string{"String() string", "Error() string", "GoString() string", "MarshalText() ([]byte, error)", "MarshalJSON() ([]byte, error)",
		"Len() int", "Inc(by int) int", "hidden() string", "Get() []" + on, "Is(e error) bool"})
	recv := choose(g.writer, []string{"", "*"}) + on
	head := "func (r " + recv + ") " + m
	if !g.check(head + "{ panic(0) }") {
		return
	}
	g.decls = append(g.decls, head+"{ panic(0) }")
	g.n++
	var result string
	switch {
	case strings.HasPrefix(m, "MarshalText"):
		result = fmt.Sprintf("return fmt.Append(nil, \"text#%d\"), nil", g.n)
	case strings.HasPrefix(m, "MarshalJSON"):
		result = fmt.Sprintf("return []byte(`{\"m\":  %d}`), %s", g.n, choose(g.writer, []string{"nil", "nil", "errors.New(\"json\")"}))
	case strings.HasPrefix(m, "Len"):
		result = fmt.Sprintf("return %d", g.n)
	case strings.HasPrefix(m, "Inc"):
		result = fmt.Sprintf("return by + %d", g.n)
	case strings.HasPrefix(m, "Get"):
		result = "return nil"
	case strings.HasPrefix(m, "Is"):
		result = "return e != nil"
	default:
		result = fmt.Sprintf("return \"<#%d>\"", g.n) // without the name of the package, which %x would hide
	}
	g.line("%s { %s }", head, result)
}

func (g *typed) typ(depth int) string {
	if depth <= 0 || g.r.IntN(5) == 0 {
		if len(g.names) > 0 && g.r.IntN(2) == 0 {
			return choose(g.writer, g.names)
		}
		return choose(g.writer, basics)
	}
	d := depth - 1
	switch g.r.IntN(13) {
	case 0, 1:
		return "[]" + g.typ(d)
	case 2:
		return fmt.Sprintf("[%d]%s", g.r.IntN(4), g.typ(d))
	case 3:
		return "map[" + g.typ(0) + "]" + g.typ(d)
	case 4:
		return "*" + g.typ(d)
	case 5:
		return g.structure(d)
	case 6:
		return choose(g.writer, []string{"func(int) string", "chan " + g.typ(d), "<-chan int"})
	case 7:
		return choose(g.writer, []string{"any", "error", "interface{ Len() int }", "interface{ String() string; Inc(int) int }", "interface{ hidden() string }"})
	case 8:
		return "Box[" + g.typ(d) + "]"
	case 9:
		return "Duo[" + g.typ(0) + ", " + g.typ(d) + "]"
	case 10:
		return "List[" + g.typ(d) + "]"
	}
	return choose(g.writer, append(basics, g.names...))
}

func (g *typed) structure(depth int) string {
	var fs []string
	for range g.r.IntN(5) {
		switch {
		case g.r.IntN(3) == 0 && len(g.names) > 0:
			fs = append(fs, choose(g.writer, []string{"", "*"})+choose(g.writer, g.names))
		case g.r.IntN(8) == 0:
			fs = append(fs, "_ "+choose(g.writer, basics))
		default:
			name := g.name(choose(g.writer, []string{"F", "f"}))
			fs = append(fs, name+" "+g.typ(depth-1)+choose(g.writer, []string{"", "", " `json:\"" + strings.ToLower(name) + "\"`", " `json:\",omitempty\" x:\"y\"`"}))
		}
	}
	return "struct { " + strings.Join(fs, "; ") + " }"
}

// fill chooses the types that statements are about.
func (g *typed) fill() {
	var texts []string
	texts = append(texts, g.names...)
	for range 8 {
		texts = append(texts, g.typ(2))
	}
	for _, t := range texts {
		if g.check("var V " + t) {
			g.decls = append(g.decls, "var "+g.name("V")+" "+t)
		}
	}
	g.check("")
	for _, name := range g.pkg.Scope().Names() {
		if v, ok := g.pkg.Scope().Lookup(name).(*types.Var); ok {
			g.pool = append(g.pool, v.Type())
		}
	}
}
