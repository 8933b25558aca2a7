package difftest

// widePrelude declares what the statements of wide use.
const widePrelude = `
type Grade uint8

const (
	low Grade = iota + 1
	_
	mid
	high = Grade(iota) << 2
)
const (
	kib, also = 1 << (10 * (iota + 1)), iota * 2.5
	mib, _
)

func (g Grade) String() string { return [...]string{"?", "low", "", "mid"}[g&3] }

type Base struct{ id int; tags []string }

func (b *Base) Tag(s string) *Base { b.tags = append(b.tags, s); return b }
func (b Base) Count() int { return len(b.tags) + b.id }

type Mid struct{ *Base; Grade }
type Top struct{ Mid; Pair[int, string] }

type Cmp[T any] interface{ Less(T) bool }
type Len int

func (a Len) Less(b Len) bool { return a < b }
func least[T Cmp[T]](xs ...T) (m T) { for i, x := range xs { if i == 0 || x.Less(m) { m = x } }; return }

type Setter[T any] interface { *T; Put(int) }
type Cell struct{ v [3]int }

func (c *Cell) Put(n int) { c.v[n&1] += n; c.v[2]++ }
func filled[T any, P Setter[T]](ns ...int) (t T) { for _, n := range ns { P(&t).Put(n) }; return }

type Matrix[T Number] [][]T

func (m Matrix[T]) Mul(o Matrix[T]) Matrix[T] {
	r := make(Matrix[T], len(m))
	for i := range m { r[i] = make([]T, len(o[0])); for j := range r[i] { for k, v := range m[i] { r[i][j] += v * o[k][j] } } }
	return r
}
func zipped[A, B any](as []A, bs []B) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		defer say("zip ends")
		for i := range min(len(as), len(bs)) { if !yield(as[i], bs[i]) { return } }
	}
}
func grown[S ~[]E, E any](s S, e ...E) S { return append(s[:len(s):len(s)], e...) }
func pow[T Number](x T, n int) T { r := T(1); for range n { r *= x }; return r }
func bits[T ~int8 | ~uint8 | ~int16 | ~uint16 | ~int32 | ~uint32 | ~int64 | ~uint64](x T, by uint8) string {
	return fmt.Sprint(x<<by, x>>by, x<<(by&7)>>1, ^x, -x, x&^(x>>1), x*x, x+1 > x)
}
func parted(n int) (q, r int, s string, err error) {
	defer func() { q, r = r, q; if p := recover(); p != nil { err = fmt.Errorf("parted %d: %v", n, p); s += "!" } }()
	q, r, s = 100/n, 100%n, fmt.Sprint(n)
	if n > 5 { panic(s) }
	return r, q, s + s, nil
}
`

var widths = []string{"int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"}

func (w *writer) overflow() {
	t := choose(w, widths)
	w.line("x := %s(%s)", t, w.expr("int", 2))
	w.line("say(bits(x, %d), bits(-x, uint8(%s) & 80), pow(x, %d), pow(x, %d))", w.r.IntN(70), w.expr("int", 0), w.r.IntN(5), w.r.IntN(40))
	w.line("y := x; y++; y *= 3; y -= 7; y ^= x; y %%= 11; say(y, x/3, x/7, x%%10, x/8, x%%16, x/1, -x/5, x == y)")
	u := choose(w, widths)
	w.line("z := %s(x); say(z, z/10, z%%100, %s(z), uint8(z), int16(z), float32(z), float64(z) == float64(x))", u, t)
	w.line("x <<= uint(%d); x >>= 2; x |= 5; x &= %d; x &^= 2; say(x, x<<3>>3 == x)", w.r.IntN(12), 1+w.r.IntN(100))
	w.line("var n int = %s; guard(\"shift\", func() { say(x >> n, 1 << n) })", choose(w, []string{"-1", "3", "70", "0"}))
}

