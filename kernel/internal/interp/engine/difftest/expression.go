package difftest

import (
	"fmt"
	"strings"
)

// expr is an expression of type t. Every literal passes through id, so that no constant expression can overflow.
func (w *writer) expr(t string, depth int) string {
	if v, ok := w.read(t); ok && (depth <= 0 || w.r.IntN(3) == 0) {
		return v
	}
	if depth > 0 {
		if f, ok := w.callable(t); ok && w.loops == 0 && w.r.IntN(6) == 0 {
			return f.call(w, depth-1)
		}
		if w.r.IntN(10) == 0 && t != "any" {
			return fmt.Sprintf("pick(%s, %s, %s)", w.expr("bool", depth-1), w.expr(t, depth-1), w.expr(t, depth-1))
		}
	}
	return w.fresh(t, depth)
}

func (w *writer) read(t string) (string, bool) {
	var xs []string
	for _, v := range w.vars {
		if v.typ == t {
			xs = append(xs, v.name)
		}
	}
	if len(xs) == 0 {
		return "", false
	}
	return choose(w, xs), true
}

func (w *writer) callable(t string) (function, bool) {
	var fs []function
	for _, f := range w.funcs {
		if f.result == t {
			fs = append(fs, f)
		}
	}
	if len(fs) == 0 {
		return function{}, false
	}
	return choose(w, fs), true
}

func isInteger(t string) bool {
	return strings.HasPrefix(t, "int") || strings.HasPrefix(t, "uint") || t == "N"
}

func (w *writer) fresh(t string, depth int) string {
	d := depth - 1
	switch {
	case isInteger(t):
		return w.integer(t, depth)
	case t == "float64" || t == "float32":
		if depth <= 0 {
			return fmt.Sprintf("id[%s](%d.%d)", t, w.r.IntN(50), w.r.IntN(10))
		}
		switch w.r.IntN(5) {
		case 0:
			return fmt.Sprintf("(%s %s %s)", w.expr(t, d), choose(w, []string{"+", "-", "*"}), w.expr(t, d))
		case 1:
			return fmt.Sprintf("%s(%s)", t, w.expr(choose(w, []string{"int", "uint8", "int32", "int16"}), d))
		case 2:
			return fmt.Sprintf("sum(%s, %s)", w.expr(t, d), w.expr(t, d))
		case 3:
			if t == "float64" {
				return fmt.Sprintf("(%s).Area()", w.expr(choose(w, []string{"S", "N"}), d))
			}
			return fmt.Sprintf("-(%s)", w.expr(t, d))
		}
		return fmt.Sprintf("(%s / %s)", w.expr(t, d), w.expr(t, d))
	case t == "string":
		return w.text(depth)
	case t == "bool":
		return w.condition(depth)
	case t == "complex128":
		return fmt.Sprintf("(complex(%s, %s) * complex(1, %s))", w.expr("float64", d), w.expr("float64", d), w.expr("float64", 0))
	case t == "any":
		return fmt.Sprintf("any(%s)", w.expr(choose(w, []string{"int", "string", "S", "N", "[]int", "float64", "bool", "Pair[int, string]", "uint8"}), d))
	}
	return w.compound(t, d)
}

