package difftest

import "fmt"

// morePrelude declares what the statements of more use.
const morePrelude = `
type Wrap struct {
	Shape
	n int
}

func (w *Wrap) Grow() int { w.n++; return w.n }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(xs ...T) *Stack[T] { s.items = append(s.items, xs...); return s }
func (s *Stack[T]) Pop() (v T, ok bool) {
	if len(s.items) == 0 { return v, false }
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}
func (s Stack[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for i := len(s.items) - 1; i >= 0; i-- { if !yield(i, s.items[i]) { return } }
	}
}

type Named interface { ~int | ~string; Name() string }

func names[T Named](xs ...T) (out []string) { for _, x := range xs { out = append(out, x.Name()) }; return }
func kindOf[T any](v T) string {
	switch x := any(v).(type) {
	case int, int8: return fmt.Sprint("int ", x)
	case fmt.Stringer: return "stringer " + x.String()
	case []T: return "slice of T"
	case error: return x.Error()
	}
	return fmt.Sprintf("%T", v)
}

type Tree struct {
	left, right *Tree
	v           int
}

func (t *Tree) Insert(v int) *Tree {
	if t == nil { return &Tree{v: v} }
	if v < t.v { t.left = t.left.Insert(v) } else if v > t.v { t.right = t.right.Insert(v) }
	return t
}
func (t *Tree) walk(yield func(int) bool) bool {
	return t == nil || t.left.walk(yield) && yield(t.v) && t.right.walk(yield)
}
func (t *Tree) All() iter.Seq[int] { return func(yield func(int) bool) { t.walk(yield) } }

type temp float64

func (t temp) String() string { return fmt.Sprintf("%.1f°", float64(t)) }
func (t *temp) Set(v float64) { *t = temp(v) }

func divmod(a, b int) (q, r int, err error) {
	defer func() { if e := recover(); e != nil { err = fmt.Errorf("divmod: %v", e) } }()
	q = a / b
	r = a % b
	return
}
func variadic(sep string, xs ...any) string { return fmt.Sprint(len(xs), sep, xs) }
`

// more writes one of the statements with a shape of their own: what they do hangs on random expressions.
func (w *writer) more() {
	all := []func(){w.arrays, w.structMap, w.stack, w.pulled, w.selected, w.methodValues, w.results, w.workers, w.jumps, w.embedded,
		w.brokenSequence, w.kinds, w.shared, w.grid, w.assignments, w.tree, w.recursive, w.pointers, w.sorted, w.texts,
		w.overflow, w.floats, w.keyed, w.promoted, w.sequences, w.aliased, w.flow}
	w.line("{")
	w.indent++
	choose(w, all)()
	w.indent--
	w.line("}")
}

func (w *writer) arrays() {
	w.line("var a [3]S")
	w.line("for i := range a { a[i].A, a[i].B = i*%d, cut(%s) }", w.r.IntN(9), w.expr("string", 1))
	w.line("b, p := a, &a[%d]", w.r.IntN(3))
	w.line("p.A += %s; b[1].A--", w.expr("int", 1))
	w.line("q := *p; q.B += \"q\"; q.D = append(q.D, 1)")
	w.line("for i, s := range b { b[2].A = 77; say(i, s.A, s.B) }")
	w.line("for _, s := range &a { p.A = 5; say(s.A) }")
	w.line("say(a, b, q, *p)")
}

func (w *writer) structMap() {
	w.line("m := map[string]S{\"a\": {A: 1}, \"z\": {B: %s}}", w.expr("string", 1))
	w.line("v := m[\"a\"]; v.A += %s; v.D = append(v.D, v.A); m[%s] = v", w.expr("int", 1), w.expr("string", 0))
	w.line("_, ok := m[\"none\"]; delete(m, %s); delete(m, \"q\")", w.expr("string", 0))
	w.line("n := map[[2]int]*S{{1, 2}: {A: 3}}; n[[2]int{1, 2}].A++; if p := n[[2]int{}]; p == nil { say(\"nil\", len(n)) }")
	w.line("for _, k := range keys(m) { say(k, m[k], ok) }")
	w.line("say(m[\"missing\"].B == \"\", n[[2]int{1, 2}].A); clear(m); say(len(m))")
}

