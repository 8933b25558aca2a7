package difftest

import (
	"fmt"
	"strings"
)

// block writes n statements; variables declared in it are gone after it.
func (w *writer) block(n, depth int, trace bool) {
	keep := len(w.vars)
	for range n {
		w.statement(depth)
	}
	if trace && len(w.vars) > 0 {
		var xs []string
		for range 3 {
			v := choose(w, w.vars)
			xs = append(xs, w.show(v.name, v.typ))
		}
		w.line("say(%s)", strings.Join(xs, ", "))
	}
	w.vars = w.vars[:keep]
}

func (w *writer) declare(t, value string) {
	value = owned(t, value)
	v := w.name("v")
	switch w.r.IntN(3) {
	case 0:
		w.line("var %s %s = %s", v, t, value)
	case 1:
		w.line("%s := %s(%s)", v, "id["+t+"]", value)
	default:
		w.line("var %s %s", v, t)
		w.line("%s = %s", v, value)
	}
	w.line("_ = %s", v)
	w.vars = append(w.vars, variable{v, t, false})
}

// writable is a variable that may be assigned, or ok = false.
func (w *writer) writable(types ...string) (variable, bool) {
	var vs []variable
	for _, v := range w.vars {
		if v.ro {
			continue
		}
		for _, t := range types {
			if v.typ == t {
				vs = append(vs, v)
			}
		}
		if len(types) == 0 {
			vs = append(vs, v)
		}
	}
	if len(vs) == 0 {
		return variable{}, false
	}
	return choose(w, vs), true
}

func (w *writer) statement(depth int) {
	if depth <= 0 {
		w.simple()
		return
	}
	switch w.r.IntN(20) {
	case 0:
		w.line("if %s {", w.expr("bool", 2))
		w.nested(depth)
		w.line("} else {")
		w.nested(depth)
		w.line("}")
	case 1, 2:
		w.loop(depth)
	case 3:
		w.switches(depth)
	case 4:
		w.line("func() {")
		w.indent++
		w.line("defer func() { if r := recover(); r != nil { say(\"recovered\", r) } }()")
		if w.r.IntN(2) == 0 {
			w.line("defer say(\"deferred\", %s)", w.expr("int", 1))
		}
		w.closed(depth)
		w.indent--
		w.line("}()")
	case 5:
		f := w.name("c")
		w.line("%s := func(arg int) int {", f)
		w.indent++
		outer := w.vars
		w.vars = append(readOnly(outer), variable{"arg", "int", true})
		w.closed(depth)
		w.line("return %s", w.expr("int", 2))
		w.vars = outer
		w.indent--
		w.line("}")
		w.line("_ = %s", f)
		w.vars = append(w.vars, variable{f, "func(int) int", true})
	case 6:
		if w.loops > 1 {
			w.simple()
			return
		}
		fs := w.name("fs")
		w.line("var %s []func() int", fs)
		w.line("for i := 0; i < 3; i++ { %s = append(%s, func() int { i += 2; return i }) }", fs, fs)
		w.line("for _, f := range %s { say(f(), f()) }", fs)
	case 7:
		c := w.name("ch")
		w.line("%s := make(chan int, 2)", c)
		w.line("go func() { defer close(%s); for i := range 5 { %s <- i * %d } }()", c, c, w.r.IntN(9))
		w.line("for x := range %s { say(\"got\", x) }", c)
	case 8:
		w.line("if n, err := fails(%s & 15); err != nil { say(err, errors.Is(err, errBase)) } else { say(n) }", w.expr("int", 1))
	case 9, 10, 11, 12:
		if w.loops > 0 {
			w.simple()
			return
		}
		w.more()
	default:
		w.simple()
	}
}

func (w *writer) nested(depth int) {
	w.indent++
	w.block(1+w.r.IntN(3), depth-1, false)
	w.indent--
}

func readOnly(vars []variable) []variable {
	out := make([]variable, len(vars))
	for i, v := range vars {
		out[i] = variable{v.name, v.typ, true}
	}
	return out
}

// closed writes the body of a function literal: the loops and labels around it cannot be reached.
func (w *writer) closed(depth int) {
	labels := w.labels
	w.labels = nil
	w.block(1+w.r.IntN(3), depth-1, true)
	w.labels = labels
}

