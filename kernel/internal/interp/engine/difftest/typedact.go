package difftest

import (
	"fmt"
	"go/types"
	"strings"
)

func text(t types.Type) string { return types.TypeString(t, func(*types.Package) string { return "" }) }

// act writes the statements of one function literal: a value and what can be done with it.
func (g *typed) act() {
	t := choose(g.writer, g.pool)
	g.line("var x %s = %s; var y %s = x; _, _ = x, y", text(t), g.value(t, 3), text(t))
	acts := []func(types.Type){g.copies, g.compares, g.methods, g.asserts, g.converts, g.prints, g.marshals, g.forms, g.generic, g.channels, g.passes}
	for range 3 {
		g.line("{")
		choose(g.writer, acts)(t)
		g.line("}")
	}
}

// value is an expression of type t that has no effects and cannot panic.
func (g *typed) value(t types.Type, depth int) string {
	name := text(t)
	if tuple := strings.ContainsAny(name[:1], "*<(") || strings.HasPrefix(name, "func") || strings.HasPrefix(name, "chan"); tuple {
		name = "(" + name + ")"
	}
	none := fmt.Sprintf("zero[%s]()", text(t))
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return name + "(" + g.literal(u) + ")"
	case *types.Pointer:
		if depth <= 0 || g.r.IntN(4) == 0 {
			return none
		}
		return name + "(ptr[" + text(u.Elem()) + "](" + g.value(u.Elem(), depth-1) + "))"
	case *types.Struct:
		var fs []string
		for i := range u.NumFields() {
			if f := u.Field(i); depth > 0 && f.Name() != "_" && g.r.IntN(4) > 0 {
				fs = append(fs, f.Name()+": "+g.value(f.Type(), depth-1))
			}
		}
		return name + "{" + strings.Join(fs, ", ") + "}"
	case *types.Slice:
		if depth <= 0 {
			return none
		}
		return name + "{" + strings.TrimSuffix(strings.Repeat(g.value(u.Elem(), depth-1)+", ", g.r.IntN(3)), ", ") + "}"
	case *types.Array:
		if depth <= 0 || u.Len() == 0 {
			return none
		}
		return fmt.Sprintf("%s{%d: %s}", name, g.r.Int64N(u.Len()), g.value(u.Elem(), depth-1))
	case *types.Map:
		if depth <= 0 || g.r.IntN(4) == 0 {
			return none
		}
		if _, ok := u.Key().Underlying().(*types.Interface); ok {
			return name + "{}"
		}
		return name + "{" + g.value(u.Key(), 1) + ": " + g.value(u.Elem(), depth-1) + "}"
	case *types.Chan:
		return none
	case *types.Signature:
		if u.Params().Len() != 1 || g.r.IntN(3) == 0 {
			return none
		}
		return name + "(func(n int) string { return fmt.Sprint(n) })"
	case *types.Interface:
		if depth <= 0 {
			return none
		}
		for range 10 {
			if p := choose(g.writer, g.pool); types.Implements(p, u) && plain(p, 0) {
				return name + "(" + g.value(p, depth-1) + ")"
			}
		}
		return none
	}
	panic("no value of " + name)
}

func (g *typed) literal(b *types.Basic) string {
	switch {
	case b.Info()&types.IsInteger != 0:
		return fmt.Sprint(g.r.IntN(100))
	case b.Info()&types.IsFloat != 0:
		return fmt.Sprintf("%d.%d", g.r.IntN(50), g.r.IntN(100))
	case b.Info()&types.IsComplex != 0:
		return fmt.Sprintf("complex(%d, -%d.5)", g.r.IntN(9), g.r.IntN(9))
	case b.Info()&types.IsString != 0:
		return fmt.Sprintf("%q", choose(g.writer, []string{"", "a", "두만", "x\"y<&>", "\xff"}))
	}
	return choose(g.writer, []string{"true", "false"})
}

