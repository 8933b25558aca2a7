package difftest

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// sumPrelude declares what programs of arithmetic use.
const sumPrelude = `import (
	"fmt"
	"math"
	"strings"
)

func guard(name string, f func()) {
	defer func() { if r := recover(); r != nil { say(name, "panicked:", r) } }()
	f()
}
func bits(v any) string {
	switch v := v.(type) {
	case float32: if v != v { return "NaN" }; return fmt.Sprintf("%08x", math.Float32bits(v))
	case float64: if v != v { return "NaN" }; return fmt.Sprintf("%016x", math.Float64bits(v))
	case complex64: return bits(real(v)) + "," + bits(imag(v))
	case complex128: return bits(real(v)) + "," + bits(imag(v))
	}
	return fmt.Sprintf("%v:%T", v, v)
}
type num interface { ~int8 | ~uint8 | ~int16 | ~uint16 | ~int32 | ~uint32 | ~int64 | ~uint64 | ~int | ~uint | ~float32 | ~float64 }
func fold[T num](xs []T, f func(T, T) T) (r T) { for _, x := range xs { r = f(r, x) }; return }
type own int16
type frac float32
`

// sums writes functions of arithmetic at every width: constants at the edges, operations that wrap around, loops whose
// counters do, indexes of every type, and constant expressions, which go/types checks.
type sums struct {
	*writer
	t     string // the type of the function
	names []string
}