func (w *writer) floats() {
	w.line("f, d := %s, %s", w.expr("float32", 2), w.expr("float64", 2))
	w.line("g := f*f + f; h := float32(d) * 0.1; g -= h; say(g, h, float64(g), float32(1)/3*f, f/3, d/3, float64(f)/3)")
	w.line("var z float64; nan, inf := z/z, 1/z; say(nan == nan, nan < 1, inf > d, -inf, 1/-inf, min(nan, d), max(d, inf), nan != d)")
	w.line("m := map[float64]int{nan: 1, nan: 2, 0: 4, d: 3}; m[nan] = 5; m[-z]++; _, ok := m[nan]; delete(m, nan); say(len(m), ok, m[0], m[d]); clear(m); say(len(m))")
	w.line("c := complex(%s, d/(d*d+1)); c64 := complex64(c); say(real(c), imag(c) == imag(c), c == c, c*c == c, real(c64), -c64, c64+1i)", w.expr("float64", 1))
	w.line("say(int(id[float32](%d.75)), int8(id(%d.5)), uint16(id[int64](-%d)), mib, kib, also)", w.r.IntN(1e6), w.r.IntN(127), w.r.IntN(1e5))
}

func (w *writer) keyed() {
	w.line("m := map[any]int{1: 1, \"a\": 2, 2.5: 3, N(1): 4, [2]int{1, 2}: 5, Pair[int, string]{%s, \"k\"}: 6, nil: 7, true: 8, int8(1): 9, 'a': 10}", w.expr("int", 1))
	w.line("say(len(m), m[1], m[N(1)], m[int64(1)], m[nil], m[[2]int{1, 2}], m[int32('a')], m[uint8(1)]); m[%s]++; guard(\"unhashable\", func() { m[[]int{1}]++ })", w.expr(choose(w, []string{"int", "string", "bool", "N"}), 1))
	w.line("type key struct { a, b string; n [2]int8; s Shape }; k := map[key]*int{}; x := %s; k[key{a: \"1\"}] = &x; k[key{b: \"1\", s: N(2)}] = new(int)", w.expr("int", 0))
	w.line("*k[key{a: \"1\"}] += 5; *k[key{b: \"1\", s: N(2)}]--; say(x, len(k), *k[key{\"\", \"1\", [2]int8{}, N(2)}])")
	w.line("g := map[string]map[int][]string{}; for i := range %d { n := fmt.Sprint(i & 1); if g[n] == nil { g[n] = map[int][]string{} }; g[n][i/2] = append(g[n][i/2], n) }; say(g)", w.r.IntN(9))
}

func (w *writer) promoted() {
	w.line("t := Top{Mid{&Base{id: %s}, mid}, Pair[int, string]{1, %s}}", w.expr("int", 0), w.expr("string", 1))
	w.line("u := t; t.Tag(\"a\").Tag(\"b\"); u.id++; f, g := t.Count, (*Base).Tag; g(u.Base, \"c\"); say(t.Count(), f(), u.tags, t.Key, cut(t.Swap().Key), t.Grade, high, low)")
	w.line("u.Base = new(Base); u.Tag(\"z\"); var c interface{ Count() int } = u; say(c.Count(), t.Count()); guard(\"nil base\", func() { var e Top; say(e.Key, e.Grade); e.Tag(\"x\") })")
	w.line("switch v := any(t.Mid).(type) { case interface{ Tag(string) *Base; String() string }: say(v.String(), len(v.Tag(\"q\").tags)); default: say(\"no\") }")
	w.line("say(least(Len(%s), Len(3), Len(-1)), filled[Cell](1, %s, 3).v, any(t) == any(t), any(t) == any(u))", w.expr("int", 1), w.expr("int", 0))
}

func (w *writer) sequences() {
	l := w.name("L")
	w.line("f := func() (n int) { defer func() { n *= 2 }(); %s: for a, b := range zipped(%s, %s) { for i := range count(4) { defer func() { n += i }(); if i == a&3 { continue %s }; if len(cut(b)) == i+%d { break %s }; if n > 3 { return n + a }; n++ } }; return n }",
		l, w.expr("[]int", 1), w.expr("[]string", 1), l, w.r.IntN(3), l)
	w.line("say(f())")
	w.line("guard(\"yield\", func() { for x := range count(3) { defer func() { say(\"deferred\", x, recover()) }(); if x == 1 { panic(fmt.Sprint(\"x\", x)) } } })")
	w.line("next, stop := iter.Pull2(zipped([]int{1, 2}, []string{\"a\"})); a, b, ok := next(); say(a, b, ok); a, b, ok = next(); say(a, b, ok); stop()")
	w.line("s := slices.Sorted(func(yield func(int) bool) { for v := range count(5) { if !yield(v * %d %% 5) { return } } }); say(s, slices.Collect(slices.Values(s)), slices.Index(s, 3))", 1+w.r.IntN(4))
	w.line("q, r, t, err := parted(%s & 7); say(q, r, t, err)", w.expr("int", 1))
}