// plain says that fmt prints values of t without addresses.
func plain(t types.Type, depth int) bool {
	if depth > 8 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return true
	case *types.Struct:
		for i := range u.NumFields() {
			if !plain(u.Field(i).Type(), depth+1) {
				return false
			}
		}
		return true
	case *types.Array:
		return plain(u.Elem(), depth+1)
	case *types.Slice:
		return plain(u.Elem(), depth+1)
	case *types.Map:
		return plain(u.Key(), depth+1) && plain(u.Elem(), depth+1)
	case *types.Interface:
		return true // value puts plain ones in
	}
	return false
}

// place is a random part of x that can be assigned, and its type. Reaching it may panic.
func (g *typed) place(x string, t types.Type) (string, types.Type) {
	for range 4 {
		if g.r.IntN(4) == 0 {
			break
		}
		switch u := t.Underlying().(type) {
		case *types.Struct:
			if u.NumFields() == 0 {
				return x, t
			}
			f := u.Field(g.r.IntN(u.NumFields()))
			if f.Name() == "_" {
				return x, t
			}
			x, t = x+"."+f.Name(), f.Type()
		case *types.Array:
			if u.Len() == 0 {
				return x, t
			}
			x, t = fmt.Sprintf("%s[%d]", x, g.r.Int64N(u.Len())), u.Elem()
		case *types.Slice:
			x, t = fmt.Sprintf("%s[%d]", x, g.r.IntN(2)), u.Elem()
		case *types.Pointer:
			x, t = "(*"+x+")", u.Elem()
		case *types.Map:
			return x + "[" + g.value(u.Key(), 1) + "]", u.Elem()
		default:
			return x, t
		}
	}
	return x, t
}

func (g *typed) change(x string, t types.Type) string {
	p, pt := g.place(x, t)
	if b, ok := pt.Underlying().(*types.Basic); ok && b.Info()&(types.IsNumeric|types.IsString) != 0 && g.r.IntN(2) == 0 {
		return fmt.Sprintf("%s += %s", p, g.value(pt, 1))
	}
	return fmt.Sprintf("%s = %s", p, g.value(pt, 2))
}

func (g *typed) copies(t types.Type) {
	g.line("guard(\"change\", func() { %s }); show(\"x\", x); show(\"y\", y)", g.change("y", t))
	g.line("a := [2]%s{x}; b := a; for i, v := range a { a[1] = y; guard(\"in array\", func() { %s }); show(fmt.Sprint(i), v) }; show(\"a\", a); show(\"b\", b)", text(t), g.change("a[0]", t))
	g.acted(`s := []%[1]s{x, y}; s = append(s, s...); u := s[1:2:2]; u = append(u, x); guard("append", func() { %[2]s }); show("s", s); show("u", u)`, t, g.change("s[1]", t))
	g.acted(`m := map[string]%[1]s{"k": x}; v, ok := m["none"]; show("none", v); w := m["k"]; guard("of map", func() { %[2]s }); show("m", m); show("w", w); say(ok)`, t, g.change("w", t))
}

// acted writes a line in a block of its own.
func (g *typed) acted(format string, t types.Type, a ...any) {
	g.line("{ "+format+" }", append([]any{text(t)}, a...)...)
}

func (g *typed) compares(t types.Type) {
	g.line("guard(\"any\", func() { say(any(x) == any(y), any(x) == any(&x), reflect.DeepEqual(x, y)) })")
	if !types.Comparable(t) {
		return
	}
	g.line("guard(\"equal\", func() { say(x == y, x != %s, same(x, y)) })", "("+g.value(t, 2)+")")
	g.acted(`m := map[%[1]s]int{}; guard("key", func() { m[x] = 1; m[y] += 2; m[%[2]s]++; _, ok := m[zero[%[1]s]()]; delete(m, y); say(len(m), ok, m[x]) })`, t, g.value(t, 2))
	g.acted(`m := map[any]%[1]s{}; guard("any key", func() { m[x] = y; m[1] = x; show("at", m[any(y)]) })`, t)
}