func (w *writer) simple() {
	switch w.r.IntN(12) {
	case 0, 1, 2, 3:
		t := choose(w, allTypes)
		w.declare(t, w.expr(t, 3))
	case 4, 5:
		if v, ok := w.writable(); ok {
			w.line("%s = %s", v.name, owned(v.typ, w.expr(v.typ, 3)))
		}
	case 6:
		if v, ok := w.writable("int", "int8", "uint8", "uint16", "int32", "uint32", "int64", "uint64", "float64"); ok {
			op := choose(w, []string{"+=", "-=", "*="})
			w.line("%s %s %s", v.name, op, w.expr(v.typ, 2))
		}
	case 7:
		if v, ok := w.writable("[]int"); ok {
			w.line("%s = short(append(%s, %s, %s))", v.name, v.name, w.expr("int", 2), w.expr("int", 1))
			w.line("if len(%s) > 1 { %s[0], %s[1] = %s[1], %s[0] }", v.name, v.name, v.name, v.name, v.name)
		}
	case 8:
		if v, ok := w.writable("map[string]int"); ok {
			w.line("if %s != nil { %s[cut(%s)] %s %s }", v.name, v.name, w.expr("string", 1), choose(w, []string{"=", "+="}), w.expr("int", 1))
			w.line("for _, k := range keys(%s) { say(k, %s[k]) }", v.name, v.name)
		}
	case 9:
		if v, ok := w.writable("S"); ok {
			w.line("%s.A, %s.B = %s, cut(%s)", v.name, v.name, w.expr("int", 2), w.expr("string", 2))
			w.line("%s.Bump(%d)", v.name, w.r.IntN(5))
		}
	case 10:
		if v, ok := w.writable("[4]int"); ok {
			c := w.name("arr")
			w.line("%s := %s", c, v.name)
			w.line("%s[%s & 3]++", c, w.expr("int", 1))
			w.line("say(%s == %s, %s)", c, v.name, c)
		}
	default:
		if len(w.vars) > 0 {
			v := choose(w, w.vars)
			w.line("say(%q, %s)", v.name, w.show(v.name, v.typ))
		}
	}
}

func (w *writer) loop(depth int) {
	if w.loops >= 2 {
		w.simple()
		return
	}
	w.loops++
	defer func() { w.loops-- }()
	keep := len(w.vars)
	label := ""
	if w.r.IntN(3) == 0 {
		label = w.name("L")
		w.line("%s:", label)
	}
	i := w.name("i")
	switch w.r.IntN(6) {
	case 0:
		w.line("for %s := 0; %s < %d; %s++ {", i, i, 1+w.r.IntN(5), i)
		w.vars = append(w.vars, variable{i, "int", true})
	case 1:
		w.line("for %s := range %d {", i, 1+w.r.IntN(5))
		w.vars = append(w.vars, variable{i, "int", true})
	case 2:
		w.line("for %s := range count(%d) {", i, 1+w.r.IntN(5))
		w.vars = append(w.vars, variable{i, "int", true})
	case 3:
		x := w.name("x")
		w.line("for %s, %s := range short(%s) {", i, x, w.expr("[]int", 2))
		w.line("\t_, _ = %s, %s", i, x)
		w.vars = append(w.vars, variable{i, "int", true}, variable{x, "int", false})
	case 4:
		x := w.name("x")
		w.line("for %s, %s := range cut(%s) {", i, x, w.expr("string", 2))
		w.line("\t_, _ = %s, %s", i, x)
		w.vars = append(w.vars, variable{i, "int", true}, variable{x, "int32", false})
	default:
		x := w.name("x")
		w.line("for %s, %s := range pairs(short(%s)) {", i, x, w.expr("[]string", 2))
		w.line("\t_, _ = %s, %s", i, x)
		w.vars = append(w.vars, variable{i, "int", true}, variable{x, "string", false})
	}
	w.indent++
	w.line("_ = %s", i)
	if w.r.IntN(4) == 0 {
		w.line("defer say(\"loop defer\", %s)", i)
	}
	w.block(1+w.r.IntN(3), depth-1, false)
	target := ""
	if label != "" {
		target = " " + label
	}
	w.line("if %s { %s%s }", w.expr("bool", 1), choose(w, []string{"break", "continue"}), target)
	if label != "" {
		w.line("if %s > 3 { break %s }", i, label)
	}
	w.indent--
	w.line("}")
	w.vars = w.vars[:keep]
}

func (w *writer) switches(depth int) {
	if w.r.IntN(2) == 0 {
		x := w.name("t")
		w.line("switch %s := (%s).(type) {", x, w.expr("any", 2))
		for _, t := range []string{"int", "string", "S", "N", "[]int"} {
			w.line("case %s:", t)
			w.line("\tsay(%q, %s)", t, x)
		}
		w.line("case Shape:")
		w.line("\tsay(%s.Name(), %s.Area())", x, x)
		w.line("case nil, bool:")
		w.line("\tsay(%s)", x)
		w.line("default:")
		w.line("\tsay(fmt.Sprintf(\"%%T\", %s))", x)
		w.line("}")
		return
	}
	w.line("switch %s & 3 {", w.expr("int", 2))
	for i := range 3 {
		w.line("case %d:", i)
		w.nested(depth)
		if i < 2 && w.r.IntN(3) == 0 {
			w.line("\tfallthrough")
		}
	}
	w.line("default:")
	w.line("\tsay(%s)", fmt.Sprintf("%q", w.name("default")))
	w.line("}")
}