func (w *writer) integer(t string, depth int) string {
	d := depth - 1
	if depth <= 0 {
		return fmt.Sprintf("id[%s](%d)", t, w.r.IntN(100))
	}
	switch w.r.IntN(12) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", w.expr(t, d), choose(w, []string{"+", "-", "*", "&", "|", "^", "&^"}), w.expr(t, d))
	case 3:
		return fmt.Sprintf("(%s %s (%s | 1))", w.expr(t, d), choose(w, []string{"/", "%"}), w.expr(t, d))
	case 4:
		return fmt.Sprintf("(%s %s (%s & 15))", w.expr(t, d), choose(w, []string{"<<", ">>"}), w.expr("uint8", d))
	case 5:
		return fmt.Sprintf("%s(%s)", t, w.expr(choose(w, []string{"int", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"}), d))
	case 6:
		return fmt.Sprintf("sum[%s](%s, %s, %s)", t, w.expr(t, d), w.expr(t, 0), w.expr(t, 0))
	case 7:
		return fmt.Sprintf("min(%s, %s)", w.expr(t, d), w.expr(t, d))
	case 8:
		return fmt.Sprintf("%s(len(id(%s)))", t, w.expr(choose(w, []string{"string", "[]int", "map[string]int", "[4]int"}), d))
	case 9:
		if t == "int" {
			return choose(w, []string{
				fmt.Sprintf("(%s)[%s & 3]", w.expr("[4]int", d), w.expr("int", d)),
				fmt.Sprintf("at(%s, %s)", w.expr("[]int", d), w.expr("int", 0)), // may be out of range
				fmt.Sprintf("(%s)[%s]", w.expr("map[string]int", d), w.expr("string", d)),
				fmt.Sprintf("(%s).A", w.expr(choose(w, []string{"S", "E"}), d)),
				fmt.Sprintf("field(%s)", w.expr("*S", d)),
				fmt.Sprintf("(%s)(%s)", w.expr("func(int) int", 0), w.expr("int", d)),
				fmt.Sprintf("number(%s)", w.expr("any", d)), // may panic
			})
		}
		return fmt.Sprintf("^(%s)", w.expr(t, d))
	case 10:
		return fmt.Sprintf("-(%s)", w.expr(t, d))
	}
	return fmt.Sprintf("quo(%s, %s)", w.expr(t, d), w.expr(t, d)) // may divide by zero
}

func (w *writer) text(depth int) string {
	d := depth - 1
	if depth <= 0 {
		return fmt.Sprintf("id(%q)", choose(w, []string{"", "a", "xyz", "Tumangang", "두만강", "é", "0", "a\x00b"}))
	}
	switch w.r.IntN(9) {
	case 0, 1:
		return fmt.Sprintf("cut(%s + %s)", w.expr("string", d), w.expr("string", d))
	case 2:
		return fmt.Sprintf("fmt.Sprint(%s)", w.show(w.expr("int", d), "int"))
	case 3:
		return fmt.Sprintf("strings.Repeat(cut(%s), %s & 3)", w.expr("string", d), w.expr("int", d))
	case 4:
		return fmt.Sprintf("string([]rune(%s))", w.expr("string", d))
	case 5:
		return fmt.Sprintf("(%s).Name()", w.expr(choose(w, []string{"S", "N", "E"}), d))
	case 6:
		return fmt.Sprintf("fmt.Sprintf(\"%%v|%%+v\", %s, %s)", w.expr("S", d), w.expr("Pair[int, string]", d))
	case 7:
		return fmt.Sprintf("shape(%s).Name()", w.expr(choose(w, []string{"S", "N", "*S"}), d))
	}
	return fmt.Sprintf("strings.Join(mapped(short(%s), func(x int) string { return fmt.Sprint(x) }), \",\")", w.expr("[]int", d))
}

func (w *writer) condition(depth int) string {
	d := depth - 1
	if depth <= 0 {
		return choose(w, []string{"id(true)", "id(false)"})
	}
	switch w.r.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s %s %s)", w.expr("bool", d), choose(w, []string{"&&", "||", "!=", "=="}), w.expr("bool", d))
	case 1:
		return fmt.Sprintf("!%s", w.expr("bool", d))
	case 2:
		t := choose(w, []string{"[4]int", "Pair[int, string]", "N", "bool"})
		return fmt.Sprintf("(%s == %s)", w.expr(t, d), w.expr(t, d))
	}
	t := choose(w, []string{"int", "int8", "uint32", "uint64", "float64", "float32", "string", "uint8"})
	return fmt.Sprintf("(%s %s %s)", w.expr(t, d), choose(w, []string{"<", "<=", ">", ">=", "==", "!="}), w.expr(t, d))
}

func (w *writer) compound(t string, d int) string {
	switch t {
	case "[]int":
		if d > 0 && w.r.IntN(2) == 0 {
			return choose(w, []string{
				fmt.Sprintf("append(short(%s)[:0:0], short(%s)...)", w.expr(t, d), w.expr(t, d)),
				fmt.Sprintf("short(append(short(%s), %s))", w.expr(t, d), w.expr("int", d)),
				fmt.Sprintf("mapped(short(%s), func(s string) int { return len(s) })", w.expr("[]string", d)),
				fmt.Sprintf("from(%s, %s & 1)", w.expr(t, d), w.expr("int", 0)), // may be out of range
			})
		}
		return fmt.Sprintf("[]int{%s, %s, 5: %s}", w.expr("int", d), w.expr("int", d), w.expr("int", 0))
	case "[]string":
		return fmt.Sprintf("[]string{%s, %s}", w.expr("string", d), w.expr("string", d))
	case "[]S":
		return fmt.Sprintf("[]S{{A: %s}, {B: %s, D: []int{1}}}", w.expr("int", d), w.expr("string", d))
	case "map[string]int":
		return fmt.Sprintf("map[string]int{\"k\": %s, \"m\": %s}", w.expr("int", d), w.expr("int", d))
	case "map[int8]float64":
		return fmt.Sprintf("map[int8]float64{1: %s, -3: %s}", w.expr("float64", d), w.expr("float64", d))
	case "S":
		return fmt.Sprintf("S{%s, cut(%s), %s, nil}", w.expr("int", d), w.expr("string", d), w.expr("float64", d))
	case "*S":
		if w.r.IntN(8) == 0 {
			return "(*S)(nil)"
		}
		return fmt.Sprintf("(&S{A: %s, B: %s}).Bump(%s)", w.expr("int", d), w.expr("string", d), w.expr("int", 0))
	case "E":
		return fmt.Sprintf("E{S: %s, F: %s, G: %s}", w.expr("S", d), w.expr("uint8", d), w.expr("*S", d))
	case "[4]int":
		return fmt.Sprintf("[4]int{%s, 2: %s}", w.expr("int", d), w.expr("int", d))
	case "func(int) int":
		return fmt.Sprintf("func(q int) int { return q + %s }", w.expr("int", d))
	case "Pair[int, string]":
		if d > 0 && w.r.IntN(3) == 0 {
			return fmt.Sprintf("Pair[int, string]{Key: %s, Val: (%s).Swap().Key}", w.expr("int", d), w.expr(t, d))
		}
		return fmt.Sprintf("Pair[int, string]{%s, %s}", w.expr("int", d), w.expr("string", d))
	}
	panic("no expression of type " + t)
}
