package difftest

import (
	"fmt"
	"strings"
)

// jumpPrelude declares what programs of jumps use. t is a coin whose throws follow from the order of execution, so that
// a step that is taken too often, too rarely or too early changes all that comes after it; spend keeps loops finite.
const jumpPrelude = `import (
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"sync"
)

var state uint64
var fuel int
var _ sync.Mutex
var errOdd = errors.New("odd")
var _ iter.Seq[int]
var _ runtime.Error

func t() bool { state = state*6364136223846793005 + 1442695040888963407; return state>>40&3 == 0 }
func spend() bool { fuel--; return fuel > 0 }
func told(r any) string { if e, ok := r.(runtime.Error); ok { return "runtime: " + e.Error() }; return fmt.Sprintf("%T %v", r, r) }
func guard(name string, f func()) {
	defer func() { if r := recover(); r != nil { say(name, "panicked:", told(r)) } }()
	f()
}

type box struct{ n int; next *box }
type bag []int

func (b *box) add(x int) int { b.n += x; say("add", b.n); return b.n }
func (b box) get() int { return b.n }
func (b *box) All() iter.Seq[int] { return func(yield func(int) bool) { for p := b; p != nil; p = p.next { if !yield(p.n) { return } } } }
func (b bag) Each(yield func(int, int) bool) { for i, x := range b { if !yield(i, x) { return } } }

func seq(n int) iter.Seq[int] { return func(yield func(int) bool) { for i := range n { if !yield(i) { say("stopped"); return } } } }
func tidy(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer say("tidy ends")
		for i := range n { defer say("tidy", i); if !yield(i * 2) { return } }
	}
}
func outer(s iter.Seq[int]) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) { k := 0; for x := range s { if !yield(k, x) { return }; k++ } }
}
func saving(n int) iter.Seq[int] { // hides the panics of the loop's body
	return func(yield func(int) bool) {
		defer func() { if r := recover(); r != nil { say("saved", told(r)) } }()
		for i := range n { if !yield(i) { return } }
	}
}
func stubborn(n int) iter.Seq[int] { return func(yield func(int) bool) { for i := range n { yield(i) } } }
func drawn(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		next, stop := iter.Pull(tidy(n)); defer stop()
		for { x, ok := next(); if !ok || !yield(x) { return } }
	}
}
func leaked(n int) iter.Seq[int] {
	return func(yield func(int) bool) { kept = append(kept, yield); for i := range n { if !yield(i) { return } } }
}
func thrice(yield func() bool) { _ = yield() && yield() && yield() }

var kept []func(int) bool
`

// jumps writes functions whose control flow is random: loops of every kind in each other, labels, goto, defer, panic,
// recover, closures and goroutines, with breaks, continues and returns out of any of them.
type jumps struct {
	*writer
	loops []target // around the statement that is written, within its function
	name  string   // of the function being written; empty in function literals
	fns   int
	lits  int // nesting of function literals
	named bool
}

type target struct {
	label string
	loop  bool // continue is possible
}

func jumpProgram(w *writer) {
	w.out.WriteString(jumpPrelude + tracePrelude)
	j := &jumps{writer: w}
	n := 2 + w.r.IntN(3)
	for range n {
		j.function()
	}
	w.line("func Main() string {")
	w.line("\ttr, state, kept = new(strings.Builder), %d, nil", w.r.Uint32())
	for i := range n {
		for k := range 2 {
			w.line("\tfuel = 60; guard(\"f%d\", func() { r, err := f%d(%d, &box{n: %d}); say(r, err) })", i, i, k*3+i, k)
		}
	}
	w.line("\tguard(\"kept\", func() { for _, y := range kept { say(y(1)) } })")
	w.line("\treturn tr.String()\n}")
}

func (j *jumps) function() {
	j.named, j.loops = j.r.IntN(2) == 0, nil
	results := "(int, error)"
	if j.named {
		results = "(res int, err error)"
	}
	j.line("func f%d(a int, b *box) %s {", j.fns, results)
	j.vars = []variable{{"a", "int", false}, {"b.n", "int", false}}
	if j.named {
		j.vars = append(j.vars, variable{"res", "int", false})
	}
	j.indent++
	j.line("if !spend() { return a, nil }")
	j.body(3+j.r.IntN(3), 3)
	j.leave()
	j.indent--
	j.line("}")
	j.fns++
}

func (j *jumps) body(n, depth int) {
	keep := len(j.vars)
	for range n {
		j.statement(depth)
	}
	j.vars = j.vars[:keep]
}

func (j *jumps) block(n, depth int) {
	j.indent++
	j.body(n, depth)
	j.indent--
}

