package machine_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
)

// tasks are the engine's speed targets: the source that the machine runs, and the same compiled. Compare the two lines of
// a task: go test -bench . -run XXX ./kernel/internal/interp/engine/machine
var tasks = []struct {
	name, decls, body string
	native            func() any
}{
	{"Fib30", `func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }`, `sink = fib(30)`,
		func() any { return fib(30) }},
	{"FloatSum10M", ``, `s := 0.0; for i := 0; i < 10000000; i++ { s += float64(i) }; sink = s`,
		func() any {
			s := 0.0
			for i := 0; i < 10000000; i++ {
				s += float64(i)
			}
			return s
		}},
	{"CompiledCall1M", ``, `s := 0.0; for i := 0; i < 1000000; i++ { s += math.Sqrt(float64(i)) }; sink = s`,
		func() any {
			s := 0.0
			for i := 0; i < 1000000; i++ {
				s += math.Sqrt(float64(i))
			}
			return s
		}},
	{"Method1M", `type counter struct{ n int }
func (c *counter) inc() { c.n++ }`, `c := &counter{}; for i := 0; i < 1000000; i++ { c.inc() }; sink = c.n`,
		func() any {
			c := &counter{}
			for i := 0; i < 1000000; i++ {
				c.inc()
			}
			return c.n
		}},
	{"InterfaceCall1M", `type area interface{ Area() float64 }
type square struct{ a float64 }
func (s square) Area() float64 { return s.a * s.a }`, `var a area = square{2}; s := 0.0; for i := 0; i < 1000000; i++ { s += a.Area() }; sink = s`,
		func() any {
			a := areaOf()
			s := 0.0
			for i := 0; i < 1000000; i++ {
				s += a.Area()
			}
			return s
		}},
	{"FloatSlice10M", ``, `xs := make([]float64, 1000); s := 0.0; for j := 0; j < 10000; j++ { for i := range xs { s += xs[i] } }; sink = s`,
		func() any {
			xs := make([]float64, 1000)
			s := 0.0
			for j := 0; j < 10000; j++ {
				for i := range xs {
					s += xs[i]
				}
			}
			return s
		}},
	{"FloatUpdate10M", ``, `x := make([]float64, 1000); for k := 0; k < 10000; k++ { for i := 0; i < len(x); i++ { x[i] += float64(i) } }; sink = x[999]`,
		func() any {
			x := make([]float64, 1000)
			for k := 0; k < 10000; k++ {
				for i := 0; i < len(x); i++ {
					x[i] += float64(i)
				}
			}
			return x[999]
		}},
	{"SortSlice1M", ``, `xs := make([]int, 1000000); r := uint32(1); for i := range xs { r = r*1664525 + 1013904223; xs[i] = int(r >> 8) }
	sort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] }); sink = xs[0]`,
		func() any {
			xs := make([]int, 1000000)
			r := uint32(1)
			for i := range xs {
				r = r*1664525 + 1013904223
				xs[i] = int(r >> 8)
			}
			sort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] })
			return xs[0]
		}},
	{"MapInsert1M", ``, `m := map[int]int{}; for i := 0; i < 1000000; i++ { m[i*7] = i }; sink = len(m)`,
		func() any {
			m := map[int]int{}
			for i := 0; i < 1000000; i++ {
				m[i*7] = i
			}
			return len(m)
		}},
	{"StringBuilding", ``, `var b strings.Builder; for i := 0; i < 200000; i++ { fmt.Fprintf(&b, "%d,", i) }; sink = b.Len()`,
		func() any {
			var b strings.Builder
			for i := 0; i < 200000; i++ {
				fmt.Fprintf(&b, "%d,", i)
			}
			return b.Len()
		}},
	{"Channel200k", ``, `c := make(chan int); go func() { for i := 0; i < 200000; i++ { c <- i }; close(c) }(); s := 0; for v := range c { s += v }; sink = s`,
		func() any {
			c := make(chan int)
			go func() {
				for i := 0; i < 200000; i++ {
					c <- i
				}
				close(c)
			}()
			s := 0
			for v := range c {
				s += v
			}
			return s
		}},
	{"Matmul200", `func grid(n int) [][]float64 { m := make([][]float64, n); for i := range m { m[i] = make([]float64, n); for j := range m[i] { m[i][j] = float64(i + j) } }; return m }`,
		`n := 200; a, b, c := grid(n), grid(n), grid(n)
	for i := 0; i < n; i++ { for j := 0; j < n; j++ { s := 0.0; for k := 0; k < n; k++ { s += a[i][k] * b[k][j] }; c[i][j] = s } }; sink = c[3][4]`,
		func() any {
			n := 200
			a, b, c := grid(n), grid(n), grid(n)
			for i := 0; i < n; i++ {
				for j := 0; j < n; j++ {
					s := 0.0
					for k := 0; k < n; k++ {
						s += a[i][k] * b[k][j]
					}
					c[i][j] = s
				}
			}
			return c[3][4]
		}},
	{"MatmulFlat200", ``, `n := 200; a, b, c := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range a { a[i], b[i] = float64(i%7), float64(i%5) }
	for i := 0; i < n; i++ { for k := 0; k < n; k++ { v := a[i*n+k]; for j := 0; j < n; j++ { c[i*n+j] += v * b[k*n+j] } } }; sink = c[n*n-1]`,
		func() any {
			n := 200
			a, b, c := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
			for i := range a {
				a[i], b[i] = float64(i%7), float64(i%5)
			}
			for i := 0; i < n; i++ {
				for k := 0; k < n; k++ {
					v := a[i*n+k]
					for j := 0; j < n; j++ {
						c[i*n+j] += v * b[k*n+j]
					}
				}
			}
			return c[n*n-1]
		}},
	{"StructValues1M", `type vec struct{ x, y float64 }
func (a vec) add(b vec) vec { return vec{a.x + b.x, a.y + b.y} }`, `v := vec{}; for i := 0; i < 1000000; i++ { v = v.add(vec{1, 2}) }; sink = v.x`,
		func() any {
			v := vec{}
			for i := 0; i < 1000000; i++ {
				v = v.add(vec{1, 2})
			}
			return v.x
		}},
	{"StructFunc1M", `type vec3 struct{ x, y, z float64 }
func plus(a, b vec3) vec3 { return vec3{a.x + b.x, a.y + b.y, a.z + b.z} }`, `v := vec3{}; for i := 0; i < 1000000; i++ { v = plus(v, vec3{1, float64(i), 2}) }; sink = v.y`,
		func() any {
			v := vec3{}
			for i := 0; i < 1000000; i++ {
				v = plus(v, vec3{1, float64(i), 2})
			}
			return v.y
		}},
	{"Floor1M", ``, `s := 0.0; for i := 0; i < 1000000; i++ { s += math.Floor(float64(i) + 0.5) }; sink = s`,
		func() any {
			s := 0.0
			for i := 0; i < 1000000; i++ {
				s += math.Floor(float64(i) + 0.5)
			}
			return s
		}},
	{"MethodArg1M", `type acc struct{ s float64 }
func (a *acc) add(x float64) { a.s += x }`, `a := &acc{}; for i := 0; i < 1000000; i++ { a.add(float64(i)) }; sink = a.s`,
		func() any {
			a := &acc{}
			for i := 0; i < 1000000; i++ {
				a.add(float64(i))
			}
			return a.s
		}},
	{"InterfaceArg1M", `type adder interface{ add(float64) }
type acc struct{ s float64 }
func (a *acc) add(x float64) { a.s += x }`, `a := &acc{}; var d adder = a; for i := 0; i < 1000000; i++ { d.add(float64(i)) }; sink = a.s`,
		func() any {
			a, d := adderOf()
			for i := 0; i < 1000000; i++ {
				d.add(float64(i))
			}
			return a.s
		}},
	{"Builder200k", ``, `var b strings.Builder; for i := 0; i < 200000; i++ { b.WriteString("ab"); b.WriteByte('c') }; sink = b.Len()`,
		func() any {
			var b strings.Builder
			for i := 0; i < 200000; i++ {
				b.WriteString("ab")
				b.WriteByte('c')
			}
			return b.Len()
		}},
	{"Buffer200k", ``, `var b bytes.Buffer; for i := 0; i < 200000; i++ { b.WriteString("ab"); b.WriteByte('c') }; sink = b.Len()`,
		func() any {
			var b bytes.Buffer
			for i := 0; i < 200000; i++ {
				b.WriteString("ab")
				b.WriteByte('c')
			}
			return b.Len()
		}},
	{"BuilderLines200k", ``, `words := []string{"a line of some length that is longer than a few words are", "a", "short"}
	var b strings.Builder; for i := 0; i < 200000; i++ { b.WriteString(words[i%3]); b.WriteRune('\n') }; sink = b.Len()`,
		func() any {
			words := []string{"a line of some length that is longer than a few words are", "a", "short"}
			var b strings.Builder
			for i := 0; i < 200000; i++ {
				b.WriteString(words[i%3])
				b.WriteRune('\n')
			}
			return b.Len()
		}},
	{"Upper200k", ``, `text := strings.Repeat("quick Brown fox ", 12500); var b strings.Builder
	for i := 0; i < len(text); i++ { c := text[i]; if 'a' <= c && c <= 'z' { c -= 32 }; b.WriteByte(c) }; sink = b.Len()`,
		func() any {
			text := strings.Repeat("quick Brown fox ", 12500)
			var b strings.Builder
			for i := 0; i < len(text); i++ {
				c := text[i]
				if 'a' <= c && c <= 'z' {
					c -= 32
				}
				b.WriteByte(c)
			}
			return b.Len()
		}},
	{"Letters200k", ``, `text := strings.Repeat("quick Brown föx 12 ", 10000); n, m := 0, 0
	for _, r := range text { if unicode.IsLetter(r) { n++ } else if unicode.IsSpace(r) || unicode.IsDigit(r) { m++ } }; sink = n + m`,
		func() any {
			text := strings.Repeat("quick Brown föx 12 ", 10000)
			n, m := 0, 0
			for _, r := range text {
				if unicode.IsLetter(r) {
					n++
				} else if unicode.IsSpace(r) || unicode.IsDigit(r) {
					m++
				}
			}
			return n + m
		}},
	{"Prefix1M", ``, `words := []string{"ship", "train", "shore", "tank"}; n := 0
	for i := 0; i < 1000000; i++ { if strings.HasPrefix(words[i&3], "sh") { n++ } }; sink = n`,
		func() any {
			words := []string{"ship", "train", "shore", "tank"}
			n := 0
			for i := 0; i < 1000000; i++ {
				if strings.HasPrefix(words[i&3], "sh") {
					n++
				}
			}
			return n
		}},
	{"AppendBytes1M", ``, `b := []byte{}; for i := 0; i < 1000000; i++ { b = append(b, byte(i)) }; sink = len(b)`,
		func() any {
			b := []byte{}
			for i := 0; i < 1000000; i++ {
				b = append(b, byte(i))
			}
			return len(b)
		}},
	{"AppendInts1M", ``, `b := []int{}; for i := 0; i < 1000000; i++ { b = append(b, i) }; sink = len(b)`,
		func() any {
			b := []int{}
			for i := 0; i < 1000000; i++ {
				b = append(b, i)
			}
			return len(b)
		}},
	{"MathMix1M", ``, `s := 0.0; for i := 0; i < 1000000; i++ { x := float64(i) - 5e5; s += math.Sqrt(math.Abs(x)) + math.Max(x, 1) + math.Min(x, 2) }; sink = s`,
		func() any {
			s := 0.0
			for i := 0; i < 1000000; i++ {
				x := float64(i) - 5e5
				s += math.Sqrt(math.Abs(x)) + math.Max(x, 1) + math.Min(x, 2)
			}
			return s
		}},
	{"MinMax1M", ``, `s, h := 0.0, 0; for i := 0; i < 1000000; i++ { x := float64(i) - 5e5; s += max(x, 1) + min(x, 2); h = max(h, i&1023) }; sink = s + float64(h)`,
		func() any {
			s, h := 0.0, 0
			for i := 0; i < 1000000; i++ {
				x := float64(i) - 5e5
				s += max(x, 1) + min(x, 2)
				h = max(h, i&1023)
			}
			return s + float64(h)
		}},
	{"Bits1M", ``, `h, n := uint64(1), 0; for i := 0; i < 1000000; i++ { h = bits.RotateLeft64(h, 13) ^ uint64(i); n += bits.OnesCount64(h) }; sink = n`,
		func() any {
			h, n := uint64(1), 0
			for i := 0; i < 1000000; i++ {
				h = bits.RotateLeft64(h, 13) ^ uint64(i)
				n += bits.OnesCount64(h)
			}
			return n
		}},
	{"Itoa200k", ``, `n := 0; for i := 0; i < 200000; i++ { n += len(strconv.Itoa(i)) }; sink = n`,
		func() any {
			n := 0
			for i := 0; i < 200000; i++ {
				n += len(strconv.Itoa(i))
			}
			return n
		}},
	{"Slicing1M", ``, `text := "the quick brown fox"; n := 0; for i := 0; i < 1000000; i++ { k := i & 7; if text[k:k+3] == "qui" { n++ } }; sink = n`,
		func() any {
			text := "the quick brown fox"
			n := 0
			for i := 0; i < 1000000; i++ {
				k := i & 7
				if text[k:k+3] == "qui" {
					n++
				}
			}
			return n
		}},
	{"WordCount", ``, `m := map[string]int{}; for i := 0; i < 20000; i++ { for _, w := range strings.Fields("the quick brown fox jumps over the lazy dog") { m[w]++ } }; sink = len(m)`,
		func() any {
			m := map[string]int{}
			for i := 0; i < 20000; i++ {
				for _, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
					m[w]++
				}
			}
			return len(m)
		}},
	{"Alloc1M", `type node struct{ v int; next *node }`, `var l *node; for i := 0; i < 1000000; i++ { l = &node{i, nil}; if i%4 != 0 { l = nil } }; s := []int{}; for i := 0; i < 1000000; i++ { s = append(s, i) }; sink = len(s); _ = l`,
		func() any {
			var l *node
			for i := 0; i < 1000000; i++ {
				l = &node{i, nil}
				if i%4 != 0 {
					l = nil
				}
			}
			s := []int{}
			for i := 0; i < 1000000; i++ {
				s = append(s, i)
			}
			keep = l
			return len(s)
		}},
	{"SortFloats1M", ``, `xs := make([]float64, 1000000); r := uint32(1); for i := range xs { r = r*1664525 + 1013904223; xs[i] = float64(r) }; slices.Sort(xs); sink = xs[0]`,
		func() any {
			xs := make([]float64, 1000000)
			r := uint32(1)
			for i := range xs {
				r = r*1664525 + 1013904223
				xs[i] = float64(r)
			}
			slices.Sort(xs)
			return xs[0]
		}},
}