func (w *writer) stack() {
	t := choose(w, []string{"int", "string", "S", "float64", "Pair[int, string]"})
	w.line("var s Stack[%s]", t)
	w.line("s.Push(%s, %s).Push(%s)", w.expr(t, 1), w.expr(t, 1), w.expr(t, 1))
	w.line("for i, v := range s.All() { if i == %d { break }; say(i, %s) }", w.r.IntN(4)-1, w.show("v", t))
	w.line("pop := s.Pop")
	w.line("for v, ok := pop(); ok; v, ok = pop() { say(%s) }", w.show("v", t))
	w.line("_, ok := (*Stack[%s]).Pop(&s); say(ok, len(s.items))", t)
}

func (w *writer) pulled() {
	w.line("next, stop := iter.Pull(count(%d))", w.r.IntN(5))
	w.line("for range %d { v, ok := next(); say(v, ok) }", 1+w.r.IntN(5))
	w.line("stop(); v, ok := next(); say(v, ok)")
	w.line("next2, stop2 := iter.Pull2(pairs([]string{%s, \"y\"})); defer stop2()", w.expr("string", 1))
	w.line("i, x, more := next2(); say(i, cut(x), more)")
}

func (w *writer) selected() {
	w.line("a, b, done := make(chan int, 1), make(chan string), make(chan struct{})")
	w.line("go func() { defer close(done); for i := range %d { b <- fmt.Sprint(i) } }()", w.r.IntN(4))
	w.line("for i := range 4 { select { case a <- i: say(\"sent\", i); case v := <-a: say(\"got\", v) } }")
	loop := w.name("L")
	w.line("%s: for { select { case s := <-b: say(s); case <-done: break %s } }", loop, loop)
	w.line("var never chan int; select { case <-never: case v, ok := <-a: say(v, ok); default: say(\"nothing\") }")
	w.line("close(a); v, ok := <-a; say(v, ok); guard(\"closed\", func() { a <- 1 })")
}

func (w *writer) methodValues() {
	w.line("s := %s", w.expr("S", 1))
	w.line("name, bump, area := s.Name, s.Bump, S.Area")
	w.line("s.B = \"changed\"; bump(%s); s.C = 2", w.expr("int", 0))
	w.line("say(cut(name()), cut(s.Name()), area(s), (*S).Bump(&s, 1).A)")
	w.line("var sh Shape = &s; late := sh.Name; s.B = \"later\"; say(cut(late()), sh.Area())")
	w.line("var none Shape; guard(\"nil value\", func() { f := none.Name; say(f()) })")
	w.line("var t temp; set := t.Set; set(%s); say(t, &t, []any{t})", w.expr("float64", 0))
}

func (w *writer) results() {
	w.line("r, err := func() (n int, err error) {")
	w.line("\tdefer func() { n += %s }()", w.expr("int", 1))
	w.line("\tdefer func() { if e := recover(); e != nil { err = fmt.Errorf(\"recovered %%v\", e); n = -n } }()")
	w.line("\tn = %s", w.expr("int", 1))
	w.line("\tif %s { panic(fmt.Sprint(\"at \", n)) }", w.expr("bool", 2))
	w.line("\treturn n * 2, nil")
	w.line("}()")
	w.line("say(r, err)")
	w.line("q, m, e := divmod(%s, %s); say(q, m, e)", w.expr("int", 1), w.expr("int", 1))
	w.line("guard(\"repanic\", func() { defer func() { panic(fmt.Sprint(\"second \", recover())) }(); panic(%s) })", w.expr("int", 1))
}

func (w *writer) workers() {
	w.line("var wg sync.WaitGroup; var mu sync.Mutex; total, seen := 0, map[int]bool{}")
	w.line("for i := range %d { wg.Go(func() { defer mu.Unlock(); mu.Lock(); total += i * i; seen[i&3] = true }) }", 1+w.r.IntN(9))
	w.line("wg.Wait(); say(total, len(seen))")
	w.line("in, out := make(chan int), make(chan int, %d)", w.r.IntN(3))
	w.line("for range 2 { wg.Add(1); go func() { defer wg.Done(); for x := range in { out <- x * %d } }() }", 1+w.r.IntN(5))
	w.line("go func() { for i := range 6 { in <- i }; close(in); wg.Wait(); close(out) }()")
	w.line("sum := 0; for v := range out { sum += v }; say(sum)")
}