func (j *jumps) v() string { return choose(j.writer, j.vars).name }

func (j *jumps) expr() string {
	switch j.r.IntN(6) {
	case 0:
		return fmt.Sprint(j.r.IntN(9))
	case 1:
		return fmt.Sprintf("%s + %d", j.v(), j.r.IntN(5))
	case 2:
		return fmt.Sprintf("%s - %s", j.v(), j.v())
	case 3:
		return fmt.Sprintf("%s * 3 %% 17", j.v())
	}
	return j.v()
}

func (j *jumps) cond() string {
	switch j.r.IntN(4) {
	case 0:
		return fmt.Sprintf("%s > %d", j.v(), j.r.IntN(12))
	case 1:
		return fmt.Sprintf("%s&1 == %s&1 && t()", j.v(), j.v())
	}
	return "t()"
}

func (j *jumps) statement(depth int) {
	if depth <= 0 {
		j.step()
		return
	}
	switch j.r.IntN(17) {
	case 0:
		j.line("if %s {", j.cond())
		j.block(1+j.r.IntN(2), depth-1)
		j.line("} else if %s {", j.cond())
		j.block(1, depth-1)
		j.line("}")
	case 1, 2, 3, 4, 5:
		j.loop(depth)
	case 6:
		j.choice(depth)
	case 7:
		j.deferred(depth)
	case 8, 9:
		j.literal(depth)
	case 10:
		j.again(depth)
	case 11:
		j.ahead(depth)
	case 12:
		if j.lits > 1 {
			j.step()
			return
		}
		j.line("{ var wg sync.WaitGroup; wg.Go(func() { defer func() { if r := recover(); r != nil { say(\"goroutine\", told(r)) } }()")
		j.inFunction(func() { j.block(2, depth-1) })
		j.line("}); wg.Wait() }")
	case 13:
		j.selects(depth)
	case 14:
		if j.r.IntN(2) == 0 {
			j.line("if %s {", j.cond())
			j.indent++
			j.leave()
			j.indent--
			j.line("}")
			return
		}
		j.panics()
	case 15:
		if len(j.loops) > 0 {
			j.line("if %s { %s }", j.cond(), j.exit())
			return
		}
		j.step()
	default:
		j.step()
	}
}

// exit leaves one of the statements around.
func (j *jumps) exit() string {
	x := choose(j.writer, j.loops)
	if x.loop && j.r.IntN(2) == 0 {
		return "continue " + x.label
	}
	return "break " + x.label
}

// leave ends the function that is written.
func (j *jumps) leave() {
	switch {
	case j.name == "()":
		j.line("return")
	case j.name == "int":
		j.line("return %s", j.expr())
	case j.named && j.r.IntN(2) == 0:
		j.line("res += %s; return", j.expr())
	case j.r.IntN(3) == 0:
		j.line("return %s, errOdd", j.expr())
	case j.fns > 0 && j.r.IntN(3) == 0:
		j.line("return f%d(%s, b)", j.r.IntN(j.fns), j.expr())
	default:
		j.line("return %s, nil", j.expr())
	}
}

// inFunction writes the body of a function literal without results.
func (j *jumps) inFunction(f func()) { j.literally("()", f) }

func (j *jumps) literally(name string, f func()) {
	loops, was := j.loops, j.name
	j.loops, j.name = nil, name
	j.lits++
	f()
	j.lits--
	j.loops, j.name = loops, was
}

func (j *jumps) step() {
	switch j.r.IntN(12) {
	case 0, 1:
		v := j.writer.name("v")
		j.line("%s := %s; _ = %s", v, j.expr(), v)
		j.vars = append(j.vars, variable{v, "int", false})
	case 2, 3:
		j.line("%s %s %s", j.v(), choose(j.writer, []string{"=", "+=", "-=", "^="}), j.expr())
	case 4:
		j.line("%s, %s = %s, %s", j.vars[0].name, j.vars[1].name, j.expr(), j.expr())
	case 5:
		if j.fns > 0 {
			v, e := j.writer.name("v"), j.writer.name("e")
			j.line("%s, %s := f%d(%s, &box{%s, b}); say(%s, %s)", v, e, j.r.IntN(j.fns), j.v(), j.v(), v, e)
			j.vars = append(j.vars, variable{v, "int", false})
			return
		}
		j.line("b.add(%s)", j.expr())
	case 6:
		j.line("defer say(\"d%d\", %s, %s)", j.r.IntN(100), j.v(), j.v())
	case 7:
		j.line("defer b.add(%s)", j.v())
	case 8:
		if j.name == "" && j.named {
			j.line("defer func() { res += %s }()", j.v())
			return
		}
		j.line("%s++", j.v())
	default:
		j.line("say(%d, %s, %s)", j.r.IntN(1000), j.v(), j.v())
	}
}