type vec3 struct{ x, y, z float64 }

//go:noinline
func plus(a, b vec3) vec3 { return vec3{a.x + b.x, a.y + b.y, a.z + b.z} }

type acc struct{ s float64 }

func (a *acc) add(x float64) { a.s += x }

type adder interface{ add(float64) }

//go:noinline
func adderOf() (*acc, adder) { a := &acc{}; return a, a }

type node struct {
	v    int
	next *node
}

var keep *node

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

type counter struct{ n int }

//go:noinline
func (c *counter) inc() { c.n++ }

type area interface{ Area() float64 }

type square struct{ a float64 }

func (s square) Area() float64 { return s.a * s.a }

//go:noinline
func areaOf() area { return square{2} }

func grid(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = float64(i + j)
		}
	}
	return m
}

type vec struct{ x, y float64 }

//go:noinline
func (a vec) add(b vec) vec { return vec{a.x + b.x, a.y + b.y} }

func BenchmarkTasks(b *testing.B) {
	for _, t := range tasks {
		b.Run(t.name+"/engine", func(b *testing.B) {
			p, err := program.Build("main.go", `package main
import ("bytes"; "fmt"; "math"; "math/bits"; "slices"; "sort"; "strconv"; "strings"; "unicode")
var _ = fmt.Sprint; var _ = math.Pi; var _ = sort.Ints; var _ = slices.Sort[[]int]; var _ strings.Builder; var _ bytes.Buffer; var _ = bits.Len; var _ = strconv.Itoa; var _ = unicode.IsLetter
var sink any
`+t.decls+`
func main() { `+t.body+` }`)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := p.Run(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(t.name+"/native", func(b *testing.B) {
			for b.Loop() {
				fmt.Fprint(io.Discard, t.native())
			}
		})
	}
}