func (g *typed) methods(t types.Type) {
	full := t
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
	default:
		full = types.NewPointer(t)
	}
	set, own := types.NewMethodSet(full), types.NewMethodSet(t)
	for i := range set.Len() {
		m := set.At(i).Obj().(*types.Func)
		sig := m.Type().(*types.Signature)
		args, ok := g.arguments(sig)
		if !ok {
			continue
		}
		call := func(f string) string {
			switch sig.Results().Len() {
			case 0:
				return f + "(" + args + ")"
			case 1:
				return fmt.Sprintf("show(%q, %s(%s))", m.Name(), f, args)
			}
			return fmt.Sprintf("a, b := %s(%s); show(%q, a); show(\"and\", b)", f, args, m.Name())
		}
		g.line("guard(%q, func() { %s })", m.Name(), call("x."+m.Name()))
		g.line("guard(%q, func() { f := y.%s; guard(\"between\", func() { %s }); %s })", m.Name(), m.Name(), g.change("y", t), call("f"))
		if own.Lookup(m.Pkg(), m.Name()) != nil {
			g.line("guard(%q, func() { f := (%s).%s; %s })", m.Name(), text(t), m.Name(), strings.Replace(call("f"), "f(", "f(x, ", 1))
			g.line("guard(%q, func() { var i any = x; %s })", m.Name(), call(fmt.Sprintf("i.(interface { %s%s }).%s", m.Name(), strings.TrimPrefix(text(sig), "func"), m.Name())))
		}
	}
	g.line("show(\"x\", x); show(\"y\", y)")
}

func (g *typed) arguments(sig *types.Signature) (string, bool) {
	var as []string
	for i := range sig.Params().Len() {
		p := sig.Params().At(i).Type()
		if _, ok := p.(*types.Signature); ok || sig.Variadic() {
			return "", false
		}
		as = append(as, g.value(p, 2))
	}
	return strings.Join(as, ", "), true
}

func (g *typed) asserts(t types.Type) {
	g.line("for i, v := range []any{x, &x, %s} {", g.value(choose(g.writer, g.pool), 2))
	g.line("\t_, a := v.(fmt.Stringer); _, b := v.(error); _, c := v.(interface { Len() int }); _, d := v.(json.Marshaler); _, e := v.(interface { hidden() string }); say(i, a, b, c, d, e)")
	g.line("\tswitch v := v.(type) {")
	seen := []types.Type{}
next:
	for range 4 {
		u := choose(g.writer, append(g.pool, t))
		for _, s := range seen {
			if types.Identical(s, u) {
				continue next
			}
		}
		seen = append(seen, u)
		g.line("\tcase %s: show(\"case\", v)", text(u))
	}
	g.line("\tcase fmt.GoStringer: say(v.GoString())")
	g.line("\tdefault: say(\"default\", fmt.Sprintf(\"%%T\", v)) }")
	g.line("\tguard(\"assert\", func() { show(\"as\", v.(%s)) }); guard(\"as Len\", func() { say(v.(interface { Len() int }).Len()) })", text(choose(g.writer, append(seen, t))))
	g.line("}")
}

func (g *typed) converts(t types.Type) {
	for _, u := range g.pool {
		if !types.ConvertibleTo(t, u) || types.Identical(t, u) {
			continue
		}
		if from, ok := t.Underlying().(*types.Basic); ok && from.Info()&types.IsFloat != 0 {
			if to, ok := u.Underlying().(*types.Basic); ok && to.Info()&types.IsInteger != 0 {
				continue // 50 fits everywhere, but what would be lost is the constant's
			}
		}
		g.line("guard(\"convert\", func() { show(\"converted\", (%s)(x)) })", text(u))
	}
}

func (g *typed) prints(t types.Type) {
	if !plain(t, 0) {
		return
	}
	for _, v := range []string{"%v", "%+v", "%#v", "%T", choose(g.writer, []string{"%d", "%s", "%q", "%x", "%X", "%9v", "%-8v|", "%08d", "%c", "%e", "%t", "% x", "%+q", "%U", "%o"})} {
		g.line("guard(\"print\", func() { say(fmt.Sprintf(%q, x)) })", v)
		if _, ok := t.Underlying().(*types.Struct); ok && v != "%T" {
			g.line("guard(\"print\", func() { say(fmt.Sprintf(%q, &x)) })", choose(g.writer, []string{"%v", "%+v", "%#v"}))
		}
	}
	g.line("guard(\"print\", func() { say(x); say([]any{x, y}, map[string]any{\"k\": x}, struct{ A any; b any }{x, y}, []%s{x}) })", text(t))
}

