package difftest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A variable of the program being written.
type variable struct {
	name string
	typ  string
	ro   bool // a loop counter: reading it is fine, writing could make the loop endless
}

type function struct {
	name   string
	params []string
	result string
}

type writer struct {
	r      *rand.Rand
	out    strings.Builder
	indent int
	vars   []variable
	funcs  []function
	n      int // names made so far
	loops  int // nesting of loops, which multiplies the work
	labels []string
	result string // of the function being written
}

var scalars = []string{"int", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float64", "float32", "string", "bool"}

var allTypes = append([]string{"[]int", "[]string", "map[string]int", "map[int8]float64", "S", "*S", "[4]int", "func(int) int", "any", "[]S", "N", "Pair[int, string]", "complex128", "E"}, scalars...)

// tracePrelude declares the trace that every program returns. It ends after lines, not bytes: names of types are of another
// length in the compiler's program.
const tracePrelude = `
var tr *strings.Builder
var said int

func say(a ...any) { if said++; said < 2000 { fmt.Fprintln(tr, a...) } }
`

const prelude = `import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
)

var _ = slices.Sort[[]int]
var _ = cmp.Compare[int]
var _ sync.Mutex

type S struct {
	A int
	B string
	C float64
	D []int
}

type E struct {
	S
	F uint8
	G *S
}

type N int

type Shape interface {
	Area() float64
	Name() string
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

type Number interface {
	~int | ~int8 | ~uint8 | ~int16 | ~uint16 | ~int32 | ~uint32 | ~int64 | ~uint64 | ~float32 | ~float64
}

func (s S) Area() float64 { return s.C*2 + float64(s.A) }
func (s S) Name() string { return "S:" + s.B }
func (s *S) Bump(by int) *S { s.A += by; s.B += "!"; return s }
func (n N) Area() float64 { return float64(n) / 4 }
func (n N) Name() string { return fmt.Sprintf("N%d", int(n)) }
func (n N) Twice() N { return n * 2 }
func (p Pair[K, V]) Swap() Pair[string, K] { return Pair[string, K]{fmt.Sprint(p.Val), p.Key} }

//go:noinline
func shape(s Shape) Shape { return s } // else the compiler turns the call into one of the method, with another panic

func id[T any](v T) T { return v }
func sum[T Number](xs ...T) T { var t T; for _, x := range xs { t += x }; return t }
func pick[T any](c bool, a, b T) T { if c { return a }; return b }
func mapped[A, B any](xs []A, f func(A) B) []B { var out []B; for _, x := range xs { out = append(out, f(x)) }; return out }
func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ { if !yield(i) { return } }
	}
}
func pairs(xs []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, x := range xs { if !yield(i, x) { return } }
	}
}
func keys[K interface{ ~string | ~int8 }, V any](m map[K]V) []K {
	var ks []K
	for k := range m { ks = append(ks, k) }
	sort.Slice(ks, func(i, j int) bool { return ks[i] < ks[j] })
	return ks
}
func cut(s string) string { if len(s) > 40 { return s[:40] }; return s }
func at[T any](s []T, i int) T { return s[i] }
func from[T any](s []T, i int) []T { return s[i:] }
func field(p *S) int { return p.A }
func number(x any) int { return x.(int) }
func quo[T Number](a, b T) T { return a / b }
func dupSlice[T any](s []T) []T { if s == nil { return nil }; return append([]T{}, s...) }
func dupMap[K comparable, V any](m map[K]V) map[K]V { if m == nil { return nil }; c := map[K]V{}; for k, v := range m { c[k] = v }; return c }
func short[T any](s []T) []T { if len(s) > 12 { return s[:12:12] }; return s }
func guard(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok { say(name, "error:", e.Error()) } else { say(name, "panic:", r) }
		}
	}()
	f()
}
func fails(n int) (int, error) { if n%3 == 0 { return 0, fmt.Errorf("at %d: %w", n, errBase) }; return n, nil }

var errBase = errors.New("base")
`

// Program is the program of a seed: Go source without a package clause that declares func Main() string.
func Program(seed uint64) string {
	w := &writer{r: rand.New(rand.NewPCG(seed, 20230913))}
	switch seed % 4 {
	case 1:
		jumpProgram(w)
		return w.out.String()
	case 2:
		typedProgram(w)
		return w.out.String()
	case 3:
		sumProgram(w)
		return w.out.String()
	}
	w.out.WriteString(prelude + tracePrelude + morePrelude + widePrelude)
	for range 2 + w.r.IntN(4) {
		w.function()
	}
	w.line("func Main() string {")
	w.indent++
	w.line("tr = new(strings.Builder)")
	w.vars, w.result = nil, "string"
	for part := range 4 {
		w.line("guard(\"part %d\", func() {", part)
		w.indent++
		w.block(4+w.r.IntN(5), 3, true)
		w.indent--
		w.line("})")
	}
	for _, f := range w.funcs {
		w.line("guard(%q, func() { say(%s) })", f.name, w.show(f.call(w, 2), f.result))
	}
	w.line("return tr.String()")
	w.indent--
	w.line("}")
	return w.out.String()
}

func (w *writer) line(f string, a ...any) {
	w.out.WriteString(strings.Repeat("\t", w.indent))
	fmt.Fprintf(&w.out, f, a...)
	w.out.WriteByte('\n')
}

func (w *writer) name(prefix string) string {
	w.n++
	return fmt.Sprintf("%s%d", prefix, w.n)
}

func choose[T any](w *writer, xs []T) T { return xs[w.r.IntN(len(xs))] }

func (w *writer) function() {
	f := function{name: w.name("fn"), result: choose(w, allTypes)}
	var ps []string
	w.vars = nil
	for i := range w.r.IntN(4) {
		t := choose(w, allTypes)
		f.params = append(f.params, t)
		p := fmt.Sprintf("p%d", i)
		ps = append(ps, p+" "+t)
		w.vars = append(w.vars, variable{p, t, false})
	}
	named := w.r.IntN(3) == 0
	if named {
		w.line("func %s(%s) (res %s) {", f.name, strings.Join(ps, ", "), f.result)
		w.vars = append(w.vars, variable{"res", f.result, false})
	} else {
		w.line("func %s(%s) %s {", f.name, strings.Join(ps, ", "), f.result)
	}
	w.indent++
	for _, p := range w.vars {
		if own := owned(p.typ, p.name); own != p.name {
			w.line("%s = %s", p.name, own)
		}
	}
	w.result = f.result
	if named && w.r.IntN(2) == 0 {
		w.line("defer func() { if r := recover(); r != nil { say(%q, r); res = %s } }()", f.name, w.expr(f.result, 1))
	}
	w.block(3+w.r.IntN(6), 2, true)
	w.line("return %s", w.expr(f.result, 2))
	w.indent--
	w.line("}")
	w.funcs = append(w.funcs, f)
}

func (f function) call(w *writer, depth int) string {
	var args []string
	for _, p := range f.params {
		args = append(args, w.expr(p, depth-1))
	}
	return f.name + "(" + strings.Join(args, ", ") + ")"
}

// owned is x as a value that shares nothing with another variable. Go leaves open whether an operand is read before or
// after a call beside it, and whether an index or a division panics before or after one: so no call may change what an
// expression around it reads, and what may panic stands in a function.
func owned(t, x string) string {
	switch {
	case strings.HasPrefix(t, "[]"):
		return "dupSlice(" + x + ")"
	case strings.HasPrefix(t, "map["):
		return "dupMap(" + x + ")"
	}
	return x
}

// show is an expression that prints x of type t without addresses.
func (w *writer) show(x, t string) string {
	switch t {
	case "*S":
		return fmt.Sprintf("*(%s)", x)
	case "func(int) int":
		return fmt.Sprintf("(%s) != nil", x)
	case "any":
		return fmt.Sprintf("fmt.Sprintf(\"%%T\", %s)", x)
	case "E":
		return fmt.Sprintf("(%s).S", x)
	case "string":
		return fmt.Sprintf("cut(%s)", x)
	}
	return x
}