func (j *jumps) panics() {
	j.line("if t() { %s }", choose(j.writer, []string{
		fmt.Sprintf("panic(%s)", j.v()), "panic(errOdd)", "panic(fmt.Sprint(\"p\", " + j.v() + "))", "var p *box; p.n = 1",
		"b.next.n++", "var m map[int]int; m[1]++", "_ = []int{1, 2}[" + j.v() + "&7]", "_ = 7 / (" + j.v() + "&1)",
		"var x any = " + j.v() + "; _ = x.(string)", "var c chan int; close(c)", "panic((&box{n: 3}).n)", "var f func(); f()",
		"_ = make([]int, " + j.v() + "&3-2)", "var e error; _ = e.Error()", "_ = [4]int(make([]int, " + j.v() + "&3))",
		"_ = \"abc\"[" + j.v() + "&3:2]", "defer panic(\"late\")",
	}))
}

func (j *jumps) deferred(depth int) {
	if j.r.IntN(4) == 0 {
		j.line("for i := range %d { defer func() { %s += i; if t() { recover() } }() }", 1+j.r.IntN(3), j.v())
		return
	}
	j.line("defer func() {")
	j.inFunction(func() {
		j.indent++
		switch j.r.IntN(4) {
		case 0:
			j.line("if r := recover(); r != nil { say(\"recovered\", told(r)) }")
		case 1:
			j.line("func() { say(\"too deep\", recover()) }()")
		case 2:
			j.line("defer func() { say(\"inner\", recover()) }(); if t() { panic(\"again\") }")
		}
		j.body(1+j.r.IntN(2), depth-1)
		j.indent--
	})
	j.line("}()")
}

func (j *jumps) literal(depth int) {
	if j.lits > 2 {
		j.step()
		return
	}
	if j.r.IntN(3) == 0 {
		j.line("guard(\"g%d\", func() {", j.r.IntN(100))
		j.inFunction(func() { j.block(2, depth-1) })
		j.line("})")
		return
	}
	f, x := j.writer.name("f"), j.writer.name("x")
	j.line("%s := func(%s int) int {", f, x)
	keep := len(j.vars)
	j.vars = append(j.vars, variable{x, "int", false})
	j.literally("int", func() {
		j.block(2, depth-1)
		j.line("return %s", j.expr())
	})
	j.vars = j.vars[:keep]
	v := j.writer.name("v")
	j.line("}; %s := %s(%s); %s += %s(%s); say(%s)", v, f, j.expr(), v, f, v, v)
	j.vars = append(j.vars, variable{v, "int", false})
}

// again is a jump back, ahead one over a block.
func (j *jumps) again(depth int) {
	l := j.writer.name("L")
	j.line("{")
	j.line("%s:", l)
	j.line("\tsay(%q)", l)
	j.block(2, depth-1)
	j.line("\tif %s && spend() { goto %s }", j.cond(), l)
	j.line("}")
}

func (j *jumps) ahead(depth int) {
	l := j.writer.name("L")
	j.line("{")
	j.line("\tif %s { goto %s }", j.cond(), l)
	j.line("\t{")
	j.indent++
	j.block(1+j.r.IntN(2), depth-1)
	j.line("\tfor range seq(2) { if %s { goto %s } }", j.cond(), l)
	j.indent--
	j.line("\t}")
	j.line("%s:", l)
	j.line("\tsay(%q)", l)
	j.line("}")
}

func (j *jumps) selects(depth int) {
	l, c := j.writer.name("S"), j.writer.name("c")
	j.line("%s := make(chan int, 1)", c)
	j.line("if t() { %s <- %s }", c, j.v())
	j.line("if t() { close(%s) }", c)
	j.line("%s: select {", l)
	j.loops = append(j.loops, target{l, false})
	j.line("case x, ok := <-%s:", c)
	j.vars = append(j.vars, variable{"x", "int", false})
	j.line("\tsay(x, ok)")
	j.block(1, depth-1)
	j.vars = j.vars[:len(j.vars)-1]
	j.line("default:")
	j.block(1, depth-1)
	j.line("\tif t() { break %s }", l)
	j.block(1, depth-1)
	j.line("}")
	j.loops = j.loops[:len(j.loops)-1]
}