var kinds = []string{"int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "int", "uint", "float32", "float64", "own", "frac"}

func sumProgram(w *writer) {
	w.out.WriteString(sumPrelude + tracePrelude)
	s := &sums{writer: w}
	n := 4 + w.r.IntN(3)
	for i := range n {
		s.function(i)
	}
	w.line("func Main() string {")
	w.indent++
	w.line("tr = new(strings.Builder)")
	for i := range n {
		w.line("guard(\"f%d\", func() { say(f%d(%d, -%d)) }); guard(\"f%d\", func() { say(f%d(%d, 0)) })", i, i, w.r.IntN(100), w.r.IntN(100), i, i, -w.r.IntN(1e6))
	}
	for range 12 {
		s.constants()
	}
	w.line("return tr.String()")
	w.indent--
	w.line("}")
}

func (s *sums) float() bool { return strings.HasPrefix(s.t, "f") }

func edges(t string) []string {
	switch t {
	case "float32", "float64", "frac":
		return []string{"0.1", "3", "-0.5", "1e10", "16777217", "1.0 / 3", "1e-30", "2", "-1"}
	case "own":
		t = "int16"
	}
	b := types.Universe.Lookup(t).Type().Underlying().(*types.Basic)
	bits := types.SizesFor("gc", "amd64").Sizeof(b) * 8
	if b.Info()&types.IsUnsigned != 0 {
		return []string{"0", "1", "2", "3", "7", "10", fmt.Sprintf("1<<%d", bits-1), fmt.Sprintf("1<<%d - 1", bits), fmt.Sprintf("1<<%d - 2", bits), "100", fmt.Sprintf("1<<%d", bits/2), "127"}
	}
	return []string{"0", "1", "-1", "2", "-3", "7", "10", fmt.Sprintf("1<<%d - 1", bits-1), fmt.Sprintf("-1<<%d", bits-1), fmt.Sprintf("-1<<%d + 1", bits-1), "100", fmt.Sprintf("1<<%d", bits/2), "-128", "127"}
}

func (s *sums) edge() string {
	for {
		if e := choose(s.writer, edges(s.t)); e != "0" {
			return "(" + e + ")"
		}
	}
}

func (s *sums) v() string { return choose(s.writer, s.names) }

func (s *sums) operand() string {
	switch s.r.IntN(5) {
	case 0:
		return "(" + choose(s.writer, edges(s.t)) + ")"
	case 1:
		return s.t + "(k)"
	}
	return s.v()
}

func (s *sums) expr(depth int) string {
	if depth <= 0 {
		return s.operand()
	}
	a, b := s.v(), s.expr(depth-1) // a variable on the left: no operation of constants alone
	if s.r.IntN(2) == 0 {
		a = s.t + "(" + a + ")"
	}
	if s.float() {
		switch s.r.IntN(6) {
		case 0:
			return "-(" + s.v() + " * " + b + ")"
		case 1:
			return "(" + a + " / " + s.edge() + ")"
		case 2:
			return s.t + "(" + choose(s.writer, []string{"float32", "float64", "frac"}) + "(" + s.v() + " - " + b + "))"
		}
		return "(" + a + " " + choose(s.writer, []string{"+", "-", "*", "/"}) + " " + b + ")"
	}
	switch s.r.IntN(10) {
	case 0:
		return "(" + a + " " + choose(s.writer, []string{"/", "%"}) + " " + s.edge() + ")"
	case 1:
		return "(" + a + " " + choose(s.writer, []string{"<<", ">>"}) + " " + choose(s.writer, []string{"1", "3", "7", "8", "15", "31", "33", "63", "64", "100", "uint8(k)", "uint(" + s.v() + ")", "(" + s.v() + " & 63)"}) + ")"
	case 2:
		return "(" + choose(s.writer, []string{"-", "^", "+"}) + s.v() + ")"
	case 3:
		k := choose(s.writer, kinds[:10])
		return s.t + "(" + k + "(" + s.v() + ") " + choose(s.writer, []string{"+", "*", "-", "^"}) + " " + k + "(k))"
	case 4:
		return s.t + "(" + choose(s.writer, kinds[:10]) + "(" + s.v() + " + " + b + "))"
	case 5:
		return choose(s.writer, []string{"min", "max"}) + "(" + a + ", " + b + ")"
	}
	return "(" + a + " " + choose(s.writer, []string{"+", "-", "*", "&", "|", "^", "&^"}) + " " + b + ")"
}

func (s *sums) cond() string {
	switch s.r.IntN(3) {
	case 0:
		return fmt.Sprintf("%s %s (%s)", s.v(), choose(s.writer, []string{"<", "<=", ">", ">=", "==", "!="}), choose(s.writer, edges(s.t)))
	case 1:
		return fmt.Sprintf("k&%d %s 0", s.r.IntN(4)+1, choose(s.writer, []string{"==", "!="}))
	}
	return fmt.Sprintf("%s %s %s", s.v(), choose(s.writer, []string{"<", "<=", ">", ">=", "==", "!="}), s.expr(1))
}

func (s *sums) function(i int) {
	s.t = choose(s.writer, kinds)
	s.names = []string{"a", "b", "c", "d"}
	s.line("func f%d(n, m int) string {", i)
	s.indent++
	s.line("k := 0")
	s.line("a, b := %s(n), %s(m)", s.t, s.t)
	s.line("var c, d %s = %s, %s", s.t, s.edge(), s.edge())
	s.line("xs, ys, arr := make([]%s, 5), []%s{a, b, c, d, 9}, [...]%s{3, 1, 4, 1, 5, 9, 2, 6}", s.t, s.t, s.t)
	s.line("_, _, _ = xs, ys, arr")
	for range 5 + s.r.IntN(4) {
		s.statement(2)
		if s.r.IntN(2) == 0 {
			s.line("say(bits(a), bits(b), bits(c), bits(d), k)")
		}
	}
	s.line("return fmt.Sprint(bits(a), bits(b), bits(c), bits(d), k, xs, ys, arr)")
	s.indent--
	s.line("}")
}

func (s *sums) statement(depth int) {
	if depth <= 0 {
		s.line("%s = %s", s.v(), s.expr(2))
		return
	}
	v := s.v()
	switch s.r.IntN(16) {
	case 0, 1:
		s.line("%s %s %s", v, choose(s.writer, []string{"+=", "-=", "*="}), s.operand())
	case 2:
		s.line("%s%s", v, choose(s.writer, []string{"++", "--"}))
	case 3:
		s.line("if %s { %s = %s } else { k++ }", s.cond(), v, s.expr(2))
	case 4:
		s.line("for i := range %s { %s += i * %s; xs[i] = %s; k++ }", choose(s.writer, []string{"len(xs)", "xs", "ys[:5]", "5"}), "k", "2", s.expr(1))
	case 5:
		s.line("for i, x := range ys { if %s { continue }; if x > %s { xs[i%%5] += x; break }; ys[(i+1)%%5] = %s }", s.cond(), s.operand(), s.expr(1))
	case 6: // a counter of the function's type that may wrap around
		i := s.name("i")
		s.line("for %[1]s, stop := %[2]s(%[3]s), 0; %[1]s %[4]s %[5]s && stop < 40; %[1]s, stop = %[1]s %[6]s %[7]s, stop+1 {",
			i, s.t, choose(s.writer, edges(s.t)), choose(s.writer, []string{"<", "<=", ">", ">=", "!="}), s.operand(), choose(s.writer, []string{"+", "-"}), choose(s.writer, []string{"1", "2", "3", "1"}))
		s.indent++
		s.line("k++; %s += %s", v, i)
		s.statement(depth - 1)
		s.indent--
		s.line("}")
	case 7:
		s.line("for i := 0; i < %d; i++ { for j := i; j < %d; j++ { %s = %s; arr[(i*3+j)&7] += %s; k += i ^ j } }", 1+s.r.IntN(9), 1+s.r.IntN(9), v, s.expr(2), s.operand())
	case 8:
		if s.float() {
			s.line("%s = %s(math.Sqrt(math.Abs(float64(%s)))) + %s(math.Floor(1.5))", v, s.t, s.v(), s.t)
			return
		}
		s.line("guard(\"index\", func() { xs[%s] = %s })", s.v(), s.operand())
		s.line("guard(\"array\", func() { arr[%s]++ }); guard(\"slice\", func() { say(len(ys[%s:])) }); guard(\"three\", func() { say(len(ys[1:%s:5])) })", s.v(), s.v(), s.v())
		s.line("guard(\"text\", func() { say(\"abc\"[%s], \"abc\"[:%s]) }); guard(\"make\", func() { say(len(make([]byte, %s&15, 12))) })", s.v(), s.v(), s.v())
	case 9:
		if s.float() {
			s.line("%s, %s = %s, %s", "a", "c", s.expr(2), s.expr(2))
			return
		}
		s.line("guard(\"divide\", func() { %s = %s %s (%s %% 3) }); guard(\"shift\", func() { say(1<<%s == 0, int8(5)>>%s, %s(3)<<%s) })", v, s.v(), choose(s.writer, []string{"/", "%"}), s.v(), s.v(), s.v(), s.t, s.v())
	case 10:
		s.line("{ func() { %s = %s; k++ }(); f := func(p %s) %s { return p + %s }; %s = f(f(%s)) }", v, s.expr(2), s.t, s.t, s.operand(), v, s.v())
	case 11:
		s.line("{ p := &%s; *p += 2; q := struct{ x, y %s }{%s, %s}; q.x *= q.y; *p -= q.x; q.y++; say(bits(q.x), bits(q.y)) }", v, s.t, s.operand(), s.operand())
	case 12:
		s.line("say(bits(fold(ys, func(p, q %[1]s) %[1]s { return p*%[2]s + q })), bits(fold(arr[2:6], func(p, q %[1]s) %[1]s { return max(p, q) - min(q, %[3]s) })))", s.t, s.edge(), s.operand())
	case 13:
		s.line("switch { case %s: k += 1; case %s: k += 20; default: k += 300 }", s.cond(), s.cond())
		s.line("switch %s { case %s: k++; case %s: k--; case ys[1]: k *= 2 }", v, s.t+"(k)", s.v())
	case 14:
		s.line("say(%s, %s && %s, !(%s) || %s)", s.cond(), s.cond(), s.cond(), s.cond(), s.cond())
		if !s.float() {
			s.line("say(float32(%s), float64(%s), uint8(%s), int16(%s), uint64(%s), string(rune(%s)), complex(float32(%s), 1))", v, v, v, v, v, v, v)
		}
	default:
		s.line("%s, %s = %s, %s", "b", "d", s.expr(2), s.expr(2))
	}
}

// constants writes a constant expression that go/types accepts.
func (s *sums) constants() {
	for range 50 {
		e := s.constant(3)
		tv, err := types.Eval(token.NewFileSet(), nil, token.NoPos, e)
		if err != nil || tv.Value == nil || tv.Value.Kind() == constant.Unknown {
			continue
		}
		t := choose(s.writer, append(basics, "any"))
		if _, err := types.Eval(token.NewFileSet(), nil, token.NoPos, t+"("+e+")"); err == nil {
			s.line("say(bits(%s(%s)))", t, e)
		}
		if _, err := types.Eval(token.NewFileSet(), nil, token.NoPos, "any("+e+")"); err == nil {
			s.line("{ const e = %s; say(bits(e)) }", e)
			return
		}
	}
}

func (s *sums) constant(depth int) string {
	if depth <= 0 {
		return choose(s.writer, []string{"0", "1", "2", "7", "-3", "'a'", "'두'", "1.5", "0.1", "1e3", "2i", "0x1p-2", "1<<40", "1<<62", "0b101", "0o17", "1_000", "\"ab\"", "`x`", "true", "false",
			"int8(5)", "uint8(250)", "float32(0.1)", "int64(-9)", "uint(3)", "complex64(1i)", "1e100", "3.0", "4.0", "len(\"abc\")", "len([3]int{})", "real(3+4i)"})
	}
	a, b := s.constant(depth-1), s.constant(depth-1)
	switch s.r.IntN(8) {
	case 0:
		return choose(s.writer, basics) + "(" + a + ")"
	case 1:
		return "(" + choose(s.writer, []string{"-", "+", "^", "!"}) + a + ")"
	case 2:
		return "(" + a + " " + choose(s.writer, []string{"<<", ">>"}) + " " + choose(s.writer, []string{"1", "3.0", "10", "'\\x02'", "63"}) + ")"
	case 3:
		return "(" + a + " " + choose(s.writer, []string{"<", "==", "!=", ">=", "&&", "||"}) + " " + b + ")"
	case 4:
		return choose(s.writer, []string{"min", "max", "complex"}) + "(" + a + ", " + b + ")"
	case 5:
		return choose(s.writer, []string{"real", "imag", "len"}) + "(" + a + ")"
	}
	return "(" + a + " " + choose(s.writer, []string{"+", "-", "*", "/", "%", "&", "|", "^", "&^"}) + " " + b + ")"
}