func (w *writer) jumps() {
	w.line("i, s := 0, 0")
	again, outer := w.name("L"), w.name("L")
	w.line("%s:", again)
	w.line("\tif i < %d { i++; s += i * %d; goto %s }", w.r.IntN(6), w.r.IntN(7), again)
	w.line("switch x := s & 7; { case x > 4: say(\"big\", x); fallthrough; case x == 3: say(\"three\"); default: say(\"small\") }")
	w.line("switch { case %s: say(1); case %s: say(2) }", w.expr("bool", 1), w.expr("bool", 1))
	w.line("switch cut(%s) { case \"\", \"a\": say(\"short\"); case \"xyz\": say(\"xyz\"); default: say(\"long\") }", w.expr("string", 1))
	w.line("%[1]s: for a := range 4 { for b := range 4 { if b > a { continue %[1]s }; if a*b == %[2]d { break %[1]s }; say(a, b) } }", outer, w.r.IntN(9))
}

func (w *writer) embedded() {
	w.line("x := Wrap{shape(%s), %s}", w.expr(choose(w, []string{"S", "N"}), 1), w.expr("int", 1))
	w.line("grow := x.Grow; grow(); y := x; grow()")
	w.line("say(cut(x.Name()), x.Area(), x.n, y.n, y.Shape == nil)")
	w.line("var sh Shape = x; _, isWrap := sh.(Wrap); _, grows := sh.(interface{ Grow() int }); _, also := Shape(&x).(interface{ Grow() int })")
	w.line("say(isWrap, grows, also)")
	w.line("guard(\"no shape\", func() { say((&Wrap{}).Name()) })")
	w.line("e := E{S: %s}; e.Bump(1).Bump(2); guard(\"nil G\", func() { say(e.G.A) }); say(e.A, cut(e.B))", w.expr("S", 1))
}

func (w *writer) brokenSequence() {
	w.line("guard(\"sequence\", func() {")
	w.line("\tdefer say(\"after\")")
	w.line("\tfor i := range count(5) { defer say(\"in\", i); if i == %d { panic(\"stop\") }; for j, x := range pairs([]string{\"p\", \"q\"}) { if j == i { break }; say(i, j, x) } }", w.r.IntN(6))
	w.line("})")
	w.line("found := func() int { for i := range count(9) { for j := range count(9) { if i*j == %d { return i*10 + j } } }; return -1 }()", w.r.IntN(40))
	w.line("say(found)")
}

func (w *writer) kinds() {
	w.line("say(kindOf(%s), kindOf(%s), kindOf(temp(2)), kindOf[any](nil), kindOf(errBase), kindOf([]int{}))", w.expr("int", 1), w.expr("string", 0))
	w.line("say(names(N(1), N(2)), variadic(\"-\"), variadic(\"-\", 1, \"x\", nil), variadic(\"-\", []any{1, 2}...))")
	w.line("for _, v := range []any{%s, nil, N(3), new(temp)} { _, ok := v.(Shape); say(ok) }", w.expr("any", 1))
}

func (w *writer) shared() {
	w.line("n := %s; inc := func(by int) func() int { return func() int { n += by; by++; return n } }", w.expr("int", 1))
	w.line("a, b := inc(1), inc(10); x := a(); y := b(); z := a(); say(x, y, z, n)")
	w.line("var fs []func(); for i := range 3 { fs = append(fs, func() { i *= 2; n -= i; say(i, n) }) }; for _, f := range fs { f(); f() }")
	w.line("{ n := \"inner\"; n += \"!\"; func() { n += \"?\" }(); say(n) }; say(n)")
}

func (w *writer) grid() {
	w.line("var g [3][4]int; for i := range g { for j := range g[i] { g[i][j] = i*%d + j } }", 1+w.r.IntN(9))
	w.line("row, part := g[1], g[1][1:3]; part[0] = %s; part = append(part, 99); row[0] = -1", w.expr("int", 1))
	w.line("h := g; h[2][3]++; say(g, row, part, len(part), cap(part), g == h)")
	w.line("s := make([][]string, 3); for i := range s { s[i] = append(s[i], fmt.Sprint(i)); s[i] = append(s[i], s[max(i-1, 0)]...) }; say(s)")
	w.line("c := [...]string{2: \"c\", 0: \"a\"}; d := &c; for i := range d { d[i] += \"!\" }; say(c, len(d), d[1:])")
}