func (j *jumps) choice(depth int) {
	l := j.writer.name("W")
	switch j.r.IntN(3) {
	case 0:
		j.line("%s: switch any(%s).(type) {", l, choose(j.writer, []string{"a", "b", "*b", "errOdd", "b.get", "bag{1}", "fmt.Sprint(a)"}))
		j.loops = append(j.loops, target{l, false})
		for _, c := range [][]string{{"int"}, {"*box", "interface{ add(int) int }"}, {"interface{ get() int }"}, {"error", "string"}} {
			j.line("case %s:", strings.Join(c, ", "))
			j.block(1, depth-1)
		}
		j.line("default:")
	case 1:
		j.line("%s: switch x := %s; {", l, j.expr())
		j.loops = append(j.loops, target{l, false})
		j.vars = append(j.vars, variable{"x", "int", false})
		for range 2 {
			j.line("case %s:", j.cond())
			j.block(1, depth-1)
			if j.r.IntN(3) == 0 {
				j.line("\tfallthrough")
			}
		}
		j.line("case x > 5:")
		j.block(1, depth-1)
		j.vars = j.vars[:len(j.vars)-1]
		j.line("default:")
	default:
		j.line("%s: switch %s & 3 {", l, j.v())
		j.loops = append(j.loops, target{l, false})
		j.line("default:")
		j.block(1, depth-1)
		j.line("\tfallthrough")
		j.line("case 1, 2:")
		j.block(1, depth-1)
		j.line("case %s:", j.v()+"&1")
	}
	j.line("\tif t() { break %s }; say(%q)", l, l)
	j.line("}")
	j.loops = j.loops[:len(j.loops)-1]
}

func (j *jumps) loop(depth int) {
	if len(j.loops) > 3 {
		j.step()
		return
	}
	l, i, x := j.writer.name("L"), j.writer.name("i"), j.writer.name("x")
	keep := len(j.vars)
	j.line("if false { goto %s }", l) // the label may stay without another use
	j.line("%s:", l)
	one := []variable{{i, "int", false}}
	both := append(one, variable{x, "int", false})
	n := 1 + j.r.IntN(4)
	switch j.r.IntN(20) {
	case 0, 1:
		j.line("for %s := 0; %s < %d && spend(); %s++ {", i, i, n, i)
		if j.r.IntN(2) == 0 {
			j.line("\tdefer func() { %s += 10; say(\"captured\", %s) }()", i, i)
		}
	case 2:
		j.line("for %s, %s := %s, 0; %s < %d && spend(); %s, %s = %s+1, %s {", i, x, j.expr(), x, n, x, i, x, i)
		one = both
	case 3:
		j.line("for %s := range %d {", i, n)
	case 4:
		j.line("for %s := range seq(%d) {", i, n)
	case 5:
		j.line("for %s := range tidy(%d) {", i, n)
	case 6:
		j.line("for %s, %s := range outer(tidy(%d)) {", i, x, n)
		one = both
	case 7:
		j.line("for %s := range saving(%d) {", i, n)
	case 8:
		j.line("for %s := range stubborn(%d) {", i, n)
	case 9:
		j.line("for %s := range drawn(%d) {", i, n)
	case 10:
		j.line("for %s := range b.All() {", i)
	case 11:
		j.line("for %s, %s := range (bag{%s, 3, 4}).Each {", i, x, j.v())
		one = both
	case 12:
		j.line("for range thrice {")
		j.line("\t%s := 1; _ = %s", i, i)
	case 13:
		j.line("for %s, %s := range []int{%s, 7} {", i, x, j.v())
		one = both
	case 14:
		j.line("for %s, %s := range &[3]int{1, %s} {", i, x, j.v())
		one = both
	case 15:
		j.line("for _, %s := range map[string]int{\"k\": %s} {", i, j.v())
	case 16:
		j.line("for %s := range func() chan int { c := make(chan int, 3); c <- 1; c <- %s; close(c); return c }() {", i, j.v())
	case 17:
		j.line("for %s = range seq(%d) {", j.v(), n)
		j.line("\t%s := 2; _ = %s", i, i)
	case 18:
		j.line("for %s := range leaked(%d) {", i, n)
	default:
		j.line("for %s := \"\"; len(%s) < %d && spend(); %s += \"z\" {", x, x, n, x)
		j.line("\t%s := len(%s)", i, x)
	}
	j.vars = append(j.vars, one...)
	j.loops = append(j.loops, target{l, true})
	for _, v := range one {
		j.line("\t_ = %s", v.name)
	}
	j.line("\tif !spend() { break %s }", l)
	j.block(1+j.r.IntN(3), depth-1)
	if j.r.IntN(2) == 0 {
		j.line("\tif %s { %s }", j.cond(), j.exit())
	}
	j.line("}")
	j.loops = j.loops[:len(j.loops)-1]
	j.vars = j.vars[:keep]
}