func (w *writer) aliased() {
	w.line("a := [6]int{1, 2, 3, 4, 5, %s}; s, t := a[:3], a[1:4:4]; s = append(s, 40); t = append(t, 50); t[0] = -2; say(a, s, t, len(t), cap(s))", w.expr("int", 1))
	w.line("n := copy(a[2:], a[:]); copy(a[:], a[3:]); say(n, a, s); b := a; p := &b; p[1], b[2] = b[2], p[1]; for i, v := range b { b[5-i] = v }; say(b, a == b)")
	w.line("arr := [2][3]S{}; arr[1][2].D = append(arr[1][2].D, 1); c := arr; c[1][2].D[0] = 9; c[0][0].A = %s; say(arr, c[0][0].A)", w.expr("int", 0))
	w.line("g := grown([]string{\"x\"}, %s, \"y\"); h := grown(g[:1], \"z\"); say(len(g), g[2], h, append([]byte(\"ab\"), \"cd\"...), string(append([]rune(nil), 'é', %d)))", w.expr("string", 0), w.r.IntN(0x300))
	w.line("m := Matrix[%s]{{1, 2}, {3, %d}}; say(m.Mul(m), m.Mul(m).Mul(m)[1][0])", choose(w, []string{"int8", "uint8", "float32", "int", "uint16"}), w.r.IntN(100))
	w.line("q := [4]int([]int{1, 2, 3, 4}); r := (*[2]int)(a[1:]); r[0] = 77; say(q, a[1], *r); guard(\"too short\", func() { say([4]int(s[:%d])) })", w.r.IntN(4)+1)
	w.line("x := []byte(\"a\\xffé두\"); say(string(x), []rune(string(x)), string(rune(%d)), string(x[1:3]) < \"b\", len(string(x[2:])), x)", w.r.IntN(0x11ffff))
}

func (w *writer) flow() {
	l, m, s := w.name("L"), w.name("L"), w.name("S")
	w.line("i := 0; %s: if i++; i < %d { switch { case i == 2: goto %s; case i%%2 == 0: fallthrough; case i > 90: say(\"even\", i); default: say(\"odd\", i) } } else { goto %s }; goto %s; %s: say(\"out\", i)", l, w.r.IntN(8), l, m, l, m)
	w.line("var fs []func() (int, int); for i, j := 0, %d; i < j; i, j = i+1, j-1 { fs = append(fs, func() (int, int) { j++; return i, j }); if i == 2 { i++ } }; for _, f := range fs { say(f()); say(f()) }", 3+w.r.IntN(5))
	w.line("ch, quit := make(chan [2]int, 2), make(chan struct{}); go func() { defer close(quit); for p := range ch { if p[0] == p[1] { return } } }(); %s: for i := range 50 { select { case ch <- [2]int{i, %d}: case <-quit: break %s } }; <-quit; say(\"quit\")", s, w.r.IntN(9), s)
	w.line("type node struct { next *node; v int }; var head *node; for i := range %d { head = &node{head, i * i} }; for p := &head; *p != nil; { if (*p).v %% 2 == 1 { *p = (*p).next } else { p = &(*p).next } }; for n := head; n != nil; n = n.next { say(n.v) }", w.r.IntN(8))
	w.line("var x any = %s; switch v, ok := x.(Shape); { case ok: say(cut(v.Name())); case x == nil: say(nil); default: switch x := x.(type) { case int, string: _, isInt := any(x).(int); say(isInt); case []int: say(len(x)); case interface{ Swap() Pair[string, int] }: say(x.Swap()) } }", w.expr("any", 1))
}