func (w *writer) assignments() {
	w.line("a, b := 0, 1; for range %d { a, b = b, a+b }", w.r.IntN(40))
	w.line("xs := []int{5, 2, 8, 1}; i := 0; i, xs[i] = 2, 50; xs[0], xs[3] = xs[3], xs[0]; say(a, b, i, xs)")
	w.line("n := copy(xs[1:], xs); ys := xs[:2:3]; ys = append(ys, 7); zs := append(ys, 8); zs[0] = 9; say(n, xs, ys, zs)")
	w.line("var u8 uint8 = %s; u8 <<= 3; u8 ^= 0x55; u8++; i8 := int8(u8); i8 /= 3; say(u8, i8, u8 &^ 0xf, -i8, ^u8)", w.expr("uint8", 1))
	w.line("f := %s; k := 0; for f > 1 && k < 50 { f /= 2; k++ }; say(k)", w.expr("float64", 1))
	w.line("arr := [3]int{1, 2, 3}; for i, v := range arr { arr[2] = 10; if i == 2 { say(v) } }; p := &arr; for i, v := range p { p[2] = 20; if i == 2 { say(v) } }")
}

func (w *writer) tree() {
	w.line("var t *Tree; for i := range %d { t = t.Insert(i * %d %% 11) }", 1+w.r.IntN(12), 1+w.r.IntN(10))
	w.line("for v := range t.All() { if v == %d { continue }; if v > 9 { break }; say(v) }", w.r.IntN(10))
	w.line("guard(\"leaf\", func() { say(t.left.left.left.v) })")
}

func (w *writer) recursive() {
	w.line("var f func(int) int; f = func(n int) int { if n < 2 { return n }; return f(n-1) + f(n-2) + %d }", w.r.IntN(3))
	w.line("say(f(%d))", w.r.IntN(12))
	w.line("var perm func([]int, int); perm = func(xs []int, k int) { if k == len(xs) { say(xs); return }; for i := k; i < len(xs); i++ { xs[k], xs[i] = xs[i], xs[k]; perm(xs, k+1); xs[k], xs[i] = xs[i], xs[k] } }")
	w.line("perm([]int{1, 2, %s & 7}, 0)", w.expr("int", 0))
}

func (w *writer) pointers() {
	w.line("s := S{D: []int{1, 2, 3}}; p, q := &s.A, &s.D[1]; *p = %s; *q *= 5; pp := &p; **pp++", w.expr("int", 1))
	w.line("t := s; t.D[0] = 100; t.A = 0; s.D = append(s.D, 4); say(s, t, p == &s.A, p == &t.A)")
	w.line("type pt struct{ x, y int }; m := map[pt]*pt{}; for i := range 3 { k := pt{i, i * 2}; m[k] = &k }; m[pt{1, 2}].x = 50; say(*m[pt{1, 2}], len(m))")
	w.line("an := struct{ A int; B *S }{1, &s}; an.B.B = \"via\"; say(an.A, s.B, an == struct{ A int; B *S }{1, &s}, any(pt{1, 2}) == any(pt{1, 2}))")
	w.line("var np *pt; guard(\"nil\", func() { np.x = 1 }); guard(\"compare\", func() { say(any([]int{}) == any([]int{})) })")
}

func (w *writer) sorted() {
	w.line("xs := []S{{A: %s, B: \"b\"}, {A: 2, B: %s}, {A: 2, B: \"a\"}, {A: -1}}", w.expr("int", 1), w.expr("string", 1))
	w.line("sort.SliceStable(xs, func(i, j int) bool { return xs[i].A < xs[j].A }); say(xs)")
	w.line("slices.SortFunc(xs, func(a, b S) int { return cmp.Or(strings.Compare(a.B, b.B), cmp.Compare(b.A, a.A)) }); say(xs)")
	w.line("i, ok := slices.BinarySearch([]int{1, 3, 5}, %s & 7); say(i, ok, slices.Max([]float64{1, 2.5}), slices.Contains([]string{\"a\"}, \"b\"))", w.expr("int", 0))
}

func (w *writer) texts() {
	w.line("s := %s", w.expr("string", 2))
	w.line("for i, r := range cut(s) { say(i, r, string(r)) }; b := []byte(s); if len(b) > 0 { b[0] ^= 1 }; say(len(s), cut(string(b)) == cut(s))")
	w.line("say(cut(strings.ToUpper(s)), len([]rune(s)), s < \"m\", s+\"x\" > s, strings.Fields(\" a \"+cut(s)))")
	w.line("say(fmt.Sprintf(\"%%q %%x %%5.2f|%%-6d|%%+v %%T %%v\", cut(s), 255, %s, %s, Pair[int, string]{1, \"p\"}, s, []any{nil, 1, \"a\"}))", w.expr("float64", 1), fmt.Sprint(w.r.IntN(100)))
}