func (g *typed) marshals(t types.Type) {
	g.line("guard(\"json\", func() { b, err := json.Marshal(x); say(string(b), err); var z %s; err = json.Unmarshal(b, &z); say(err); show(\"z\", z) })", text(t))
	g.line("guard(\"json\", func() { b, err := json.MarshalIndent(map[string]any{\"x\": &x, \"l\": []%s{y}}, \"\", \" \"); say(string(b), err) })", text(t))
}

func (g *typed) forms(t types.Type) {
	g.line("form(reflect.TypeFor[%s]()); form(reflect.TypeFor[*%s]())", text(t), text(t))
	g.line("v := reflect.ValueOf(&x).Elem(); for i := range v.NumMethod() { if m := v.Method(i); m.Type().NumIn() == 0 { guard(v.Type().Method(i).Name, func() { for _, r := range m.Call(nil) { say(dump(r, 0)) } }) } }")
	g.line("z := reflect.New(v.Type()).Elem(); say(dump(z, 0), z.IsZero(), v.IsZero()); z.Set(v); guard(\"set\", func() { %s }); say(dump(z, 0), dump(v, 0))", g.change("x", t))
}

func (g *typed) generic(t types.Type) {
	u := choose(g.writer, g.pool)
	g.line("guard(\"about\", func() { say(about(x)); say(about(&x)); say(about(Box[%s]{Val: x})); say(about([]%s{x})) })", text(t), text(t))
	g.line("guard(\"turned\", func() { a, b := turned(x, %s); show(\"a\", a); show(\"b\", b) })", g.value(u, 2))
	g.acted(`b := Box[%[1]s]{Val: x}; p := &b; c := b; c.Put(y); f := c.Get; c.Put(zero[%[1]s]()); show("got", f()); p.Put(x); show("b", b); say(b.Inc(1), c.Inc(1))`, t)
	g.acted(`var l List[%[1]s]; l.Push(x, y); push := l.Push; push(x); for i, v := range l.Each { if i == 1 { continue }; show("each", v) }; say(l.Len(), any(l).(interface { Len() int }).Len())`, t)
	if types.Comparable(t) {
		if _, ok := t.Underlying().(*types.Interface); !ok {
			g.acted(`var d Duo[%[1]s, %[2]s]; guard("set", func() { d.Set(x, %[3]s).Set(y, zero[%[2]s]()) }); say(d.Len()); show("d", d)`, t, text(u), g.value(u, 2))
		}
	}
}

func (g *typed) channels(t types.Type) {
	g.acted(`c := make(chan (%[1]s), 3); c <- x; c <- y; guard("sent", func() { %[2]s }); close(c); show("first", <-c); v, ok := <-c; show("second", v); say(ok); v, ok = <-c; show("closed", v); say(ok)`, t, g.change("x", t))
	g.acted(`c := make(chan (%[1]s)); go func() { defer close(c); for range 2 { c <- x } }(); for v := range c { show("received", v) }; select { case v, ok := <-c: show("select", v); say(ok); default: say("none") }`, t)
}

func (g *typed) passes(t types.Type) {
	g.acted(`f := func(p %[1]s, q ...%[1]s) (r %[1]s) { defer func() { r = p }(); defer show("deferred", p); guard("param", func() { %[2]s }); q[0] = p; return x }; s := []%[1]s{y}; show("r", f(x, s...)); show("s", s); show("x", x)`, t, g.change("p", t))
	g.acted(`var fs []func() %[1]s; for i, v := range []%[1]s{x, y} { fs = append(fs, func() %[1]s { if i == 0 { guard("captured", func() { %[2]s }) }; return v }) }; for _, f := range fs { show("f", f()); show("again", f()) }`, t, g.change("v", t))
	g.acted(`p, q := &x, &y; *p, *q = *q, *p; show("x", x); guard("swap", func() { %[2]s }); x, y = y, x; show("x", x); show("y", y); func() { defer func() { show("recovered", recover()) }(); panic(x) }()`, t, g.change("(*p)", t))
}
